package io.candlehub.ingest.provider.tradier;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.ingest.FeedMeters;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TradeEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class EventParserTest {
  private static final Instrument SPY = Instrument.of("SPY");
  private static final Instrument BRK_B = Instrument.of("BRK.B");
  private static final Instrument SPX = Instrument.of("I:SPX");
  private static final Instrument CALL = Instrument.of("O:SPY251219C00650000");
  private static final long AT = 1_764_600_605_000L;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final EventParser parser = new EventParser(new FeedMeters(registry, "tradier"));
  private final HeardEvents heard = new HeardEvents(
      "quotes:SPY",
      "trades:SPY",
      "quotes:BRK.B",
      "trades:BRK.B",
      "trades:I:SPX",
      "trades:O:SPY251219C00650000");

  private static TradeEvent trade(
      Instrument instrument, long at, long number, double price, double size) {
    return new TradeEvent(instrument, at, 0, number, 0, price, size, List.of(), false);
  }

  @Test
  void shouldReadEventsOnLines() {
    parse(Payloads.text("stream.lines.txt"));

    assertThat(heard.events())
        .containsExactly(
            new QuoteEvent(SPY, AT + 7, 0, 0, 652.9, 4, 652.92, 7),
            trade(SPY, AT + 123, 352_795, 652.91, 100),
            trade(CALL, AT + 130, 91, 11.42, 3),
            new TradeEvent(SPX, AT, 0, 0, 6531.27, 0, List.of()));
    assertThat(violations()).isZero();
  }

  @Test
  void shouldReadEventsOneBehindTheOther() {
    parse(Payloads.text("stream.joined.txt"));

    assertThat(heard.events())
        .containsExactly(
            new QuoteEvent(BRK_B, AT, 0, 0, 498.1, 1, 498.4, 2),
            trade(BRK_B, AT + 400, 18, 498.25, 12));
    assertThat(events("ignored")).as("the summary").isEqualTo(1);
    assertThat(violations()).isZero();
  }

  @Test
  void shouldDropAndCountWhatIsWrong() {
    parse(Payloads.text("stream.violations.txt"));

    assertThat(heard.events()).containsExactly(trade(SPY, AT + 200, 7, 652.95, 0));
    assertThat(violation("missing-field")).isEqualTo(4);
    assertThat(violation("not-positive")).isEqualTo(1);
    assertThat(violation("negative-volume")).isEqualTo(1);
    assertThat(violation("wrong-type")).isEqualTo(2);
    assertThat(violation("malformed")).isEqualTo(2);
  }

  @Test
  void shouldLeaveOutWhatIsNoTradeOfNowAndWhatNobodyAskedFor() {
    parse(Payloads.text("stream.other.txt"));

    assertThat(heard.events()).singleElement().satisfies(event -> {
      QuoteEvent quote = (QuoteEvent) event;
      assertThat(quote.bid()).isNaN();
      assertThat(quote.ask()).isEqualTo(652.92);
      assertThat(quote.atMillis()).isEqualTo(AT);
    });
    assertThat(events("ignored")).isEqualTo(5);
    assertThat(violations()).isZero();
  }

  @Test
  void shouldTellErrors() {
    parse(Payloads.text("stream.error.json"));

    assertThat(heard.errors()).containsExactly("1234 is not a valid symbol");
    assertThat(violations()).isZero();
  }

  @Test
  void shouldBearEmptyMessages() {
    parse("");
    parse("\n\n \n");

    assertThat(heard.events()).isEmpty();
    assertThat(violations()).isZero();
  }

  private void parse(String message) {
    parser.parse(message.getBytes(StandardCharsets.UTF_8), heard);
  }

  private double events(String kind) {
    return registry.get("candlehub.ingest.events").tag("kind", kind).counter().count();
  }

  private double violation(String kind) {
    return registry
        .get("candlehub.ingest.violations")
        .tag("kind", kind)
        .counter()
        .count();
  }

  private double violations() {
    return registry.get("candlehub.ingest.violations").counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }
}
