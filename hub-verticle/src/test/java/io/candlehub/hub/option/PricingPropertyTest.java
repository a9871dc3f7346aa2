package io.candlehub.hub.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.candlehub.model.OptionRight;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/** What holds for every option whatever its terms. */
class PricingPropertyTest {
  private static final double RATE = 0.045;
  private static final double YIELD = 0.02;
  private static final double SPOT = 100;
  private static final double ROUNDING = 2e-4;
  private static final PricingModel MODEL = new PricingModel(RATE, YIELD);

  @Property
  void shouldKeepPutCallParity(
      @ForAll @DoubleRange(min = 20, max = 400) double strike,
      @ForAll @DoubleRange(min = 0.01, max = 3) double years,
      @ForAll @DoubleRange(min = 0.01, max = 3) double volatility) {
    double stock = SPOT * Math.exp(-YIELD * years);
    double cash = strike * Math.exp(-RATE * years);
    ExpirationPricer european = MODEL.european(years);
    double gap = european.price(OptionRight.CALL, SPOT, strike, volatility)
        - european.price(OptionRight.PUT, SPOT, strike, volatility);
    assertThat(gap).isCloseTo(stock - cash, within(1e-9));
    ExpirationPricer american = MODEL.american(years);
    double wide = american.price(OptionRight.CALL, SPOT, strike, volatility)
        - american.price(OptionRight.PUT, SPOT, strike, volatility);
    assertThat(wide).isBetween(stock - strike - ROUNDING, SPOT - cash + ROUNDING);
  }

  @Property
  void shouldStayWithinBounds(
      @ForAll @DoubleRange(min = 20, max = 400) double strike,
      @ForAll @DoubleRange(min = 0.01, max = 3) double years,
      @ForAll @DoubleRange(min = 0.01, max = 3) double volatility,
      @ForAll OptionRight right) {
    double american = MODEL.american(years).price(right, SPOT, strike, volatility);
    double european = MODEL.european(years).price(right, SPOT, strike, volatility);
    assertThat(american)
        .isGreaterThanOrEqualTo(european - ROUNDING)
        .isGreaterThanOrEqualTo(right.intrinsic(SPOT, strike) - ROUNDING)
        .isLessThanOrEqualTo(right == OptionRight.CALL ? SPOT : strike);
  }

  @Property
  void shouldRiseWithVolatilityAndTime(
      @ForAll @DoubleRange(min = 20, max = 400) double strike,
      @ForAll @DoubleRange(min = 0.01, max = 2.9) double years,
      @ForAll @DoubleRange(min = 0.01, max = 2.9) double volatility,
      @ForAll OptionRight right) {
    double price = MODEL.american(years).price(right, SPOT, strike, volatility);
    assertThat(MODEL.american(years).price(right, SPOT, strike, volatility + 0.05))
        .isGreaterThanOrEqualTo(price - ROUNDING);
    assertThat(MODEL.american(years + 0.1).price(right, SPOT, strike, volatility))
        .isGreaterThanOrEqualTo(price - ROUNDING);
  }

  @Property
  void shouldMoveWithTheStrikeByLessThanTheStrike(
      @ForAll @DoubleRange(min = 20, max = 400) double strike,
      @ForAll @DoubleRange(min = 0.01, max = 3) double years,
      @ForAll @DoubleRange(min = 0.01, max = 3) double volatility,
      @ForAll OptionRight right) {
    ExpirationPricer pricer = MODEL.american(years);
    double change = pricer.price(right, SPOT, strike, volatility)
        - pricer.price(right, SPOT, strike + 5, volatility);
    assertThat(right.sign() * change).isBetween(-ROUNDING, 5 + ROUNDING);
  }

  @Property
  void shouldExplainEveryPriceOrSayWhyNot(
      @ForAll @DoubleRange(min = 20, max = 400) double strike,
      @ForAll @DoubleRange(min = 0.01, max = 3) double years,
      @ForAll @DoubleRange(min = 0, max = 1.2) double share,
      @ForAll boolean early,
      @ForAll OptionRight right) {
    ExpirationPricer pricer = early ? MODEL.american(years) : MODEL.european(years);
    double bound = right == OptionRight.CALL ? SPOT : strike;
    double least = right.intrinsic(SPOT, strike);
    double price = least + share * (bound - least);
    if (pricer.implied(right, SPOT, strike, price) instanceof Implied.Found found) {
      assertThat(found.volatility()).isBetween(0.0, 3.0);
      assertThat(pricer.price(right, SPOT, strike, found.volatility()))
          .isCloseTo(price, within(1e-8));
    }
  }
}
