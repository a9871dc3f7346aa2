package io.candlehub.cluster.hazelcast;

/**
 * What a node asks of a lease.
 *
 * @param kind what
 * @param nodeId who asks
 * @param term to acquire: the highest term of this key that the node knows to have lost, 0 if none; else the term it
 *     holds
 * @param quorum how many voters the answering member must see, the asking one included if it votes
 * @param ttlMillis how long a grant lasts without renewal
 * @param known to acquire: what the asking node knows of the lease
 */
record LeaseAsk(Kind kind, String nodeId, long term, int quorum, long ttlMillis, Known known) {
  enum Kind {
    /** Grant the lease. Asking twice grants once. */
    ACQUIRE,
    /** Let it last longer. */
    RENEW,
    /** Give it back, all state handed over. */
    HAND_OVER,
    /** Give it back after a failure: the next holder must not rely on a hand-over. */
    ABANDON
  }

  /**
   * The lease as a node knows it.
   *
   * @param term its last term, 0 if not known
   * @param renewals how often it was renewed then
   * @param hasRunOut whether the node saw just that for as long as the lease lasts
   */
  record Known(long term, long renewals, boolean hasRunOut) {
    static final Known NOTHING = new Known(0, 0, false);
  }

  /** Returns whether the asking node saw that a record ran out, and nothing happened to it since. */
  boolean sawRunOut(LeaseRecord record) {
    return known.hasRunOut && known.term == record.term() && known.renewals == record.renewals();
  }
}
