package io.candlehub.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.TradingCalendar;
import java.time.Instant;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class WindowsTest {
  @ParameterizedTest
  @CsvSource({
    "5, MINUTE, 2025-12-01T15:03:20Z, 2025-12-01T15:00:00Z, 2025-12-01T15:05:00Z",
    "4, HOUR, 2025-12-01T15:03:20Z, 2025-12-01T13:00:00Z, 2025-12-01T17:00:00Z",
    "1, HOUR, 2025-07-01T13:31:00Z, 2025-07-01T13:00:00Z, 2025-07-01T14:00:00Z",
    "15, SECOND, 2025-12-01T15:00:29Z, 2025-12-01T15:00:15Z, 2025-12-01T15:00:30Z",
    "1, DAY, 2025-12-01T15:00:00Z, 2025-12-01T05:00:00Z, 2025-12-02T05:00:00Z",
    "1, DAY, 2025-11-02T15:00:00Z, 2025-11-02T04:00:00Z, 2025-11-03T05:00:00Z",
    "1, WEEK, 2025-12-03T15:00:00Z, 2025-11-30T05:00:00Z, 2025-12-07T05:00:00Z",
    "1, MONTH, 2025-12-03T15:00:00Z, 2025-12-01T05:00:00Z, 2026-01-01T05:00:00Z",
    "1, QUARTER, 2025-12-03T15:00:00Z, 2025-10-01T04:00:00Z, 2026-01-01T05:00:00Z",
    "1, YEAR, 2025-12-03T15:00:00Z, 2025-01-01T05:00:00Z, 2026-01-01T05:00:00Z"
  })
  void shouldAnchorInNewYork(
      int multiplier, Timespan timespan, Instant at, Instant start, Instant end) {
    Windows windows = new Windows(multiplier, timespan, TradingCalendar.nyse());
    assertThat(Instant.ofEpochMilli(windows.startOf(at.toEpochMilli()))).isEqualTo(start);
    assertThat(Instant.ofEpochMilli(windows.endOf(at.toEpochMilli()))).isEqualTo(end);
  }
}
