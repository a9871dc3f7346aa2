package io.candlehub.model;

/** A market clock that a test sets by hand; its speed is 1. */
public final class ManualClock implements MarketClock {
  private long nowMillis;

  /** Creates a clock that stands at an instant. */
  public ManualClock(long nowMillis) {
    this.nowMillis = nowMillis;
  }

  @Override
  public long millis() {
    return nowMillis;
  }

  @Override
  public double speed() {
    return 1;
  }

  /** Moves the clock forward. */
  public void advance(long millis) {
    nowMillis += millis;
  }
}
