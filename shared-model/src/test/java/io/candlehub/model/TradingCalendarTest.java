package io.candlehub.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.opengamma.strata.basics.ReferenceData;
import com.opengamma.strata.basics.date.HolidayCalendar;
import com.opengamma.strata.basics.date.HolidayCalendarId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TradingCalendarTest {
  @Test
  void shouldTradeOptionsOfAFundAQuarterOfAnHourLongerThanThoseOfAShare() {
    LocalDate date = LocalDate.of(2025, 11, 3);
    LocalTime fourTen = LocalTime.of(16, 10);
    assertThat(phase(TradingCalendar.ofOptionsOn(Instrument.of("AAPL")), date, fourTen))
        .isEqualTo(SessionPhase.CLOSED);
    assertThat(phase(TradingCalendar.ofOptionsOn(Instrument.of("SPY")), date, fourTen))
        .isEqualTo(SessionPhase.OPEN);
    assertThat(phase(TradingCalendar.ofOptionsOn(Instrument.of("I:SPX")), date, fourTen))
        .isEqualTo(SessionPhase.OPEN);
    assertThat(phase(TradingCalendar.ofOptionsOn(Instrument.of("SPY")), date, LocalTime.of(16, 15)))
        .isEqualTo(SessionPhase.CLOSED);
  }

  private static SessionPhase phase(TradingCalendar calendar, LocalDate date, LocalTime time) {
    return calendar.phaseAt(
        date.atTime(time).atZone(calendar.zone()).toInstant().toEpochMilli());
  }

  private final TradingCalendar nyse = TradingCalendar.nyse();

  /** The holidays and half days the exchange has published, as in its yearly notices. */
  @ParameterizedTest
  @CsvSource({
    "2024, 01-01 01-15 02-19 03-29 05-27 06-19 07-04 09-02 11-28 12-25, 07-03 11-29 12-24",
    "2025, 01-01 01-09 01-20 02-17 04-18 05-26 06-19 07-04 09-01 11-27 12-25, 07-03 11-28 12-24",
    "2026, 01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25, 11-27 12-24",
    "2027, 01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 12-24, 11-26"
  })
  void shouldKnowPublishedYears(int year, String holidays, String halfDays) {
    LocalDate first = LocalDate.of(year, 1, 1);
    List<LocalDate> weekdays = first
        .datesUntil(first.plusYears(1))
        .filter(date -> date.getDayOfWeek().getValue() <= 5)
        .toList();

    assertThat(weekdays.stream().filter(date -> nyse.day(date).isEmpty()))
        .containsExactlyElementsOf(dates(year, holidays));
    assertThat(weekdays.stream()
            .flatMap(date -> nyse.day(date).stream())
            .filter(TradingDay::earlyClose)
            .map(TradingDay::date))
        .containsExactlyElementsOf(dates(year, halfDays));
  }

  @ParameterizedTest
  @CsvSource({
    "2013, 07-03 11-29 12-24",
    "2014, 07-03 11-28 12-24",
    "2015, 11-27 12-24",
    "2016, 11-25",
    "2017, 07-03 11-24",
    "2018, 07-03 11-23 12-24",
    "2019, 07-03 11-29 12-24",
    "2020, 11-27 12-24",
    "2021, 11-26",
    "2022, 11-25",
    "2023, 07-03 11-24"
  })
  void shouldKnowHalfDaysOfFormerYears(int year, String halfDays) {
    assertThat(nyse.between(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31)).stream()
            .filter(TradingDay::earlyClose)
            .map(TradingDay::date))
        .containsExactlyElementsOf(dates(year, halfDays));
  }

  @Test
  void shouldAgreeWithIndependentCalendar() {
    HolidayCalendar oracle = ReferenceData.standard().getValue(HolidayCalendarId.of("NYSE"));
    LocalDate first = LocalDate.of(2013, 1, 1);

    assertThat(first
            .datesUntil(LocalDate.of(2028, 1, 1))
            .filter(date -> oracle.isBusinessDay(date) != nyse.day(date).isPresent()))
        .isEmpty();
  }

  @Test
  void shouldPlaceSessionsAcrossDaylightSaving() {
    TradingDay summer = nyse.day(LocalDate.of(2013, 10, 7)).orElseThrow();
    TradingDay winter = nyse.day(LocalDate.of(2015, 12, 23)).orElseThrow();

    assertThat(summer.openMillis())
        .isEqualTo(Instant.parse("2013-10-07T13:30:00Z").toEpochMilli());
    assertThat(winter.openMillis())
        .isEqualTo(Instant.parse("2015-12-23T14:30:00Z").toEpochMilli());
    assertThat(nyse.phaseAt(summer.openMillis() - 1)).isEqualTo(SessionPhase.PRE);
    assertThat(nyse.phaseAt(summer.closeMillis())).isEqualTo(SessionPhase.POST);
    assertThat(nyse.phaseAt(summer.postCloseMillis())).isEqualTo(SessionPhase.CLOSED);
  }

  private static long at(String newYork) {
    return LocalDateTime.parse(newYork)
        .atZone(ZoneId.of("America/New_York"))
        .toInstant()
        .toEpochMilli();
  }

  private static TradingDay day(String symbol, String date) {
    return TradingCalendar.of(Instrument.of(symbol)).day(LocalDate.parse(date)).orElseThrow();
  }

  @Test
  void shouldFollowTheRulesInYearsBeyondThePublishedOnes() {
    assertThat(nyse.day(LocalDate.of(2028, 7, 4))).isEmpty();
    assertThat(nyse.day(LocalDate.of(2029, 12, 25))).isEmpty();
    assertThat(nyse.day(LocalDate.of(2030, 4, 19))).isEmpty();
    assertThat(nyse.day(LocalDate.of(2028, 7, 3)).orElseThrow().earlyClose()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "O:TWX140621C00070000, 2014-06-05, 09:30, 09:30, 16:00, 16:00",
    "O:SPY251219C00650000, 2025-11-28, 09:30, 09:30, 13:15, 13:15",
    "O:TWX140621C00070000, 2014-11-28, 09:30, 09:30, 13:00, 13:00",
    "O:SPXW251219C06500000, 2025-12-17, 09:30, 09:30, 16:15, 17:00",
    "I:SPX, 2021-01-04, 09:30, 09:30, 16:15, 16:15",
    "I:NDX, 2021-01-04, 09:30, 09:30, 16:00, 16:00",
    "I:VIX, 2021-01-04, 03:15, 09:30, 16:15, 17:00",
    "I:SPX, 2025-11-28, 09:30, 09:30, 13:00, 13:00",
  })
  void shouldKnowSessionsOfOptionsAndIndices(
      String symbol, String date, String pre, String open, String close, String post) {
    TradingDay day = day(symbol, date);
    assertThat(day.preOpenMillis()).isEqualTo(at(date + "T" + pre));
    assertThat(day.openMillis()).isEqualTo(at(date + "T" + open));
    assertThat(day.closeMillis()).isEqualTo(at(date + "T" + close));
    assertThat(day.postCloseMillis()).isEqualTo(at(date + "T" + post));
  }

  @ParameterizedTest
  @CsvSource({
    "F:ESZ3, 2013-10-08, 2013-10-07T18:00, 2013-10-08T17:15",
    "F:GCZ3, 2013-10-08, 2013-10-07T18:00, 2013-10-08T17:15",
    "F:ESZ3, 2013-10-07, 2013-10-06T18:00, 2013-10-07T17:15",
    "F:ES, 2015-09-18, 2015-09-17T18:00, 2015-09-18T17:15",
    "F:ES, 2015-09-21, 2015-09-20T18:00, 2015-09-21T17:00",
    "F:6EH4, 2024-01-15, 2024-01-14T18:00, 2024-01-15T17:00",
    "F:ES, 2024-01-15, 2024-01-14T18:00, 2024-01-15T13:00",
    "F:GC, 2024-01-15, 2024-01-14T18:00, 2024-01-15T14:30",
    "F:CLF6, 2025-07-04, 2025-07-03T18:00, 2025-07-04T13:00",
    "F:ES, 2025-07-03, 2025-07-02T18:00, 2025-07-03T13:15",
    "F:GC, 2025-07-03, 2025-07-02T18:00, 2025-07-03T17:00",
    "F:ES, 2026-04-03, 2026-04-02T18:00, 2026-04-03T09:15",
    "F:GC, 2025-11-28, 2025-11-27T18:00, 2025-11-28T14:45",
    "F:GC, 2025-12-24, 2025-12-23T18:00, 2025-12-24T13:45",
    "F:ES, 2024-03-11, 2024-03-10T18:00, 2024-03-11T17:00",
    "F:ES, 2024-11-04, 2024-11-03T18:00, 2024-11-04T17:00",
  })
  void shouldKnowSessionsOfFutures(String symbol, String date, String open, String close) {
    TradingDay day = day(symbol, date);
    assertThat(day.preOpenMillis()).isEqualTo(at(open));
    assertThat(day.openMillis()).isEqualTo(at(open));
    assertThat(day.closeMillis()).isEqualTo(at(close));
    assertThat(day.postCloseMillis()).isEqualTo(at(close));
  }

  @Test
  void shouldGiveSundayEveningToMonday() {
    TradingCalendar globex = TradingCalendar.of(Instrument.of("F:ESZ3"));
    long sunday = at("2013-10-06T18:00");
    assertThat(globex.dateOf(sunday)).isEqualTo(LocalDate.of(2013, 10, 7));
    assertThat(globex.todayAt(sunday)).isEqualTo(LocalDate.of(2013, 10, 7));
    assertThat(globex.dateOf(sunday - 1)).isEqualTo(LocalDate.of(2013, 10, 6));
    assertThat(globex.beginOf(LocalDate.of(2013, 10, 7))).isEqualTo(sunday);
    assertThat(globex.startOf(LocalDate.of(2013, 10, 7))).isEqualTo(at("2013-10-07T00:00"));
    assertThat(globex.phaseAt(sunday)).isEqualTo(SessionPhase.OPEN);
    assertThat(globex.phaseAt(at("2013-10-07T16:20"))).isEqualTo(SessionPhase.CLOSED);
    assertThat(globex.phaseAt(at("2013-10-07T16:30"))).isEqualTo(SessionPhase.OPEN);
    assertThat(globex.day(LocalDate.of(2024, 3, 29))).isEmpty();
    assertThat(globex.day(LocalDate.of(2024, 12, 25))).isEmpty();
    assertThat(nyse.todayAt(at("2013-10-08T03:59"))).isEqualTo(LocalDate.of(2013, 10, 7));
    assertThat(nyse.beginOf(LocalDate.of(2013, 10, 7))).isEqualTo(at("2013-10-07T00:00"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SPY",
        "O:TWX140621C00070000",
        "O:SPXW251219C06500000",
        "I:SPX",
        "I:VIX",
        "F:ES",
        "F:GC",
        "F:6E"
      })
  void shouldHaveSessionsThatAscendAndNeverOverlap(String symbol) {
    TradingCalendar calendar = TradingCalendar.of(Instrument.of(symbol));
    long last = Long.MIN_VALUE;
    LocalDate today = LocalDate.MIN;
    for (TradingDay day : calendar.between(LocalDate.of(2013, 1, 1), LocalDate.of(2030, 12, 31))) {
      assertThat(day.preOpenMillis()).isGreaterThanOrEqualTo(last);
      last = day.postCloseMillis();
      for (long instant : new long[] {day.preOpenMillis(), day.openMillis(), last - 1}) {
        assertThat(calendar.dateOf(instant)).isEqualTo(day.date());
        assertThat(calendar.todayAt(instant)).isAfterOrEqualTo(today);
        today = calendar.todayAt(instant);
      }
      assertThat(calendar.beginOf(day.date())).isLessThanOrEqualTo(day.preOpenMillis());
      assertThat(calendar.beginOf(day.date().plusDays(1))).isGreaterThanOrEqualTo(last);
    }
  }

  @Test
  void shouldStepOverWeekendsAndHolidays() {
    assertThat(nyse.previous(LocalDate.of(2026, 11, 27)).date())
        .isEqualTo(LocalDate.of(2026, 11, 25));
    assertThat(nyse.next(LocalDate.of(2026, 11, 27)).date()).isEqualTo(LocalDate.of(2026, 11, 30));
    assertThat(nyse.atOrBefore(LocalDate.of(2026, 11, 22)).date())
        .isEqualTo(LocalDate.of(2026, 11, 20));
  }

  private static List<LocalDate> dates(int year, String monthsAndDays) {
    String[] parts = monthsAndDays.split(" ", -1);
    return IntStream.range(0, parts.length)
        .mapToObj(i -> LocalDate.parse(year + "-" + Arrays.asList(parts).get(i)))
        .toList();
  }
}
