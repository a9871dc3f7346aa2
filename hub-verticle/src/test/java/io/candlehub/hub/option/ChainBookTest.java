package io.candlehub.hub.option;

import static io.candlehub.model.Legs.NONE;
import static io.candlehub.model.Legs.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.candlehub.model.ExerciseStyle;
import io.candlehub.model.Greeks;
import io.candlehub.model.Instrument;
import io.candlehub.model.Legs;
import io.candlehub.model.MissingReason;
import io.candlehub.model.OptionChain;
import io.candlehub.model.OptionLeg;
import io.candlehub.model.OptionRight;
import io.candlehub.model.Origin;
import io.candlehub.model.Quality;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TradeEvent;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ChainBookTest {
  private static final long NOW =
      ZonedDateTime.parse("2025-12-01T10:00-05:00").toInstant().toEpochMilli();
  private static final String CALL = "O:SPY251219C00650000";
  private static final String PUT = "O:SPY251219P00650000";
  private static final Origin FIRST = new Origin("first", "");
  private static final PricingModel MODEL = new PricingModel(0.04, 0.012);

  private final ChainBook book = new ChainBook("SPY", new LegValuer(MODEL));

  private static QuoteEvent quote(String symbol, double bid, double ask, long at) {
    return new QuoteEvent(Instrument.of(symbol), at, 0, 0, bid, 3, ask, 4);
  }

  private static TradeEvent trade(String symbol, double price, long at, Integer... conditions) {
    return new TradeEvent(Instrument.of(symbol), at, 0, 0, price, 1, List.of(conditions));
  }

  private OptionLeg leg(String symbol) {
    return book.leg(symbol, NOW).orElseThrow();
  }

  private void live(String... symbols) {
    book.live(new LiveChange(List.of(symbols), List.of()));
  }

  @Test
  void shouldComputeWhatTheProviderLeavesOut() {
    book.spot(new Spot(652.91, NOW - 700));
    book.snapshot(List.of(snapshot(CALL, 12.4, 12.5, NOW - 300)));
    OptionLeg leg = leg(CALL);
    ExpirationPricer pricer = MODEL.american(leg.computed().get(0).years());
    assertThat(pricer.price(OptionRight.CALL, 652.91, 650, leg.volatility()))
        .isCloseTo(12.45, within(1e-8));
    assertThat(leg.greeks())
        .isEqualTo(pricer.greeks(OptionRight.CALL, 652.91, 650, leg.volatility()));
    assertThat(leg.computed()).singleElement().satisfies(inputs -> {
      assertThat(inputs.fields()).containsExactly("iv", "delta", "gamma", "theta", "vega", "rho");
      assertThat(inputs.style()).isEqualTo(ExerciseStyle.AMERICAN);
      assertThat(inputs.price()).isEqualTo(12.45);
      assertThat(inputs.spot()).isEqualTo(652.91);
      assertThat(inputs.rate()).isEqualTo(0.04);
      assertThat(inputs.dividendYield()).isEqualTo(0.012);
      assertThat(inputs.ageMillis()).isEqualTo(700);
    });
    assertThat(leg.reasons()).containsOnlyKeys("last");
    assertThat(leg.live()).isFalse();
    assertThat(leg.quality().confidence()).isEqualTo(100);
  }

  @Test
  void shouldKeepWhatTheProviderGives() {
    book.spot(new Spot(652.91, NOW));
    Greeks given = new Greeks(0.56, 0.0123, -0.214, 0.611, NONE);
    book.snapshot(List.of(snapshot(CALL, 12.4, 12.5, 0.1421, given, NOW, Set.of())));
    OptionLeg leg = leg(CALL);
    assertThat(leg.volatility()).isEqualTo(0.1421);
    assertThat(leg.greeks().delta()).isEqualTo(0.56);
    assertThat(leg.greeks().rho()).isPositive();
    assertThat(leg.computed().get(0).fields()).containsExactly("rho");
    assertThat(leg.computed().get(0).price()).isNaN();
    Greeks all = new Greeks(0.56, 0.0123, -0.214, 0.611, 0.1);
    book.snapshot(List.of(snapshot(CALL, 12.4, 12.5, 0.1421, all, NOW, Set.of())));
    assertThat(leg(CALL).greeks()).isEqualTo(all);
    assertThat(leg(CALL).computed()).isEmpty();
  }

  private static SnapshotLeg withGreeksOf(SnapshotLeg leg, long greeksAtMillis) {
    return new SnapshotLeg(
        leg.terms(),
        leg.bid(),
        leg.ask(),
        leg.bidSize(),
        leg.askSize(),
        leg.last(),
        leg.volume(),
        leg.openInterest(),
        0.1421,
        new Greeks(0.5, 0.0123, -0.214, 0.611, 0.1),
        leg.atMillis(),
        greeksAtMillis,
        "tradier",
        "error",
        Set.of());
  }

  @Test
  void shouldComputeNewGreeksInPlaceOfOldOnes() {
    long halfAnHourAgo = NOW - 30 * 60_000;
    book.spot(new Spot(652.91, NOW - 700));
    book.snapshot(List.of(withGreeksOf(snapshot(CALL, 12.4, 12.5, NOW - 300), halfAnHourAgo)));

    OptionLeg leg = leg(CALL);
    ExpirationPricer pricer = MODEL.american(leg.computed().get(0).years());
    assertThat(pricer.price(OptionRight.CALL, 652.91, 650, leg.volatility()))
        .isCloseTo(12.45, within(1e-8));
    assertThat(leg.computed().get(0).fields()).hasSize(6);
    assertThat(leg.greeksAtMillis()).isZero();
    assertThat(leg.quality().warnings()).isEmpty();
  }

  @Test
  void shouldKeepOldGreeksAndSaySoWhereNothingBetterCanBeComputed() {
    long halfAnHourAgo = NOW - 30 * 60_000;
    book.snapshot(List.of(withGreeksOf(snapshot(CALL, 12.4, 12.5, NOW), halfAnHourAgo)));
    assertOldGreeks(halfAnHourAgo);

    book.spot(new Spot(652.91, NOW - 20 * 60_000));
    assertOldGreeks(halfAnHourAgo);

    book.spot(new Spot(652.91, NOW));
    book.snapshot(List.of(withGreeksOf(snapshot(CALL, 0, 12.5, NOW), halfAnHourAgo)));
    assertOldGreeks(halfAnHourAgo);
  }

  private void assertOldGreeks(long atMillis) {
    OptionLeg leg = leg(CALL);
    assertThat(leg.volatility()).isEqualTo(0.1421);
    assertThat(leg.greeks().delta()).isEqualTo(0.5);
    assertThat(leg.computed()).isEmpty();
    assertThat(leg.greeksAtMillis()).isEqualTo(atMillis);
    assertThat(leg.quality().warnings()).contains("old-greeks");
    assertThat(leg.quality().confidence()).isGreaterThanOrEqualTo(90);
  }

  @Test
  void shouldNotCallGreeksOldThatAreAsOldAsTheirQuote() {
    long atNoon = NOW - 6 * 3_600_000;
    book.spot(new Spot(652.91, NOW));
    book.snapshot(List.of(withGreeksOf(snapshot(CALL, 12.4, 12.5, atNoon), atNoon - 60_000)));

    assertThat(leg(CALL).greeks().delta()).isEqualTo(0.5);
    assertThat(leg(CALL).quality().warnings()).isEmpty();

    live(CALL);
    book.quote(quote(CALL, 12.4, 12.5, NOW), FIRST);
    assertThat(leg(CALL).computed().get(0).fields()).as("a new quote came").hasSize(6);
  }

  @Test
  void shouldGiveAReasonForEveryMissingValue() {
    assertReason(snapshot(CALL, 12.4, 12.5, NOW), MissingReason.NO_SPOT);
    book.spot(new Spot(652.91, NOW));
    assertReason(snapshot(CALL, 0, 12.5, NOW), MissingReason.ONE_SIDED);
    assertThat(leg(CALL).reasons()).containsEntry("bid", MissingReason.ONE_SIDED);
    assertThat(leg(CALL).bid()).isNaN();
    assertReason(snapshot(CALL, 0, 0, NOW), MissingReason.NO_QUOTE);
    assertReason(snapshot(CALL, 13, 12.5, NOW), MissingReason.CROSSED);
    assertReason(snapshot(CALL, 2, 2.1, NOW), MissingReason.BELOW_INTRINSIC);
    assertReason(snapshot(CALL, 2.9, 2.92, NOW), MissingReason.NO_TIME_VALUE);
    assertReason(snapshot(CALL, 600, 610, NOW), MissingReason.VOLATILITY_ABOVE_RANGE);
    assertReason(snapshot(CALL, 660, 661, NOW), MissingReason.ABOVE_BOUND);
    assertReason(snapshot("O:SPY251128C00650000", 1, 2, NOW), MissingReason.EXPIRED);
    assertReason(snapshot("O:SPY991218C00650000", 1, 2, NOW), MissingReason.UNSUPPORTED);
    SnapshotLeg poor =
        snapshot(CALL, 0, 0, NONE, Greeks.NONE, NOW, Set.of("rho", "last", "volume"));
    book.snapshot(List.of(poor));
    assertThat(leg(CALL).reasons())
        .containsEntry("rho", MissingReason.NO_QUOTE)
        .containsEntry("last", MissingReason.UNSUPPORTED)
        .containsEntry("iv", MissingReason.NO_QUOTE)
        .doesNotContainKey("volume");
  }

  private void assertReason(SnapshotLeg snapshot, MissingReason reason) {
    book.snapshot(List.of(snapshot));
    OptionLeg leg = leg(snapshot.symbol());
    assertThat(leg.volatility()).isNaN();
    assertThat(leg.greeks()).isEqualTo(Greeks.NONE);
    assertThat(leg.computed()).isEmpty();
    assertThat(leg.reasons()).containsEntry("iv", reason).containsEntry("delta", reason);
  }

  @Test
  void shouldShowStreamedQuotesOfLiveContractsOnly() {
    book.spot(new Spot(652.91, NOW));
    book.snapshot(List.of(snapshot(CALL, 12, 13, NOW - 60_000), snapshot(PUT, 9, 9.5, NOW)));
    book.quote(quote(CALL, 12.4, 12.5, NOW), FIRST);
    assertThat(leg(CALL).live()).isFalse();
    live(CALL);
    assertThat(leg(CALL).live()).isFalse();
    book.quote(quote(CALL, 12.4, 12.5, NOW), FIRST);
    assertThat(leg(CALL).live()).isTrue();
    assertThat(leg(CALL).mid()).isEqualTo(12.45);
    assertThat(leg(CALL).bidSize()).isEqualTo(3);
    assertThat(leg(CALL).volume()).isEqualTo(100);
    assertThat(leg(CALL).quality().stale()).isFalse();
    book.quote(quote(CALL, 1, 2, NOW - 1), FIRST);
    assertThat(leg(CALL).bid()).isEqualTo(12.4);
    assertThat(leg(PUT).live()).isFalse();
  }

  @Test
  void shouldSayWhoStreamsALiveValue() {
    book.spot(new Spot(652.91, NOW));
    book.snapshot(List.of(snapshot(CALL, 12, 13, NOW - 60_000), snapshot(PUT, 9, 9.5, NOW)));
    live(CALL);
    book.quote(quote(CALL, 12.4, 12.5, NOW), new Origin("second", "unhealthy"));
    assertThat(leg(CALL).quality().source()).isEqualTo("hybrid");
    assertThat(leg(CALL).quality().fallbackReason()).isEqualTo("unhealthy");
    Quality whole = book.chain(ChainFilter.ALL, NOW).quality();
    assertThat(whole.source()).isEqualTo("hybrid");
    assertThat(whole.fallbackReason()).isEqualTo("unhealthy");
    book.live(new LiveChange(List.of(), List.of(CALL)));
    assertThat(leg(CALL).quality().source()).isEqualTo("first");
  }

  @Test
  void shouldShowNothingLiveOfWhatHasExpired() {
    book.snapshot(List.of(snapshot(CALL, 12, 13, NOW - 60_000)));
    live(CALL);
    book.quote(quote(CALL, 12.4, 12.5, NOW), FIRST);
    long expiry = book.terms(CALL).orElseThrow().expiryMillis();
    assertThat(book.leg(CALL, expiry - 1).orElseThrow().live()).isTrue();
    assertThat(book.leg(CALL, expiry).orElseThrow().live()).isFalse();
  }

  @Test
  void shouldSayWhyAGreekCouldNotBeComputedAndWhyASizeIsMissing() {
    book.snapshot(List.of(snapshot(CALL, 0, 13, NONE, Greeks.NONE, NOW, Set.of("rho"))));
    assertThat(leg(CALL).reasons())
        .containsEntry("rho", MissingReason.NO_SPOT)
        .containsEntry("bid", MissingReason.ONE_SIDED)
        .containsEntry("bidSize", MissingReason.ONE_SIDED)
        .doesNotContainKey("askSize");
  }

  @Test
  void shouldForgetTheLiveValuesOfLeaversAtOnce() {
    book.spot(new Spot(652.91, NOW));
    book.snapshot(List.of(snapshot(CALL, 12, 13, NOW - 60_000), snapshot(PUT, 9, 9.5, NOW)));
    live(CALL, PUT);
    book.quote(quote(CALL, 12.4, 12.5, NOW), FIRST);
    assertThat(book.drainChanged(NOW)).containsExactly(CALL, PUT);
    book.live(new LiveChange(List.of(), List.of(CALL, PUT)));
    assertThat(book.drainChanged(NOW)).containsExactly(CALL);
    OptionLeg leg = leg(CALL);
    assertThat(leg.live()).isFalse();
    assertThat(leg.bid()).isEqualTo(12);
    assertThat(leg.quality().stale()).isTrue();
    assertThat(leg.quality().confidence()).isLessThan(80);
    book.quote(quote(CALL, 12.6, 12.7, NOW), FIRST);
    assertThat(leg(CALL).bid()).isEqualTo(12);
    live(CALL);
    assertThat(leg(CALL).live()).isFalse();
  }

  @Test
  void shouldTakeTheLastPriceFromStreamedTradesOfLiveContracts() {
    book.snapshot(List.of(snapshot(CALL, 12, 13, NOW - 60_000)));
    book.trade(trade(CALL, 12.4, NOW));
    assertThat(leg(CALL).last()).isNaN();
    live(CALL);
    book.drainChanged(NOW);
    book.trade(trade(CALL, 12.4, NOW - 10));
    book.trade(trade(CALL, 12.6, NOW - 20));
    book.trade(trade(CALL, 99, NOW, 201));
    assertThat(leg(CALL).last()).isEqualTo(12.4);
    assertThat(leg(CALL).live()).isFalse();
    assertThat(book.drainChanged(NOW)).containsExactly(CALL);
    book.live(new LiveChange(List.of(), List.of(CALL)));
    assertThat(leg(CALL).last()).isNaN();
  }

  @Test
  void shouldForgetWhatWasStreamedBeforeAnInterruption() {
    book.snapshot(List.of(snapshot(CALL, 12, 13, NOW - 60_000), snapshot(PUT, 9, 9.5, NOW)));
    live(CALL, PUT);
    book.quote(quote(CALL, 12.4, 12.5, NOW), FIRST);
    book.drainChanged(NOW);
    assertThat(book.interrupt(List.of(CALL, PUT))).containsExactly(CALL);
    assertThat(book.drainChanged(NOW)).containsExactly(CALL);
    assertThat(leg(CALL).bid()).isEqualTo(12);
    book.quote(quote(CALL, 12.6, 12.7, NOW), FIRST);
    assertThat(leg(CALL).live()).isTrue();
  }

  @Test
  void shouldNotCallAnEqualSnapshotAChange() {
    book.snapshot(List.of(snapshot(CALL, 12, 13, NOW), snapshot(PUT, 9, 9.5, NOW)));
    book.drainChanged(NOW);
    book.snapshot(List.of(snapshot(CALL, 12, 13, NOW), snapshot(PUT, 9, 9.6, NOW)));
    assertThat(book.drainChanged(NOW)).containsExactly(PUT);
    book.forget(Legs.contract(PUT).expiration());
    assertThat(book.traded(Legs.contract(CALL).expiration(), NOW)).isEmpty();
    assertThat(book.terms(CALL)).isEmpty();
  }

  @Test
  void shouldTakeANewerSnapshotOverAnOldQuote() {
    book.snapshot(List.of(snapshot(CALL, 12, 13, NOW - 60_000)));
    live(CALL);
    book.quote(quote(CALL, 12.4, 12.5, NOW - 30_000), FIRST);
    book.snapshot(List.of(snapshot(CALL, 14, 14.1, NOW)));
    assertThat(leg(CALL).bid()).isEqualTo(14);
    assertThat(leg(CALL).live()).isFalse();
    book.snapshot(List.of(snapshot(CALL, 11, 11.1, NOW - 1)));
    assertThat(leg(CALL).bid()).isEqualTo(14);
    assertThat(book.leg(PUT, NOW)).isEmpty();
  }

  @Test
  void shouldSortAndFilterTheChain() {
    book.spot(new Spot(652.91, NOW));
    String far = "O:SPY251219C00700000";
    String later = "O:SPY260116P00650000";
    book.snapshot(List.of(
        snapshot(later, 19, 20, NOW),
        snapshot(far, 0.05, 0.15, NOW),
        snapshot(PUT, 9, 9.05, NOW),
        snapshot(CALL, 12.4, 12.5, NOW)));
    OptionChain chain = book.chain(ChainFilter.ALL, NOW);
    assertThat(symbols(chain)).containsExactly(CALL, PUT, far, later);
    assertThat(chain.spot()).isEqualTo(652.91);
    assertThat(chain.quality().warnings()).containsExactly("missing-legs");
    assertThat(chain.quality().source()).isEqualTo("first");
    assertThat(symbols(book.chain(new ChainFilter(660, NONE, NONE, NONE), NOW)))
        .containsExactly(far);
    assertThat(symbols(book.chain(new ChainFilter(NONE, 660, NONE, NONE), NOW)))
        .containsExactly(CALL, PUT, later);
    assertThat(symbols(book.chain(new ChainFilter(NONE, NONE, NONE, 1), NOW)))
        .containsExactly(CALL, PUT);
    assertThat(symbols(book.chain(new ChainFilter(NONE, NONE, 101, NONE), NOW))).isEmpty();
    assertThat(book.chain(new ChainFilter(NONE, NONE, 100, NONE), NOW).expirations())
        .hasSize(2);
    ChainBook copy = book.copy(Set.of(Legs.contract(later).expiration()));
    assertThat(symbols(copy.chain(ChainFilter.ALL, NOW))).containsExactly(later);
    assertThat(copy.leg(later, NOW)).isEqualTo(book.leg(later, NOW));
    assertThat(book.traded(Legs.contract(CALL).expiration(), NOW)).hasSize(3);
  }

  @Test
  void shouldNotLetUnknownValuesPassABound() {
    OptionLeg unknown = Legs.leg(CALL, NONE, 5, NONE, NONE, NONE, NONE, Greeks.NONE);
    assertThat(ChainFilter.ALL.admits(unknown)).isTrue();
    assertThat(new ChainFilter(NONE, NONE, 0, NONE).admits(unknown)).isFalse();
    assertThat(new ChainFilter(NONE, NONE, NONE, 1_000).admits(unknown)).isFalse();
  }

  @Test
  void shouldSayWhenProvidersAreMixed() {
    SnapshotLeg other = new SnapshotLeg(
        snapshot(PUT, 9, 9.5, NOW).terms(),
        9,
        9.5,
        1,
        1,
        NONE,
        1,
        1,
        NONE,
        Greeks.NONE,
        NOW,
        NOW,
        "second",
        "first: no answer",
        Set.of());
    book.snapshot(List.of(snapshot(CALL, 12.4, 12.5, NOW), other));
    OptionChain chain = book.chain(ChainFilter.ALL, NOW);
    assertThat(chain.quality().source()).isEqualTo("hybrid");
    assertThat(chain.quality().fallbackReason()).isEqualTo("first: no answer");
    assertThat(leg(PUT).quality().source()).isEqualTo("second");
  }

  private static List<String> symbols(OptionChain chain) {
    return chain.expirations().stream()
        .flatMap(expiration -> expiration.strikes().stream())
        .flatMap(strike -> strike.legs().stream())
        .map(leg -> leg.contract().instrument().symbol())
        .toList();
  }
}
