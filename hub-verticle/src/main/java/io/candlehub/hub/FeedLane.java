package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.FeedReplay;
import io.candlehub.bus.IngestLink;
import io.candlehub.model.Scheduler;
import io.candlehub.model.feed.FeedBatch;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedParcel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/**
 * One feed's events of one shard, put into order by their numbers: what is known is dropped, what comes too early is
 * held for a moment, and what does not come is asked for. Confined to the hub's event loop.
 */
final class FeedLane {
  private static final Duration PATIENCE = Duration.ofMillis(50);
  private static final Duration AGAIN = Duration.ofMillis(200);
  private static final Duration LONGEST_CATCH_UP = Duration.ofMillis(2_500);
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final int MOST_HELD = 2_000;
  private static final long UNKNOWN = -1;

  private final String node;
  private final String provider;
  private final int shard;
  private final IngestLink ingest;
  private final Scheduler scheduler;
  private final Taker taker;
  private final TreeMap<Long, FeedBatch> held = new TreeMap<>();
  private Scheduler.Cancellable timer = () -> {};
  private boolean waiting;
  private boolean asking;
  private boolean ended;
  private long term = UNKNOWN;
  private long next;
  private long knownTo;
  private long lastReceivedMillis = UNKNOWN;
  private boolean catchingUp;
  private boolean partial;
  private long catchUpTo;
  private Promise<Void> caughtUp = Promise.promise();

  /** Takes what a lane brings. */
  interface Taker {
    /** Takes events whose outcome is known, for what later ones add to. */
    void rebuild(List<FeedEvent> events);

    /** Takes events; {@code receivedMillis} is when ingest received them, if that is to be regarded, else -1. */
    void take(List<FeedEvent> events, long receivedMillis);

    /** Takes the complete present status in place of what was known, or nothing if nothing is known for now. */
    void status(List<FeedEvent> events);

    /** Events received after a wall time, -1 if that is not known, are lost for good. */
    void missed(long receivedMillis);

    /** Of events whose outcome is known, those before a wall time, now if it is -1, are not told. */
    void rebuiltFrom(long receivedMillis);
  }

  FeedLane(
      String node,
      String provider,
      int shard,
      IngestLink ingest,
      Scheduler scheduler,
      Taker taker) {
    this.node = node;
    this.provider = provider;
    this.shard = shard;
    this.ingest = ingest;
    this.scheduler = scheduler;
    this.taker = taker;
  }

  private boolean isStatus() {
    return shard == FeedBatch.EVERY_SHARD;
  }

  long term() {
    return term;
  }

  /** Returns the number after the last event applied. */
  long nextSeq() {
    return next;
  }

  /** Returns when ingest received the last events applied, -1 if none were. */
  long lastReceivedMillis() {
    return lastReceivedMillis;
  }

  /** Stops: nothing is taken or asked for any more. */
  void end() {
    ended = true;
    timer.cancel();
    held.clear();
    caughtUp.tryFail("ended");
  }

  /** Takes a frame. */
  void take(FeedBatch frame) {
    if (ended || frame.ingestTerm() < term) {
      return;
    }
    if (frame.ingestTerm() > term) {
      begin(frame.ingestTerm(), frame.firstSeq());
    }
    if (held.size() < MOST_HELD) {
      held.merge(
          frame.firstSeq(), frame, (a, b) -> a.events().size() >= b.events().size() ? a : b);
    }
    if (!catchingUp) {
      drain(false);
    }
  }

  private void begin(long newTerm, long firstSeq) {
    boolean wasKnown = term != UNKNOWN;
    term = newTerm;
    held.clear();
    knownTo = 0;
    next = wasKnown || isStatus() ? 0 : firstSeq;
    if (wasKnown && isStatus()) {
      taker.status(List.of());
    } else if (wasKnown) {
      taker.missed(lastReceivedMillis);
    }
  }

  private void drain(boolean regardReceipt) {
    while (!held.isEmpty() && held.firstKey() <= next) {
      apply(held.pollFirstEntry().getValue(), regardReceipt);
    }
    if (!held.isEmpty() && !waiting && !asking) {
      askAfter(PATIENCE);
    }
  }

