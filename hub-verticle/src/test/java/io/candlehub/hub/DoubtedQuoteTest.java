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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one provider does not know of a quote while another one could not say is pending, and asked for again. */
@Timeout(30)
class DoubtedQuoteTest {
  private static final Instrument CALL = Instrument.of("O:SPY131018C00150000");
  private static final Instrument PUT = Instrument.of("O:SPY131018P00150000");
  private static final Instrument OTHER = Instrument.of("O:SPY131018P00151000");

  @TempDir
  private Path dataDir;

  private HubRig rig;
  private MarketAnswers market;
  private List<JsonObject> heard;

  @BeforeEach
  void start() {
    start("2013-10-07T10:01:30", Set.of(CALL.symbol()));
  }

  private void start(String newYork, Set<String> doubted) {
    rig = new HubRig(newYork, dataDir);
    rig.refusedChannels = Set.of("trades", "seconds", "minutes");
    market = new MarketAnswers(rig.vertx);
    heard = rig.hear(Addresses.quote(CALL));
    market.doubted = doubted;
    rig.demand(Duration.ofHours(1), Addresses.quote(CALL));
    rig.until(() -> asked() == 1);
    rig.tell(new QuoteEvent(CALL, rig.clock.millis(), 0, 0, 2.01, 10, 2.11, 20));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private long asked() {
    return market.asked.stream()
        .filter(question -> question.containsKey("symbols"))
        .filter(question -> question.getJsonArray("symbols").contains(CALL.symbol()))
        .count();
  }

  private JsonObject quote() {
    return rig.ask(Addresses.COMMAND_QUOTE, CALL);
  }

  private String whyNoClose() {
    return quote().getJsonObject("reasons").getString("prevClose");
  }

  @Test
  void shouldBePendingUntilSomebodyTells() {
    assertThat(whyNoClose()).isEqualTo("pending");
    market.say(CALL, 2.00, 2.10, 2.05, rig.clock.millis(), "massive", "");
    market.doubted = Set.of();
    rig.advance(Duration.ofSeconds(61), false);

    assertThat(quote().getDouble("prevClose")).isEqualTo(150);
    rig.advance(Duration.ofMinutes(5), false);
    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void shouldAskEverMoreSeldom() {
    rig.advance(Duration.ofMinutes(29), false);
    assertThat(asked()).as("at first, after 1, 3, 7 and 15 minutes").isEqualTo(5);
    assertThat(whyNoClose()).isEqualTo("pending");

    rig.advance(Duration.ofMinutes(2), false);
    assertThat(asked()).isEqualTo(6);
  }

  @Test
  void shouldBelieveItOnceAllSayTheSame() {
    market.doubted = Set.of();
    rig.advance(Duration.ofMinutes(5), false);

    assertThat(whyNoClose()).isEqualTo("not-provided");
    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void shouldBePendingIfTheNextDaysQuestionIsDoubted() {
    rig.close();
    start("2013-10-07T03:59:30", Set.of());
    assertThat(whyNoClose()).isEqualTo("not-provided");
    market.doubted = Set.of(CALL.symbol());
    rig.advance(Duration.ofMinutes(1), false);
    rig.tell(new TradeEvent(CALL, rig.clock.millis(), 1, 11, 2.05, 1, List.of()));
    rig.until(() -> asked() == 2);
    rig.settle();

    assertThat(whyNoClose()).isEqualTo("pending");
    assertThat(heard.get(heard.size() - 1).getJsonObject("reasons").getString("prevClose"))
        .isEqualTo("pending");
  }

  @Test
  void shouldAskAgainSoonIfTheSecondQuestionFails() {
    market.failure = Optional.of(Failure.PROVIDER_ERROR.because("500"));
    rig.advance(Duration.ofSeconds(61), false);
    market.failure = Optional.empty();
    rig.advance(Duration.ofSeconds(30), false);
    long known = asked();
    assertThat(known).isGreaterThanOrEqualTo(3);

    rig.advance(Duration.ofMinutes(6), false);
    assertThat(asked() - known).as("doubted as before").isBetween(1L, 3L);
  }

  @Test
  void shouldGoOnAskingMoreSeldomWhatIsRefusedTogether() {
    market.doubted = Set.of(CALL.symbol(), PUT.symbol(), OTHER.symbol());
    market.failure = Optional.of(Failure.NOT_ENTITLED.because("not together"));
    market.failing = DoubtedQuoteTest::isOfSeveral;
    rig.demand(
        Duration.ofHours(1), Addresses.quote(CALL), Addresses.quote(PUT), Addresses.quote(OTHER));
    rig.advance(Duration.ofSeconds(450), false);

    assertThat(market.asked.stream().filter(DoubtedQuoteTest::isOfSeveral))
        .as("after 2 and 4 minutes")
        .hasSize(2);
  }

  private static boolean isOfSeveral(JsonObject question) {
    return question.getJsonArray("symbols", new JsonArray()).size() > 1;
  }

  @Test
  void shouldNotAskForWhatNobodyWants() {
    rig.demand(Duration.ofHours(1));
    rig.advance(Duration.ofMinutes(5), false);

    assertThat(asked()).isEqualTo(1);
  }
}
