package io.candlehub.cluster.hazelcast;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who gets a lease: a pure function of the record, the question, and one snapshot of the membership. Quorum and the
 * holder's death are judged by the same snapshot, because a minority that sees the holder gone sees itself alone too.
 * That the lease of a member has run out is judged by who asks ({@link Liveness}); here it is only compared whether it
 * was renewed since.
 */
final class LeaseRule {
  private LeaseRule() {}

  /**
   * What the answering member sees.
   *
   * @param voters how many voters
   * @param isMember whether a node is there
   * @param nowMillis its wall clock, for new terms only
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
    boolean mine = before.holder().equals(ask.nodeId());
    if (mine && before.term() > ask.term()) {
      return new Outcome(LeaseReply.Status.DONE, before.renewed(ask.ttlMillis()));
    }
    boolean heldByOther = before.isHeld() && !mine && !ask.sawRunOut(before);
    if (heldByOther && view.isMember.test(before.holder())) {
      return new Outcome(LeaseReply.Status.TAKEN, before);
    }
    String cutOff = before.isHeld() ? before.holder() : before.cutOff();
    long last = Math.max(before.term(), Math.max(ask.term(), ask.known().term()));
    long term = Math.max(last + 1, view.nowMillis);
    return new Outcome(
        LeaseReply.Status.DONE, new LeaseRecord(ask.nodeId(), cutOff, term, 0, ask.ttlMillis()));
  }

  private static Outcome renew(LeaseRecord before, LeaseAsk ask, View view) {
    if (view.voters < ask.quorum()) {
      return new Outcome(LeaseReply.Status.NO_MAJORITY, before);
    }
    return isHolder(before, ask)
        ? new Outcome(LeaseReply.Status.DONE, before.renewed(ask.ttlMillis()))
        : new Outcome(LeaseReply.Status.TAKEN, before);
  }

  /** Needs no majority: who gives back takes nothing from anybody. */
  private static Outcome giveBack(LeaseRecord before, LeaseAsk ask, String cutOff) {
    return isHolder(before, ask)
        ? new Outcome(LeaseReply.Status.DONE, before.released(cutOff))
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
    return one.renewals() >= other.renewals() ? one : other;
  }
}
