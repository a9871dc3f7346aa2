package io.candlehub.simulator.synthetic;

import java.util.Arrays;

/**
 * Divides a bar into the bars of its parts so that they roll up to it exactly.
 *
 * <p>The first part opens and the last one closes where the whole does, one part reaches the high and one the low, none
 * leaves them, and the volumes add up. A part without trades is left out. Pure, safe anywhere.
 */
final class SliceDivider {
  private SliceDivider() {}

  /**
   * Divides a slice.
   *
   * @param key what the noise depends on
   * @param whole the slice
   * @param slots number of slots
   * @param activity how lively each slot is; at least one slot must be allowed
   * @param sink takes the parts
   */
  static void divide(long key, Slice whole, int slots, Activity activity, SliceSink sink) {
    int[] traded = chooseSlots(key, whole, slots, activity);
    int parts = traded.length;
    if (parts == 1) {
      sink.part(traded[0], whole);
      return;
    }
    long[] path = path(Noise.key(key, 2), whole, traded, activity);
    int top = extreme(path, 1);
    int bottom = extreme(path, -1);
    double scale = reach(path);
    long[] volumes = volumes(Noise.key(key, 3), whole.volume(), traded, activity);
    long wiggleKey = Noise.key(key, 4);
    for (int i = 0; i < parts; i++) {
      long open = path[i];
      long close = path[i + 1];
      double u = Noise.unit(wiggleKey, 2L * i);
      double d = Noise.unit(wiggleKey, 2L * i + 1);
      long up = i == top ? whole.high() : Math.max(open, close) + (long) (u * u * scale);
      long down = i == bottom ? whole.low() : Math.min(open, close) - (long) (d * d * scale);
      Slice part = new Slice(
          open, Math.min(up, whole.high()), Math.max(down, whole.low()), close, volumes[i]);
      sink.part(traded[i], part);
    }
  }

  private static int[] chooseSlots(long key, Slice whole, int slots, Activity activity) {
    long chanceKey = Noise.key(key, 1);
    int most = (int) Math.min(slots, Math.max(1, whole.volume() / Slice.MIN_VOLUME));
    int[] chosen = new int[slots];
    int count = 0;
    int fallback = -1;
    int start = Noise.below(key, 5, slots);
    for (int i = 0; i < slots; i++) {
      double chance = activity.chance(i);
      if (chance > 0 && Noise.unit(chanceKey, i) < chance) {
        chosen[count++] = i;
      }
      if (chance > 0 && (fallback < start)) {
        fallback = i;
      }
    }
    if (count == 0) {
      return new int[] {fallback};
    }
    if (count <= most) {
      return Arrays.copyOf(chosen, count);
    }
    int[] thinned = new int[most];
    for (int i = 0; i < most; i++) {
      thinned[i] = chosen[(int) ((long) i * count / most)];
    }
    return thinned;
  }

  /**
   * A random walk from open to close whose steps are larger where more trades. What lies above the straight way is
   * stretched until it touches the high, what lies below until it touches the low, so that nothing sticks to a bound.
   */
  private static long[] path(long key, Slice whole, int[] traded, Activity activity) {
    int parts = traded.length;
    double[] walk = new double[parts + 1];
    double[] elapsed = new double[parts + 1];
    for (int i = 1; i <= parts; i++) {
      double weight = activity.weight(traded[i - 1]);
      elapsed[i] = elapsed[i - 1] + weight;
      walk[i] = walk[i - 1] + Math.sqrt(weight) * Noise.signed(key, 1000L + i);
    }
    double[] line = new double[parts + 1];
    double up = Double.MAX_VALUE;
    double down = Double.MAX_VALUE;
    for (int i = 1; i < parts; i++) {
      double f = elapsed[i] / elapsed[parts];
      line[i] = whole.open() + (whole.close() - whole.open()) * f;
      walk[i] -= f * walk[parts];
      if (walk[i] > 0) {
        up = Math.min(up, (whole.high() - line[i]) / walk[i]);
      } else if (walk[i] < 0) {
        down = Math.min(down, (line[i] - whole.low()) / -walk[i]);
      }
    }
    long[] path = new long[parts + 1];
    path[0] = whole.open();
    path[parts] = whole.close();
    for (int i = 1; i < parts; i++) {
      path[i] = Math.round(line[i] + walk[i] * (walk[i] > 0 ? up : down));
    }
    return path;
  }

  /** Returns how far a part may reach beyond its first and last price: about as far as parts move. */
  private static double reach(long[] path) {
    long moved = 0;
    for (int i = 1; i < path.length; i++) {
      moved += Math.abs(path[i] - path[i - 1]);
    }
    return Math.max(1, 1.5 * moved / (path.length - 1));
  }

  private static int extreme(long[] path, int sign) {
    int best = 0;
    long bestLevel = Long.MIN_VALUE;
    for (int i = 0; i + 1 < path.length; i++) {
      long level = Math.max(sign * path[i], sign * path[i + 1]);
      if (level > bestLevel) {
        bestLevel = level;
        best = i;
      }
    }
    return best;
  }

  private static long[] volumes(long key, long volume, int[] traded, Activity activity) {
    int parts = traded.length;
    double[] until = new double[parts];
    double sum = 0;
    for (int i = 0; i < parts; i++) {
      double u = Noise.unit(key, i);
      sum += activity.weight(traded[i]) * (0.25 + 1.9 * u * u);
      until[i] = sum;
    }
    long spare = volume - Slice.MIN_VOLUME * parts;
    long[] volumes = new long[parts];
    long given = 0;
    for (int i = 0; i < parts; i++) {
      long upTo = i == parts - 1 ? spare : (long) Math.floor(spare * (until[i] / sum));
      volumes[i] = Slice.MIN_VOLUME + upTo - given;
      given = upTo;
    }
    return volumes;
  }
}