  private void apply(FeedBatch frame, boolean regardReceipt) {
    if (frame.endSeq() <= next) {
      return;
    }
    int from = (int) (next - frame.firstSeq());
    int known = (int) Math.min(frame.events().size(), Math.max(from, knownTo - frame.firstSeq()));
    if (partial && known > from) {
      partial = false;
      taker.rebuiltFrom(frame.receivedMillis());
    }
    next = frame.endSeq();
    lastReceivedMillis = frame.receivedMillis();
    if (known > from) {
      taker.rebuild(frame.events().subList(from, known));
    }
    if (known < frame.events().size()) {
      List<FeedEvent> events = frame.events();
      taker.take(
          known == 0 ? events : events.subList(known, events.size()),
          regardReceipt ? frame.receivedMillis() : UNKNOWN);
    }
  }

  private void askAfter(Duration wait) {
    waiting = true;
    timer.cancel();
    timer = scheduler.after(wait, () -> {
      waiting = false;
      if (!ended && !asking && (catchingUp || !held.isEmpty())) {
        ask();
      }
    });
  }

  private void ask() {
    asking = true;
    FeedReplay.Question question =
        FeedReplay.Question.fromSeq(node, provider, shard, Math.max(0, term), next);
    ingest
        .<FeedParcel>request(Addresses.INGEST_REPLAY, question.toJson(), TIMEOUT)
        .map(FeedReplay.Answer::of)
        .onComplete(answer -> {
          asking = false;
          if (ended) {
            return;
          }
          if (answer.succeeded()) {
            answered(answer.result());
          } else {
            askAfter(AGAIN);
          }
        });
  }

  private void answered(FeedReplay.Answer answer) {
    if (answer.ingestTerm() < term) {
      askAfter(AGAIN);
      return;
    }
    if (answer.ingestTerm() > term) {
      begin(answer.ingestTerm(), 0);
    }
    if (isStatus()) {
      answer.parcel().batches().forEach(frame -> taker.status(frame.events()));
      next = Math.max(next, answer.nextSeq());
      held.headMap(next, false).values().removeIf(frame -> frame.endSeq() <= next);
      drain(false);
      return;
    }
    long before = next;
    if (answer.gone() && answer.oldestSeq() > next) {
      skipTo(answer.oldestSeq());
    }
    answer.parcel().batches().forEach(frame -> held.put(frame.firstSeq(), frame));
    drainAnswer(answer, next > before);
  }

  private void skipTo(long oldestSeq) {
    if (oldestSeq <= knownTo) {
      partial = true;
    } else {
      taker.missed(lastReceivedMillis);
    }
    next = oldestSeq;
  }

  private void drainAnswer(FeedReplay.Answer answer, boolean skipped) {
    long before = next;
    catchUpTo = catchUpTo == UNKNOWN ? answer.nextSeq() : catchUpTo;
    drain(catchingUp);
    if (catchingUp && next >= catchUpTo) {
      catchingUp = false;
      if (partial) {
        partial = false;
        taker.rebuiltFrom(UNKNOWN);
      }
      drain(false);
      caughtUp.tryComplete();
    }
    if (catchingUp || !held.isEmpty()) {
      timer.cancel();
      askAfter(next > before || skipped ? Duration.ZERO : AGAIN);
    }
  }

  /**
   * Goes on where another node stopped: asks for everything from a number on.
   *
   * @param position where that was
   * @return done when everything there was is applied; failed if that takes too long, after which events missing are
   *     asked for as frames come
   */
  Future<Void> catchUp(LanePosition position) {
    term = position.ingestTerm();
    next = position.rebuildSeq();
    knownTo = position.appliedSeq();
    lastReceivedMillis = position.receivedMillis();
    catchingUp = true;
    catchUpTo = UNKNOWN;
    caughtUp = Promise.promise();
    Scheduler.Cancellable limit = scheduler.after(LONGEST_CATCH_UP, () -> {
      catchingUp = false;
      if (next < knownTo) {
        next = knownTo;
        taker.rebuiltFrom(UNKNOWN);
      }
      drain(false);
      caughtUp.tryFail("no replay in time");
    });
    ask();
    return caughtUp.future().onComplete(done -> limit.cancel());
  }
}
