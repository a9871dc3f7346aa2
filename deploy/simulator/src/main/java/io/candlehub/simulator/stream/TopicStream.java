package io.candlehub.simulator.stream;

import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.SymbolDay;
import java.util.Arrays;

/**
 * The events of one topic in the order in which they are due, a chunk of market time after the other.
 *
 * <p>Events due at or before the stream's position are skipped. Confined to one event loop; the days it reads are loaded
 * elsewhere.
 */
public abstract class TopicStream {
  /** Market time of one chunk, in millis. */
  protected static final long MINUTE = 60_000;

  static final long NEVER = Long.MAX_VALUE;

  private final Topic topic;
  private final Market.Detail detail;
  private final long delayMillis;
  private long[] dues = new long[64];
  private int[] indexes = new int[64];
  private int size;
  private int at;
  private SymbolDay data;
  private long nextChunkMillis;
  private long endMillis;
  private long positionMillis;
  private int generation;

  /**
   * Creates the events of a topic.
   *
   * @param topic the topic
   * @param detail what of a day they are made of
   * @param delayMillis how long after their time they are told
   */
  protected TopicStream(Topic topic, Market.Detail detail, long delayMillis) {
    this.topic = topic;
    this.detail = detail;
    this.delayMillis = delayMillis;
  }

  /** Starts a day. */
  protected abstract void beginDay(SymbolDay day);

  /** Adds the events of the minute of market time that starts at an instant, by {@link #push}. */
  protected abstract void fill(SymbolDay day, long minuteStartMillis);

  /** Writes an event. */
  protected abstract String write(int index, long dueMillis);

  /** Returns how long after the session's end events of a day can still be due. */
  protected long tailMillis() {
    return MINUTE;
  }

  /** Adds an event of the chunk being filled. */
  protected final void push(long dueMillis, int index) {
    if (size == dues.length) {
      dues = Arrays.copyOf(dues, size * 2);
      indexes = Arrays.copyOf(indexes, size * 2);
    }
    int slot = size++;
    while (slot > 0 && dues[slot - 1] > dueMillis) {
      dues[slot] = dues[slot - 1];
      indexes[slot] = indexes[slot - 1];
      slot--;
    }
    dues[slot] = dueMillis;
    indexes[slot] = index;
  }

  /** Returns the topic. */
  protected final Topic topic() {
    return topic;
  }

  final Market.Detail detail() {
    return detail;
  }

  final long delayMillis() {
    return delayMillis;
  }

  /** Forgets the day and continues after an instant; returns what identifies the load that must follow. */
  final int reset(long afterMillis) {
    data = null;
    size = 0;
    at = 0;
    positionMillis = afterMillis;
    return ++generation;
  }

  /** Returns true if a load that was started is still wanted. */
  final boolean awaits(int startedGeneration) {
    return generation == startedGeneration;
  }

  /** Returns after which instant, in the market's own time, events are wanted. */
  final long positionMillis() {
    return positionMillis - delayMillis;
  }

  /** Starts a day that was loaded. */
  final void begin(SymbolDay day) {
    data = day;
    size = 0;
    at = 0;
    TradingDay date = day.day();
    long from = Math.max(date.preOpenMillis(), positionMillis() - 2 * MINUTE);
    nextChunkMillis = Math.floorDiv(from, MINUTE) * MINUTE;
    endMillis = date.postCloseMillis() + tailMillis();
    beginDay(day);
    advance();
  }

  /** Returns when the next event is due; {@link #NEVER} if a day must be loaded first. */
  final long nextDueMillis() {
    return at < size ? dues[at] + delayMillis : NEVER;
  }

  /** Returns the next event and moves behind it. */
  final String take() {
    long due = dues[at];
    String event = write(indexes[at], due);
    positionMillis = Math.max(positionMillis, due + delayMillis);
    at++;
    advance();
    return event;
  }

  private void advance() {
    while (at >= size && nextChunkMillis < endMillis) {
      size = 0;
      at = 0;
      fill(data, nextChunkMillis);
      nextChunkMillis += MINUTE;
      while (at < size && dues[at] <= positionMillis - delayMillis) {
        at++;
      }
    }
  }
}
