package io.candlehub.cluster.hazelcast;

/**
 * The answer to a {@link LeaseAsk}.
 *
 * @param status what became of it
 * @param record the lease after it; an empty record if there is none
 */
record LeaseReply(Status status, LeaseRecord record) {
  enum Status {
    /** Granted, renewed or given back. */
    DONE,
    /** Another node holds it. */
    TAKEN,
    /** The answering member does not see a majority. */
    NO_MAJORITY
  }
}
