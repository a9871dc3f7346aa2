package io.candlehub.hub.tape;

/** What a best bid and offer look like together. */
public enum BookState {
  /** Bid below ask. */
  NORMAL("normal"),
  /** Bid equal to ask. */
  LOCKED("locked"),
  /** Bid above ask, for a moment between two one-sided changes, or an error: there is no middle. */
  CROSSED("crossed"),
  /** Nobody bids. */
  NO_BID("no-bid"),
  /** Nobody offers. */
  NO_ASK("no-ask"),
  /** Neither side is quoted, or nothing is known. */
  NO_QUOTE("no-quote");

  private final String wireName;

  BookState(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the word used in payloads, for example as the reason why there is no middle. */
  public String wireName() {
    return wireName;
  }
}
