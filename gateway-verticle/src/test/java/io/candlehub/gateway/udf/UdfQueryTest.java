package io.candlehub.gateway.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.FailureException;
import io.candlehub.model.Timeframe;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class UdfQueryTest {
  private static UdfQuery of(String name, String value) {
    return new UdfQuery(MultiMap.caseInsensitiveMultiMap().add(name, value));
  }

  @ParameterizedTest
  @CsvSource({
    "SPY, SPY",
    "NYSE:BRK.B, BRK.B",
    "NASDAQ:AAPL, AAPL",
    "NYSE:F, F",
    "F:GC, F:GC",
    "COMEX:F:GCZ5, F:GCZ5",
    "I:SPX, I:SPX",
    "CBOE:I:SPX, I:SPX",
    "O:SPY251219C00650000, O:SPY251219C00650000",
    "OPRA:O:SPY251219C00650000, O:SPY251219C00650000",
    "NYSE:BRK/B, BRK/B",
    "XETR:MÜV2, MÜV2",
    "TSE:任天堂, 任天堂"
  })
  void shouldStripExchangesButNotOurPrefixes(String name, String symbol) {
    assertThat(of("symbol", name).instrument().symbol()).isEqualTo(symbol);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":", ":SPY", "NYSE:", "A:B:C", "A B", "F:", "O:", "A,B", "<b>", "a\u0000b"})
  void shouldRefuseWhatIsNoSymbol(String name) {
    assertThatThrownBy(() -> of("symbol", name).instrument())
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("symbol");
  }

  @ParameterizedTest
  @CsvSource({
    "1S, S1",
    "5S, S5",
    "15S, S15",
    "1, M1",
    "5, M5",
    "15, M15",
    "30, M30",
    "60, H1",
    "240, H4",
    "1D, D1",
    "D, D1",
    "1W, W1",
    "W, W1"
  })
  void shouldKnowEveryResolution(String name, Timeframe timeframe) {
    assertThat(of("resolution", name).resolution()).isEqualTo(timeframe);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "1M", "1d", "1m", "60S", "-1", "", "1,5"})
  void shouldRefuseOtherResolutions(String name) {
    assertThatThrownBy(() -> of("resolution", name).resolution())
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("resolution");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "1.5", "1e9", "253402300800", "99999999999999999999", " 1", "+1"})
  void shouldRefuseWhatIsNoTime(String text) {
    assertThatThrownBy(() -> of("to", text).seconds("to"))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("to");
  }

  @Test
  void shouldTakeTimesBefore1970() {
    assertThat(of("from", "-86400").seconds("from")).isEqualTo(-86_400);
  }

  @Test
  void shouldTakeNoCountForAbsent() {
    assertThat(of("countback", "0").countback()).isEmpty();
    assertThat(of("other", "0").countback()).isEmpty();
    assertThat(of("countback", "7").countback()).hasValue(7);
    assertThatThrownBy(() -> of("countback", "-7").countback())
        .isInstanceOf(FailureException.class);
  }

  @Test
  void shouldRefuseAParameterGivenTwice() {
    UdfQuery query =
        new UdfQuery(MultiMap.caseInsensitiveMultiMap().add("to", "1").add("to", "2"));
    assertThatThrownBy(() -> query.seconds("to"))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("more than once");
  }
}
