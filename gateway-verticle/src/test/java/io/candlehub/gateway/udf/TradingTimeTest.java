package io.candlehub.gateway.udf;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Instrument;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class TradingTimeTest {
  private final TradingTime time = new TradingTime(TradingCalendar.nyse());

  private static long millis(String text) {
    return OffsetDateTime.parse(text).toInstant().toEpochMilli();
  }

  @ParameterizedTest
  @CsvSource({
    "2025-07-01T00:00:00-04:00, 2025-07-01T00:00:00Z",
    "2025-12-01T00:00:00-05:00, 2025-12-01T00:00:00Z",
    "2025-03-10T00:00:00-04:00, 2025-03-10T00:00:00Z"
  })
  void shouldNameDaysByMidnightUtc(String start, String name) {
    long seconds = Instant.parse(name).getEpochSecond();
    assertThat(time.secondsOf(Timeframe.D1, millis(start))).isEqualTo(seconds);
    assertThat(time.firstMillis(Timeframe.D1, seconds)).isEqualTo(millis(start));
    assertThat(time.firstMillis(Timeframe.W1, seconds - 1)).isEqualTo(millis(start));
    assertThat(time.firstMillis(Timeframe.D1, seconds + 1)).isGreaterThan(millis(start));
  }

  @Test
  void shouldKeepTheTimeOfShorterBars() {
    long start = millis("2025-07-01T09:30:00-04:00");
    assertThat(time.secondsOf(Timeframe.M1, start)).isEqualTo(start / 1_000);
    assertThat(time.firstMillis(Timeframe.H4, start / 1_000)).isEqualTo(start);
  }

  @Test
  void shouldNameAFuturesDayByItsTradeDate() {
    TradingTime futures = new TradingTime(TradingCalendar.of(Instrument.of("F:ES")));
    long monday = Instant.parse("2025-07-07T00:00:00Z").getEpochSecond();
    assertThat(futures.secondsOf(Timeframe.D1, millis("2025-07-07T00:00:00-04:00")))
        .isEqualTo(monday);
    assertThat(futures.firstMillis(Timeframe.D1, monday))
        .isEqualTo(millis("2025-07-07T00:00:00-04:00"));
  }

  @ParameterizedTest
  @CsvSource({
    "2025-07-01T10:00:00-04:00, 30, 2025-07-01T09:30:00-04:00",
    "2025-07-01T04:30:00-04:00, 60, 2025-06-30T19:30:00-04:00",
    "2025-07-07T04:00:00-04:00, 1, 2025-07-03T16:59:00-04:00",
    "2025-07-06T12:00:00-04:00, 60, 2025-07-03T16:00:00-04:00",
    "1980-01-02T12:00:00-05:00, 60, 1990-01-01T00:00:00Z"
  })
  void shouldCountTradingTimeBackwards(String from, long minutes, String expected) {
    assertThat(time.before(millis(from), Duration.ofMinutes(minutes).toMillis()))
        .isEqualTo(millis(expected));
  }
}
