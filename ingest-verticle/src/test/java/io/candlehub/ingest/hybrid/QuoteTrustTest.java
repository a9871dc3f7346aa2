package io.candlehub.ingest.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Instrument;
import io.candlehub.model.Origin;
import io.candlehub.model.Quote;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.quality.QualityRules;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Nonsense in bulk takes the trust away, a few errors never do, and what is right again is trusted again. */
class QuoteTrustTest {
  private static final int MANY = 30;
  private static final int QUARTER = 15 * 60;
  private static final QuoteEvent RIGHT = quote(1, 1, 1.01, 1);
  private static final QuoteEvent WRONG = quote(1.01, 1, 1, 1);

  private long now;
  private final QuoteTrust trust = new QuoteTrust(now);
  private int changes;

  /** Quotes of a second. */
  record Second(int right, int wrong) {}

  private static QuoteEvent quote(double bid, double bidSize, double ask, double askSize) {
    return new QuoteEvent(Instrument.of("SPY"), 1, 0, 0, bid, bidSize, ask, askSize);
  }

  private void pass(Second second) {
    IntStream.range(0, second.right).forEach(i -> trust.see(RIGHT));
    IntStream.range(0, second.wrong).forEach(i -> trust.see(WRONG));
    now += Duration.ofSeconds(1).toNanos();
    changes += trust.look(now) ? 1 : 0;
  }

  private void pass(int seconds, int right, int wrong) {
    IntStream.range(0, seconds).forEach(i -> pass(new Second(right, wrong)));
  }

  /** Returns how long it takes to be trusted again. */
  private int secondsUntilTrusted(int right, int wrong) {
    int seconds = 0;
    while (trust.isLost()) {
      pass(1, right, wrong);
      seconds++;
    }
    return seconds;
  }

  @Example
  void shouldLoseItByNonsenseInBulk() {
    pass(7, MANY, 0);
    pass(16, 0, MANY);

    assertThat(trust.isLost()).isTrue();
    assertThat(changes).isEqualTo(1);
  }

  @Example
  void shouldLoseItByWrongOnesAboveHalf() {
    pass(16, MANY, MANY + 1);

    assertThat(trust.isLost()).isTrue();
  }

  @Example
  void shouldNotJudgeByFew() {
    pass(120, 0, 4);

    assertThat(trust.isLost()).isFalse();
  }

  @Property(tries = 300)
  void shouldKeepItWhateverTheFewErrorsAre(@ForAll("seconds") List<Second> seconds) {
    seconds.forEach(this::pass);

    assertThat(changes).isZero();
    assertThat(trust.isLost()).isFalse();
  }

  @Provide
  Arbitrary<List<Second>> seconds() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 300), Arbitraries.integers().between(0, 300))
        .as((one, other) -> new Second(Math.max(one, other), Math.min(one, other)))
        .list()
        .ofMinSize(10)
        .ofMaxSize(120);
  }

  /** An opening may be as wild as it likes for three seconds, wherever these are among quiet ones. */
  @Property(tries = 300)
  void shouldKeepItThroughABurst(@ForAll("bursts") List<Integer> pauses) {
    for (int pause : pauses) {
      pass(3, 0, 500);
      pass(4 + pause, 6, 0);
    }

    assertThat(trust.isLost()).isFalse();
  }

  @Provide
  Arbitrary<List<Integer>> bursts() {
    return Arbitraries.integers().between(4, 20).list().ofMinSize(1).ofMaxSize(20);
  }

  @Example
  void shouldRegainItByQuotesThatAreRight() {
    pass(16, 0, MANY);
    pass(19, MANY, 0);
    assertThat(trust.isLost()).isTrue();

    assertThat(secondsUntilTrusted(MANY, 0)).isLessThanOrEqualTo(5);
    assertThat(changes).isEqualTo(2);
  }

  @Example
  void shouldNotRegainItWhileSomeAreWrong() {
    pass(16, 0, MANY);
    pass(QUARTER, 4, 1);

    assertThat(trust.isLost()).isTrue();
  }

  @Example
  void shouldRegainItLaterAfterEachRelapse() {
    pass(16, 0, MANY);
    int before = secondsUntilTrusted(MANY, 0);
    for (int i = 0; i < 5; i++) {
      pass(16, 0, MANY);
      assertThat(trust.isLost()).isTrue();
      int seconds = secondsUntilTrusted(MANY, 0);
      assertThat(seconds).isBetween(2 * before - 8, 2 * before + 8);
      before = seconds;
    }
    pass(QUARTER, MANY, 0);
    pass(16, 0, MANY);
    assertThat(secondsUntilTrusted(MANY, 0)).isLessThanOrEqualTo(24);
  }

  @Example
  void shouldNeverAskForMoreThanAQuarterOfAnHour() {
    for (int i = 0; i < 12; i++) {
      pass(16, 0, MANY);
      assertThat(secondsUntilTrusted(MANY, 0)).isLessThanOrEqualTo(QUARTER + 4);
    }
  }

  @Example
  void shouldGiveItAnotherChanceIfNothingIsHeard() {
    pass(12, 0, MANY);

    assertThat(secondsUntilTrusted(0, 0)).isBetween(QUARTER, QUARTER + 4);
  }

  @Example
  void shouldNotRegainItWhileTheFewAreWrong() {
    pass(16, 0, MANY);
    pass(2 * QUARTER, 0, 4);
    assertThat(trust.isLost()).isTrue();

    assertThat(secondsUntilTrusted(4, 0)).isBetween(QUARTER - 4, QUARTER + 4);
  }

  private static Quote told(QuoteEvent event) {
    return new Quote(
        event.instrument(),
        event.bid(),
        event.ask(),
        event.bidSize(),
        event.askSize(),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        event.atMillis(),
        new Origin("first", ""));
  }

  /** Alone in a stream, each is judged as clients are told. */
  @Example
  void shouldJudgeByTheRulesThatClientsAreTold() {
    double none = Double.NaN;
    for (QuoteEvent each : List.of(
        RIGHT,
        WRONG,
        quote(1, 1, 1, 1),
        quote(none, 0, 1, 1),
        quote(1, 1, none, 0),
        quote(none, 5, none, 5),
        quote(-1, 1, 1, 1),
        quote(1, 1, -1, 1),
        quote(1, -1, 2, 1),
        quote(1, 1, 2, -1),
        quote(1, 1, Double.POSITIVE_INFINITY, 1),
        quote(1, 1, 5, 1))) {
      QuoteTrust fresh = new QuoteTrust(0);
      boolean lost = false;
      for (int second = 1; second <= 16; second++) {
        IntStream.range(0, MANY).forEach(i -> fresh.see(each));
        lost |= fresh.look(Duration.ofSeconds(second).toNanos());
      }
      assertThat(lost).as("%s", each).isEqualTo(QualityRules.book(told(each)).hasErrors());
    }
  }

  @Example
  void shouldNotCountABookWithoutOrders() {
    double none = Double.NaN;
    Stream.generate(() -> quote(none, 0, none, 0)).limit(1_000).forEach(trust::see);
    pass(16, 0, 0);

    assertThat(trust.isLost()).isFalse();
  }
}
