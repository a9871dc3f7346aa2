package io.candlehub.cluster.hazelcast;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who gets a lease: a pure function of the record, the question, and one snapshot of the membership. Quorum and the
 * holder's death are judged by the same snapshot, because a minority that sees the holder gone sees itself alone too.
 */
final class LeaseRule {
  private LeaseRule() {}

  /**
   * What the answering member sees.
   *
   * @param voters how many voters
   * @param isMember whether a node is there
   * @param nowMillis its wall clock
   */
  record View(int voters, Predicate<String> isMember, long nowMillis) {}

  /**
   * The outcome.
   *
   * @param status for the reply
   * @param after the record after it, the same instance if nothing changed
   */
  record Outcome(LeaseReply.Status status, LeaseRecord after) {}

  static Outcome apply(Optional<LeaseRecord> stored, LeaseAsk ask, View view) {
    LeaseRecord before = stored.orElseGet(LeaseRecord::new);
    return switch (ask.kind()) {
      case ACQUIRE -> acquire(before, ask, view);
      case RENEW -> renew(before, ask, view);
      case HAND_OVER -> giveBack(before, ask, "");
      case ABANDON -> giveBack(before, ask, ask.nodeId());
    };
  }

  private static Outcome acquire(LeaseRecord before, LeaseAsk ask, View view) {
    if (view.voters < ask.quorum()) {
      return new Outcome(LeaseReply.Status.NO_MAJORITY, before);
    }
    long expiresAt = view.nowMillis + ask.ttlMillis();
    boolean mine = before.holder().equals(ask.nodeId());
    if (mine && before.term() > ask.term()) {
      return new Outcome(LeaseReply.Status.DONE, before.extendedTo(expiresAt));
    }
    boolean heldByOther = before.isHeld() && !mine && view.nowMillis < before.expiresAtMillis();
    if (heldByOther && view.isMember.test(before.holder())) {
      return new Outcome(LeaseReply.Status.TAKEN, before);
    }
    String cutOff = before.isHeld() ? before.holder() : before.cutOff();
    long term = Math.max(Math.max(before.term(), ask.term()) + 1, view.nowMillis);
    return new Outcome(
        LeaseReply.Status.DONE, new LeaseRecord(ask.nodeId(), cutOff, term, expiresAt));
  }

  private static Outcome renew(LeaseRecord before, LeaseAsk ask, View view) {
    if (view.voters < ask.quorum()) {
      return new Outcome(LeaseReply.Status.NO_MAJORITY, before);
    }
    return isHolder(before, ask)
        ? new Outcome(LeaseReply.Status.DONE, before.extendedTo(view.nowMillis + ask.ttlMillis()))
        : new Outcome(LeaseReply.Status.TAKEN, before);
  }

  /** Needs no majority: who gives back takes nothing from anybody. */
  private static Outcome giveBack(LeaseRecord before, LeaseAsk ask, String cutOff) {
    return isHolder(before, ask)
        ? new Outcome(LeaseReply.Status.DONE, new LeaseRecord("", cutOff, before.term(), 0))
        : new Outcome(LeaseReply.Status.TAKEN, before);
  }

  private static boolean isHolder(LeaseRecord record, LeaseAsk ask) {
    return record.holder().equals(ask.nodeId()) && record.term() == ask.term();
  }

  /** Returns which of two records of a key survives when two halves of a cluster merge: the higher term. */
  static LeaseRecord merged(LeaseRecord one, LeaseRecord other) {
    if (one.term() != other.term()) {
      return one.term() > other.term() ? one : other;
    }
    if (one.isHeld() != other.isHeld()) {
      return one.isHeld() ? other : one;
    }
    return one.expiresAtMillis() >= other.expiresAtMillis() ? one : other;
  }
}
