package io.candlehub.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The trading days and sessions of an exchange.
 *
 * <p>Safe to use from any thread: days are computed once and kept. Source of the US equity hours: the exchange's
 * published hours, 04:00-09:30 pre, 09:30-16:00 regular, 16:00-20:00 post; on early-close days the regular session
 * ends at 13:00 and the late one at 17:00.
 */
public final class TradingCalendar {
  private static final LocalTime PRE_OPEN = LocalTime.of(4, 0);
  private static final LocalTime OPEN = LocalTime.of(9, 30);
  private static final LocalTime CLOSE = LocalTime.of(16, 0);
  private static final LocalTime POST_CLOSE = LocalTime.of(20, 0);
  private static final LocalTime EARLY_CLOSE = LocalTime.of(13, 0);
  private static final LocalTime EARLY_POST_CLOSE = LocalTime.of(17, 0);
  private static final TradingCalendar NYSE = new TradingCalendar(ZoneId.of("America/New_York"));

  private final ZoneId zone;
  private final ConcurrentMap<LocalDate, Optional<TradingDay>> days = new ConcurrentHashMap<>();

  private TradingCalendar(ZoneId zone) {
    this.zone = zone;
  }

  /** Returns the calendar of the US stock exchanges. */
  public static TradingCalendar nyse() {
    return NYSE;
  }

  /** Returns the zone in which the exchange's rules are written. */
  public ZoneId zone() {
    return zone;
  }

  /** Returns the trading day of a date, or empty on weekends and holidays. */
  public Optional<TradingDay> day(LocalDate date) {
    return days.computeIfAbsent(date, this::compute);
  }

  /** Returns the trading day of a date, or the one before it if the date has none. */
  public TradingDay atOrBefore(LocalDate date) {
    return day(date).orElseGet(() -> previous(date));
  }

  /** Returns the last trading day strictly before a date. */
  public TradingDay previous(LocalDate date) {
    return step(date, -1);
  }

  /** Returns the first trading day strictly after a date. */
  public TradingDay next(LocalDate date) {
    return step(date, 1);
  }

  private TradingDay step(LocalDate date, int days) {
    LocalDate d = date.plusDays(days);
    while (day(d).isEmpty()) {
      d = d.plusDays(days);
    }
    return day(d).orElseThrow();
  }

  /** Returns the trading days from one date to another, both included, in order. */
  public List<TradingDay> between(LocalDate fromInclusive, LocalDate toInclusive) {
    List<TradingDay> found = new ArrayList<>();
    for (LocalDate d = fromInclusive; !d.isAfter(toInclusive); d = d.plusDays(1)) {
      day(d).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  /** Returns the exchange's calendar date at an instant. */
  public LocalDate dateOf(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).atZone(zone).toLocalDate();
  }

  /** Returns the start of an exchange's calendar date in epoch millis. */
  public long startOf(LocalDate date) {
    return date.atStartOfDay(zone).toInstant().toEpochMilli();
  }

  /** Returns the phase the exchange is in at an instant. */
  public SessionPhase phaseAt(long epochMillis) {
    return day(dateOf(epochMillis))
        .map(day -> day.phaseAt(epochMillis))
        .orElse(SessionPhase.CLOSED);
  }

  private Optional<TradingDay> compute(LocalDate date) {
    DayOfWeek weekday = date.getDayOfWeek();
    if (weekday == DayOfWeek.SATURDAY
        || weekday == DayOfWeek.SUNDAY
        || NyseHolidays.isHoliday(date)) {
      return Optional.empty();
    }
    boolean early = NyseHolidays.isEarlyClose(date);
    return Optional.of(new TradingDay(
        date,
        at(date, PRE_OPEN),
        at(date, OPEN),
        at(date, early ? EARLY_CLOSE : CLOSE),
        at(date, early ? EARLY_POST_CLOSE : POST_CLOSE),
        early));
  }

  private long at(LocalDate date, LocalTime time) {
    return date.atTime(time).atZone(zone).toInstant().toEpochMilli();
  }
}
