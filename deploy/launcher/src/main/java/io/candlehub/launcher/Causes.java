package io.candlehub.launcher;

/** Finds what is worth telling an operator about a failure. */
final class Causes {
  private Causes() {}

  /** Returns the innermost message, or the innermost type if it has no message. */
  static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
