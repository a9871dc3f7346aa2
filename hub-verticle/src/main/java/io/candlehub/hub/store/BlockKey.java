package io.candlehub.hub.store;

import io.candlehub.model.Instrument;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Comparator;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Place of a block in the embedded store, ordered by ticker, unit and time.
 *
 * @param ticker the canonical symbol
 * @param unit length of the bars
 * @param epochDay first date of the block in days since 1970-01-01
 */
record BlockKey(String ticker, StoreUnit unit, int epochDay) implements Comparable<BlockKey> {
  private static final Comparator<BlockKey> ORDER = Comparator.comparing(BlockKey::ticker)
      .thenComparingInt(key -> key.unit().code())
      .thenComparingInt(BlockKey::epochDay);

  static BlockKey of(Instrument instrument, StoreUnit unit, LocalDate date) {
    return new BlockKey(instrument.symbol(), unit, Math.toIntExact(date.toEpochDay()));
  }

  LocalDate date() {
    return LocalDate.ofEpochDay(epochDay);
  }

  /** Returns true if the other key is of the same ticker and unit. */
  boolean isSiblingOf(BlockKey other) {
    return unit == other.unit && ticker.equals(other.ticker);
  }

  @Override
  public int compareTo(BlockKey other) {
    return ORDER.compare(this, other);
  }

  /** Binary form of keys in the file: length and characters of the ticker, unit code, day. */
  static final class Type extends BasicDataType<BlockKey> {
    private static final int BYTES_IN_MEMORY = 80;

    @Override
    public int compare(BlockKey a, BlockKey b) {
      return a.compareTo(b);
    }

    @Override
    public int getMemory(BlockKey key) {
      return BYTES_IN_MEMORY + 2 * key.ticker.length();
    }

    @Override
    public void write(WriteBuffer buffer, BlockKey key) {
      buffer.putVarInt(key.ticker.length());
      buffer.putStringData(key.ticker, key.ticker.length());
      buffer.put((byte) key.unit.code());
      buffer.putInt(key.epochDay);
    }

    @Override
    public BlockKey read(ByteBuffer buffer) {
      String ticker = DataUtils.readString(buffer);
      return new BlockKey(ticker, StoreUnit.ofCode(buffer.get()), buffer.getInt());
    }

    @Override
    public BlockKey[] createStorage(int size) {
      return new BlockKey[size];
    }
  }
}
