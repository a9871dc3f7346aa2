package io.candlehub.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The trading days and sessions of what an instrument trades on.
 *
 * <p>A day has a date, its <em>trade date</em>, which is the calendar date in New York, except for futures: theirs begins
 * at 18:00 New York on the evening before (17:00 Chicago) and ends at the next 18:00. Safe to use from any thread: days
 * are computed once and kept.
 */
public final class TradingCalendar {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final Duration EVENING = Duration.ofHours(6);
  private static final Duration EARLY_MORNING = Duration.ofHours(4);
  private static final TradingCalendar NYSE = new TradingCalendar(UsSessions.EQUITIES);
  private static final ConcurrentMap<Rules, TradingCalendar> ALL =
      new ConcurrentHashMap<>(Map.of(UsSessions.EQUITIES, NYSE));

  private final Rules rules;
  private final boolean beginsInTheEvening;
  private final ConcurrentMap<LocalDate, Optional<TradingDay>> days = new ConcurrentHashMap<>();

  /** Says which sessions a date has. Pure. */
  interface Rules {
    Optional<TradingDay> day(LocalDate date);
  }

  private TradingCalendar(Rules rules) {
    this.rules = rules;
    beginsInTheEvening = rules instanceof GlobexSessions;
  }

  /** Returns the calendar of the US stock exchanges. */
  public static TradingCalendar nyse() {
    return NYSE;
  }

  /** Returns the calendar of an instrument. */
  public static TradingCalendar of(Instrument instrument) {
    Rules rules = switch (instrument.assetClass()) {
      case EQUITY -> UsSessions.EQUITIES;
      case OPTION -> UsSessions.option(instrument);
      case INDEX -> UsSessions.index(instrument);
      case FUTURE -> GlobexSessions.of(instrument);
    };
    return ALL.computeIfAbsent(rules, TradingCalendar::new);
  }

  /** Returns the calendar of the options on an underlying. */
  public static TradingCalendar ofOptionsOn(Instrument underlying) {
    return ALL.computeIfAbsent(UsSessions.option(underlying), TradingCalendar::new);
  }

  /** Returns the zone whose clock bars follow and whose dates name trade dates. */
  public ZoneId zone() {
    return NEW_YORK;
  }

  /** Returns the trading day of a date, or empty on weekends and holidays. */
  public Optional<TradingDay> day(LocalDate date) {
    return days.computeIfAbsent(date, rules::day);
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

  /** Returns the trade date at an instant. */
  public LocalDate dateOf(long epochMillis) {
    LocalDateTime local = Instant.ofEpochMilli(epochMillis).atZone(NEW_YORK).toLocalDateTime();
    return (beginsInTheEvening ? local.plus(EVENING) : local).toLocalDate();
  }

  /** Returns the date whose sessions are today's: it begins with its first session, so before 04:00 it is yesterday. */
  public LocalDate todayAt(long epochMillis) {
    return dateOf(beginsInTheEvening ? epochMillis : epochMillis - EARLY_MORNING.toMillis());
  }

  /** Returns midnight of a date in New York, by which bars of days and weeks are named. */
  public long startOf(LocalDate date) {
    return date.atStartOfDay(NEW_YORK).toInstant().toEpochMilli();
  }

  /** Returns the first instant of a trade date; the last is just before that of the next one. */
  public long beginOf(LocalDate date) {
    return beginsInTheEvening
        ? date.atStartOfDay().minus(EVENING).atZone(NEW_YORK).toInstant().toEpochMilli()
        : startOf(date);
  }

  /** Returns the phase the exchange is in at an instant. */
  public SessionPhase phaseAt(long epochMillis) {
    return day(dateOf(epochMillis))
        .map(day -> day.phaseAt(epochMillis))
        .orElse(SessionPhase.CLOSED);
  }
}
