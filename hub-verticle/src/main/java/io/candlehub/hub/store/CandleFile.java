package io.candlehub.hub.store;

import io.candlehub.model.BarBlock;
import io.candlehub.model.Instrument;
import io.candlehub.model.TradingCalendar;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/**
 * The open file of the embedded store: ordered maps of bar blocks, complete days, quotes, selections and chains.
 *
 * <p>Every method blocks. Confined to the store's one worker thread. Changes are on disk after {@link #commit()}. A
 * file that could not commit is abandoned and has to be opened anew.
 */
final class CandleFile {
  private static final long OLDEST_MILLIS =
      Instant.parse("0001-01-03T00:00:00Z").toEpochMilli();
  private static final long NEWEST_MILLIS =
      Instant.parse("9999-01-01T00:00:00Z").toEpochMilli();
  private static final int COMMITS_PER_CLEANING = 64;
  private static final int SPARSE_PERCENT = 50;
  private static final int CLEANING_BYTES = 1 << 20;

  private final MVStore store;
  private final MVMap<BlockKey, byte[]> blocks;
  private final MVMap<BlockKey, byte[]> completeDays;
  private final QuoteMap quotes;
  private final SelectionMap selections;
  private final ChainMap chains;
  private final int retainMillis;
  private int commits;

  private CandleFile(MVStore store) {
    this.store = store;
    blocks = store.openMap("bars", mapType());
    completeDays = store.openMap("complete-days", mapType());
    quotes = new QuoteMap(store);
    selections = new SelectionMap(store);
    chains = new ChainMap(store);
    retainMillis = store.getRetentionTime();
  }

  /**
   * Opens the file of a folder; creates both if they are missing.
   *
   * @param fresh true to begin empty
   * @throws io.candlehub.model.SettingException if the folder or the file cannot be used
   */
  static CandleFile open(Path folder, boolean fresh) {
    MVStore store = CandleFolder.open(folder, fresh);
    try {
      CandleFile file = new CandleFile(store);
      file.commit();
      return file;
    } catch (RuntimeException e) {
      store.closeImmediately();
      throw e;
    }
  }

  private static MVMap.Builder<BlockKey, byte[]> mapType() {
    return new MVMap.Builder<BlockKey, byte[]>()
        .keyType(new BlockKey.Type())
        .valueType(ByteArrayDataType.INSTANCE);
  }

  BarBlock read(Instrument instrument, StoreUnit unit, long fromMillis, long toMillis) {
    long from = Math.max(fromMillis, OLDEST_MILLIS);
    long to = Math.min(toMillis, NEWEST_MILLIS);
    if (from > to) {
      return BarBlock.empty();
    }
    BarBlock.Builder found = new BarBlock.Builder(16);
    Cursor<BlockKey, byte[]> cursor = blocks.cursor(
        BlockKey.of(instrument, unit, unit.blockOf(from)),
        BlockKey.of(instrument, unit, unit.blockOf(to)),
        false);
    while (cursor.hasNext()) {
      cursor.next();
      for (StoredBar bar : CompactBars.decode(cursor.getValue())) {
        if (bar.startMillis() >= from && bar.startMillis() <= to) {
          found.add(
              bar.startMillis(),
              bar.open(),
              bar.high(),
              bar.low(),
              bar.close(),
              bar.volume(),
              bar.vwap(),
              bar.trades());
        }
      }
    }
    return found.build();
  }

  void write(Instrument instrument, StoreUnit unit, List<StoredBar> bars) {
    TreeMap<Long, StoredBar> ascending = new TreeMap<>();
    for (StoredBar bar : bars) {
      ascending.put(bar.startMillis(), bar);
    }
    while (!ascending.isEmpty()) {
      LocalDate block = unit.blockOf(ascending.firstKey());
      var ofBlock = ascending.headMap(unit.blockEndMillis(block), false);
      merge(BlockKey.of(instrument, unit, block), ofBlock.values());
      ofBlock.clear();
    }
  }

  private void merge(BlockKey key, Iterable<StoredBar> newer) {
    byte[] before = blocks.get(key);
    TreeMap<Long, StoredBar> merged = new TreeMap<>();
    if (before != null) {
      CompactBars.decode(before).forEach(bar -> merged.put(bar.startMillis(), bar));
    }
    newer.forEach(bar -> merged.put(bar.startMillis(), bar));
    put(blocks, key, before, CompactBars.encode(new ArrayList<>(merged.values())));
  }

