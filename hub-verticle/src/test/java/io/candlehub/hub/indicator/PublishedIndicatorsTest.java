package io.candlehub.hub.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.candlehub.model.IndicatorKind;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Values that others have published with their workings:
 *
 * <ul>
 *   <li>StockCharts ChartSchool, "Moving Averages" (spreadsheet cs-movavg), "Relative Strength Index" (cs-rsi) and "Bollinger
 *       Bands" (cs-bbands), read 2026-11: Wilder's RSI, averages that begin with the simple one, bands of the population.
 *   <li>InvestExcel, "How to Calculate MACD in Excel", read 2026-11: MACD 12, 26, 9 of 66 closes.
 * </ul>
 */
@Timeout(5)
class PublishedIndicatorsTest {
  private static final Offset<Double> THREE_DECIMALS = within(0.0011);
  private static final Offset<Double> TWO_DECIMALS = within(0.006);

  private static final double[] AVERAGED = numbers("""
      22.273 22.194 22.085 22.174 22.184 22.134 22.234 22.432 22.244 22.293 22.154 22.393
      22.382 22.611 23.356 24.052 23.753 23.832 23.952 23.634 23.823 23.872 23.654 23.187
      23.098 23.326 22.681 23.098 22.403 22.173""");

  private static final double[] STRENGTH = numbers("""
      44.3389 44.0902 44.1497 43.6124 44.3278 44.8264 45.0955 45.4245 45.8433 46.0826 45.8931
      46.0328 45.6140 46.2820 46.2820 46.0028 46.0328 46.4116 46.2222 45.6439 46.2122 46.2521
      45.7137 46.4515 45.7835 45.3548 44.0288 44.1783 44.2181 44.5672 43.4205 42.6628 43.1314""");

  private static final double[] BANDS = numbers("""
      86.16 89.09 88.78 90.32 89.07 91.15 89.44 89.18 86.93 87.68 86.96 89.43 89.32 88.72
      87.45 87.26 89.50 87.90 89.13 90.70 92.90 92.98 91.80 92.66 92.68 92.30 92.77 92.54
      92.95 93.20 91.07 89.83 89.74 90.40 90.74 88.02 88.09 88.84 90.78 90.54 91.39 90.65""");

  private static final double[] CONVERGENCE = numbers("""
      459.99 448.85 446.06 450.81 442.8 448.97 444.57 441.4 430.47 420.05 431.14 425.66 430.58
      431.72 437.87 428.43 428.35 432.5 443.66 455.72 454.49 452.08 452.73 461.91 463.58
      461.14 452.08 442.66 428.91 429.79 431.99 427.72 423.2 426.21 426.98 435.69 434.33 429.8
      419.85 426.24 402.8 392.05 390.53 398.67 406.13 405.46 408.38 417.2 430.12 442.78 439.29
      445.52 449.98 460.71 458.66 463.84 456.77 452.97 454.74 443.86 428.85 434.58 433.26
      442.93 439.66 441.35""");

  private static double[] numbers(String text) {
    return Stream.of(text.strip().split("\\s+"))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private static List<Double> computed(IndicatorSpec spec, String column, double[] closes) {
    return Bars.values(Bars.series(spec, Bars.closes(closes)), column);
  }

  private static void assertClose(
      List<Double> computed, Offset<Double> offset, double[] published) {
    assertThat(computed).hasSameSizeAs(published);
    for (int i = 0; i < published.length; i++) {
      assertThat(computed.get(i)).as("value %d", i).isCloseTo(published[i], offset);
    }
  }

  @Test
  void shouldGivePublishedSimpleAverages() {
    assertClose(
        computed(IndicatorSpec.of(IndicatorKind.SMA, 10), "value", AVERAGED),
        THREE_DECIMALS,
        numbers("""
            22.225 22.213 22.233 22.262 22.306 22.423 22.615 22.767 22.907 23.078 23.212 23.379
            23.527 23.654 23.711 23.686 23.613 23.506 23.432 23.277 23.131"""));
  }

  @Test
  void shouldGivePublishedExponentialAverages() {
    assertClose(
        computed(IndicatorSpec.of(IndicatorKind.EMA, 10), "value", AVERAGED),
        THREE_DECIMALS,
        numbers("""
            22.225 22.212 22.245 22.270 22.332 22.518 22.797 22.971 23.127 23.277 23.342 23.429
            23.510 23.536 23.473 23.404 23.390 23.261 23.231 23.081 22.916"""));
  }

  @Test
  void shouldGivePublishedRelativeStrength() {
    assertClose(
        computed(IndicatorSpec.usual(IndicatorKind.RSI), "value", STRENGTH),
        TWO_DECIMALS,
        numbers("""
            70.53 66.32 66.55 69.41 66.36 57.97 62.93 63.26 56.06 62.38 54.71 50.42 39.99 41.46
            41.87 45.46 37.30 33.08 37.77"""));
  }

  @Test
  void shouldGivePublishedBands() {
    IndicatorSeries bands =
        Bars.series(IndicatorSpec.usual(IndicatorKind.BOLLINGER), Bars.closes(BANDS));
    assertClose(Bars.values(bands, "value"), TWO_DECIMALS, numbers("""
            88.71 89.05 89.24 89.39 89.51 89.69 89.75 89.91 90.08 90.38 90.66 90.86 90.88 90.91
            90.99 91.15 91.19 91.12 91.17 91.25 91.24 91.17 91.05"""));
    assertClose(Bars.values(bands, "upper"), within(0.011), numbers("""
            91.29 91.95 92.61 92.93 93.31 93.73 93.90 94.27 94.57 94.79 95.04 94.91 94.90 94.90
            94.86 94.67 94.56 94.68 94.58 94.53 94.53 94.37 94.15"""));
    assertClose(Bars.values(bands, "lower"), within(0.011), numbers("""
            86.12 86.14 85.87 85.85 85.70 85.65 85.59 85.56 85.60 85.98 86.27 86.82 86.87 86.91
            87.12 87.63 87.83 87.56 87.76 87.97 87.95 87.96 87.95"""));
  }

  @Test
  void shouldGivePublishedConvergence() {
    IndicatorSeries macd =
        Bars.series(IndicatorSpec.usual(IndicatorKind.MACD), Bars.closes(CONVERGENCE));
    List<Double> line = Bars.values(macd, "value");
    assertThat(line).hasSize(CONVERGENCE.length - 25);
    assertClose(line.subList(0, 9), within(1e-8), numbers("""
            8.275269504 7.703378381 6.416074757 4.237519783 2.552583325 1.378885719 0.102981491
            -1.258401953 -2.070558190"""));
    assertThat(line.get(line.size() - 1)).isCloseTo(2.762561216, within(1e-8));
    List<Double> signal = Bars.values(macd, "signal");
    assertThat(signal).hasSize(CONVERGENCE.length - 33);
    assertThat(signal.get(0)).isCloseTo(3.037525869, within(1e-8));
    assertThat(Bars.values(macd, "histogram").get(0)).isCloseTo(-5.108084059, within(1e-8));
  }
}
