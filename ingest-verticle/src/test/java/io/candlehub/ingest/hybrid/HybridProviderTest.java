package io.candlehub.ingest.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.ingest.AccountState;
import io.candlehub.ingest.Capabilities;
import io.candlehub.ingest.ChainQuery;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.hybrid.ScriptedProvider.Answer;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Expirations;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.SnapshotLeg;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class HybridProviderTest {
  private static final Instrument SPY = Instrument.of("SPY");
  private static final Instrument QQQ = Instrument.of("QQQ");
  private static final Instrument CALL = Instrument.of(ScriptedProvider.CALL);
  private static final LocalDate DATE = LocalDate.of(2025, 12, 19);
  private static final ChainQuery CHAIN = new ChainQuery(SPY, DATE, DATE);
  private static final long MINUTE = 60_000;

  private HybridRig rig = HybridRig.ofEqual();

  @AfterEach
  void close() {
    rig.close();
  }

  private void answers(Answer first, Answer second) {
    rig.first.answer = first;
    rig.second.answer = second;
  }

  private static FailureException failure(Future<?> future) {
    return FailureException.of(future.cause());
  }

  private SnapshotLeg chainLeg() {
    return rig.hybrid.chain(CHAIN, new Errand(Priority.READER)).result().legs().get(0);
  }

  @Test
  void shouldAskTheFirstAccountAlone() {
    SnapshotLeg leg = chainLeg();

    assertThat(leg.source()).isEqualTo("first");
    assertThat(leg.fallbackReason()).isEmpty();
    assertThat(rig.second.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR, error",
    "BUG, error",
    "BUSY, error",
    "CROWDED, over-budget",
    "EMPTY, empty",
    "POOR, low-confidence",
    "UNSUPPORTED, unsupported",
    "NOT_ENTITLED, not-entitled",
    "UNKNOWN, empty"
  })
  void shouldSayWhyTheNextAccountAnswered(Answer first, String reason) {
    answers(first, Answer.GOOD);

    SnapshotLeg ofChain = chainLeg();
    assertThat(ofChain.source()).isEqualTo("second");
    assertThat(ofChain.fallbackReason()).isEqualTo(reason);
    SnapshotLeg alone = rig.hybrid.contract(CALL, Priority.READER).result().leg();
    assertThat(alone.source()).isEqualTo("second");
    assertThat(rig.fallbacks(reason)).isGreaterThanOrEqualTo(1);
  }

  @Test
  void shouldMarkExpirationsTradesAndBars() {
    answers(Answer.ERROR, Answer.GOOD);

    Expirations expirations = rig.hybrid.expirations(SPY, Priority.READER).result();
    assertThat(expirations.source() + " " + expirations.fallbackReason()).isEqualTo("second error");
    assertThat(rig.hybrid.trades(CALL, 5, Priority.READER).result().fallbackReason())
        .isEqualTo("error");
    History history = bars(HybridRig.NOW - MINUTE, HybridRig.NOW).result();
    assertThat(history.source() + " " + history.fallbackReason()).isEqualTo("second error");
    assertThat(rig.hybrid.listing(SPY).result().name()).isEqualTo("of second");
  }

  private Future<History> bars(long from, long to) {
    HistoryQuery query = new HistoryQuery(SPY, HistoryUnit.MINUTE, from, to);
    return rig.hybrid.history(query, new Errand(Priority.CHART));
  }

  @Test
  void shouldTellAnAnswerThatNobodyBettersAsTheFirstOnes() {
    answers(Answer.POOR, Answer.EMPTY);
    assertThat(chainLeg().source()).isEqualTo("first");
    assertThat(chainLeg().fallbackReason()).isEmpty();
    answers(Answer.EMPTY, Answer.EMPTY);
    assertThat(rig.hybrid.chain(CHAIN, new Errand(Priority.READER)).result().legs())
        .isEmpty();
    Expirations none = rig.hybrid.expirations(SPY, Priority.READER).result();
    assertThat(none.dates()).isEmpty();
    assertThat(none.source()).isEqualTo("first");
    answers(Answer.ERROR, Answer.EMPTY);
    assertThat(rig.hybrid.expirations(SPY, Priority.READER).result().fallbackReason())
        .isEqualTo("error");
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR, ERROR, ALL_PROVIDERS_FAILED",
    "ERROR, BUG, ALL_PROVIDERS_FAILED",
    "ERROR, BUSY, ALL_PROVIDERS_FAILED",
    "ERROR, NOT_ENTITLED, ALL_PROVIDERS_FAILED",
    "BUSY, BUSY, RATE_LIMITED",
    "CROWDED, CROWDED, UNAVAILABLE",
    "CROWDED, ERROR, UNAVAILABLE",
    "NOT_ENTITLED, CROWDED, UNAVAILABLE",
    "CROWDED, UNKNOWN, UNKNOWN_INSTRUMENT",
    "NOT_ENTITLED, NOT_ENTITLED, NOT_ENTITLED",
    "UNSUPPORTED, UNSUPPORTED, UNSUPPORTED",
    "UNSUPPORTED, ERROR, PROVIDER_ERROR",
    "ERROR, UNSUPPORTED, PROVIDER_ERROR",
    "UNKNOWN, ERROR, UNKNOWN_INSTRUMENT",
    "ERROR, UNKNOWN, UNKNOWN_INSTRUMENT"
  })
  void shouldFailAsBothDo(Answer first, Answer second, Failure code) {
    answers(first, second);

    FailureException failure = failure(rig.hybrid.chain(CHAIN, new Errand(Priority.READER)));
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.getMessage()).doesNotContain("secret");
    assertThat(failure(rig.hybrid.snapshots(List.of(SPY), Priority.READER)).code())
        .isEqualTo(code);
  }

  @Test
  void shouldKeepTheHintWhenToTryAgain() {
    answers(Answer.ERROR, Answer.BUSY);

    assertThat(failure(rig.hybrid.chain(CHAIN, new Errand(Priority.READER))).retryAfterMillis())
        .isEqualTo(700);
  }

  @Test
  void shouldTakeAFullQueueForNoFailureOfAnyProvider() {
    answers(Answer.CROWDED, Answer.CROWDED);
    for (int i = 0; i < 5; i++) {
      FailureException failure = failure(rig.hybrid.chain(CHAIN, new Errand(Priority.READER)));
      assertThat(failure.getMessage()).isEqualTo("too many requests to the providers");
      assertThat(failure.retryAfterMillis()).isEqualTo(400);
    }

    assertThat(rig.hybrid.accounts())
        .allMatch(account -> account.healthy() && account.errorsInARow() == 0)
        .allMatch(account -> account.lastError().isEmpty() && account.busyMillis() == 0);
    assertThat(rig.first.asked).hasSize(5);
  }

  @Test
  void shouldNotGoOnWithWhatNobodyWants() {
    answers(Answer.ERROR, Answer.GOOD);
    Errand errand = new Errand(Priority.CHART);
    errand.drop();
    HistoryQuery query = new HistoryQuery(SPY, HistoryUnit.MINUTE, 0, MINUTE);

    assertThat(failure(rig.hybrid.history(query, errand)).code()).isEqualTo(Failure.PROVIDER_ERROR);
    assertThat(failure(rig.hybrid.chain(CHAIN, errand)).code()).isEqualTo(Failure.PROVIDER_ERROR);
    assertThat(rig.second.asked).isEmpty();
  }

  @Test
  void shouldAskTheNextOnlyForTheInstrumentsThatTheFirstDoesNotTell() {
    rig.first.answers.put(SPY, Answer.EMPTY);
    rig.first.answers.put(CALL, Answer.POOR);
    List<Instrument> wanted = List.of(SPY, QQQ, CALL);

    List<MarketSnapshot> found =
        rig.hybrid.snapshots(wanted, Priority.READER).result().told();
    assertThat(found).extracting(MarketSnapshot::instrument).containsExactlyElementsOf(wanted);
    assertThat(found)
        .extracting(each -> each.source() + " " + each.fallbackReason())
        .containsExactly("second empty", "first ", "second low-confidence");
    assertThat(rig.second.asked).containsExactly("snapshots " + List.of(SPY, CALL));
  }

  @Test
  void shouldLeaveOutWhatNobodyKnowsAndKeepWhatIsPoor() {
    rig.first.answers.putAll(Map.of(SPY, Answer.EMPTY, QQQ, Answer.POOR));
    rig.second.answers.putAll(Map.of(SPY, Answer.EMPTY, QQQ, Answer.POOR));

    List<MarketSnapshot> found =
        rig.hybrid.snapshots(List.of(SPY, QQQ), Priority.READER).result().told();
    assertThat(found)
        .extracting(each -> each.instrument() + " " + each.source() + each.fallbackReason())
        .containsExactly("QQQ first");
    assertThat(rig.hybrid.snapshots(List.of(), Priority.READER).result().told()).isEmpty();
  }

  @Test
  void shouldAskWhoHasTheDataAndSayThatTheFirstHasNot() {
    rig.close();
    Capabilities bare = new Capabilities(Map.of(), Map.of(), Set.of(AssetClass.EQUITY), Set.of());
    rig = new HybridRig(
        new ScriptedProvider("first", bare),
        new ScriptedProvider("second", ScriptedProvider.everything(ScriptedProvider.ALL)));

    assertThat(chainLeg().fallbackReason()).isEqualTo("unsupported");
    assertThat(
            rig.hybrid.snapshots(List.of(SPY, CALL), Priority.READER).result().told())
        .extracting(each -> each.source() + " " + each.fallbackReason())
        .containsExactly("first ", "second unsupported");
    assertThat(rig.first.asked).containsExactly("snapshots [SPY]");
    assertThat(rig.hybrid.capabilities()).isEqualTo(rig.second.capabilities());
    HistoryQuery index = new HistoryQuery(Instrument.of("I:SPX"), HistoryUnit.DAY, 0, 86_400_000);
    assertThat(failure(rig.hybrid.history(index, new Errand(Priority.CHART))).code())
        .isEqualTo(Failure.UNSUPPORTED);
  }

  @Test
  void shouldLeaveOutAnUnhealthyAccountUntilItsProbe() {
    answers(Answer.ERROR, Answer.GOOD);
    for (int i = 0; i < 3; i++) {
      assertThat(chainLeg().fallbackReason()).isEqualTo("error");
    }
    rig.first.answer = Answer.GOOD;

    assertThat(chainLeg().fallbackReason()).isEqualTo("unhealthy");
    assertThat(rig.first.asked).hasSize(3);
    assertThat(rig.hybrid.accounts().get(0).healthy()).isFalse();
    rig.advance(5);
    assertThat(chainLeg().source()).isEqualTo("first");
    assertThat(rig.hybrid.accounts().get(0).healthy()).isTrue();
  }

  @Test
  void shouldAskAnUnhealthyAccountWhenTheOtherFailsToo() {
    answers(Answer.ERROR, Answer.GOOD);
    for (int i = 0; i < 3; i++) {
      chainLeg();
    }
    answers(Answer.GOOD, Answer.ERROR);

    assertThat(chainLeg().source() + chainLeg().fallbackReason()).isEqualTo("first");
  }

  @Test
  void shouldTellHowTheAccountsDo() {
    answers(Answer.ERROR, Answer.BUSY);
    rig.hybrid.chain(CHAIN, new Errand(Priority.READER));

    List<AccountState> states = rig.hybrid.accounts();
    assertThat(states).extracting(AccountState::id).containsExactly("first", "second");
    assertThat(states.get(0).errorsInARow()).isEqualTo(1);
    assertThat(states.get(0).lastError()).isEqualTo("PROVIDER_ERROR");
    assertThat(states.get(1).lastError()).isEmpty();
    assertThat(states.get(1).busyMillis()).isEqualTo(700);
    assertThat(states.get(0).streams()).containsEntry("stocks", "idle");
  }

  @Test
  void shouldCloseAllAccounts() {
    rig.hybrid.close();

    assertThat(rig.first.closed && rig.second.closed).isTrue();
  }
}
