package io.candlehub.hub.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.candlehub.model.Greeks;
import io.candlehub.model.MissingReason;
import io.candlehub.model.OptionRight;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** American options against a fine tree, finite differences, and themselves. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AmericanPricerTest {
  private static final double[] SPOTS = {70, 92, 100, 110, 130};

  @ParameterizedTest(name = "rate {0}, yield {1}")
  @CsvSource({"0.05,0", "0.05,0.02", "0.03,0.03", "0.02,0.06", "0.002,0.08", "0.12,0.005"})
  void shouldAgreeWithAFineTree(double rate, double yield) {
    PricingModel model = new PricingModel(rate, yield);
    for (double years : new double[] {0.01, 0.2, 2}) {
      ExpirationPricer pricer = model.american(years);
      for (double volatility : new double[] {0.08, 0.3, 1}) {
        for (double spot : SPOTS) {
          for (OptionRight right : OptionRight.values()) {
            assertThat(pricer.price(right, spot, 100, volatility))
                .as("%s %s %s years %s", right, spot, years, volatility)
                .isCloseTo(
                    Lattice.price(right, spot, 100, volatility, years, rate, yield), within(5e-4));
          }
        }
      }
    }
  }

  @Test
  void shouldGiveGreeksAsItsPricesMove() {
    double h = 1e-3;
    PricingModel model = new PricingModel(0.045, 0.013);
    PricingModel above = new PricingModel(0.045 + h, 0.013);
    PricingModel below = new PricingModel(0.045 - h, 0.013);
    for (double years : new double[] {0.02, 0.2, 1, 2.5}) {
      ExpirationPricer pricer = model.american(years);
      for (double volatility : new double[] {0.15, 0.3, 0.8}) {
        for (double spot : new double[] {95, 100, 105, 125}) {
          for (OptionRight right : OptionRight.values()) {
            Greeks greeks = pricer.greeks(right, spot, 100, volatility);
            double up = pricer.price(right, spot + 0.05, 100, volatility);
            double down = pricer.price(right, spot - 0.05, 100, volatility);
            double price = pricer.price(right, spot, 100, volatility);
            double vega = (pricer.price(right, spot, 100, volatility + h)
                    - pricer.price(right, spot, 100, volatility - h))
                / (2 * h);
            double theta = (model.american(years * (1 - h)).price(right, spot, 100, volatility)
                    - model.american(years * (1 + h)).price(right, spot, 100, volatility))
                / (2 * h * years);
            double rho = (above.american(years).price(right, spot, 100, volatility)
                    - below.american(years).price(right, spot, 100, volatility))
                / (2 * h);
            String what = right + " " + spot + " " + years + " " + volatility;
            assertThat(greeks.delta()).as(what).isCloseTo((up - down) / 0.1, within(1e-4));
            assertThat(greeks.gamma())
                .as(what)
                .isCloseTo((up - 2 * price + down) / 0.0025, within(2e-4));
            assertThat(greeks.vega()).as(what).isCloseTo(vega / 100, within(1e-4));
            assertThat(greeks.theta()).as(what).isCloseTo(theta / 365, within(1e-4));
            assertThat(greeks.rho()).as(what).isCloseTo(rho / 100, within(5e-4));
          }
        }
      }
    }
  }

  @Test
  void shouldComeBackToEveryPriceThatHasTimeValue() {
    PricingModel model = new PricingModel(0.045, 0.013);
    int found = 0;
    for (double years : new double[] {1e-5, 0.003, 0.04, 0.25, 1, 3}) {
      ExpirationPricer pricer = model.american(years);
      for (double strike : new double[] {10, 50, 80, 95, 99, 100, 101, 105, 120, 200, 1_000}) {
        for (double volatility : new double[] {0.01, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3}) {
          for (OptionRight right : OptionRight.values()) {
            double price = pricer.price(right, 100, strike, volatility);
            if (pricer.implied(right, 100, strike, price) instanceof Implied.Found again) {
              assertThat(pricer.price(right, 100, strike, again.volatility()))
                  .as("%s %s %s %s", right, strike, years, volatility)
                  .isCloseTo(price, within(1e-8));
              found++;
            } else {
              assertThat(price)
                  .as("every low volatility explains it")
                  .isCloseTo(pricer.price(right, 100, strike, 0.005), within(1e-8));
            }
          }
        }
      }
    }
    assertThat(found).isGreaterThan(450);
  }

  @Test
  void shouldExerciseWhereThatIsWorthMore() {
    ExpirationPricer pricer = new PricingModel(0.05, 0).american(0.5);
    assertThat(pricer.price(OptionRight.PUT, 50, 100, 0.2)).isEqualTo(50);
    assertThat(pricer.greeks(OptionRight.PUT, 50, 100, 0.2)).isEqualTo(new Greeks(-1, 0, 0, 0, 0));
    assertThat(pricer.implied(OptionRight.PUT, 50, 100, 50))
        .isEqualTo(new Implied.Missing(MissingReason.NO_TIME_VALUE));
    assertThat(pricer.implied(OptionRight.PUT, 50, 100, 49.9))
        .isEqualTo(new Implied.Missing(MissingReason.BELOW_INTRINSIC));
    assertThat(pricer.implied(OptionRight.PUT, 50, 100, 100))
        .isEqualTo(new Implied.Missing(MissingReason.ABOVE_BOUND));
    assertThat(pricer.implied(OptionRight.PUT, 100, 100, 97))
        .isEqualTo(new Implied.Missing(MissingReason.VOLATILITY_ABOVE_RANGE));
    assertThat(pricer.implied(OptionRight.PUT, 100, 100, 99))
        .isEqualTo(new Implied.Missing(MissingReason.VOLATILITY_ABOVE_RANGE));
  }

  @Test
  void shouldBeEuropeanWhereNobodyExercisesEarly() {
    ExpirationPricer free = new PricingModel(0, 0).american(0.5);
    ExpirationPricer european = new EuropeanPricer(0.5, 0, 0);
    for (OptionRight right : OptionRight.values()) {
      assertThat(free.price(right, 100, 95, 0.2)).isEqualTo(european.price(right, 100, 95, 0.2));
      assertThat(free.greeks(right, 100, 95, 0.2)).isEqualTo(european.greeks(right, 100, 95, 0.2));
      assertThat(free.implied(right, 100, 95, 9)).isEqualTo(european.implied(right, 100, 95, 9));
    }
  }

  @Test
  void shouldRefuseRatesBelowZero() {
    assertThatThrownBy(() -> new PricingModel(-0.01, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PricingModel(0.01, -0.01))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
