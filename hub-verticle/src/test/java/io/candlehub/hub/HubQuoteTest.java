package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.model.Instrument;
import io.candlehub.model.Origin;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.candlehub.model.feed.TradeEvent;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What quotes and books of a hub say of what is missing, and how their volume goes on. */
@Timeout(30)
class HubQuoteTest {
  private static final String QUOTE = "md.quote.SPY";
  private static final Topic TRADES = new Topic(Channel.TRADES, HubRig.SPY);

  @TempDir
  private Path dataDir;

  private HubRig rig;
  private MarketAnswers market;
  private List<JsonObject> heard;

  @BeforeEach
  void start() {
    rig = new HubRig("2013-10-07T10:01:30", dataDir);
    market = new MarketAnswers(rig.vertx);
    heard = rig.hear(QUOTE);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private long now() {
    return rig.clock.millis();
  }

  private QuoteEvent quote(double bid, double ask) {
    return new QuoteEvent(HubRig.SPY, now(), 0, 0, bid, 10, ask, 20);
  }

  private TradeEvent trade(long number, double size) {
    return new TradeEvent(HubRig.SPY, now(), number, 11, 153, size, List.of());
  }

  private JsonObject last() {
    return heard.get(heard.size() - 1);
  }

  private boolean isVolume(int expected) {
    return !heard.isEmpty() && Integer.valueOf(expected).equals(last().getValue("volume"));
  }

  /** Lets seconds pass until the volume is told: it is asked for a while after the stream began. */
  private void untilVolume(int expected) {
    rig.until(() -> {
      if (!isVolume(expected)) {
        rig.advance(Duration.ofSeconds(1), false);
      }
      return isVolume(expected);
    });
  }

  /** Demands quotes of a provider that streams trades but no bars, and says that so much was traded. */
  private void followByTrades(double volume) {
    rig.refusedChannels = Set.of("seconds", "minutes");
    market.volume = volume;
    market.say(HubRig.SPY, 153, 153.02, 153, now() - 500, "tradier", "");
    rig.demand(Duration.ofHours(1), QUOTE);
    rig.until(() -> {
      rig.settle();
      return rig.demanded.contains("trades:SPY");
    });
  }

  @Test
  void shouldAddTradesToTheVolumeThatTheProviderTold() {
    followByTrades(500);
    rig.tell(trade(1, 40));
    untilVolume(540);
    rig.tell(trade(2, 2), trade(3, 3));
    untilVolume(545);
    assertThat(rig.ask(Addresses.COMMAND_QUOTE, HubRig.SPY).getInteger("volume"))
        .isEqualTo(545);
  }

  @Test
  void shouldAskForTheVolumeAgainWhenAnotherProviderTakesOver() {
    followByTrades(500);
    rig.tell(trade(1, 40));
    untilVolume(540);

    rig.tell(new TopicStatus(TRADES, TopicStatus.State.LOST));
    rig.advance(Duration.ofSeconds(6), false);
    rig.tell(quote(153, 153.02));
    assertThat(last().containsKey("volume")).isFalse();
    assertThat(last().getJsonObject("reasons").getString("volume")).isEqualTo("not-streamed");

    market.volume = 900;
    market.say(HubRig.SPY, 153, 153.02, 153, now(), "second", "unhealthy");
    rig.tell(new TopicStatus(TRADES, TopicStatus.State.READY, new Origin("second", "unhealthy")));
    rig.advance(Duration.ofSeconds(1), false);
    rig.tell(trade(2, 7));
    untilVolume(907);
  }

  @Test
  void shouldWithholdAVolumeThatNothingCarriesOn() {
    rig.refusedChannels = Set.of("seconds", "minutes", "trades");
    market.say(HubRig.SPY, 153, 153.02, 153, now() - 500, "massive", "");
    rig.demand(Duration.ofHours(1), QUOTE);
    untilVolume(500);
    rig.advance(Duration.ofSeconds(9), false);
    rig.tell(quote(153, 153.02));
    JsonObject quote = rig.ask(Addresses.COMMAND_QUOTE, HubRig.SPY);
    assertThat(quote.getDouble("bid")).isEqualTo(153);
    assertThat(quote.containsKey("volume")).isFalse();
    assertThat(quote.getJsonObject("reasons").getString("volume")).isEqualTo("not-streamed");
  }

  @Test
  void shouldSayWhyASideOfTheBookIsEmpty() {
    rig.demand(Duration.ofHours(1), QUOTE);
    rig.tell(quote(Double.NaN, 153.02));
    JsonObject half = rig.ask(Addresses.COMMAND_BOOK, HubRig.SPY);
    assertThat(half.getJsonArray("bids")).isEmpty();
    assertThat(half.getJsonObject("reasons")).isEqualTo(new JsonObject().put("bids", "one-sided"));
    rig.tell(quote(Double.NaN, Double.NaN), trade(1, 5));
    JsonObject none = rig.ask(Addresses.COMMAND_BOOK, HubRig.SPY);
    assertThat(none.getJsonObject("reasons"))
        .isEqualTo(new JsonObject().put("asks", "no-quote").put("bids", "no-quote"));
    assertThat(none.getJsonObject("quality").getInteger("confidence"))
        .as("a last price makes no book")
        .isZero();
    JsonObject quote = rig.ask(Addresses.COMMAND_QUOTE, HubRig.SPY);
    assertThat(quote.getJsonObject("reasons").getString("mid")).isEqualTo("no-quote");
    assertThat(quote.getJsonObject("reasons").getString("bidSize")).isEqualTo("no-quote");
  }

  @Test
  void shouldHaveNoBookOfAnIndex() {
    assertThatThrownBy(() -> rig.ask(Addresses.COMMAND_BOOK, Instrument.of("I:SPX")))
        .satisfies(cause -> {
          FailureException refused = FailureException.of(cause);
          assertThat(refused.code()).isEqualTo(Failure.UNSUPPORTED);
          assertThat(refused).hasMessageContaining("an index has no book");
        });
  }
}
