package io.candlehub.model;

/** When an option can be exercised. */
public enum ExerciseStyle {
  /** At any time until expiry. */
  AMERICAN("american"),
  /** At expiry only. */
  EUROPEAN("european");

  private final String wireName;

  ExerciseStyle(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the name in JSON. */
  public String wireName() {
    return wireName;
  }
}
