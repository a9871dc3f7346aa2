package io.candlehub.hub.chain;

import static io.candlehub.hub.chain.DeskRig.SPY;
import static io.candlehub.hub.chain.ScriptedOptions.CONTRACTS;
import static io.candlehub.hub.chain.ScriptedOptions.FAR;
import static io.candlehub.hub.chain.ScriptedOptions.NEAR;
import static io.candlehub.hub.chain.ScriptedOptions.symbol;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.ChainFocus;
import io.candlehub.hub.option.ChainFilter;
import io.candlehub.model.Instrument;
import io.candlehub.model.OptionChain;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What nobody waits for any more is called off, and nothing else. */
@Timeout(30)
class CalledOffChainTest {
  private static final ChainFocus FOCUS = ChainFocus.on(SPY, NEAR);
  private static final long MOMENT = 300;
  private static final Instrument CALL = Instrument.of(symbol(NEAR, 'C', 650));

  private final MemoryChains store = new MemoryChains();
  private final DeskRig rig = new DeskRig(store);

  private static int legs(OptionChain chain) {
    return chain.expirations().stream()
        .flatMap(expiration -> expiration.strikes().stream())
        .mapToInt(strike -> strike.legs().size())
        .sum();
  }

  private void leave() {
    rig.look();
    rig.pass(MOMENT);
  }

  @Test
  void shouldLeaveOneLoadOfAViewerWhoClicksThroughTenExpirations() {
    List<LocalDate> ten = IntStream.range(0, 10).mapToObj(NEAR::plusWeeks).toList();
    rig.provider.dates = ten;
    rig.provider.silence();
    for (LocalDate date : ten) {
      rig.look(ChainFocus.on(SPY, date));
      rig.pass(100);
    }
    rig.pass(MOMENT);
    assertThat(rig.provider.calledOff).containsExactlyElementsOf(ten.subList(0, 9));
    rig.provider.answer();
    assertThat(rig.desk.live()).hasSize(42).contains(symbol(ten.get(9), 'C', 650));
    assertThat(rig.provider.questions).hasSize(10);
  }

  @Test
  void shouldCallOffARefreshToo() {
    rig.look(FOCUS);
    rig.provider.silence();
    rig.pass(5_100);
    assertThat(rig.provider.questions).hasSize(2);
    leave();
    assertThat(rig.provider.calledOff).containsExactly(NEAR);
  }

  @Test
  void shouldNotCallOffWhatIsAnswered() {
    rig.look(FOCUS);
    leave();
    assertThat(rig.provider.calledOff).isEmpty();
  }

  @Test
  void shouldKeepWhatAReaderWaitsFor() {
    rig.provider.silence();
    rig.look(FOCUS);
    Future<OptionChain> read = rig.desk.chain(SPY, NEAR, ChainFilter.ALL);
    leave();
    rig.pass(19_000);
    assertThat(rig.provider.calledOff).isEmpty();
    rig.provider.answer();
    assertThat(legs(read.result())).isEqualTo(CONTRACTS);
    assertThat(rig.provider.questions).hasSize(1);
  }

  @Test
  void shouldKeepWhatAnotherViewerWaitsFor() {
    rig.provider.silence();
    ChainFocus selecting = ChainFocus.on(SPY, NEAR, CALL);
    rig.look(FOCUS, selecting, ChainFocus.on(SPY, FAR));
    rig.look(selecting, ChainFocus.on(SPY, FAR));
    rig.pass(1);
    rig.look(FOCUS, ChainFocus.on(SPY, FAR, Instrument.of(symbol(FAR, 'C', 650))));
    rig.pass(1);
    assertThat(rig.provider.calledOff).isEmpty();
    assertThat(rig.provider.questions).hasSize(2);
  }

  @Test
  void shouldAskAgainAtOnceForWhoComesBack() {
    rig.provider.silence();
    rig.look(FOCUS);
    leave();
    assertThat(rig.provider.calledOff).containsExactly(NEAR);
    rig.look(FOCUS);
    Future<OptionChain> read = rig.desk.chain(SPY, NEAR, ChainFilter.ALL);
    assertThat(rig.provider.questions).hasSize(2);
    rig.provider.answer();
    assertThat(legs(read.result())).isEqualTo(CONTRACTS);
    assertThat(rig.desk.live()).hasSize(42);
  }

  @Test
  void shouldGiveTheSameQuestionToWhoComesBackSoon() {
    rig.provider.silence();
    for (int times = 0; times < 10; times++) {
      rig.look(FOCUS);
      rig.pass(100);
      rig.look();
      rig.pass(MOMENT - 1);
    }
    rig.look(FOCUS);
    rig.pass(MOMENT);
    assertThat(rig.provider.calledOff).isEmpty();
    rig.provider.answer();
    assertThat(rig.desk.live()).hasSize(42);
    assertThat(rig.provider.questions).hasSize(1);
  }

  @Test
  void shouldPutTogetherOnceWhatViewersWhoCameBeforeGet() {
    rig.provider.silence();
    List<Future<OptionChain>> before =
        IntStream.range(0, 5).mapToObj(times -> rig.desk.toView(SPY, NEAR)).toList();
    rig.busy = true;
    rig.provider.answer();
    assertThat(rig.waiting).hasSize(1);
    Future<OptionChain> later = rig.desk.toView(SPY, NEAR);
    assertThat(rig.waiting).hasSize(2);
    rig.waiting.forEach(Runnable::run);
    assertThat(before).allSatisfy(each -> assertThat(legs(each.result())).isEqualTo(CONTRACTS));
    assertThat(later.result()).isEqualTo(before.get(0).result());
    rig.desk.toView(SPY, NEAR);
    assertThat(rig.waiting).hasSize(3);
  }

