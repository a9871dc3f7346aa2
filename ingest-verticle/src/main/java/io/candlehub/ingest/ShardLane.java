package io.candlehub.ingest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How far the frames of one shard have been sent to its owner, and what of it is still on its way. Confined to one event
 * loop.
 */
final class ShardLane {
  private final int shard;
  private final ShardJournal journal;
  private final Deque<Flight> flights = new ArrayDeque<>();
  private Optional<NodeLink> link = Optional.empty();
  private long term = -1;
  private long nextSeq;
  private long appliedSeq;
  private long movedNanos;
  private boolean careful;

  ShardLane(int shard, ShardJournal journal) {
    this.shard = shard;
    this.journal = journal;
  }

  /** A frame that was sent and not acknowledged. */
  private record Flight(long endSeq, int bytes) {}

  int shard() {
    return shard;
  }

  ShardJournal journal() {
    return journal;
  }

  /** Returns the owner's link; empty if nobody owns the shard as far as is known. */
  Optional<NodeLink> link() {
    return link;
  }

  /** Returns the highest term of the shard that was seen, or -1. */
  long term() {
    return term;
  }

  /** Returns the number of the next event to be sent. */
  long nextSeq() {
    return nextSeq;
  }

  /** Returns whether nothing waits to be sent. */
  boolean isCaughtUp() {
    return nextSeq >= journal.nextSeq();
  }

  /** Returns whether the owner has not acknowledged everything there is. */
  boolean isOwed() {
    return appliedSeq < journal.nextSeq();
  }

  /** Returns whether one frame at a time is sent, because the last ones were not acknowledged. */
  boolean isCareful() {
    return careful;
  }

  boolean hasFlights() {
    return !flights.isEmpty();
  }

  /** Gives the shard to an owner, under a term, who gets everything that is not safe. */
  void assign(NodeLink owner, long newTerm, long nowNanos) {
    detach();
    link = Optional.of(owner);
    owner.lanes().add(this);
    term = newTerm;
    appliedSeq = journal.safeSeq();
    careful = false;
    rewind(nowNanos);
  }

  /** Takes the shard from its owner. */
  void detach() {
    int bytes = forgetFlights();
    link.ifPresent(owner -> {
      owner.settled(bytes);
      owner.lanes().remove(this);
    });
    link = Optional.empty();
  }

  /** Begins again at the position that the owner acknowledged last. */
  void rewind(long nowNanos) {
    int bytes = forgetFlights();
    link.ifPresent(owner -> owner.lost(bytes));
    nextSeq = appliedSeq;
    movedNanos = nowNanos;
  }

  /** Begins again, with one frame at a time until one is acknowledged. */
  void rewindCarefully(long nowNanos) {
    careful = true;
    rewind(nowNanos);
  }

  /** Sends many frames at a time again. */
  void trust() {
    careful = false;
  }

  /** Takes note that events up to a number, exclusive, were sent. */
  void sent(long endSeq, int bytes, long nowNanos) {
    if (flights.isEmpty()) {
      movedNanos = nowNanos;
    }
    nextSeq = endSeq;
    flights.addLast(new Flight(endSeq, bytes));
    link.ifPresent(owner -> owner.sent(bytes, nowNanos));
  }

  /** Takes an acknowledgement; a lower one than the last, and one of events that do not exist, change nothing. */
  void acknowledged(long newAppliedSeq, long safeSeq, long nowNanos) {
    if (newAppliedSeq > journal.nextSeq()) {
      return;
    }
    journal.safe(Math.min(safeSeq, newAppliedSeq));
    if (newAppliedSeq <= appliedSeq) {
      return;
    }
    appliedSeq = newAppliedSeq;
    nextSeq = Math.max(nextSeq, appliedSeq);
    careful = false;
    movedNanos = nowNanos;
    for (Flight first = flights.peekFirst();
        first != null && first.endSeq <= appliedSeq;
        first = flights.peekFirst()) {
      flights.removeFirst();
      int bytes = first.bytes;
      link.ifPresent(owner -> owner.settled(bytes));
    }
  }

  /** Returns whether frames are on their way and none was acknowledged for a time. */
  boolean isStuck(long nowNanos, long limitNanos) {
    return !flights.isEmpty() && nowNanos - movedNanos > limitNanos;
  }

  private int forgetFlights() {
    int bytes = flights.stream().mapToInt(Flight::bytes).sum();
    flights.clear();
    return bytes;
  }
}
