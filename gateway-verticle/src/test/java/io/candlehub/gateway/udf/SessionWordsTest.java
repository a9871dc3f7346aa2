package io.candlehub.gateway.udf;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Instrument;
import io.candlehub.model.TradingCalendar;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class SessionWordsTest {
  private static SessionWords of(String symbol, LocalDate date) {
    return SessionWords.around(TradingCalendar.of(Instrument.of(symbol)), date);
  }

  @ParameterizedTest
  @CsvSource({
    "SPY, 0400-2000, 0930-1600, 0400-1700",
    "O:AAPL251219C00250000, 0930-1600, 0930-1600, 0930-1300",
    "O:SPY251219C00650000, 0930-1615, 0930-1615, 0930-1315",
    "O:SPXW251219C05000000, 0930-1700, 0930-1615, 0930-1315",
    "I:SPX, 0930-1615, 0930-1615, 0930-1300",
    "I:NDX, 0930-1600, 0930-1600, 0930-1300",
    "I:VIX, 0315-1700, 0930-1615, 0315-1300",
    "F:ES, 1800-1700, 1800-1700, 1800-1315",
    "F:GCZ5, 1800-1700, 1800-1700, 1800-1445"
  })
  void shouldTellTheSessionsOfEveryClass(
      String symbol, String extended, String regular, String dayAfterThanksgiving) {
    SessionWords words = of(symbol, LocalDate.of(2025, 10, 1));
    assertThat(words.extended()).isEqualTo(extended);
    assertThat(words.regular()).isEqualTo(regular);
    assertThat(words.corrections().split(";")).contains(dayAfterThanksgiving + ":20251128");
  }

  @Test
  void shouldListTheWeekdaysWithoutTrading() {
    SessionWords words = of("SPY", LocalDate.of(2025, 10, 1));
    assertThat(words.holidays().split(","))
        .contains("20250101", "20250109", "20250418", "20251127", "20251225", "20260403")
        .doesNotContain("20251128", "20251129")
        .isSorted();
    assertThat(words.corrections().split(";"))
        .filteredOn(day -> day.contains(":2025"))
        .containsExactly("0400-1700:20250703", "0400-1700:20251128", "0400-1700:20251224");
  }

  @Test
  void shouldTradeFuturesOnMinorHolidaysInShortSessions() {
    SessionWords words = of("F:ES", LocalDate.of(2025, 10, 1));
    assertThat(words.corrections().split(";")).contains("1800-1300:20251127");
    assertThat(words.holidays().split(",")).contains("20251225").doesNotContain("20251127");
  }

  @Test
  void shouldNotTakeAHalfDayForAUsualOne() {
    assertThat(of("SPY", LocalDate.of(2025, 11, 28)).extended()).isEqualTo("0400-2000");
    assertThat(of("SPY", LocalDate.of(2025, 11, 29)).extended()).isEqualTo("0400-2000");
  }

  @Test
  void shouldTellThePauseOfFormerYears() {
    SessionWords words = of("F:ES", LocalDate.of(2014, 5, 7));
    assertThat(words.extended()).isEqualTo("1800-1615,1630-1715");
    assertThat(words.regular()).isEqualTo("1800-1715");
  }
}
