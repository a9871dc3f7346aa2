package io.candlehub.hub;

import io.candlehub.model.Instrument;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a standby needs to know of a series beside its candles.
 *
 * @param flags what of its history is loaded, see the constants
 * @param lastInputMillis market time of the last input, -1 if there was none
 * @param parityMillis up to when it was compared with the history
 * @param splitsDay epoch day on which its splits were read, {@link Long#MIN_VALUE} if they were not
 * @param standIns who told its bars in place of the first provider, and what of them is doubted
 * @param streams the open streams, a bit for each timeframe and session mode
 * @param published for each open stream, in the order of the bits, the position up to which clients were told
 */
record SeriesState(
    int flags,
    long lastInputMillis,
    long parityMillis,
    long splitsDay,
    StandIns standIns,
    int streams,
    List<Long> published) {
  /** The first load is complete. */
  static final int LOADED = 1;

  /** The history has answered. */
  static final int ANSWERED = 2;

  /** Older hours are loaded. */
  static final int HOURS = 4;

  /** Days are loaded. */
  static final int DAYS = 8;

  private static final List<Timeframe> TIMEFRAMES = List.of(Timeframe.values());

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** Returns true if nothing differs but when the last input came. */
  boolean isLike(SeriesState other) {
    return flags == other.flags
        && parityMillis == other.parityMillis
        && splitsDay == other.splitsDay
        && standIns.equals(other.standIns)
        && streams == other.streams;
  }

  /** Returns the bits of charts; those of an option and its underlying of the same kind have one together. */
  static int bits(Collection<ChartStream> open) {
    return open.stream().mapToInt(stream -> 1 << bit(stream.key())).reduce(0, (a, b) -> a | b);
  }

  /** Returns the positions up to which all clients of a bit's charts were told, in the order of the bits. */
  static List<Long> published(Collection<ChartStream> open) {
    Map<Integer, Long> told = new TreeMap<>();
    open.forEach(stream -> told.merge(bit(stream.key()), stream.publishedSeq(), Math::min));
    return List.copyOf(told.values());
  }

  private static int bit(StreamKey key) {
    return bit(key.timeframe(), key.sessionMode());
  }

  private static int bit(Timeframe timeframe, SessionMode mode) {
    return 2 * TIMEFRAMES.indexOf(timeframe) + (mode == SessionMode.REGULAR ? 1 : 0);
  }

  /** Returns the open streams of the instrument whose bars they are, in the order of the bits. */
  List<StreamKey> keys(Instrument instrument) {
    List<StreamKey> keys = new ArrayList<>();
    for (Timeframe timeframe : TIMEFRAMES) {
      for (SessionMode mode : SessionMode.values()) {
        if ((streams >> bit(timeframe, mode) & 1) != 0) {
          keys.add(new StreamKey(instrument, timeframe, mode));
        }
      }
    }
    return keys;
  }
}
