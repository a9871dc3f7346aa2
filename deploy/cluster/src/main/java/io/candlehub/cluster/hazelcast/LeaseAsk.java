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
 */
record LeaseAsk(Kind kind, String nodeId, long term, int quorum, long ttlMillis) {
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
}