  Set<LocalDate> completeDays(Instrument instrument, StoreUnit unit, LocalDate from, LocalDate to) {
    Set<LocalDate> found = new TreeSet<>();
    if (from.isAfter(to)) {
      return found;
    }
    Cursor<BlockKey, byte[]> cursor = completeDays.cursor(
        BlockKey.of(instrument, unit, from.withDayOfYear(1)),
        BlockKey.of(instrument, unit, to.withDayOfYear(1)),
        false);
    while (cursor.hasNext()) {
      LocalDate year = cursor.next().date();
      BitSet.valueOf(cursor.getValue()).stream()
          .mapToObj(year::plusDays)
          .filter(day -> !day.isBefore(from) && !day.isAfter(to))
          .forEach(found::add);
    }
    return found;
  }

  void markComplete(Instrument instrument, StoreUnit unit, Set<LocalDate> days) {
    for (LocalDate day : days) {
      BlockKey key = BlockKey.of(instrument, unit, day.withDayOfYear(1));
      byte[] before = completeDays.get(key);
      BitSet marks = before == null ? new BitSet() : BitSet.valueOf(before);
      marks.set(day.getDayOfYear() - 1);
      put(completeDays, key, before, marks.toByteArray());
    }
  }

  private static void put(MVMap<BlockKey, byte[]> map, BlockKey key, byte[] before, byte[] after) {
    if (!Arrays.equals(before, after)) {
      map.put(key, after);
    }
  }

  /** Drops bars and marks of a unit of all days before the day of an instant. */
  void prune(StoreUnit unit, long beforeMillis) {
    LocalDate oldest = TradingCalendar.nyse().dateOf(beforeMillis);
    for (BlockKey first : firstOfEach(blocks, unit)) {
      older(blocks, first, oldest).forEach(blocks::remove);
    }
    for (BlockKey first : firstOfEach(completeDays, unit)) {
      for (BlockKey year : older(completeDays, first, oldest)) {
        forgetDays(year, oldest);
      }
    }
  }

  private void forgetDays(BlockKey year, LocalDate oldest) {
    if (year.date().getYear() < oldest.getYear()) {
      completeDays.remove(year);
      return;
    }
    byte[] before = completeDays.get(year);
    BitSet marks = BitSet.valueOf(before);
    marks.clear(0, oldest.getDayOfYear() - 1);
    put(completeDays, year, before, marks.toByteArray());
  }

  /** Returns the unit's first key of every ticker; skips from ticker to ticker without reading what lies between. */
  private static List<BlockKey> firstOfEach(MVMap<BlockKey, byte[]> map, StoreUnit unit) {
    List<BlockKey> found = new ArrayList<>();
    BlockKey key = map.firstKey();
    while (key != null) {
      if (key.unit() == unit) {
        found.add(key);
      }
      key = map.higherKey(new BlockKey(key.ticker(), key.unit(), Integer.MAX_VALUE));
    }
    return found;
  }

  private static List<BlockKey> older(
      MVMap<BlockKey, byte[]> map, BlockKey first, LocalDate oldest) {
    List<BlockKey> found = new ArrayList<>();
    Iterator<BlockKey> keys = map.keyIterator(first);
    while (keys.hasNext()) {
      BlockKey key = keys.next();
      if (!key.isSiblingOf(first) || !key.date().isBefore(oldest)) {
        break;
      }
      found.add(key);
    }
    return found;
  }

  QuoteMap quotes() {
    return quotes;
  }

  SelectionMap selections() {
    return selections;
  }

  ChainMap chains() {
    return chains;
  }

  /** Brings all changes since the last commit to the disk, as one: after a crash all or none are there. */
  void commit() {
    store.commit();
    store.sync();
    commits++;
    if (commits % COMMITS_PER_CLEANING == 0) {
      store.compact(SPARSE_PERCENT, CLEANING_BYTES);
    }
  }

  /** Closes the file without the changes since the last commit. */
  void abandon() {
    store.closeImmediately();
  }

  /**
   * Moves live data together and cuts the file.
   *
   * @param limitMillis about how long it may take
   * @return true if the file became shorter, so that more may be gained
   */
  boolean compact(int limitMillis) {
    long before = sizeBytes();
    store.compactFile(limitMillis);
    store.setRetentionTime(retainMillis);
    return sizeBytes() < before;
  }

  long sizeBytes() {
    return store.getFileStore().size();
  }

  boolean isClosed() {
    return store.isClosed();
  }

  void close() {
    store.close();
  }
}
