package io.candlehub.model;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sessions of futures on CME Globex. A trade date begins at 17:00 Chicago on the evening before, Sunday's evening for
 * Monday, and ends at 16:00; up to 18 September 2015 it ended at 16:15.
 *
 * <p>Sources: the exchange's hours and holiday halts as an open back-testing engine's market-hours database has them
 * (August 2026); the older end and the afternoon break of equity indices are those of published bars of 2013. Halts in
 * years without published hours follow the same rules and are provisional, as are dates that differ each year.
 */
enum GlobexSessions implements TradingCalendar.Rules {
  /** Stock indices: ES, NQ, RTY, YM and their micros. */
  EQUITY_INDEX,
  /** Metals and energy: GC, SI, HG, CL, NG and the like. */
  COMMODITY,
  /** Currencies, rates and the rest, which trade on through the stock exchanges' minor holidays. */
  OTHER;

  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
  private static final LocalTime OPEN = LocalTime.of(17, 0);
  private static final LocalTime CLOSE = LocalTime.of(16, 0);
  private static final LocalTime OLD_CLOSE = LocalTime.of(16, 15);
  private static final LocalDate LAST_OLD_CLOSE = LocalDate.of(2015, 9, 18);
  private static final LocalTime BREAK_FROM = LocalTime.of(15, 15);
  private static final LocalTime BREAK_TO = LocalTime.of(15, 30);
  private static final LocalTime NOON = LocalTime.of(12, 0);
  private static final Map<LocalDate, LocalTime> GOOD_FRIDAY_UNTIL =
      Map.of(LocalDate.of(2026, 4, 3), LocalTime.of(8, 15));
  private static final Set<LocalDate> COMMODITIES_UNTIL_NOON = Set.of(
      LocalDate.of(2025, 7, 4),
      LocalDate.of(2026, 6, 19),
      LocalDate.of(2026, 7, 3),
      LocalDate.of(2027, 6, 18));
  private static final Pattern CONTRACT = Pattern.compile("(.+?)[FGHJKMNQUVXZ]\\d{1,2}");
  private static final Set<String> EQUITY_INDICES =
      Set.of("ES", "NQ", "RTY", "YM", "MES", "MNQ", "M2K", "MYM");
  private static final Set<String> COMMODITIES = Set.of(
      "GC", "SI", "HG", "PL", "PA", "MGC", "SIL", "MHG", "CL", "NG", "RB", "HO", "BZ", "MCL", "QM");

  /** Returns the sessions of a future or of one of its contracts. */
  static GlobexSessions of(Instrument instrument) {
    String bare = instrument.symbol().substring(instrument.assetClass().prefix().length());
    Matcher contract = CONTRACT.matcher(bare);
    String root = contract.matches() ? contract.group(1) : bare;
    if (EQUITY_INDICES.contains(root)) {
      return EQUITY_INDEX;
    }
    return COMMODITIES.contains(root) ? COMMODITY : OTHER;
  }

  @Override
  public Optional<TradingDay> day(LocalDate date) {
    if (date.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0) {
      return Optional.empty();
    }
    Optional<LocalTime> early = early(date);
    if (early.isPresent() && early.get().equals(LocalTime.MIN)) {
      return Optional.empty();
    }
    LocalTime usual = date.isAfter(LAST_OLD_CLOSE) ? CLOSE : OLD_CLOSE;
    long open = at(date.minusDays(1), OPEN);
    long close = at(date, early.orElse(usual));
    List<TradingDay.Break> breaks = this == EQUITY_INDEX && usual.equals(OLD_CLOSE)
        ? List.of(new TradingDay.Break(at(date, BREAK_FROM), at(date, BREAK_TO)))
        : List.of();
    return Optional.of(new TradingDay(
        date,
        open,
        open,
        close,
        close,
        early.isPresent(),
        breaks.stream().filter(one -> one.toMillis() <= close).toList()));
  }

  /** Returns when a day ends if it ends early, midnight if it does not trade at all. */
  private Optional<LocalTime> early(LocalDate date) {
    Optional<NyseHolidays.Holiday> holiday = NyseHolidays.on(date);
    if (holiday.isPresent()) {
      return onHoliday(holiday.get(), date);
    }
    if (!NyseHolidays.isEarlyClose(date)) {
      return Optional.empty();
    }
    boolean july = date.getMonthValue() == 7;
    return switch (this) {
      case EQUITY_INDEX -> Optional.of(LocalTime.of(12, 15));
      case COMMODITY ->
        july
            ? Optional.empty()
            : Optional.of(date.getMonthValue() == 12 ? LocalTime.of(12, 45) : LocalTime.of(13, 45));
      case OTHER -> july ? Optional.empty() : Optional.of(LocalTime.of(12, 15));
    };
  }

  private Optional<LocalTime> onHoliday(NyseHolidays.Holiday holiday, LocalDate date) {
    return switch (holiday) {
      case NEW_YEAR, CHRISTMAS -> Optional.of(LocalTime.MIN);
      case GOOD_FRIDAY ->
        Optional.of(
            this == COMMODITY
                ? LocalTime.MIN
                : GOOD_FRIDAY_UNTIL.getOrDefault(date, LocalTime.MIN));
      case SPECIAL -> Optional.empty();
      default -> minor(date);
    };
  }

  private Optional<LocalTime> minor(LocalDate date) {
    return switch (this) {
      case EQUITY_INDEX -> Optional.of(NOON);
      case COMMODITY ->
        Optional.of(COMMODITIES_UNTIL_NOON.contains(date) ? NOON : LocalTime.of(13, 30));
      case OTHER -> Optional.empty();
    };
  }

  private static long at(LocalDate date, LocalTime time) {
    return date.atTime(time).atZone(CHICAGO).toInstant().toEpochMilli();
  }
}
