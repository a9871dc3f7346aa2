package io.candlehub.ingest.hybrid;

import io.candlehub.bus.FailureException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the first account, and the next one if it has no such data, fails, knows nothing or is not to be trusted. What an
 * account tells that is not the first one says why. An unhealthy account is asked last, and not only to confirm that there
 * is nothing. If none is to be trusted, the best that was told counts, of several the one told first. Confined to one event
 * loop.
 */
final class QuestionRouter {
  private final List<Account> accounts;
  private final Failures failures;

  QuestionRouter(List<Account> accounts, Failures failures) {
    this.accounts = List.copyOf(accounts);
    this.failures = failures;
  }

  /** Returns the accounts in the order in which they are to be asked. */
  static Deque<Account> order(List<Account> able) {
    Deque<Account> order = new ArrayDeque<>();
    able.stream().filter(account -> account.health().mayAsk()).forEach(order::add);
    able.stream().filter(account -> !order.contains(account)).forEach(order::add);
    return order;
  }

  /** Asks until an answer is good enough; what nobody has, or nobody can know, is refused at once. */
  <T> Future<T> ask(Question<T> question) {
    List<Account> able = accounts.stream()
        .filter(account -> question.has().test(account.capabilities()))
        .toList();
    return question
        .refusal()
        .or(() -> able.isEmpty() ? Optional.of(unsupported(question)) : Optional.empty())
        .map(Future::<T>failedFuture)
        .orElseGet(() -> new Inquiry<>(question, able).next());
  }

  private FailureException unsupported(Question<?> question) {
    return Question.unsupported(question.what(), question.about(), accounts);
  }

  /** One question with what came of it so far. */
  private final class Inquiry<T> {
    private final Question<T> question;
    private final Deque<Account> waiting;
    private final Map<String, FailureException> causes = new LinkedHashMap<>();
    private final List<Answer<T>> answers = new ArrayList<>();
    private FallbackReason firstsReason;
    private boolean someoneIsOpen;

    Inquiry(Question<T> question, List<Account> able) {
      this.question = question;
      waiting = order(able);
      boolean firstIsAble = able.contains(accounts.get(0));
      firstsReason = firstIsAble ? FallbackReason.UNHEALTHY : FallbackReason.UNSUPPORTED;
    }

    Future<T> next() {
      Account account = waiting.poll();
      if (account == null) {
        return conclude();
      }
      if (isDoubted() && !account.health().mayAsk()) {
        someoneIsOpen = true;
        return next();
      }
      return account.ask(question.ask()).transform(outcome -> take(account, outcome));
    }

    private boolean isDoubted() {
      return !answers.isEmpty() && answers.stream().allMatch(answer -> answer.worth.isDoubted());
    }

    private Future<T> take(Account account, AsyncResult<T> outcome) {
      if (outcome.failed()) {
        FailureException failure = FailureException.of(outcome.cause());
        if (question.calledOff().getAsBoolean()) {
          return Future.failedFuture(failure);
        }
        causes.put(account.id(), failure);
        FallbackReason reason = FallbackReason.of(failure.code());
        someoneIsOpen |= reason.leavesOpen();
        missed(account, reason);
        return next();
      }
      boolean isAlone = waiting.isEmpty() && answers.isEmpty() && causes.isEmpty();
      Worth worth = isAlone ? Worth.FULL : question.judge().apply(outcome.result());
      answers.add(new Answer<>(account, outcome.result(), worth));
      if (worth.isEnough()) {
        return conclude();
      }
      missed(account, worth.reason());
      return next();
    }

    private void missed(Account account, FallbackReason reason) {
      if (isFirst(account)) {
        firstsReason = reason;
      }
    }

    private Future<T> conclude() {
      Optional<Answer<T>> best = answers.stream().reduce((one, other) -> one.orBetter(other));
      if (best.isEmpty()) {
        return Future.failedFuture(failures.together(question.what(), causes));
      }
      failures.answered(question.what());
      Account account = best.get().account;
      String reason = "";
      if (!isFirst(account)) {
        reason = firstsReason.word();
        account.meters().fallback(reason);
      }
      T told = question.told().by(best.get().value, account.id(), reason);
      boolean isUnconfirmed = someoneIsOpen && best.get().worth.isDoubted();
      return Future.succeededFuture(isUnconfirmed ? question.unconfirmed().apply(told) : told);
    }

    private boolean isFirst(Account account) {
      return account.equals(accounts.get(0));
    }
  }

  private record Answer<T>(Account account, T value, Worth worth) {
    Answer<T> orBetter(Answer<T> other) {
      return other.worth.confidence() > worth.confidence() ? other : this;
    }
  }
}
