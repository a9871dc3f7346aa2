package io.candlehub.ingest.provider.massive;

import io.candlehub.model.MarketClock;
import java.util.concurrent.atomic.AtomicLong;

/** A market clock that a test moves while event loops read it. */
final class MovableClock implements MarketClock {
  private final AtomicLong now;

  MovableClock(long nowMillis) {
    now = new AtomicLong(nowMillis);
  }

  @Override
  public long millis() {
    return now.get();
  }

  @Override
  public double speed() {
    return 1;
  }

  void advance(long millis) {
    now.addAndGet(millis);
  }
}
