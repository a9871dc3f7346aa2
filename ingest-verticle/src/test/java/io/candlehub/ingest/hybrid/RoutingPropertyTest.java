package io.candlehub.ingest.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.ingest.ChainQuery;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.hybrid.ScriptedProvider.Answer;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.Expirations;
import io.candlehub.model.Instrument;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.Snapshots;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** However two accounts answer, who told a datum is told with it, and why it was not the first. */
class RoutingPropertyTest {
  private static final Instrument SPY = Instrument.of("SPY");
  private static final Set<String> REASONS = Set.of(
      "error",
      "over-budget",
      "empty",
      "low-confidence",
      "unsupported",
      "unhealthy",
      "not-entitled");
  private static final LocalDate DATE = LocalDate.of(2025, 12, 19);

  private HybridRig rig;
  private int ranges;

  @BeforeTry
  void open() {
    rig = HybridRig.ofEqual();
  }

  @AfterTry
  void close() {
    rig.close();
  }

  /** How both answer, and how long before it is asked. */
  record Step(Answer first, Answer second, int seconds) {}

  @Property(tries = 150)
  void shouldNeverSwitchInSilence(@ForAll("steps") List<Step> steps) {
    for (Step step : steps) {
      rig.advance(step.seconds);
      rig.first.answer = step.first;
      rig.second.answer = step.second;
      rig.first.asked.clear();
      rig.second.asked.clear();
      boolean wasHealthy = rig.hybrid.accounts().get(0).healthy();

      Future<ChainSnapshot> chain =
          rig.hybrid.chain(new ChainQuery(SPY, DATE, DATE), new Errand(Priority.READER));
      if (chain.succeeded()) {
        chain.result().legs().forEach(leg -> check(leg, step));
      } else {
        checkFailure(chain, step);
      }
      boolean good = step.first == Answer.GOOD || step.second == Answer.GOOD;
      assertThat(chain.succeeded() && !chain.result().legs().isEmpty())
          .isEqualTo(good || step.first == Answer.POOR || step.second == Answer.POOR);
      if (wasHealthy && step.first == Answer.GOOD) {
        assertThat(rig.second.asked).isEmpty();
      }
      checkOthers(step);
      checkMinutes(step);
    }
  }

  private void checkMinutes(Step step) {
    long from = Instant.parse("2025-11-24T15:00:00Z").toEpochMilli() + ranges++;
    HistoryQuery query = new HistoryQuery(SPY, HistoryUnit.MINUTE, from, from + 600_000);
    Future<History> minutes = rig.hybrid.history(query, new Errand(Priority.GAP));
    if (minutes.failed()) {
      checkFailure(minutes, step);
      return;
    }
    History told = minutes.result();
    checkSource(told.source(), told.fallbackReason(), step);
    if (told.bars().size() == 0 && !told.doubted()) {
      assertThat(List.of(step.first, step.second))
          .as("nothing is sure only where nobody knows, or failed to say")
          .doesNotContain(Answer.GOOD, Answer.POOR, Answer.ERROR, Answer.BUSY, Answer.BUG)
          .doesNotContain(Answer.CROWDED);
    }
  }

  private void check(SnapshotLeg leg, Step step) {
    checkSource(leg.source(), leg.fallbackReason(), step);
    if (leg.bid() > 0) {
      Answer of = leg.source().equals("first") ? step.first : step.second;
      assertThat(of).isEqualTo(Answer.GOOD);
    }
  }

  private void checkSource(String source, String reason, Step step) {
    if (source.equals("first")) {
      assertThat(reason).isEmpty();
    } else {
      assertThat(REASONS).contains(reason);
      if (step.first == Answer.GOOD) {
        assertThat(reason).isEqualTo("unhealthy");
      }
    }
  }

  private void checkOthers(Step step) {
    Future<Expirations> expirations = rig.hybrid.expirations(SPY, Priority.READER);
    if (expirations.succeeded()) {
      Expirations found = expirations.result();
      checkSource(found.source(), found.fallbackReason(), step);
    }
    Future<Snapshots> snapshots =
        rig.hybrid.snapshots(List.of(SPY, Instrument.of("QQQ")), Priority.READER);
    if (snapshots.succeeded()) {
      snapshots
          .result()
          .told()
          .forEach(each -> checkSource(each.source(), each.fallbackReason(), step));
    } else {
      checkFailure(snapshots, step);
    }
  }

  private void checkFailure(Future<?> future, Step step) {
    Failure code = FailureException.of(future.cause()).code();
    boolean bothOut = !isAnswer(step.first) && !isAnswer(step.second);
    assertThat(bothOut).isTrue();
    if (step.first == Answer.CROWDED || step.second == Answer.CROWDED) {
      assertThat(code).as("not all failed").isNotEqualTo(Failure.ALL_PROVIDERS_FAILED);
    }
    assertThat(Set.of(
            Failure.ALL_PROVIDERS_FAILED,
            Failure.PROVIDER_ERROR,
            Failure.INTERNAL,
            Failure.RATE_LIMITED,
            Failure.UNAVAILABLE,
            Failure.NOT_ENTITLED,
            Failure.UNSUPPORTED,
            Failure.UNKNOWN_INSTRUMENT))
        .contains(code);
  }

  private static boolean isAnswer(Answer answer) {
    return answer == Answer.GOOD || answer == Answer.EMPTY || answer == Answer.POOR;
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(Answer.values()),
            Arbitraries.of(Answer.values()),
            Arbitraries.integers().between(0, 20))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }
}
