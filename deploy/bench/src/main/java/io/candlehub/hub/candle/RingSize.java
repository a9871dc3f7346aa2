package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures what a bar in the ring costs, by the columns' own account and on the heap. */
public final class RingSize {
  private static final int RINGS = 400;
  private static final int BARS = 1_920;

  private RingSize() {}

  /** Returns rows for docs/performance.md: 400 rings of two extended sessions. */
  public static List<String> measure() {
    List<BarColumns> rings = new ArrayList<>();
    long before = used();
    for (int i = 0; i < RINGS; i++) {
      rings.add(ring());
    }
    long heap = used() - before;
    long columns = rings.stream().mapToLong(BarColumns::bytes).sum();
    double bars = (double) RINGS * BARS;
    return List.of(
        String.format(Locale.ROOT, "| ring, columns | %.1f bytes per bar |", columns / bars),
        String.format(Locale.ROOT, "| ring, heap | %.1f bytes per bar |", heap / bars));
  }

  private static BarColumns ring() {
    BarColumns ring = new BarColumns();
    for (int i = 0; i < BARS; i++) {
      Bar bar = new Bar(
          i * 60_000L, 1, 2, 0.5, 1.5, 100, 1.25, 7, BarState.FINAL, 0, BarSource.LIVE, Double.NaN);
      ring.put(bar, i, i);
    }
    return ring;
  }

  private static long used() {
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
