package io.candlehub.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class HistoryQueryTest {
  private static MultiMap query(String text) {
    MultiMap query = MultiMap.caseInsensitiveMultiMap();
    for (String pair : text.isEmpty() ? new String[0] : text.split("&")) {
      query.add(pair.split("=", 2)[0], pair.split("=", 2)[1]);
    }
    return query;
  }

  private static HistoryQuery parse(String text) {
    return HistoryQuery.parse("SPY", "ticker", query(text));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1d",
    "timeframe=5m, 5m",
    "multiplier=5&timespan=minute, 5m",
    "multiplier=4&timespan=hour, 4h",
    "timespan=week, 1w",
    "multiplier=1, 1d",
    "timeframe=15s&multiplier=15&timespan=second, 15s",
  })
  void shouldReadTheTimeframe(String text, String expected) {
    assertThat(parse(text).key().timeframe().wireName()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1700000000000, 1700000000000, 1700000000000",
    "2024-03-08, 1709874000000, 1709960399999",
    "2024-03-10, 1710046800000, 1710129599999",
    "2024-03-08T10:00:00-05:00, 1709910000000, 1709910000000",
    "2024-03-08T15:00:00Z, 1709910000000, 1709910000000",
    "2024-03-08T16:00:00 01:00, 1709910000000, 1709910000000",
  })
  void shouldReadTimesWithBothEndsIncluded(String text, long from, long to) {
    assertThat(parse("from=" + text).fromMillis()).isEqualTo(from);
    assertThat(parse("to=" + text).toMillis()).isEqualTo(to);
  }

  @Test
  void shouldFillInDefaults() {
    HistoryQuery query = parse("");
    assertThat(query.limit()).isEqualTo(5_000);
    assertThat(query.isAdjusted()).isTrue();
    assertThat(query.isCsv()).isFalse();
    assertThat(query.toRequest().containsKey("from")).isFalse();
    assertThat(query.toRequest().containsKey("to")).isFalse();
    assertThat(query.toRequest().getString("sessionMode")).isEqualTo("extended");
  }

  @ParameterizedTest
  @CsvSource({
    "timeframe=2m, timeframe",
    "timeframe=, timeframe",
    "timeframe=5m&timeframe=1m, timeframe",
    "timeframe=5m&multiplier=1&timespan=minute, timeframe",
    "multiplier=2&timespan=minute, multiplier",
    "multiplier=x&timespan=minute, multiplier",
    "multiplier=0, multiplier",
    "multiplier=1&timespan=month, timespan",
    "from=yesterday, from",
    "from=2024-13-01, from",
    "from=2024-02-30, from",
    "from=2024-03-08T10:00:00, from",
    "to=1e12, to",
    "to=99999999999999999999, to",
    "from=2&to=1, from",
    "from=-1, from",
    "from=0001-01-01, from",
    "to=+100000-01-01T00:00:00Z, to",
    "adjusted=1, adjusted",
    "sessionMode=all, sessionMode",
    "limit=0, limit",
    "limit=50001, limit",
    "limit=-1, limit",
    "limit=9999999999, limit",
    "format=xml, format",
  })
  void shouldNameTheParameterThatIsWrong(String text, String name) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOfSatisfying(FailureException.class, failure -> {
          assertThat(failure.code()).isEqualTo(Failure.INVALID_PARAMETER);
          assertThat(failure.getMessage()).startsWith(name + " ");
        });
  }

  @Test
  void shouldRefuseWhatIsNoSymbol() {
    assertThatThrownBy(() -> HistoryQuery.parse("A B", "ticker", query("")))
        .hasMessageStartingWith("ticker ");
  }
}
