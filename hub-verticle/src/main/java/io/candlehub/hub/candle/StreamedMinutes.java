package io.candlehub.hub.candle;

import io.candlehub.model.feed.AggregateEvent;
import java.util.Optional;

/**
 * Merges streamed bars into the minutes: seconds are folded into the minute in progress until a streamed minute bar or
 * an answer of the history confirms it. Confined to the hub's event loop.
 */
final class StreamedMinutes {
  private static final long MINUTE = DaySlots.MINUTE;

  private final MinuteBook book;
  private final Sight sight;
  private Optional<LiveMinute> current = Optional.empty();

  StreamedMinutes(MinuteBook book, Sight sight) {
    this.book = book;
    this.sight = sight;
  }

  /** Every input but a second of the minute in progress may settle minutes or change what was seen of them. */
  void begin(long nowMillis) {
    book.at(nowMillis);
    current = Optional.empty();
  }

  /** Returns a minute in progress, opened if need be. */
  LiveMinute live(long minute) {
    LiveMinute live = book.live(minute);
    live.whole(sight.isWhole(minute));
    return live;
  }

  /** Takes a streamed bar. */
  Change put(AggregateEvent event, long nowMillis, long toleranceMillis) {
    if (event.span() == AggregateEvent.Span.SECOND && current.isPresent()) {
      LiveMinute live = current.get();
      long into = event.startMillis() - live.startMillis();
      if (into >= 0 && into < MINUTE) {
        book.at(nowMillis);
        return fold(live, event);
      }
    }
    return putOther(event, nowMillis, toleranceMillis);
  }

  private Change fold(LiveMinute live, AggregateEvent second) {
    if (!live.put(second)) {
      return Change.UNCHANGED;
    }
    book.touch(live);
    return Change.UPDATED;
  }

  private Change putOther(AggregateEvent event, long nowMillis, long toleranceMillis) {
    begin(nowMillis);
    long minute = minuteOf(event);
    if (book.ring().dayOf(minute).isEmpty() || minute > nowMillis + toleranceMillis + MINUTE) {
      return Change.OUTSIDE;
    }
    boolean isMinute = event.span() == AggregateEvent.Span.MINUTE;
    if (isMinute && event.endMillis() <= nowMillis + toleranceMillis) {
      book.putFinal(FinalBars.of(event), nowMillis);
      return book.commit();
    }
    if (!book.isOpen(minute)) {
      return Change.LATE;
    }
    LiveMinute live = live(minute);
    if (isMinute) {
      live.unfinished(event, nowMillis);
      book.touch(live);
      return Change.UPDATED;
    }
    current = Optional.of(live);
    return fold(live, event);
  }

  private static long minuteOf(AggregateEvent event) {
    return Math.floorDiv(event.startMillis(), MINUTE) * MINUTE;
  }

  /** Puts a second whose effect is known into its minute, if all seconds of that are told again. */
  void rebuild(AggregateEvent event) {
    long minute = minuteOf(event);
    boolean isSecond = event.span() == AggregateEvent.Span.SECOND;
    if (isSecond && sight.isWhole(minute) && book.isOpen(minute)) {
      live(minute).put(event);
    }
  }
}
