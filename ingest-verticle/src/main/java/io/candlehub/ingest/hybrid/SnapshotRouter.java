package io.candlehub.ingest.hybrid;

import io.candlehub.bus.FailureException;
import io.candlehub.ingest.Priority;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.Snapshots;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks for the present values of instruments as {@link QuestionRouter} asks, the next account only for those of which the
 * one before told nothing or nothing to be trusted. Of what nobody told anything while one that may know it could not say,
 * nothing is known either way: it is doubted. Confined to one event loop.
 */
final class SnapshotRouter {
  private static final String WHAT = "snapshots";

  private final List<Account> accounts;
  private final Failures failures;
  private final Judge judge;

  SnapshotRouter(List<Account> accounts, Failures failures, Judge judge) {
    this.accounts = List.copyOf(accounts);
    this.failures = failures;
    this.judge = judge;
  }

  /**
   * Returns what is known, in the order of the question; nobody is asked about what cannot exist. It fails only if no
   * account answers, or none has such data.
   */
  Future<Snapshots> ask(List<Instrument> wanted, Priority priority) {
    List<Instrument> possible = wanted.stream().filter(Question::canExist).toList();
    return possible.isEmpty()
        ? Future.succeededFuture(Snapshots.of(List.of()))
        : new Inquiry(possible, priority).next();
  }

  private final class Inquiry {
    private final List<Instrument> wanted;
    private final Priority priority;
    private final Deque<Account> waiting = QuestionRouter.order(accounts);
    private final Map<Instrument, Found> best = new HashMap<>();
    private final Map<Instrument, FallbackReason> firstsReasons = new HashMap<>();
    private final Map<String, FailureException> causes = new LinkedHashMap<>();
    private final Set<Instrument> unsaid = new HashSet<>();
    private boolean answered;

    Inquiry(List<Instrument> wanted, Priority priority) {
      this.wanted = wanted;
      this.priority = priority;
      wanted.forEach(each -> firstsReasons.put(
          each,
          has(accounts.get(0), each) ? FallbackReason.UNHEALTHY : FallbackReason.UNSUPPORTED));
    }

    Future<Snapshots> next() {
      Account account = waiting.poll();
      if (account == null) {
        return conclude();
      }
      List<Instrument> open = wanted.stream()
          .filter(each -> has(account, each) && !isAnswered(each))
          .toList();
      return open.isEmpty()
          ? next()
          : account
              .ask(provider -> provider.snapshots(open, priority))
              .transform(outcome -> take(account, open, outcome));
    }

    private boolean isAnswered(Instrument instrument) {
      Found found = best.get(instrument);
      return found != null && found.worth.isEnough();
    }

    private Future<Snapshots> take(
        Account account, List<Instrument> open, AsyncResult<Snapshots> outcome) {
      if (outcome.failed()) {
        FailureException failure = FailureException.of(outcome.cause());
        causes.put(account.id(), failure);
        FallbackReason reason = FallbackReason.of(failure.code());
        open.forEach(each -> missed(account, each, reason));
        if (reason.leavesOpen()) {
          unsaid.addAll(open);
        }
      } else {
        answered = true;
        open.forEach(each -> missed(account, each, FallbackReason.EMPTY));
        outcome.result().told().forEach(each -> found(account, each));
        unsaid.addAll(outcome.result().doubted());
      }
      return next();
    }

    private void found(Account account, MarketSnapshot snapshot) {
      Worth worth = judge.snapshot(snapshot);
      Found found = new Found(account, snapshot, worth);
      best.merge(snapshot.instrument(), found, Found::orBetter);
      missed(account, snapshot.instrument(), worth.reason());
    }

    private void missed(Account account, Instrument instrument, FallbackReason reason) {
      if (account.equals(accounts.get(0))) {
        firstsReasons.put(instrument, reason);
      }
    }

    private Future<Snapshots> conclude() {
      if (causes.isEmpty() && !answered) {
        return Future.failedFuture(
            Question.unsupported("present values", Optional.of(wanted.get(0)), accounts));
      }
      if (!answered) {
        return Future.failedFuture(failures.together(WHAT, causes));
      }
      failures.answered(WHAT);
      return Future.succeededFuture(new Snapshots(
          wanted.stream().filter(best::containsKey).map(this::told).toList(),
          unsaid.stream().filter(each -> !best.containsKey(each)).collect(Collectors.toSet())));
    }

    private MarketSnapshot told(Instrument instrument) {
      Found found = best.get(instrument);
      if (found.account.equals(accounts.get(0))) {
        return found.snapshot;
      }
      String reason = firstsReasons.get(instrument).word();
      found.account.meters().fallback(reason);
      return found.snapshot.fallback(reason);
    }
  }

  private static boolean has(Account account, Instrument instrument) {
    return account.capabilities().snapshots().contains(instrument.assetClass());
  }

  private record Found(Account account, MarketSnapshot snapshot, Worth worth) {
    Found orBetter(Found other) {
      return other.worth.confidence() > worth.confidence() ? other : this;
    }
  }
}
