package io.candlehub.gateway.udf;

import io.candlehub.bus.ChartJsonReader;
import io.candlehub.bus.ChartedBars;
import io.candlehub.bus.EncodedHistory;
import io.candlehub.bus.Failure;
import io.candlehub.gateway.stream.HubClient;
import io.candlehub.model.Bar;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the newest bars before an instant, however far back they are: first where they should be by the calendar, then in
 * stretches four times as long, and if all of that is empty, on the last day that has a bar at all.
 *
 * <p>Confined to the gateway's event loop.
 */
final class BarSearch {
  /** The most bars of one answer. */
  static final int MOST = 5_000;

  private static final int HUB_LIMIT = 50_000;
  private static final int WIDER = 4;
  private static final int LEAST = 60;
  private static final int DAYS_TRIED = 3;

  /** In so many bars' time the hub's limit cannot cut the newest off. */
  private static final int LONGEST_STRETCH = 45_000;

  private static final int MOST_STRETCHES = 6;

  private final HubClient hub;
  private final StreamKey key;
  private final TradingCalendar calendar;
  private final TradingTime time;

  BarSearch(HubClient hub, StreamKey key) {
    this.hub = hub;
    this.key = key;
    this.calendar = UdfHistory.calendar(key);
    this.time = new TradingTime(calendar);
  }

  /** Returns what starts in [from, to], oldest first, and the stretches without bars. */
  Future<ChartMessage> between(long fromMillis, long toMillis) {
    return between(key, fromMillis, toMillis);
  }

  private Future<ChartMessage> between(StreamKey stream, long fromMillis, long toMillis) {
    JsonObject request = new JsonObject()
        .put("symbol", stream.instrument().symbol())
        .put("timeframe", stream.timeframe().wireName())
        .put("sessionMode", stream.sessionMode().wireName())
        .put("from", fromMillis)
        .put("to", toMillis)
        .put("limit", HUB_LIMIT)
        .put("adjusted", true);
    return hub.history(request).map(BarSearch::read);
  }

  private static ChartMessage read(EncodedHistory answer) {
    try {
      return ChartJsonReader.read(answer.toBuffer());
    } catch (IllegalArgumentException e) {
      throw Failure.INTERNAL.because("the bars cannot be read");
    }
  }

  /** Returns the start of a stretch in which so many bars fit that end before an instant. */
  long reach(long endMillis, long bars) {
    return switch (key.timeframe()) {
      case D1 -> daysBefore(endMillis, bars * 3 / 2 + 10);
      case W1 -> daysBefore(endMillis, bars * 7 + 7);
      default -> time.before(endMillis, bars * key.timeframe().millis());
    };
  }

  private long daysBefore(long endMillis, long days) {
    LocalDate date = calendar.dateOf(endMillis).minusDays(days);
    return Math.max(TradingTime.earliestMillis(), calendar.startOf(date));
  }

  /**
   * Returns the last bars before an instant, oldest first: at most {@code wanted}, and fewer if the rest is far, but none
   * only if there is none.
   *
   * @param endMillis where to begin to look, excluded, not after now
   * @param toMillis the last start that is wanted, which may lie in the future
   */
  Future<List<Bar>> newest(long endMillis, long toMillis, long wanted) {
    int count = (int) Math.min(MOST, wanted);
    if (endMillis <= TradingTime.earliestMillis()) {
      return Future.succeededFuture(List.of());
    }
    long bars = Math.min(MOST, Math.max(LEAST, count * 3L / 2));
    return widen(new Found(List.of(), endMillis, toMillis), bars, count);
  }

  /**
   * Returns the newest bars of a range, oldest first: at most {@value #MOST}, and none only if there is none.
   *
   * @param fromMillis the first start that is wanted
   * @param endMillis where to begin to look, excluded, not after now
   * @param toMillis the last start that is wanted, which may lie in the future
   */
  Future<List<Bar>> newestOf(long fromMillis, long endMillis, long toMillis) {
    long floor = Math.max(TradingTime.earliestMillis(), fromMillis);
    return endMillis <= floor
        ? Future.succeededFuture(List.of())
        : stretch(new Found(List.of(), endMillis, toMillis), floor, MOST, MOST_STRETCHES);
  }

