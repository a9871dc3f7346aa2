package io.candlehub.ingest.hybrid;

import io.candlehub.bus.Failure;

/** Why an answer is not the first account's. */
enum FallbackReason {
  /** It failed, or limits our requests. */
  ERROR("error"),
  /** Our own budget of requests to it is spent, so it was not asked. */
  OVER_BUDGET("over-budget"),
  /** It knows nothing of what was asked. */
  EMPTY("empty"),
  /** Its answer is not to be trusted. */
  LOW_CONFIDENCE("low-confidence"),
  /** It has no such data. */
  UNSUPPORTED("unsupported"),
  /** It failed too often lately and was not asked. */
  UNHEALTHY("unhealthy"),
  /** Its plan does not include it. */
  NOT_ENTITLED("not-entitled");

  private final String word;

  FallbackReason(String word) {
    this.word = word;
  }

  /** Returns why another account is asked after a failure. */
  static FallbackReason of(Failure failure) {
    return switch (failure) {
      case UNSUPPORTED -> UNSUPPORTED;
      case NOT_ENTITLED -> NOT_ENTITLED;
      case UNKNOWN_INSTRUMENT, CONTRACT_NOT_FOUND, NO_DATA -> EMPTY;
      case UNAVAILABLE -> OVER_BUDGET;
      default -> ERROR;
    };
  }

  /** Returns true if the account might have known: it failed, or could not be asked. */
  boolean leavesOpen() {
    return this == ERROR || this == OVER_BUDGET;
  }

  /** Returns the word in JSON and metrics. */
  String word() {
    return word;
  }
}
