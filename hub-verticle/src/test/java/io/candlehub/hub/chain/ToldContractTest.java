package io.candlehub.hub.chain;

import static io.candlehub.hub.chain.DeskRig.SPY;
import static io.candlehub.hub.chain.ScriptedOptions.NEAR;
import static io.candlehub.hub.chain.ScriptedOptions.symbol;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.ChainFocus;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.hub.option.ChainFilter;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is known of a contract whose expiration somebody looks at costs no question of its own. */
@Timeout(30)
class ToldContractTest {
  private static final Instrument CALL = Instrument.of(symbol(NEAR, 'C', 650));

  private final MemoryChains store = new MemoryChains();
  private final DeskRig rig = new DeskRig(store);

  private static void look(DeskRig at) {
    at.look(ChainFocus.on(SPY, NEAR));
  }

  private static List<Future<ContractAnswer>> allLive(DeskRig at) {
    assertThat(at.desk.live()).hasSize(42);
    return at.desk.live().stream()
        .map(symbol -> at.desk.told(Instrument.of(symbol)))
        .toList();
  }

  private static void assertAnswered(List<Future<ContractAnswer>> told) {
    assertThat(told).allSatisfy(each -> {
      assertThat(each.succeeded()).isTrue();
      assertThat(each.result().leg().openInterest()).isEqualTo(50);
      assertThat(each.result().terms().sharesPerContract()).isEqualTo(100);
    });
  }

  private static void assertChainsOnly(DeskRig at, int questions) {
    assertThat(at.provider.questions)
        .hasSize(questions)
        .allMatch(question -> question.startsWith("chain "));
  }

  @Test
  void shouldComeWithTheChainThatIsReadAnew() {
    rig.desk.chain(SPY, NEAR, ChainFilter.ALL);
    rig.pass(Duration.ofSeconds(18));
    rig.provider.silence();
    look(rig);
    List<Future<ContractAnswer>> told = allLive(rig);
    assertThat(told).noneMatch(Future::isComplete);
    rig.provider.answer();
    assertAnswered(told);
    assertChainsOnly(rig, 2);
  }

  @Test
  void shouldComeFromTheChainOfTodayIfTheProviderTakesLong() {
    rig.desk.chain(SPY, NEAR, ChainFilter.ALL);
    DeskRig restarted = new DeskRig(store);
    restarted.provider.silence();
    look(restarted);
    restarted.trade(650);
    List<Future<ContractAnswer>> told = allLive(restarted);
    restarted.pass(2_000);
    assertAnswered(told);
    assertChainsOnly(restarted, 1);
  }

  @Test
  void shouldWaitLongerForTheFirstChainOfADay() {
    rig.desk.chain(SPY, NEAR, ChainFilter.ALL);
    DeskRig restarted = new DeskRig(store);
    restarted.begin("2025-12-02T10:00-05:00");
    restarted.provider.silence();
    look(restarted);
    restarted.trade(650);
    List<Future<ContractAnswer>> told = allLive(restarted);
    restarted.pass(19_000);
    assertThat(told).noneMatch(Future::isComplete);
    restarted.provider.answer();
    assertAnswered(told);
    assertChainsOnly(restarted, 1);
  }

  @Test
  void shouldBeAskedForIfNobodyLooks() {
    assertThat(rig.desk.told(CALL).succeeded()).isTrue();
    assertThat(rig.provider.questions).containsExactly("contract " + CALL);
  }

  @Test
  void shouldNotBeAskedForAloneIfTheChainOfAReaderFailed() {
    rig.provider.silence();
    rig.desk.chain(SPY, NEAR, ChainFilter.ALL);
    List<Future<ContractAnswer>> told = IntStream.range(640, 660)
        .mapToObj(strike -> rig.desk.told(Instrument.of(symbol(NEAR, 'C', strike))))
        .toList();
    rig.provider.fail(Failure.PROVIDER_ERROR);
    rig.provider.answer();
    assertThat(told)
        .allSatisfy(each ->
            assertThat(FailureException.of(each.cause()).code()).isEqualTo(Failure.PROVIDER_ERROR));
    assertChainsOnly(rig, 1);
  }

  @Test
  void shouldBeAskedForOnceIfTheChainOfAReaderDoesNotHaveIt() {
    rig.provider.silence();
    rig.desk.chain(SPY, NEAR, ChainFilter.ALL);
    Future<ContractAnswer> none = rig.desk.told(Instrument.of(symbol(NEAR, 'C', 9_000)));
    rig.provider.answer();
    assertThat(FailureException.of(none.cause()).code()).isEqualTo(Failure.CONTRACT_NOT_FOUND);
    assertThat(rig.provider.questions).hasSize(2);
  }

  @Test
  void shouldBeAskedForIfTheChainDoesNotHaveIt() {
    look(rig);
    Future<ContractAnswer> none = rig.desk.told(Instrument.of(symbol(NEAR, 'C', 9_000)));
    assertThat(FailureException.of(none.cause()).code()).isEqualTo(Failure.CONTRACT_NOT_FOUND);
  }
}
