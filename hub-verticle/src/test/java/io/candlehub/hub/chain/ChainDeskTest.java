package io.candlehub.hub.chain;

import static io.candlehub.hub.chain.DeskRig.SPY;
import static io.candlehub.hub.chain.ScriptedOptions.CONTRACTS;
import static io.candlehub.hub.chain.ScriptedOptions.FAR;
import static io.candlehub.hub.chain.ScriptedOptions.NEAR;
import static io.candlehub.hub.chain.ScriptedOptions.symbol;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.hub.option.ChainFilter;
import io.candlehub.model.Instrument;
import io.candlehub.model.MissingReason;
import io.candlehub.model.OptionChain;
import io.candlehub.model.OptionLeg;
import io.candlehub.model.Quality;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What questions about options are answered. */
@Timeout(30)
class ChainDeskTest {
  private static final Duration TTL = Duration.ofSeconds(15);
  private static final Instrument CALL = Instrument.of(symbol(NEAR, 'C', 650));

  private final MemoryChains store = new MemoryChains();
  private final DeskRig rig = new DeskRig(store);

  private Future<OptionChain> chain() {
    return rig.desk.chain(SPY, NEAR, ChainFilter.ALL);
  }

  private static int legs(OptionChain chain) {
    return chain.expirations().stream()
        .flatMap(expiration -> expiration.strikes().stream())
        .mapToInt(strike -> strike.legs().size())
        .sum();
  }

  private static Failure code(Future<?> failed) {
    assertThat(failed.failed()).isTrue();
    return FailureException.of(failed.cause()).code();
  }

  private static void assertLastKnown(Quality quality) {
    assertThat(quality.stale()).isTrue();
    assertThat(quality.warnings()).contains("last-known");
    assertThat(quality.confidence()).isLessThan(100);
  }

  @Test
  void shouldAskOnceForWhatManyWant() {
    rig.provider.silence();
    Future<OptionChain> first = chain();
    Future<OptionChain> second = chain();
    assertThat(first.isComplete()).isFalse();
    rig.provider.answer();
    assertThat(legs(first.result())).isEqualTo(CONTRACTS);
    assertThat(second.result()).isEqualTo(first.result());
    rig.pass(TTL);
    assertThat(chain().result().quality().warnings()).doesNotContain("last-known");
    assertThat(rig.provider.questions).containsExactly("chain 2025-12-19 2025-12-19 reader");
    rig.pass(1);
    chain();
    assertThat(rig.provider.questions).hasSize(2);
  }

  @Test
  void shouldFillInWhatTheProviderLeavesOut() {
    OptionChain chain = chain().result();
    assertThat(chain.spot()).isEqualTo(650);
    OptionLeg call = rig.desk.contract(CALL).result().leg();
    assertThat(call.volatility()).isBetween(0.05, 0.3);
    assertThat(call.greeks().delta()).isBetween(0.4, 0.6);
    assertThat(call.computed()).hasSize(1);
    assertThat(call.live()).isFalse();
    assertThat(chain.expirations().get(0).strikes().get(50).legs().get(0)).isEqualTo(call);
  }

  @Test
  void shouldFilter() {
    OptionChain chain = rig.desk
        .chain(SPY, NEAR, new ChainFilter(640, 660, Double.NaN, Double.NaN))
        .result();
    assertThat(legs(chain)).isEqualTo(42);
  }

  @Test
  void shouldShowWhatWasKnownLastWhenTheProviderFails() {
    chain();
    rig.pass(TTL.plusMillis(1));
    rig.provider.fail(Failure.ALL_PROVIDERS_FAILED);
    OptionChain last = chain().result();
    assertThat(legs(last)).isEqualTo(CONTRACTS);
    assertLastKnown(last.quality());
    assertThat(chain().result().quality().warnings()).contains("last-known");
    assertThat(rig.provider.questions).hasSize(2);
    rig.pass(Duration.ofSeconds(1));
    rig.provider.failure = Optional.empty();
    assertThat(chain().result().quality().warnings()).doesNotContain("last-known");
  }

  @Test
  void shouldNotTakeAnEmptyAnswerForAChain() {
    chain();
    rig.pass(TTL.plusMillis(1));
    rig.provider.dates = List.of(FAR);
    OptionChain last = chain().result();
    assertThat(legs(last)).isEqualTo(CONTRACTS);
    assertLastKnown(last.quality());
  }

  @Test
  void shouldNotLetReadersWaitLongForANewerChain() {
    chain();
    rig.pass(TTL.plusMillis(1));
    rig.provider.silence();
    Future<OptionChain> waiting = chain();
    rig.pass(1_999);
    assertThat(waiting.isComplete()).isFalse();
    rig.pass(1);
    assertLastKnown(waiting.result().quality());
    rig.provider.answer();
    assertThat(chain().result().quality().warnings()).doesNotContain("last-known");
  }

