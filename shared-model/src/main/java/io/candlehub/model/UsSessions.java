package io.candlehub.model;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sessions of what trades on the days of the US stock exchanges: equities, their options, indices.
 *
 * <p>Sources: the exchanges' published hours for equities (04:00 to 20:00 New York, early closes at 13:00 and 17:00);
 * for options and indices the market-hours database of an open back-testing engine as of August 2026, and for funds
 * whose options trade until 16:15 the industry's practice. The overnight session of index options belongs to no day
 * here.
 *
 * @param preOpen start of the first session
 * @param open start of the regular session
 * @param close its end
 * @param postClose end of the last session
 * @param earlyClose end of the regular session on half days
 * @param earlyPostClose end of the last session on half days
 */
record UsSessions(
    LocalTime preOpen,
    LocalTime open,
    LocalTime close,
    LocalTime postClose,
    LocalTime earlyClose,
    LocalTime earlyPostClose)
    implements TradingCalendar.Rules {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final LocalTime HALF_PAST_NINE = LocalTime.of(9, 30);
  private static final LocalTime FOUR = LocalTime.of(16, 0);
  private static final LocalTime QUARTER_PAST_FOUR = LocalTime.of(16, 15);
  private static final LocalTime FIVE = LocalTime.of(17, 0);
  private static final LocalTime ONE = LocalTime.of(13, 0);
  private static final LocalTime QUARTER_PAST_ONE = LocalTime.of(13, 15);

  /** Stocks and funds. */
  static final UsSessions EQUITIES =
      new UsSessions(LocalTime.of(4, 0), HALF_PAST_NINE, FOUR, LocalTime.of(20, 0), ONE, FIVE);

  private static final UsSessions UNTIL_FOUR = regular(FOUR, ONE);
  private static final UsSessions UNTIL_QUARTER_PAST_FOUR =
      regular(QUARTER_PAST_FOUR, QUARTER_PAST_ONE);
  private static final UsSessions INDEX_OPTIONS = new UsSessions(
      HALF_PAST_NINE, HALF_PAST_NINE, QUARTER_PAST_FOUR, FIVE, QUARTER_PAST_ONE, QUARTER_PAST_ONE);
  private static final UsSessions BROAD_INDEX = regular(QUARTER_PAST_FOUR, ONE);
  private static final UsSessions VOLATILITY_INDEX =
      new UsSessions(LocalTime.of(3, 15), HALF_PAST_NINE, QUARTER_PAST_FOUR, FIVE, ONE, ONE);

  private static final Set<String> FUND_ROOTS =
      Set.of("SPY", "QQQ", "IWM", "DIA", "EEM", "GLD", "SLV", "TLT", "XLF", "EFA");
  private static final Set<String> INDICES_UNTIL_FOUR = Set.of("NDX", "COMP", "DJI");
  private static final int TERMS_LENGTH = 15;

  private static UsSessions regular(LocalTime close, LocalTime earlyClose) {
    return new UsSessions(HALF_PAST_NINE, HALF_PAST_NINE, close, close, earlyClose, earlyClose);
  }

  /** Returns the sessions of an option by its root, or of the options on an underlying. */
  static UsSessions option(Instrument instrument) {
    String bare = instrument.symbol().substring(instrument.assetClass().prefix().length());
    String root =
        bare.length() > TERMS_LENGTH ? bare.substring(0, bare.length() - TERMS_LENGTH) : bare;
    Optional<IndexRoot> index = IndexRoot.of(root);
    if (index.isPresent()) {
      return index.get().tradedLate() ? INDEX_OPTIONS : UNTIL_QUARTER_PAST_FOUR;
    }
    return FUND_ROOTS.contains(root) ? UNTIL_QUARTER_PAST_FOUR : UNTIL_FOUR;
  }

  /** Returns the sessions of an index. */
  static UsSessions index(Instrument instrument) {
    String name = instrument.symbol().substring(instrument.assetClass().prefix().length());
    if (name.equals("VIX")) {
      return VOLATILITY_INDEX;
    }
    return INDICES_UNTIL_FOUR.contains(name) ? UNTIL_FOUR : BROAD_INDEX;
  }

  @Override
  public Optional<TradingDay> day(LocalDate date) {
    boolean weekend = date.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
    if (weekend || NyseHolidays.on(date).isPresent()) {
      return Optional.empty();
    }
    boolean early = NyseHolidays.isEarlyClose(date);
    return Optional.of(new TradingDay(
        date,
        at(date, preOpen),
        at(date, open),
        at(date, early ? earlyClose : close),
        at(date, early ? earlyPostClose : postClose),
        early,
        List.of()));
  }

  private static long at(LocalDate date, LocalTime time) {
    return date.atTime(time).atZone(NEW_YORK).toInstant().toEpochMilli();
  }
}
