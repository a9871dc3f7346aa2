package io.candlehub.ingest.hybrid;

/**
 * What an answer is worth.
 *
 * @param confidence 0 to 100, -1 if nothing is in it, -2 if nothing is in it though there should be something
 */
record Worth(int confidence) {
  static final Worth FULL = new Worth(100);
  static final Worth NOTHING = new Worth(-1);
  static final Worth DOUBTED = new Worth(-2);

  private static final int ENOUGH = 40;

  /** Returns what an answer is worth that is known to be there or not. */
  static Worth of(boolean something) {
    return something ? FULL : NOTHING;
  }

  /** Returns true if another account has to confirm that there is nothing. */
  boolean isDoubted() {
    return confidence == DOUBTED.confidence;
  }

  /** Returns true if no other account has to be asked. */
  boolean isEnough() {
    return confidence >= ENOUGH;
  }

  /** Returns why another account is asked if it is not enough. */
  FallbackReason reason() {
    return confidence < 0 ? FallbackReason.EMPTY : FallbackReason.LOW_CONFIDENCE;
  }
}
