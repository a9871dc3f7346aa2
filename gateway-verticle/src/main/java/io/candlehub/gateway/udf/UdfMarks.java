package io.candlehub.gateway.udf;

import io.candlehub.bus.ChartedBars;
import io.candlehub.bus.OriginJson;
import io.candlehub.gateway.stream.HubClient;
import io.candlehub.gateway.stream.StreamArguments;
import io.candlehub.model.Bar;
import io.candlehub.model.BarState;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.Interval;
import io.candlehub.model.Origin;
import io.candlehub.model.StreamKey;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Answers requests for marks. On bars: which were revised, which lack minutes, where the feed could not be seen or trading
 * was halted. On the time scale: splits and half days. Both ends of a range are included. Confined to the gateway's event
 * loop.
 */
final class UdfMarks {
  private static final int MOST = 1_000;
  private static final int MARK_SIZE = 14;
  private static final int YEARS_AHEAD = 1;
  private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);

  private final HubClient hub;
  private final Reference reference;

  UdfMarks(HubClient hub, Reference reference) {
    this.hub = hub;
    this.reference = reference;
  }

  private enum Kind {
    REVISED("R", "blue"),
    OUTAGE("O", "red"),
    HALTED("H", "yellow");

    private final String label;
    private final String color;

    Kind(String label, String color) {
      this.label = label;
      this.color = color;
    }
  }

  private record Mark(Kind kind, long seconds, String text) {
    String id() {
      return kind.label + seconds;
    }
  }

  private record Seconds(long from, long to) {
    static Seconds of(UdfQuery query) {
      Seconds range = new Seconds(query.seconds("from"), query.seconds("to"));
      if (range.from > range.to) {
        throw StreamArguments.invalid("from", "must not be after to");
      }
      return range;
    }
  }

  /** Returns the marks on the bars of a range, the newest if there are too many. */
  Future<JsonObject> onBars(UdfQuery query, long nowMillis) {
    StreamKey key = UdfHistory.key(query);
    TradingTime time = new TradingTime(UdfHistory.calendar(key));
    Seconds range = Seconds.of(query);
    long toMillis = time.firstMillis(key.timeframe(), range.to + 1) - 1;
    long endMillis = Math.min(toMillis, nowMillis) + 1;
    long fromMillis = time.firstMillis(key.timeframe(), range.from);
    if (fromMillis >= endMillis || endMillis <= TradingTime.earliestMillis()) {
      return Future.succeededFuture(columns(List.of()));
    }
    BarSearch search = new BarSearch(hub, key);
    long from = Math.max(fromMillis, search.reach(endMillis, BarSearch.MOST));
    return search.between(from, toMillis).map(found -> columns(marks(key, time, found, from)));
  }

  private static List<Mark> marks(
      StreamKey key, TradingTime time, ChartMessage found, long fromMillis) {
    List<Mark> marks = new ArrayList<>();
    for (Bar bar : found.bars()) {
      long at = time.secondsOf(key.timeframe(), bar.startMillis());
      if (bar.revision() > 0) {
        marks.add(new Mark(
            Kind.REVISED, at, "Revised after it was final, revision " + bar.revision() + "."));
      }
      if (bar.state() == BarState.OUTAGE) {
        marks.add(new Mark(Kind.OUTAGE, at, "Lacks minutes that could not be seen."));
      }
    }
    for (Interval interval : found.intervals()) {
      long start = Math.max(fromMillis, interval.fromMillis());
      long at = time.secondsOf(key.timeframe(), start);
      switch (interval.state()) {
        case OUTAGE -> marks.add(new Mark(Kind.OUTAGE, at, "The feed could not be seen."));
        case HALTED -> marks.add(new Mark(Kind.HALTED, at, "Trading was halted."));
        default -> {
          // The other stretches are what a chart without bars says already.
        }
      }
    }
    Set<String> known = new HashSet<>();
    marks.removeIf(mark -> !known.add(mark.id()));
    marks.sort(Comparator.comparingLong(Mark::seconds));
    return marks.subList(Math.max(0, marks.size() - MOST), marks.size());
  }

  private static JsonObject columns(List<Mark> marks) {
    JsonArray id = new JsonArray();
    JsonArray time = new JsonArray();
    JsonArray color = new JsonArray();
    JsonArray text = new JsonArray();
    JsonArray label = new JsonArray();
    JsonArray labelColor = new JsonArray();
    JsonArray size = new JsonArray();
    for (Mark mark : marks) {
      id.add(mark.id());
      time.add(mark.seconds);
      color.add(mark.kind.color);
      text.add(mark.text);
      label.add(mark.kind.label);
      labelColor.add(mark.kind == Kind.HALTED ? "#000000" : "#ffffff");
      size.add(MARK_SIZE);
    }
    return new JsonObject()
        .put("id", id)
        .put("time", time)
        .put("color", color)
        .put("text", text)
        .put("label", label)
        .put("labelFontColor", labelColor)
        .put("minSize", size);
  }

  /** Returns the splits and half days of a range, oldest first. */
  Future<JsonArray> onTimeScale(UdfQuery query, long nowMillis) {
    StreamKey key = UdfHistory.key(query);
    Seconds range = Seconds.of(query);
    TradingCalendar calendar = UdfHistory.calendar(key);
    return reference.splits(ChartedBars.of(key).instrument()).map(splits -> {
      List<JsonObject> marks = new ArrayList<>(halfDays(key, range, calendar, nowMillis));
      splits.forEach(split -> marks.add(split(key, split, calendar)));
      marks.removeIf(mark -> mark.getLong("time") < range.from || mark.getLong("time") > range.to);
      marks.sort(Comparator.comparingLong(mark -> mark.getLong("time")));
      return new JsonArray(marks.subList(Math.max(0, marks.size() - MOST), marks.size()));
    });
  }

  private static List<JsonObject> halfDays(
      StreamKey key, Seconds range, TradingCalendar calendar, long nowMillis) {
    LocalDate last = calendar.dateOf(nowMillis).plusYears(YEARS_AHEAD);
    long least = FIRST_DAY.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    long most = last.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    if (range.to < least || range.from > most) {
      return List.of();
    }
    LocalDate from = dateOf(Math.max(least, range.from)).minusDays(1);
    LocalDate to = dateOf(Math.min(most, range.to)).plusDays(1);
    return calendar.between(from, to).stream()
        .filter(TradingDay::earlyClose)
        .map(day -> mark(
            "half-" + day.date(),
            at(key, day.date(), calendar),
            "green",
            "H",
            "Early close at "
                + Instant.ofEpochMilli(day.closeMillis())
                    .atZone(calendar.zone())
                    .toLocalTime()
                + " New York"))
        .toList();
  }

  private static LocalDate dateOf(long seconds) {
    return Instant.ofEpochSecond(seconds).atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static JsonObject split(StreamKey key, JsonObject split, TradingCalendar calendar) {
    LocalDate date = LocalDate.parse(split.getString("date"));
    String ratio = split.getNumber("to") + " for " + split.getNumber("from");
    JsonObject mark = mark(
        "split-" + date,
        at(key, date, calendar),
        "blue",
        "S",
        "Split " + ratio + "; earlier prices and volumes are adjusted");
    Origin origin = OriginJson.read(split);
    if (origin.isKnown()) {
      String reason = origin.fallbackReason().isEmpty() ? "" : " (" + origin.fallbackReason() + ")";
      mark.getJsonArray("tooltip").add("Told by " + origin.source() + reason);
    }
    return mark;
  }

  /** Returns where on the scale a day begins: 00:00 UTC for days and weeks, else its first session. */
  private static long at(StreamKey key, LocalDate date, TradingCalendar calendar) {
    if (!key.timeframe().isIntraday()) {
      return date.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }
    long millis =
        calendar.day(date).map(TradingDay::preOpenMillis).orElseGet(() -> calendar.startOf(date));
    return Math.floorDiv(millis, 1_000);
  }

  private static JsonObject mark(
      String id, long seconds, String color, String label, String words) {
    return new JsonObject()
        .put("id", id)
        .put("time", seconds)
        .put("color", color)
        .put("label", label)
        .put("tooltip", new JsonArray().add(words));
  }
}
