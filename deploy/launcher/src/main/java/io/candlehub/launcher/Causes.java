package io.candlehub.launcher;

import java.util.Optional;

/** Finds what is worth telling an operator about a failure. */
final class Causes {
  private Causes() {}

  /** Returns the outermost failure of a type. */
  static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return Optional.of(type.cast(each));
      }
    }
    return Optional.empty();
  }

  /** Returns the innermost message, or the innermost type if it has no message. */
  static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
