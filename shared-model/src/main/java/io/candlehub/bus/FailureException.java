package io.candlehub.bus;

import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A failure in the common vocabulary. Its message is fit for a client: no provider text, key or stack trace. Code,
 * message and hint survive the event bus, the cause does not.
 */
public final class FailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final char SEPARATOR = '|';
  private static final Pattern REPLY = Pattern.compile(
      "(" + Stream.of(Failure.values()).map(Failure::name).collect(Collectors.joining("|"))
          + ")\\|(\\d{1,18})\\|(.*)",
      Pattern.DOTALL);

  private final Failure code;
  private final long retryAfterMillis;

  /**
   * Creates a failure without a stack trace: failures are values here.
   *
   * @param retryAfterMillis when to try again; 0 if there is no hint
   */
  FailureException(Failure code, String message, long retryAfterMillis) {
    super(Objects.requireNonNull(message), null, false, false);
    this.code = Objects.requireNonNull(code);
    this.retryAfterMillis = retryAfterMillis;
  }

  /** Returns the code. */
  public Failure code() {
    return code;
  }

  /** Returns when to try again in wall milliseconds, 0 if there is no hint. */
  public long retryAfterMillis() {
    return retryAfterMillis;
  }

  /** Returns the error object of REST answers and error events (contract §3). */
  public JsonObject toJson() {
    JsonObject json = new JsonObject()
        .put("code", code.name())
        .put("message", getMessage())
        .put("retryable", code.isRetryable());
    return retryAfterMillis > 0 ? json.put("retryAfterMs", retryAfterMillis) : json;
  }

  /** Answers a bus request with this failure. */
  public void replyTo(Message<?> message) {
    message.fail(
        code.httpStatus(), code.name() + SEPARATOR + retryAfterMillis + SEPARATOR + getMessage());
  }

  /**
   * Returns any failure in the common vocabulary: a reply's failure as it was sent, a timeout or a missing service as
   * {@link Failure#UNAVAILABLE}, everything else as {@link Failure#INTERNAL} with no detail.
   */
  public static FailureException of(Throwable failure) {
    if (failure instanceof FailureException known) {
      return known;
    }
    if (failure instanceof ReplyException reply) {
      return ofReply(reply);
    }
    if (failure instanceof TimeoutException) {
      return Failure.UNAVAILABLE.because("no answer in time");
    }
    return Failure.INTERNAL.because("internal error");
  }

  private static FailureException ofReply(ReplyException reply) {
    if (reply.failureType() != ReplyFailure.RECIPIENT_FAILURE) {
      return Failure.UNAVAILABLE.because("service is not available");
    }
    Matcher parts = REPLY.matcher(String.valueOf(reply.getMessage()));
    if (!parts.matches()) {
      return Failure.INTERNAL.because("internal error");
    }
    return new FailureException(
        Failure.valueOf(parts.group(1)), parts.group(3), Long.parseLong(parts.group(2)));
  }
}
