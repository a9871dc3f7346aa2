package io.candlehub.simulator.replay;

import io.candlehub.simulator.market.Bars;

/**
 * Seconds for minutes of which nothing finer is recorded: a walk over open, low or high, high or low, and close that stays
 * inside the minute and adds up to it. Pure.
 */
final class MinuteWalk {
  private static final int STEPS = 12;
  private static final long STEP_MILLIS = 5_000;

  private MinuteWalk() {}

  /** Returns the seconds of all minutes. */
  static Bars walk(Bars minutes) {
    Bars seconds = new Bars(minutes.size() * STEPS);
    for (int i = 0; i < minutes.size(); i++) {
      walk(minutes, i, seconds);
    }
    return seconds;
  }

  private static void walk(Bars minutes, int i, Bars seconds) {
    boolean rises = minutes.close(i) >= minutes.open(i);
    double[] corners = {
      minutes.open(i),
      rises ? minutes.low(i) : minutes.high(i),
      rises ? minutes.high(i) : minutes.low(i),
      minutes.close(i)
    };
    double volume = minutes.volume(i);
    int steps = (int) Math.max(4, Math.min(STEPS, Math.floor(volume)));
    double given = 0;
    int last = 0;
    for (int step = 0; step < steps; step++) {
      double until = step == steps - 1 ? volume : Math.floor(volume * (step + 1) / steps);
      double along = 3.0 * step / (steps - 1);
      int corner = (int) Math.min(2, Math.floor(along));
      double exact = corners[corner] + (corners[corner + 1] - corners[corner]) * (along - corner);
      double price = price(exact, minutes.low(i), minutes.high(i));
      double high = price;
      double low = price;
      for (int passed = last; passed <= along + 1e-9 && passed < 4; passed++) {
        high = Math.max(high, corners[passed]);
        low = Math.min(low, corners[passed]);
        last = passed + 1;
      }
      double open = step == 0 ? corners[0] : price;
      double close = step == steps - 1 ? corners[3] : price;
      long start = minutes.startMillis(i) + step * STEP_MILLIS;
      seconds.add(
          start,
          open,
          Math.max(high, Math.max(open, close)),
          Math.min(low, Math.min(open, close)),
          close,
          until - given);
      seconds.trades((open + high + low + close) / 4, 0);
      given = until;
    }
  }

  private static double price(double exact, double low, double high) {
    double grid = Math.round(exact * 100) / 100.0;
    return Math.min(high, Math.max(low, grid));
  }
}
