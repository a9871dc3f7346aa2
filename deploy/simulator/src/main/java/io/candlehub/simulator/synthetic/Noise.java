package io.candlehub.simulator.synthetic;

/**
 * Deterministic noise: numbers that look random and depend only on their key.
 *
 * <p>The mixing function is the finaliser of SplitMix64. Pure, safe anywhere.
 */
final class Noise {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Noise() {}

  /** Returns a key made of another key and a number. */
  static long key(long key, long number) {
    long z = key + GOLDEN * (number + 1);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Returns a key made of another key and a text. */
  static long key(long key, String text) {
    long mixed = key;
    for (int i = 0; i < text.length(); i++) {
      mixed = key(mixed, text.charAt(i));
    }
    return mixed;
  }

  /** Returns a number in [0, 1). */
  static double unit(long key) {
    return (key(key, 7) >>> 11) * 0x1.0p-53;
  }

  /** Returns a number in [0, 1) that belongs to a key and a number. */
  static double unit(long key, long number) {
    return (key(key, number) >>> 11) * 0x1.0p-53;
  }

  /** Returns a number in [-1, 1). */
  static double signed(long key, long number) {
    return 2 * unit(key, number) - 1;
  }

  /** Returns a whole number in [0, bound). */
  static int below(long key, long number, int bound) {
    return (int) (unit(key, number) * bound);
  }

  /** Returns a smooth curve through random values in [-1, 1) at whole numbers. */
  static double curve(long key, double at) {
    long left = (long) Math.floor(at);
    double f = at - left;
    double eased = f * f * (3 - 2 * f);
    return signed(key, left) * (1 - eased) + signed(key, left + 1) * eased;
  }
}
