package io.candlehub.hub.tape;

/** What a best bid and offer look like together. */
public enum BookState {
  /** Bid below ask. */
  NORMAL,
  /** Bid equal to ask. */
  LOCKED,
  /** Bid above ask, for a moment between two one-sided changes, or an error: there is no middle. */
  CROSSED,
  /** Nobody bids. */
  NO_BID,
  /** Nobody offers. */
  NO_ASK,
  /** Neither side is quoted, or nothing is known. */
  NO_QUOTE
}
