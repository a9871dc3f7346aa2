package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TradeEvent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of when the parts of a hub's quotes are: bid and offer, the last price, the session's close before it. */
@Timeout(30)
class QuoteTimesTest {
  private static final Duration LEASE = Duration.ofHours(1);
  private static final Instrument SPX = Instrument.of("I:SPX");
  private static final Instrument CALL = Instrument.of("O:SPY131018C00150000");

  @TempDir
  private Path dataDir;

  private HubRig rig;
  private MarketAnswers market;
  private List<JsonObject> heard;

  private void start(String newYork) {
    rig = new HubRig(newYork, dataDir);
    market = new MarketAnswers(rig.vertx);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void demand(Instrument instrument) {
    heard = rig.hear(Addresses.quote(instrument));
    rig.demand(LEASE, Addresses.quote(instrument));
  }

  private Optional<JsonObject> last() {
    return heard.isEmpty() ? Optional.empty() : Optional.of(heard.get(heard.size() - 1));
  }

  private boolean hears(String field, Object value) {
    return last().filter(quote -> value.equals(quote.getValue(field))).isPresent();
  }

  private void untilPassing(BooleanSupplier condition) {
    rig.until(() -> {
      if (!condition.getAsBoolean()) {
        rig.advance(Duration.ofSeconds(1), false);
      }
      return condition.getAsBoolean();
    });
  }

  @Test
  void shouldNotShowSidesAsNewThatDoNotStream() {
    start("2013-10-07T10:01:30");
    long quotedAt = rig.clock.millis() - 500;
    rig.refusedChannels = Set.of("quotes");
    market.say(HubRig.SPY, 153, 153.02, 153.01, quotedAt, "massive", "");
    demand(HubRig.SPY);
    rig.until(() -> hears("bid", 153));
    rig.advance(Duration.ofSeconds(40), true);

    JsonObject quote = rig.ask(Addresses.COMMAND_QUOTE, HubRig.SPY);
    assertThat(quote.getDouble("last")).isNotEqualTo(153.01);
    assertThat(quote.fieldNames()).doesNotContain("bid", "ask", "mid", "spread", "bidSize");
    assertThat(quote.getJsonObject("reasons").getString("bid")).isEqualTo("not-streamed");
    JsonObject book = rig.ask(Addresses.COMMAND_BOOK, HubRig.SPY);
    assertThat(book.getJsonArray("bids").getJsonObject(0).getDouble("price")).isEqualTo(153);
    assertThat(book.getLong("t")).isEqualTo(quotedAt);
    JsonObject quality = book.getJsonObject("quality");
    assertThat(quality.getLong("updatedAt")).isEqualTo(quotedAt);
    assertThat(quality.getBoolean("isStale")).isTrue();
    assertThat(quality.getJsonArray("warnings")).isEqualTo(new JsonArray().add("not-streamed"));
    assertThat(quality.getInteger("confidence")).isEqualTo(71);
  }

  @Test
  void shouldNotShowAnEmptyBookAsNewThatDoesNotStream() {
    start("2013-10-07T10:01:30");
    long quotedAt = rig.clock.millis() - 500;
    rig.refusedChannels = Set.of("quotes");
    market.say(HubRig.SPY, 0, 0, 153.01, quotedAt, "massive", "");
    demand(HubRig.SPY);
    rig.until(() -> hears("last", 153.01));
    rig.advance(Duration.ofSeconds(40), true);

    JsonObject quote = rig.ask(Addresses.COMMAND_QUOTE, HubRig.SPY);
    assertThat(quote.getJsonObject("reasons").getString("bid")).isEqualTo("not-streamed");
    JsonObject book = rig.ask(Addresses.COMMAND_BOOK, HubRig.SPY);
    assertThat(book.getJsonObject("reasons").getString("bids")).isEqualTo("no-quote");
    assertThat(book.getLong("t")).isEqualTo(quotedAt);
    JsonObject quality = book.getJsonObject("quality");
    assertThat(quality.getLong("updatedAt")).isEqualTo(quotedAt);
    assertThat(quality.getBoolean("isStale")).isTrue();
    assertThat(quality.getJsonArray("warnings")).contains("not-streamed");
  }

  @Test
  void shouldCallSidesGoodThatStreamAndDoNotChange() {
    start("2013-10-07T10:01:30");
    market.say(HubRig.SPY, 153, 153.02, 153.01, rig.clock.millis() - 500, "massive", "");
    demand(HubRig.SPY);
    long quotedAt = rig.clock.millis();
    rig.tell(new QuoteEvent(HubRig.SPY, quotedAt, 0, 0, 153.1, 10, 153.12, 20));
    rig.advance(Duration.ofSeconds(20), true);

    JsonObject quote = rig.ask(Addresses.COMMAND_QUOTE, HubRig.SPY);
    assertThat(quote.getDouble("bid")).isEqualTo(153.1);
    assertThat(quote.getLong("quotedAt")).isEqualTo(quotedAt);
    JsonObject book = rig.ask(Addresses.COMMAND_BOOK, HubRig.SPY);
    assertThat(book.getLong("t")).isEqualTo(quotedAt);
    assertThat(book.getJsonObject("quality").getBoolean("isStale")).isFalse();
    assertThat(book.getJsonObject("quality").getInteger("confidence")).isEqualTo(100);
  }

  @Test
  void shouldAskForSidesAgainOnceTheyStream() {
    start("2013-10-07T10:01:30");
    market.say(HubRig.SPY, 153, 153.02, 153.01, rig.clock.millis() - 500, "massive", "");
    demand(HubRig.SPY);
    rig.until(() -> hears("bid", 153));
    rig.advance(Duration.ofSeconds(1), true);
    market.say(HubRig.SPY, 154, 154.02, 153.01, rig.clock.millis(), "massive", "");
    rig.advance(Duration.ofSeconds(30), true);
    JsonObject quote = rig.ask(Addresses.COMMAND_QUOTE, HubRig.SPY);
    assertThat(quote.getDouble("bid")).as("good until the stream tells another").isEqualTo(154);
  }

  @Test
  void shouldCompareWithTheSessionBeforeTheOneShown() {
    start("2013-10-12T12:00:00");
    long fridayEvening = HubRig.at("2013-10-11T16:00:00");
    market.say(SPX, Double.NaN, Double.NaN, 150, fridayEvening, "massive", "");
    demand(SPX);
    rig.until(() -> hears("prevClose", 140));

    market.say(HubRig.SPY, 153, 153.02, 150, fridayEvening, "massive", "");
    demand(HubRig.SPY);
    rig.until(() -> hears("prevClose", 140));
    rig.tell(
        new TradeEvent(HubRig.SPY, HubRig.at("2013-10-14T04:00:01"), 1, 11, 153, 5, List.of()));
    rig.until(() -> hears("prevClose", 150));
  }

  @Test
  void shouldAskForAnOptionsCloseUntilItIsTold() {
    start("2013-10-07T10:01:30");
    market.say(CALL, 2.00, 2.10, 2.05, rig.clock.millis() - 500, "massive", "");
    market.failure = Optional.of(Failure.PROVIDER_ERROR.because("500"));
    demand(CALL);
    rig.tell(new QuoteEvent(CALL, rig.clock.millis(), 0, 0, 2.01, 10, 2.11, 20));
    rig.until(() -> last().isPresent());
    assertThat(last().orElseThrow().getJsonObject("reasons").getString("prevClose"))
        .isEqualTo("pending");
    rig.advance(Duration.ofSeconds(9), false);
    market.failure = Optional.empty();
    untilPassing(() -> hears("prevClose", 150));
    assertThat(last().orElseThrow().getDouble("bid")).isEqualTo(2.01);
  }

  @Test
  void shouldNotAskAgainForWhatIsRefused() {
    start("2013-10-07T10:01:30");
    market.failure = Optional.of(Failure.NOT_ENTITLED.because("not in the plan"));
    demand(CALL);
    rig.tell(new QuoteEvent(CALL, rig.clock.millis(), 0, 0, 2.01, 10, 2.11, 20));
    rig.until(() -> last()
        .map(quote -> quote.getJsonObject("reasons").getString("prevClose"))
        .filter("not-provided"::equals)
        .isPresent());
  }

  @Test
  void shouldSayWhoToldTheBarThatAQuoteBeginsWith() {
    start("2013-10-07T10:01:30");
    market.failure = Optional.of(Failure.PROVIDER_ERROR.because("500"));
    rig.demand(LEASE, "md.chart.1s.I:SPX");
    rig.tell(HubRig.second(SPX, rig.clock.millis() / 1_000 * 1_000 - 2_000));
    demand(SPX);
    rig.until(() -> last().filter(quote -> quote.containsKey("last")).isPresent());
    assertThat(heard).allMatch(quote -> "massive".equals(quote.getString("source")));
  }
}