  @Test
  void shouldWaitForTheDemandOfWhoAskedLast() {
    rig.provider.silence();
    rig.desk.toView(SPY, NEAR);
    rig.pass(1_900);
    rig.desk.toView(SPY, NEAR);
    assertCalledOffWithoutDemand();
  }

  @Test
  void shouldWaitForTheDemandOfWhoAsksWhenTheLastHasJustGone() {
    rig.provider.silence();
    rig.look(FOCUS);
    rig.look();
    rig.pass(200);
    rig.desk.toView(SPY, NEAR);
    assertCalledOffWithoutDemand();
  }

  @Test
  void shouldNotBeHeldByTheFlow() {
    rig.provider.silence();
    rig.desk.toView(SPY, NEAR);
    rig.pass(1_900);
    rig.desk.told(CALL);
    rig.pass(100);
    assertThat(rig.provider.calledOff).containsExactly(NEAR);
  }

  @Test
  void shouldReadAnExpirationThatHasPassedAndNobodyCanLookAt() {
    LocalDate passed = LocalDate.of(2025, 11, 21);
    rig.provider.dates = List.of(passed, NEAR);
    rig.provider.silence();
    Future<OptionChain> read = rig.desk.toView(SPY, passed);
    rig.look(ChainFocus.on(SPY, passed));
    rig.pass(10_000);
    assertThat(rig.provider.calledOff).isEmpty();
    rig.provider.answer();
    assertThat(legs(read.result())).isEqualTo(CONTRACTS);
    assertThat(rig.provider.questions).hasSize(1);
  }

  @Test
  void shouldCallOffAtOnceWhatGoesToAnotherHub() {
    rig.provider.silence();
    rig.look(FOCUS);
    rig.desk.toView(SPY, FAR);
    Future<ContractAnswer> told = rig.desk.told(CALL);
    rig.desk.drop(SPY::equals);
    assertThat(rig.provider.calledOff).containsExactlyInAnyOrder(NEAR, FAR);
    assertThat(told.failed()).isTrue();
    int asked = rig.provider.questions.size();
    rig.look();
    rig.look(FOCUS);
    rig.pass(5_000);
    assertThat(rig.provider.calledOff).hasSize(2);
    assertThat(rig.provider.questions).hasSize(asked + 1);
  }

  /** Demand may come a moment after the question. */
  private void assertCalledOffWithoutDemand() {
    rig.pass(1_999);
    assertThat(rig.provider.calledOff).isEmpty();
    rig.pass(1);
    assertThat(rig.provider.calledOff).containsExactly(NEAR);
  }

  private Future<OptionChain> askedAgain() {
    rig.provider.silence();
    rig.provider.hold();
    rig.look(FOCUS);
    leave();
    rig.look(FOCUS);
    assertThat(rig.provider.questions).hasSize(2);
    return rig.desk.toView(SPY, NEAR);
  }

  private void assertAnswered(Future<OptionChain> again) {
    assertThat(again.isComplete()).isFalse();
    rig.provider.answer();
    assertThat(legs(again.result())).isEqualTo(CONTRACTS);
    assertThat(rig.provider.questions).hasSize(2);
  }

  @Test
  void shouldNotTakeALateRefusalForTheNextQuestions() {
    Future<OptionChain> again = askedAgain();
    rig.provider.refuseLate();
    assertAnswered(again);
  }

  @Test
  void shouldNotTakeALateAnswerForTheNextQuestions() {
    Future<OptionChain> again = askedAgain();
    rig.provider.answerLate();
    assertAnswered(again);
  }

  @Test
  void shouldWaitAMomentForTheDemandOfWhoAsked() {
    rig.provider.silence();
    Future<OptionChain> first = rig.desk.toView(SPY, NEAR);
    assertCalledOffWithoutDemand();
    assertThat(first.isComplete()).isFalse();
    rig.look(FOCUS);
    rig.provider.answer();
    assertThat(legs(first.result())).isEqualTo(CONTRACTS);
    assertThat(rig.provider.questions).hasSize(2);
  }

  @Test
  void shouldNotHoldTheLoadForTheQuestionOfAViewerWhoHasGone() {
    rig.provider.silence();
    Future<OptionChain> asked = rig.desk.toView(SPY, NEAR);
    rig.look(FOCUS);
    rig.pass(3_000);
    assertThat(rig.provider.calledOff).isEmpty();
    leave();
    assertThat(rig.provider.calledOff).containsExactly(NEAR);
    rig.pass(20_000);
    assertThat(asked.failed()).isTrue();
    assertThat(rig.provider.questions).hasSize(1);
  }

  @Test
  void shouldNotHoldTheLoadForTheFlowOfWhatNobodyLooksAt() {
    rig.desk.chain(SPY, NEAR, ChainFilter.ALL);
    DeskRig restarted = new DeskRig(store);
    restarted.provider.silence();
    restarted.look(FOCUS);
    Future<ContractAnswer> told = restarted.desk.told(CALL);
    restarted.look();
    restarted.pass(MOMENT);
    assertThat(restarted.provider.calledOff).containsExactly(NEAR);
    restarted.pass(2_000);
    assertThat(told.result().leg().openInterest()).isEqualTo(50);
  }

  @Test
  void shouldTellTheFlowOfAContractWithoutTheChainThatWasCalledOff() {
    rig.provider.silence();
    rig.look(FOCUS);
    Future<ContractAnswer> told = rig.desk.told(CALL);
    rig.provider.answering = true;
    leave();
    assertThat(rig.provider.calledOff).containsExactly(NEAR);
    assertThat(told.result().leg().openInterest()).isEqualTo(50);
    assertThat(rig.provider.questions).contains("contract " + CALL);
  }
}
