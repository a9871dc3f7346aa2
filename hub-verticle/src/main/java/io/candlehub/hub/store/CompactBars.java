package io.candlehub.hub.store;

import io.candlehub.model.BarSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Binary form of the bars of one block: version byte, number of bars, then the columns start, open, high, low, close,
 * volume, vwap, number of trades, and revision with source. A minute bar of a stock takes about 15 bytes.
 */
final class CompactBars {
  private static final byte VERSION = 1;
  private static final int SOURCE_BITS = 4;
  private static final long SOURCE_MASK = (1L << SOURCE_BITS) - 1;
  private static final List<BarSource> SOURCES =
      List.of(BarSource.LIVE, BarSource.BACKFILL, BarSource.CACHE, BarSource.SNAPSHOT);

  private CompactBars() {}

  /** Returns the binary form of bars that ascend by start. */
  static byte[] encode(List<StoredBar> bars) {
    ColumnWriter out = new ColumnWriter();
    out.writeByte(VERSION);
    out.writeVarLong(bars.size());
    out.writeSteps(longs(bars, StoredBar::startMillis));
    out.writeDecimals(doubles(bars, StoredBar::open));
    out.writeDecimals(doubles(bars, StoredBar::high));
    out.writeDecimals(doubles(bars, StoredBar::low));
    out.writeDecimals(doubles(bars, StoredBar::close));
    out.writeDecimals(doubles(bars, StoredBar::volume));
    out.writeDecimals(doubles(bars, StoredBar::vwap));
    out.writeLongs(longs(bars, StoredBar::trades));
    out.writeLongs(longs(bars, CompactBars::origin));
    return out.toBytes();
  }

  /**
   * Returns the bars of a binary form.
   *
   * @throws RuntimeException if the bytes are not such a form
   */
  static List<StoredBar> decode(byte[] bytes) {
    ColumnReader in = new ColumnReader(bytes);
    byte version = in.readByte();
    if (version != VERSION) {
      throw new IllegalStateException("block version " + version + " is unknown");
    }
    int size = Math.toIntExact(in.readVarLong());
    if (size < 0 || size > bytes.length) {
      throw new IllegalStateException("block of " + size + " bars in " + bytes.length + " bytes");
    }
    long[] starts = in.readSteps(size);
    double[][] values = new double[6][];
    for (int column = 0; column < values.length; column++) {
      values[column] = in.readDecimals(size);
    }
    long[] trades = in.readLongs(size);
    long[] origins = in.readLongs(size);
    List<StoredBar> bars = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      bars.add(new StoredBar(
          starts[i],
          values[0][i],
          values[1][i],
          values[2][i],
          values[3][i],
          values[4][i],
          values[5][i],
          trades[i],
          SOURCES.get((int) (origins[i] & SOURCE_MASK)),
          Math.toIntExact(origins[i] >> SOURCE_BITS)));
    }
    return bars;
  }

  private static long origin(StoredBar bar) {
    return ((long) bar.revision() << SOURCE_BITS) | SOURCES.indexOf(bar.source());
  }

  private static long[] longs(List<StoredBar> bars, ToLongFunction<StoredBar> column) {
    return bars.stream().mapToLong(column).toArray();
  }

  private static double[] doubles(List<StoredBar> bars, ToDoubleFunction<StoredBar> column) {
    return bars.stream().mapToDouble(column).toArray();
  }
}