  @Test
  void shouldShowTheStoredChainAfterARestartUntilTheProviderAnswers() {
    chain();
    assertThat(store.writes).isEqualTo(1);
    DeskRig restarted = new DeskRig(store);
    restarted.provider.silence();
    Future<OptionChain> stored = restarted.desk.chain(SPY, NEAR, ChainFilter.ALL);
    restarted.pass(2_000);
    assertThat(legs(stored.result())).isEqualTo(CONTRACTS);
    assertLastKnown(stored.result().quality());
    restarted.provider.answer();
    OptionChain fresh = restarted.desk.chain(SPY, NEAR, ChainFilter.ALL).result();
    assertThat(fresh.quality().warnings()).doesNotContain("last-known");
  }

  @Test
  void shouldFailByNameWhenNothingIsKnown() {
    for (Failure code : List.of(
        Failure.ALL_PROVIDERS_FAILED,
        Failure.UNAVAILABLE,
        Failure.UNSUPPORTED,
        Failure.NOT_ENTITLED)) {
      rig.provider.fail(code);
      assertThat(code(chain())).isEqualTo(code);
      assertThat(code(rig.desk.expirations(SPY))).isEqualTo(code);
      assertThat(code(rig.desk.contract(CALL))).isEqualTo(code);
      assertThat(code(rig.desk.chain(SPY, ChainFilter.ALL))).isEqualTo(code);
    }
    rig.provider.failure = Optional.empty();
    LocalDate none = LocalDate.of(2025, 12, 20);
    assertThat(code(rig.desk.chain(SPY, none, ChainFilter.ALL))).isEqualTo(Failure.NO_DATA);
    Instrument nope = Instrument.of("NOPE");
    rig.provider.dates = List.of();
    assertThat(code(rig.desk.chain(nope, none, ChainFilter.ALL)))
        .isEqualTo(Failure.UNKNOWN_INSTRUMENT);
    assertThat(code(rig.desk.expirations(nope))).isEqualTo(Failure.UNKNOWN_INSTRUMENT);
    assertThat(code(rig.desk.expirations(SPY))).isEqualTo(Failure.NO_DATA);
    assertThat(code(rig.desk.contract(Instrument.of("O:SPY"))))
        .isEqualTo(Failure.INVALID_PARAMETER);
    rig.provider.silence();
    Future<OptionChain> unanswered = chain();
    rig.pass(Duration.ofSeconds(20));
    assertThat(code(unanswered)).isEqualTo(Failure.UNAVAILABLE);
  }

  @Test
  void shouldGiveExpirationsFromMemoryAndWithoutThosePast() {
    assertThat(rig.desk.expirations(SPY).result().expirations().dates()).containsExactly(NEAR, FAR);
    rig.pass(Duration.ofMinutes(10));
    rig.provider.fail(Failure.PROVIDER_ERROR);
    assertThat(rig.desk.expirations(SPY).result().current()).isTrue();
    assertThat(rig.provider.questions).hasSize(1);
    rig.clock.advance(Duration.ofDays(20).toMillis());
    ExpirationAnswer last = rig.desk.expirations(SPY).result();
    assertThat(last.expirations().dates()).containsExactly(FAR);
    assertThat(last.expirations().source()).isEqualTo("massive");
    assertLastKnown(last.quality());
  }

  @Test
  void shouldKnowTheExpirationsOfStoredChains() {
    chain();
    DeskRig restarted = new DeskRig(store);
    restarted.provider.fail(Failure.PROVIDER_ERROR);
    ExpirationAnswer stored = restarted.desk.expirations(SPY).result();
    assertThat(stored.expirations().dates()).containsExactly(NEAR);
    assertThat(stored.expirations().source()).isEqualTo("massive");
    assertThat(stored.current()).isFalse();
  }

  @Test
  void shouldAskForAllExpirationsAtOnce() {
    OptionChain whole = rig.desk.chain(SPY, ChainFilter.ALL).result();
    assertThat(whole.expirations())
        .extracting(OptionChain.Expiration::date)
        .containsExactly(NEAR, FAR);
    assertThat(legs(whole)).isEqualTo(2 * CONTRACTS);
    rig.pass(Duration.ofSeconds(60));
    assertThat(rig.desk.chain(SPY, ChainFilter.ALL).result().quality().warnings())
        .doesNotContain("last-known");
    assertThat(rig.provider.questions)
        .containsExactly("expirations SPY", "chain 2025-12-19 2026-01-16 reader");
    rig.pass(1);
    rig.provider.fail(Failure.PROVIDER_ERROR);
    assertLastKnown(rig.desk.chain(SPY, ChainFilter.ALL).result().quality());
  }

