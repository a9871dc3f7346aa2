package io.candlehub.hub.chain;

import static io.candlehub.hub.chain.DeskRig.SPY;
import static io.candlehub.hub.chain.ScriptedOptions.CONTRACTS;
import static io.candlehub.hub.chain.ScriptedOptions.FAR;
import static io.candlehub.hub.chain.ScriptedOptions.NEAR;
import static io.candlehub.hub.chain.ScriptedOptions.symbol;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.ChainFocus;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.hub.option.ChainFilter;
import io.candlehub.model.ChainUpdate;
import io.candlehub.model.Instrument;
import io.candlehub.model.OptionChain;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a newer whole answer of an account that lists it does not have leaves the chain. */
@Timeout(30)
class UnlistedContractsTest {
  private static final Duration LATER = Duration.ofSeconds(61);
  private static final String CALL = symbol(NEAR, 'C', 650);
  private static final String FAR_PUT = symbol(NEAR, 'P', 610);

  private final MemoryChains store = new MemoryChains();
  private final DeskRig rig = new DeskRig(store);

  private static long legs(OptionChain chain) {
    return chain.expirations().stream()
        .flatMap(expiration -> expiration.strikes().stream())
        .mapToLong(strike -> strike.legs().size())
        .sum();
  }

  private long near() {
    return legs(rig.desk.chain(SPY, NEAR, ChainFilter.ALL).result());
  }

  private static List<String> unlisted(DeskRig at) {
    return at.updates.stream().flatMap(update -> update.unlisted().stream()).toList();
  }

  private void selectAndQuote() {
    rig.look(ChainFocus.on(SPY, NEAR, Instrument.of(FAR_PUT)));
    rig.quote(CALL, 5, 5.1);
    rig.quote(FAR_PUT, 1, 1.1);
    rig.pass(200);
    assertThat(rig.shownLive).containsExactlyInAnyOrder(CALL, FAR_PUT);
    rig.updates.clear();
  }

  @Test
  void shouldLeaveTheChainAndNotBeFoundAlone() {
    assertThat(near()).isEqualTo(CONTRACTS);
    rig.provider.unlisted = Set.of(CALL);
    rig.pass(LATER);
    assertThat(near()).isEqualTo(CONTRACTS - 1);
    assertThat(
            FailureException.of(rig.desk.contract(Instrument.of(CALL)).cause()).code())
        .isEqualTo(Failure.CONTRACT_NOT_FOUND);
  }

  @Test
  void shouldLeaveOfAllExpirationsAskedForTogether() {
    assertThat(legs(rig.desk.chain(SPY, ChainFilter.ALL).result())).isEqualTo(2 * CONTRACTS);
    rig.provider.unlisted = Set.of(CALL, symbol(FAR, 'P', 600));
    rig.pass(LATER);
    assertThat(legs(rig.desk.chain(SPY, ChainFilter.ALL).result())).isEqualTo(2 * CONTRACTS - 2);
  }

  private void pass(String account, Set<String> unlisted) {
    rig.provider.account = account;
    rig.provider.unlisted = unlisted;
    rig.pass(5_200);
  }

  @Test
  void shouldStayWhileTheAccountThatListsItDoesNotAnswer() {
    String second = symbol(NEAR, 'P', 650);
    rig.provider.unlisted = Set.of(second);
    rig.look(ChainFocus.on(SPY, NEAR));
    for (int i = 0; i < 3; i++) {
      pass("tradier", Set.of(CALL));
      pass("massive", Set.of(second));
    }
    assertThat(unlisted(rig)).isEmpty();
    assertThat(near()).isEqualTo(CONTRACTS);
    assertThat(rig.desk.live()).hasSize(42).contains(CALL, second);
    pass("massive", Set.of(CALL, second));
    assertThat(unlisted(rig)).containsExactly(CALL);
    pass("tradier", Set.of(CALL, second));
    assertThat(unlisted(rig)).containsExactly(CALL, second);
    assertThat(near()).isEqualTo(CONTRACTS - 2);
  }

  @Test
  void shouldLeaveWithTheAnswerOfAnyAccountOnceItHasExpired() {
    Instrument index = Instrument.of("I:SPX");
    String morning = symbol("SPX", NEAR, 'C', 650);
    rig.provider.roots = List.of("SPX", "SPXW");
    rig.begin("2025-12-19T09:29:45-05:00");
    rig.look(ChainFocus.on(index, NEAR));
    rig.provider.account = "tradier";
    rig.provider.unlisted = Set.of(morning);
    rig.pass(10_200);
    assertThat(unlisted(rig)).isEmpty();
    rig.pass(10_200);
    assertThat(unlisted(rig)).containsExactly(morning);
  }

