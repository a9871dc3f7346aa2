package io.candlehub.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.opengamma.strata.basics.ReferenceData;
import com.opengamma.strata.basics.date.HolidayCalendar;
import com.opengamma.strata.basics.date.HolidayCalendarId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TradingCalendarTest {
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
