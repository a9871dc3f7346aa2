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

/**
 * European options against published examples. The books print two to four decimals, which these agree with; the
 * further digits were computed from the same inputs with 30 digits of precision.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class EuropeanPricerTest {
  private static final double[] YEARS = {1e-5, 0.003, 0.04, 0.25, 1, 3};
  private static final double[] STRIKES = {10, 50, 80, 95, 99, 100, 101, 105, 120, 200, 1_000};
  private static final double[] VOLATILITIES = {0.01, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3};

  @ParameterizedTest(name = "{0}")
  @CsvSource(textBlock = """
      Hull example 15.6, CALL, 42, 40, 0.5, 0.2, 0.10, 0, 4.7594223929, 0.7791312909, 0.0499626704, -0.0124906635, 0.0881341506, 0.1398204591
      Hull example 15.6, PUT, 42, 40, 0.5, 0.2, 0.10, 0, 0.8085993729, -0.2208687091, 0.0499626704, -0.0020662315, 0.0881341506, -0.0504254258
      Hull example 17.1, CALL, 930, 900, 0.16666666666666667, 0.2, 0.08, 0.03, 51.8329567965, 0.7034180086, 0.0045074039, -0.2918667749, 1.2994845333, 1.0039096520
      Hull chapter 19, CALL, 49, 50, 0.3846, 0.2, 0.05, 0, 2.4004610870, 0.5216016340, 0.0655453773, -0.0117955889, 0.1210524275, 0.0890657410
      Haug section 1.1.1, CALL, 60, 65, 0.25, 0.3, 0.08, 0, 2.1333684449, 0.3724827980, 0.0420427558, -0.0230908887, 0.1135154405, 0.0505389986
      Haug section 1.1.2, PUT, 100, 95, 0.5, 0.2, 0.10, 0.05, 2.4647876468, -0.2641815996, 0.0228395743, -0.0082206249, 0.2283957430, -0.1444147381
      Haug section 2.4, PUT, 75, 70, 0.5, 0.35, 0.10, 0.05, 4.0869538286, -0.2997079176, 0.0184663838, -0.0132319075, 0.1817784658, -0.1328252382
      days left, PUT, 100, 95, 0.01, 1.5, 0.05, 0.02, 3.6538961483, -0.3375568838, 0.0243566466, -0.7474435868, 0.0365349700, -0.0037409585
      far out, CALL, 100, 300, 2, 0.9, 0.03, 0.01, 21.3503726210, 0.4142005801, 0.0030142677, -0.0339607513, 0.5425681888, 0.4013937079
      """)
  void shouldGivePublishedValues(
      String source,
      OptionRight right,
      double spot,
      double strike,
      double years,
      double volatility,
      double rate,
      double yield,
      double price,
      double delta,
      double gamma,
      double theta,
      double vega,
      double rho) {
    ExpirationPricer pricer = new EuropeanPricer(years, rate, yield);
    assertThat(pricer.price(right, spot, strike, volatility)).isCloseTo(price, within(1e-9));
    Greeks greeks = pricer.greeks(right, spot, strike, volatility);
    assertThat(greeks.delta()).as("delta").isCloseTo(delta, within(1e-9));
    assertThat(greeks.gamma()).as("gamma").isCloseTo(gamma, within(1e-9));
    assertThat(greeks.theta()).as("theta").isCloseTo(theta, within(1e-9));
    assertThat(greeks.vega()).as("vega").isCloseTo(vega, within(1e-9));
    assertThat(greeks.rho()).as("rho").isCloseTo(rho, within(1e-9));
    assertThat(pricer.implied(right, spot, strike, price))
        .isInstanceOfSatisfying(
            Implied.Found.class,
            found -> assertThat(found.volatility()).isCloseTo(volatility, within(1e-6)));
  }

  @Test
  void shouldComeBackToEveryPriceThatHasTimeValue() {
    int found = 0;
    for (double years : YEARS) {
      ExpirationPricer pricer = new EuropeanPricer(years, 0.045, 0.013);
      for (double strike : STRIKES) {
        for (double volatility : VOLATILITIES) {
          for (OptionRight right : OptionRight.values()) {
            double price = pricer.price(right, 100, strike, volatility);
            if (pricer.implied(right, 100, strike, price) instanceof Implied.Found again) {
              assertThat(pricer.price(right, 100, strike, again.volatility()))
                  .as("%s %s %s %s", right, strike, years, volatility)
                  .isCloseTo(price, within(1e-8));
              found++;
            }
          }
        }
      }
    }
    assertThat(found).isGreaterThan(600);
  }

  @Test
  void shouldSayWhyNoVolatilityExplainsAPrice() {
    ExpirationPricer pricer = new EuropeanPricer(0.5, 0.05, 0);
    double least = 100 - 90 * Math.exp(-0.025);
    assertThat(pricer.implied(OptionRight.CALL, 100, 90, least - 0.01))
        .isEqualTo(new Implied.Missing(MissingReason.BELOW_INTRINSIC));
    assertThat(pricer.implied(OptionRight.CALL, 100, 90, least))
        .isEqualTo(new Implied.Missing(MissingReason.NO_TIME_VALUE));
    assertThat(pricer.implied(OptionRight.PUT, 100, 90, 0))
        .isEqualTo(new Implied.Missing(MissingReason.NO_TIME_VALUE));
    assertThat(pricer.implied(OptionRight.CALL, 100, 90, 100))
        .isEqualTo(new Implied.Missing(MissingReason.ABOVE_BOUND));
    assertThat(pricer.implied(OptionRight.CALL, 100, 90, 99.9))
        .isEqualTo(new Implied.Missing(MissingReason.VOLATILITY_ABOVE_RANGE));
    assertThat(pricer.implied(OptionRight.CALL, 100, 90, Double.NaN))
        .isInstanceOf(Implied.Missing.class);
  }

  @Test
  void shouldRefuseTimeThatIsOver() {
    assertThatThrownBy(() -> new EuropeanPricer(0, 0.05, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positive");
  }
}
