package io.candlehub.ingest.hybrid;

import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Which ranges without bars are to be doubted. An odd one is: the next account is asked once. If all others that have such
 * bars answer that they know none either, the range is believed for a minute, then for two and so on up to an hour, so
 * that a share that hardly trades costs next to nothing. If one of them fails nobody has confirmed anything: the next
 * question doubts again. Ranges that reach the last hour are one for an instrument and the day they begin on, others are each their own:
 * what was empty before a listing says nothing about today, nor a quiet hour about all days. Pauses are wall time. Confined to one event loop.
 */
final class EmptyRanges {
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final long RECENT_MILLIS = Duration.ofHours(1).toMillis();
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final int MOST = 10_000;

  private final MarketClock clock;
  private final LongSupplier nanoClock;
  private final Map<Range, Pause> believed = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Range, Pause> eldest) {
      return size() > MOST;
    }
  };

  private record Range(Instrument instrument, HistoryUnit unit, long fromMillis, long toMillis) {}

  private record Pause(Duration length, long untilNanos) {}

  EmptyRanges(MarketClock clock, LongSupplier nanoClock) {
    this.clock = clock;
    this.nanoClock = nanoClock;
  }

  private Range range(HistoryQuery query) {
    boolean recent = query.endMillis() > clock.millis() - RECENT_MILLIS;
    return recent
        ? new Range(
            query.instrument(), query.unit(), query.fromMillis() / DAY_MILLIS, Long.MAX_VALUE)
        : new Range(query.instrument(), query.unit(), query.fromMillis(), query.toMillis());
  }

  /** Returns false if a range that turns out to be empty is to be believed. */
  boolean isDoubted(HistoryQuery query) {
    Pause pause = believed.get(range(query));
    return pause == null || nanoClock.getAsLong() - pause.untilNanos >= 0;
  }

  /**
   * Takes note of what came of a question.
   *
   * @param odd true if all were asked and nobody told any bars though there should be some
   */
  void answered(HistoryQuery query, History history, boolean odd) {
    if (history.bars().size() > 0) {
      believed.remove(range(query));
    } else if (odd && !history.doubted()) {
      believed.compute(range(query), (range, last) -> longer(last));
    }
  }

  private Pause longer(Pause last) {
    Duration doubled = last == null ? FIRST_PAUSE : last.length.multipliedBy(2);
    Duration length = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    return new Pause(length, nanoClock.getAsLong() + length.toNanos());
  }
}
