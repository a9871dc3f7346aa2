package io.candlehub.hub.indicator;

import java.util.Arrays;

/** A column of numbers that grows. What was never set is NaN. */
final class Column {
  private static final int FIRST_LENGTH = 64;

  private double[] values = new double[0];

  double get(int i) {
    return i < values.length ? values[i] : Double.NaN;
  }

  /** Sets a value; returns true if it is another one, bit for bit. */
  boolean set(int i, double value) {
    grow(i);
    boolean changed = Double.doubleToLongBits(values[i]) != Double.doubleToLongBits(value);
    values[i] = value;
    return changed;
  }

  /** Makes room at a place of a column of some length; what is there moves up. */
  void open(int place, int length) {
    grow(length);
    System.arraycopy(values, place, values, place + 1, length - place);
    values[place] = Double.NaN;
  }

  /** Forgets the first values of a column of some length. */
  void dropOldest(int count, int length) {
    System.arraycopy(values, count, values, 0, length - count);
  }

  private void grow(int i) {
    int length = values.length;
    if (i >= length) {
      values = Arrays.copyOf(values, Math.max(FIRST_LENGTH, Math.max(i + 1, length * 2)));
      Arrays.fill(values, length, values.length, Double.NaN);
    }
  }
}
