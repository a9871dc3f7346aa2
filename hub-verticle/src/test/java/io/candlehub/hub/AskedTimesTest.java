package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of when the parts of what a provider says are: bid and offer, and the last price. */
@Timeout(30)
class AskedTimesTest {
  @TempDir
  private Path dataDir;

  private HubRig rig;
  private MarketAnswers market;
  private List<JsonObject> heard;

  private void start(String newYork) {
    rig = new HubRig(newYork, dataDir);
    rig.refusedChannels = Set.of("quotes");
    market = new MarketAnswers(rig.vertx);
    heard = rig.hear(Addresses.quote(HubRig.SPY));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void demand() {
    rig.demand(Duration.ofHours(1), Addresses.quote(HubRig.SPY));
  }

  private boolean hears(String field, Object value) {
    return heard.stream().anyMatch(quote -> value.equals(quote.getValue(field)));
  }

  @Test
  void shouldTellWhenSidesWereQuotedNotWhenTheAnswersNewestPartWas() {
    start("2013-10-07T10:01:30");
    long at = rig.clock.millis() - 500;
    market.quotedAt = millis -> millis - 20_000;
    market.say(HubRig.SPY, 153, 153.02, 153.01, at, "massive", "");
    demand();
    rig.until(() -> hears("last", 153.01));

    JsonObject quote = rig.ask(Addresses.COMMAND_QUOTE, HubRig.SPY);
    assertThat(quote.getDouble("bid")).isEqualTo(153);
    assertThat(quote.getLong("t")).isEqualTo(at);
    assertThat(quote.getLong("quotedAt")).isEqualTo(at - 20_000);
    JsonObject book = rig.ask(Addresses.COMMAND_BOOK, HubRig.SPY);
    assertThat(book.getLong("t")).isEqualTo(at - 20_000);
    assertThat(book.getJsonObject("quality").getBoolean("isStale")).isTrue();
  }

  @Test
  void shouldNotCallSidesFreshOfWhichNobodySaysWhenTheyWereQuoted() {
    start("2013-10-07T10:01:30");
    market.quotedAt = millis -> 0;
    market.say(HubRig.SPY, 153, 153.02, 153.01, rig.clock.millis() - 500, "massive", "");
    demand();
    rig.until(() -> hears("last", 153.01));

    JsonObject quote = rig.ask(Addresses.COMMAND_QUOTE, HubRig.SPY);
    assertThat(quote.getDouble("bid")).isEqualTo(153);
    assertThat(quote.getLong("quotedAt")).isZero();
    JsonObject book = rig.ask(Addresses.COMMAND_BOOK, HubRig.SPY);
    assertThat(book.containsKey("t")).isFalse();
    JsonObject quality = book.getJsonObject("quality");
    assertThat(quality.getBoolean("isStale")).isTrue();
    assertThat(quality.getJsonArray("warnings")).contains("no-time", "not-streamed");
  }

  @Test
  void shouldCompareWithTheSessionBeforeTheLastPriceWhateverIsQuotedSince() {
    start("2013-10-14T04:30:00");
    long fridayEvening = HubRig.at("2013-10-11T16:00:00");
    market.lastAt = millis -> fridayEvening;
    market.say(HubRig.SPY, 153, 153.02, 150, rig.clock.millis() - 500, "massive", "");
    demand();

    rig.until(() -> hears("prevClose", 140));
  }
}