  @Test
  void shouldAskForManyExpirationsAFewAtATimeAndAllTogether() {
    rig.provider.dates =
        List.of(NEAR, NEAR.plusDays(7), NEAR.plusDays(14), NEAR.plusDays(21), NEAR.plusDays(28));
    rig.desk.expirations(SPY);
    rig.provider.silence();
    Future<OptionChain> first = rig.desk.chain(SPY, ChainFilter.ALL);
    Future<OptionChain> second = rig.desk.chain(SPY, ChainFilter.ALL);
    assertThat(rig.provider.questions.subList(1, rig.provider.questions.size()))
        .containsExactly(
            "chain 2025-12-19 2025-12-26 reader",
            "chain 2026-01-02 2026-01-09 reader",
            "chain 2026-01-16 2026-01-16 reader");
    assertThat(first.isComplete()).isFalse();
    rig.provider.answer();
    assertThat(legs(first.result())).isEqualTo(5 * CONTRACTS);
    assertThat(legs(second.result())).isEqualTo(5 * CONTRACTS);

    rig.pass(Duration.ofSeconds(61));
    rig.provider.questions.clear();
    rig.desk.chain(SPY, NEAR, ChainFilter.ALL);
    rig.desk.chain(SPY, NEAR.plusDays(7), ChainFilter.ALL);
    rig.desk.chain(SPY, ChainFilter.ALL);
    assertThat(rig.provider.questions)
        .containsExactly(
            "chain 2025-12-19 2025-12-19 reader",
            "chain 2025-12-26 2025-12-26 reader",
            "chain 2026-01-02 2026-01-09 reader",
            "chain 2026-01-16 2026-01-16 reader");
  }

  @Test
  void shouldSayThatAChainLacksExpirations() {
    rig.provider.dates = List.of(NEAR, NEAR.plusDays(7), NEAR.plusDays(14));
    rig.provider.refused = Set.of(NEAR.plusDays(14));
    OptionChain chain = rig.desk.chain(SPY, ChainFilter.ALL).result();
    assertThat(legs(chain)).isEqualTo(2 * CONTRACTS);
    assertLastKnown(chain.quality());
    rig.provider.refused = Set.of();
    assertThat(legs(rig.desk.chain(SPY, ChainFilter.ALL).result())).isEqualTo(3 * CONTRACTS);
  }

  @Test
  void shouldAnswerForAContractFromItsChainOrAsk() {
    chain();
    assertThat(rig.desk.contract(CALL).result().underlying()).isEqualTo(SPY);
    assertThat(rig.provider.questions).hasSize(1);
    Instrument far = Instrument.of(symbol(FAR, 'P', 640));
    ContractAnswer asked = rig.desk.contract(far).result();
    assertThat(asked.leg().contract().instrument()).isEqualTo(far);
    assertThat(asked.terms().expiryMillis()).isPositive();
    rig.pass(TTL);
    rig.desk.contract(far);
    assertThat(rig.provider.questions).hasSize(2).contains("contract " + far);
    rig.pass(1);
    rig.provider.fail(Failure.PROVIDER_ERROR);
    assertLastKnown(rig.desk.contract(far).result().leg().quality());
    rig.provider.fail(Failure.CONTRACT_NOT_FOUND);
    assertThat(code(rig.desk.contract(far))).isEqualTo(Failure.CONTRACT_NOT_FOUND);
  }

  @Test
  void shouldValueAContractWithTheSpotThatIsToldBesideIt() {
    OptionLeg alone = rig.desk.contract(CALL).result().leg();
    assertThat(alone.reasons()).containsEntry("rho", MissingReason.NO_SPOT);
    Instrument far = Instrument.of(symbol(FAR, 'P', 640));
    rig.provider.spotBeside = 651;
    OptionLeg beside = rig.desk.contract(far).result().leg();
    assertThat(beside.computed().get(0).spot()).isEqualTo(651);
    assertThat(beside.greeks().rho()).isNegative();
    assertThat(beside.reasons()).doesNotContainKeys("iv", "rho");
  }

  @Test
  void shouldValueAContractWithTheNewestSpot() {
    chain();
    rig.pass(Duration.ofMinutes(9));
    rig.provider.spotBeside = 660;
    Instrument far = Instrument.of(symbol(FAR, 'P', 640));
    assertThat(rig.desk.contract(far).result().leg().computed().get(0).spot()).isEqualTo(660);
    rig.pass(1);
    rig.trade(661);
    assertThat(rig.desk.contract(far).result().leg().computed().get(0).spot()).isEqualTo(661);
  }

  @Test
  void shouldForgetWhatNobodyAsksFor() {
    chain();
    rig.pass(Duration.ofMinutes(12));
    int asked = rig.provider.questions.size();
    rig.provider.silence();
    Future<OptionChain> again = chain();
    rig.pass(2_000);
    assertThat(rig.provider.questions).hasSize(asked + 1);
    assertLastKnown(again.result().quality());
  }
}
