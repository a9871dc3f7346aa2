package io.candlehub.simulator.tradier;

import io.vertx.core.http.HttpServerResponse;
import java.util.function.LongSupplier;

/** Requests granted in windows of one wall minute, each opened by its first request. Confined to one event loop. */
final class RateLimit {
  private static final long WINDOW_MILLIS = 60_000;

  private final int allowed;
  private final LongSupplier wallClock;
  private long endMillis = Long.MIN_VALUE;
  private int used;

  RateLimit(int allowed, LongSupplier wallClock) {
    this.allowed = allowed;
    this.wallClock = wallClock;
  }

  /** Counts a request; returns false if it is one too many. */
  boolean take() {
    long now = wallClock.getAsLong();
    if (now >= endMillis) {
      endMillis = now + WINDOW_MILLIS;
      used = 0;
    }
    if (used >= allowed) {
      return false;
    }
    used++;
    return true;
  }

  /** Tells the state in the headers. */
  void tell(HttpServerResponse response) {
    response
        .putHeader("X-Ratelimit-Allowed", Integer.toString(allowed))
        .putHeader("X-Ratelimit-Used", Integer.toString(used))
        .putHeader("X-Ratelimit-Available", Integer.toString(allowed - used))
        .putHeader("X-Ratelimit-Expiry", Long.toString(Math.max(0, endMillis)));
  }
}
