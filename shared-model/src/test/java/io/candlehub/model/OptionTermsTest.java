package io.candlehub.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.ZonedDateTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 5, unit = TimeUnit.SECONDS)
class OptionTermsTest {
  @Test
  void shouldReadContractSymbols() {
    OptionContract contract =
        OptionContract.of(Instrument.of("O:AAPL1140613P00092860")).orElseThrow();
    assertThat(contract.root()).isEqualTo("AAPL1");
    assertThat(contract.expiration()).hasToString("2014-06-13");
    assertThat(contract.right()).isEqualTo(OptionRight.PUT);
    assertThat(contract.strike()).isEqualTo(92.86);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SPY",
        "O:SPY",
        "O:SPY251319C00650000",
        "O:SPY251219X00650000",
        "O:251219C00650000",
        "O:SPY251219C0065000A",
        "O:SPY2512I9C00650000",
        "O:SPY251219C00000000"
      })
  void shouldRefuseOtherSymbols(String symbol) {
    assertThat(OptionContract.of(Instrument.of(symbol))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "O:SPY251219C00650000, american, pm, 2025-12-19T16:00-05:00[America/New_York]",
    "O:SPXW251219C06500000, european, pm, 2025-12-19T16:00-05:00[America/New_York]",
    "O:SPX251219C06500000, european, am, 2025-12-19T09:30-05:00[America/New_York]",
    "O:VIXW251210C00020000, european, am, 2025-12-10T09:30-05:00[America/New_York]",
    "O:SPY251128C00650000, american, pm, 2025-11-28T13:00-05:00[America/New_York]",
    "O:TWX140621C00070000, american, pm, 2014-06-20T16:00-04:00[America/New_York]",
    "O:SPY140419C00180000, american, pm, 2014-04-17T16:00-04:00[America/New_York]"
  })
  void shouldExpireByTheCalendar(String symbol, String style, String settlement, String expiry) {
    OptionTerms terms = OptionTerms.of(Instrument.of(symbol)).orElseThrow();
    assertThat(terms.style().wireName()).isEqualTo(style);
    assertThat(terms.settledAtOpen()).isEqualTo(settlement.equals("am"));
    assertThat(terms.expiryMillis())
        .isEqualTo(ZonedDateTime.parse(expiry).toInstant().toEpochMilli());
  }

  @ParameterizedTest
  @CsvSource({
    "O:SPY251219C00650000, 2025-12-19T16:00-05:00[America/New_York]",
    "O:SPXW251219C06500000, 2025-12-19T16:00-05:00[America/New_York]",
    "O:SPX251219C06500000, 2025-12-18T17:00-05:00[America/New_York]",
    "O:VIXW251210C00020000, 2025-12-09T17:00-05:00[America/New_York]",
    "O:SPX251128C06500000, 2025-11-26T17:00-05:00[America/New_York]",
    "O:SPX260102C06500000, 2025-12-31T17:00-05:00[America/New_York]",
    "O:SPX140419C01800000, 2014-04-16T17:00-04:00[America/New_York]"
  })
  void shouldTradeUntilTheEveningBeforeTheOpeningSettles(String symbol, String end) {
    OptionTerms terms = OptionTerms.of(Instrument.of(symbol)).orElseThrow();
    assertThat(terms.tradedUntilMillis())
        .isEqualTo(ZonedDateTime.parse(end).toInstant().toEpochMilli());
  }

  @Test
  void shouldCountWholeMinutesToExpiry() {
    OptionTerms terms = OptionTerms.of(Instrument.of("O:TWX140621C00070000")).orElseThrow();
    long eleven = ZonedDateTime.parse("2014-06-05T11:00-04:00").toInstant().toEpochMilli();
    assertThat(terms.yearsAt(eleven)).isCloseTo(0.041666667, within(1e-9));
    assertThat(terms.yearsAt(terms.expiryMillis() - 1)).isCloseTo(1 / 525_600.0, within(1e-12));
    assertThat(terms.yearsAt(terms.expiryMillis())).isZero();
    assertThat(terms.yearsAt(terms.expiryMillis() + 60_000)).isNegative();
  }
}
