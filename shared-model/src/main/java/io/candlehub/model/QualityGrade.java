package io.candlehub.model;

/** How good data is, in a word. */
public enum QualityGrade {
  /** Confidence of 90 or more. */
  EXCELLENT("excellent", 90),
  /** 70 or more. */
  GOOD("good", 70),
  /** 40 or more. */
  FAIR("fair", 40),
  /** Below 40: a reason to ask another provider. */
  POOR("poor", 0);

  private final String wireName;
  private final int least;

  QualityGrade(String wireName, int least) {
    this.wireName = wireName;
    this.least = least;
  }

  /** Returns the grade of a confidence. */
  public static QualityGrade of(int confidence) {
    for (QualityGrade grade : values()) {
      if (confidence >= grade.least) {
        return grade;
      }
    }
    throw new IllegalArgumentException("confidence " + confidence + " must be 0 to 100");
  }

  /** Returns the name in JSON. */
  public String wireName() {
    return wireName;
  }
}