  @Test
  void shouldBeAskedForAloneIfTheNewestAnswerDoesNotTellIt() {
    near();
    rig.provider.account = "tradier";
    rig.provider.unlisted = Set.of(CALL);
    rig.pass(LATER);
    assertThat(near()).isEqualTo(CONTRACTS);
    rig.provider.unlisted = Set.of();
    rig.provider.questions.clear();
    assertThat(rig.desk.contract(Instrument.of(CALL)).result().leg().quality().stale())
        .isFalse();
    rig.desk.contract(Instrument.of(symbol(NEAR, 'P', 650)));
    assertThat(rig.provider.questions).containsExactly("contract " + CALL);
  }

  @Test
  void shouldNotBeDeniedByTheAccountThatNeverListedIt() {
    near();
    rig.provider.account = "tradier";
    rig.provider.unlisted = Set.of(CALL);
    rig.pass(LATER);
    near();
    rig.provider.questions.clear();
    assertThat(rig.desk.contract(Instrument.of(CALL)).result().leg().quality())
        .satisfies(quality -> {
          assertThat(quality.source()).isEqualTo("massive");
          assertThat(quality.stale()).isTrue();
        });
    assertThat(rig.provider.questions).containsExactly("contract " + CALL);
  }

  @Test
  void shouldBeToldToTheFlowAsTheLastThatIsKnown() {
    rig.look(ChainFocus.on(SPY, NEAR));
    pass("tradier", Set.of(CALL));
    rig.provider.questions.clear();
    assertThat(rig.desk.told(Instrument.of(CALL)).result().leg().quality().warnings())
        .contains("last-known");
    assertThat(rig.desk
            .told(Instrument.of(symbol(NEAR, 'P', 650)))
            .result()
            .leg()
            .quality()
            .warnings())
        .doesNotContain("last-known");
    assertThat(rig.provider.questions).isEmpty();
  }

  @Test
  void shouldStayWhileTheProviderFails() {
    near();
    rig.provider.unlisted = Set.of(CALL);
    rig.provider.fail(Failure.PROVIDER_ERROR);
    rig.pass(LATER);
    assertThat(near()).isEqualTo(CONTRACTS);
  }

  @Test
  void shouldLeaveWindowAndSelectionAndComeBack() {
    selectAndQuote();
    rig.provider.unlisted = Set.of(CALL, FAR_PUT);
    rig.pass(5_200);
    assertThat(unlisted(rig)).containsExactlyInAnyOrder(CALL, FAR_PUT);
    assertThat(rig.desk.live()).hasSize(41).doesNotContain(CALL, FAR_PUT);
    assertThat(rig.lastUpdate().window()).hasSize(41).doesNotContain(CALL, FAR_PUT);
    assertThat(rig.lastUpdate().windowWanted()).isEqualTo(41);
    assertThat(rig.shownLive).isEmpty();
    rig.quote(CALL, 6, 6.1);
    rig.provider.unlisted = Set.of();
    rig.updates.clear();
    rig.pass(5_200);
    assertThat(unlisted(rig)).isEmpty();
    assertThat(rig.desk.live()).hasSize(43).startsWith(FAR_PUT).contains(CALL);
    assertThat(rig.lastUpdate().legs())
        .filteredOn(leg -> leg.contract().instrument().symbol().equals(CALL))
        .singleElement()
        .satisfies(leg -> assertThat(leg.live()).isFalse());
  }

  @Test
  void shouldBeToldOnceTheShardIsServed() {
    selectAndQuote();
    rig.served = false;
    rig.provider.unlisted = Set.of(CALL);
    rig.pass(5_200);
    assertThat(rig.updates).isEmpty();
    rig.served = true;
    rig.pass(200);
    assertThat(unlisted(rig)).containsExactly(CALL);
  }

  @Test
  void shouldNotBeToldOfWhatIsBackAlready() {
    selectAndQuote();
    rig.served = false;
    rig.provider.unlisted = Set.of(CALL);
    rig.pass(5_200);
    rig.provider.unlisted = Set.of();
    rig.pass(5_200);
    rig.served = true;
    rig.pass(200);
    assertThat(unlisted(rig)).isEmpty();
  }

  @Test
  void shouldLeaveWhatTheStoreHadStill() {
    near();
    DeskRig restarted = new DeskRig(store);
    restarted.provider.unlisted = Set.of(CALL);
    restarted.provider.fail(Failure.PROVIDER_ERROR);
    restarted.look(ChainFocus.on(SPY, NEAR));
    restarted.pass(200);
    Optional<ChainUpdate> first = restarted.updates.stream().findFirst();
    assertThat(first).hasValueSatisfying(told -> assertThat(told.legs()).hasSize(CONTRACTS));
    restarted.provider.failure = Optional.empty();
    restarted.pass(30_000);
    assertThat(unlisted(restarted)).containsExactly(CALL);
    assertThat(legs(restarted.desk.chain(SPY, NEAR, ChainFilter.ALL).result()))
        .isEqualTo(CONTRACTS - 1);
  }
}
