package io.candlehub.gateway.udf;

import io.candlehub.bus.FailureException;
import io.vertx.core.json.JsonObject;

/** Failures in the form that chart libraries read. */
final class UdfErrors {
  private UdfErrors() {}

  /** Returns the body of a failed request. */
  static JsonObject body(FailureException failure) {
    JsonObject body = new JsonObject()
        .put("s", "error")
        .put("errmsg", words(failure))
        .put("code", failure.code().name())
        .put("retryable", failure.code().isRetryable());
    long millis = failure.retryAfterMillis();
    return millis > 0 ? body.put("retryAfterMs", millis) : body;
  }

  /** Returns the words for the reader; a name that does not exist is called as libraries expect it. */
  static String words(FailureException failure) {
    return failure.code().meansNoSuch() ? "unknown_symbol" : failure.getMessage();
  }
}
