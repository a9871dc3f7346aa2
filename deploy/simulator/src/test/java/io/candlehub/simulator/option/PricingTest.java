package io.candlehub.simulator.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class PricingTest {
  /** Hull, "Options, Futures, and Other Derivatives": the worked example of the formula, and that of the lattice. */
  @ParameterizedTest
  @CsvSource({
    "true, false, 42, 40, 0.5, 0.2, 0.1, 0, 4.759422, 0.000001",
    "false, false, 42, 40, 0.5, 0.2, 0.1, 0, 0.808599, 0.000001",
    "false, true, 50, 50, 0.4166667, 0.4, 0.1, 0, 4.284, 0.003",
    "true, true, 42, 40, 0.5, 0.2, 0.1, 0, 4.759422, 0.000001"
  })
  void shouldValueTextbookExamples(
      boolean call,
      boolean american,
      double spot,
      double strike,
      double years,
      double volatility,
      double rate,
      double yield,
      double value,
      double precision) {
    Terms terms = new Terms(call, american, spot, strike, years, volatility, rate, yield);
    assertThat(Pricing.value(terms)).isCloseTo(value, within(precision));
  }

  @ParameterizedTest
  @CsvSource({
    "true, false, 100, 0.25", "false, false, 100, 0.25", "true, true, 90, 0.5",
    "false, true, 100, 0.25", "false, true, 108, 0.5", "false, true, 125, 1.2",
    "false, true, 80, 0.05", "true, true, 101, 0.01", "false, true, 160, 0.1"
  })
  void shouldHaveGreeksThatMatchTheValue(
      boolean call, boolean american, double strike, double years) {
    Terms t = new Terms(call, american, 100, strike, years, 0.25, 0.04, 0.012);
    Greeks greeks = Pricing.greeks(t);
    double step = 1.0 * Math.min(1, 25 * Math.sqrt(years) * 0.25);
    double up = Pricing.value(t.withSpot(100 + step));
    double down = Pricing.value(t.withSpot(100 - step));
    assertThat(greeks.delta()).isCloseTo((up - down) / (2 * step), within(0.01));
    double vega = (Pricing.value(t.withVolatility(0.255)) - Pricing.value(t.withVolatility(0.245)));
    assertThat(greeks.vega()).isCloseTo(vega, within(0.003));
    double rho = (Pricing.value(t.withRate(0.045)) - Pricing.value(t.withRate(0.035)));
    assertThat(greeks.rho()).isCloseTo(rho, within(0.003));
    double theta = Pricing.value(t.withYears(years - 0.5 / 365)) - Pricing.value(t);
    assertThat(greeks.theta()).isCloseTo(2 * theta, within(0.03));
    assertThat(greeks.gamma()).isNotNegative();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldKeepGreeksInTheirRange(boolean call) {
    double sign = call ? 1 : -1;
    for (double years = 0.01; years < 3; years *= 1.5) {
      for (double strike = 50; strike <= 200; strike += 1) {
        Greeks greeks = Pricing.greeks(new Terms(call, true, 100, strike, years, 0.2, 0.04, 0.012));
        assertThat(greeks.vega()).as("%s %s", strike, years).isNotNegative();
        assertThat(greeks.gamma()).as("%s %s", strike, years).isNotNegative();
        assertThat(sign * greeks.delta()).as("%s %s", strike, years).isBetween(0.0, 1.0);
      }
    }
  }

  @Test
  void shouldBeWorthItsIntrinsicValueInTheEnd() {
    Terms over = new Terms(false, true, 90, 100, 0, 0.2, 0.04, 0);
    assertThat(Pricing.value(over)).isEqualTo(10);
    assertThat(Pricing.greeks(over).delta()).isEqualTo(-1);
    Terms deep = new Terms(false, true, 50, 100, 1, 0.2, 0.04, 0);
    assertThat(Pricing.value(deep)).isCloseTo(50, within(0.001));
  }
}