  private Future<List<Bar>> stretch(Found found, long floor, long bars, int left) {
    long from = Math.max(floor, reach(found.fromMillis, bars));
    return between(from, found.toMillis)
        .map(part -> found.older(from, part.bars()))
        .compose(
            next -> {
              if (next.bars.size() >= MOST || from == floor) {
                return Future.succeededFuture(next.last(MOST));
              }
              return left > 1
                  ? stretch(next, floor, Math.min(LONGEST_STRETCH, bars * WIDER), left - 1)
                  : farther(next, MOST).map(all -> from(floor, all));
            },
            failure -> found.orElse(failure, MOST));
  }

  private static List<Bar> from(long floor, List<Bar> bars) {
    return bars.stream().filter(bar -> bar.startMillis() >= floor).toList();
  }

  /**
   * What is found so far.
   *
   * @param fromMillis all bars from here on are found
   * @param toMillis the last start that is not asked for yet
   */
  private record Found(List<Bar> bars, long fromMillis, long toMillis) {
    Found older(long from, List<Bar> older) {
      return new Found(Stream.concat(older.stream(), bars.stream()).toList(), from, from - 1);
    }

    List<Bar> last(int count) {
      return bars.subList(Math.max(0, bars.size() - count), bars.size());
    }

    /** Returns what is found although older bars could not be had, unless it is nothing. */
    Future<List<Bar>> orElse(Throwable failure, int count) {
      return bars.isEmpty() ? Future.failedFuture(failure) : Future.succeededFuture(last(count));
    }
  }

  private Future<List<Bar>> widen(Found found, long bars, int wanted) {
    long from = reach(found.fromMillis, bars);
    return between(from, found.toMillis)
        .map(part -> found.older(from, part.bars()))
        .compose(
            next -> {
              boolean over = from <= TradingTime.earliestMillis();
              if (next.bars.size() >= wanted || over) {
                return Future.succeededFuture(next.last(wanted));
              }
              return bars < MOST
                  ? widen(next, Math.min(MOST, bars * WIDER), wanted)
                  : farther(next, wanted);
            },
            failure -> found.orElse(failure, wanted));
  }

  private Future<List<Bar>> farther(Found found, int wanted) {
    if (!found.bars.isEmpty()) {
      return Future.succeededFuture(found.last(wanted));
    }
    Future<List<Bar>> rest = key.timeframe().isIntraday()
        ? days(found.toMillis).compose(dates -> onADay(dates, found.toMillis))
        : between(TradingTime.earliestMillis(), found.toMillis).map(ChartMessage::bars);
    return rest.map(bars -> found.older(0, bars).last(wanted));
  }

  /** Returns the last days up to an instant that have a bar, newest first. */
  private Future<List<LocalDate>> days(long toMillis) {
    StreamKey days =
        new StreamKey(ChartedBars.of(key).instrument(), Timeframe.D1, key.sessionMode());
    long last = calendar.startOf(calendar.dateOf(toMillis));
    return between(days, TradingTime.earliestMillis(), last).map(all -> {
      List<LocalDate> dates = new ArrayList<>();
      for (Bar bar : all.bars()) {
        dates.add(
            Instant.ofEpochMilli(bar.startMillis()).atZone(calendar.zone()).toLocalDate());
      }
      Collections.reverse(dates);
      return dates.subList(0, Math.min(DAYS_TRIED, dates.size()));
    });
  }

  /** Returns the bars of the first of some days that has any up to an instant. */
  private Future<List<Bar>> onADay(List<LocalDate> dates, long toMillis) {
    if (dates.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    long end = Math.min(toMillis, calendar.beginOf(dates.get(0).plusDays(1)) - 1);
    long from = Math.max(
        calendar.beginOf(dates.get(0)),
        time.before(end + 1, (long) (HUB_LIMIT - LEAST) * key.timeframe().millis()));
    return between(Math.min(from, end), end)
        .compose(part -> part.bars().isEmpty()
            ? onADay(dates.subList(1, dates.size()), toMillis)
            : Future.succeededFuture(part.bars()));
  }
}
