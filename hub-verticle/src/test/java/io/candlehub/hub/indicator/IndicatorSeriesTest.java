package io.candlehub.hub.indicator;

import static io.candlehub.hub.indicator.Bars.MINUTE;
import static io.candlehub.hub.indicator.Bars.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.candlehub.model.Bar;
import io.candlehub.model.BarState;
import io.candlehub.model.IndicatorKind;
import io.candlehub.model.Instrument;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class IndicatorSeriesTest {
  private static final long DAY = 86_400_000;

  @Test
  void shouldTakeUsualParametersOfProvider() {
    assertThat(IndicatorSpec.usual(IndicatorKind.SMA).windows()).containsExactly(50);
    assertThat(IndicatorSpec.usual(IndicatorKind.EMA).windows()).containsExactly(50);
    assertThat(IndicatorSpec.usual(IndicatorKind.RSI).windows()).containsExactly(14);
    assertThat(IndicatorSpec.usual(IndicatorKind.MACD).windows()).containsExactly(12, 26, 9);
    assertThat(IndicatorKind.parse("macd")).contains(IndicatorKind.MACD);
    assertThat(IndicatorKind.parse("MACD")).isEqualTo(Optional.empty());
  }

  @Test
  void shouldRefuseParametersThatCannotBe() {
    assertThatThrownBy(() -> IndicatorSpec.of(IndicatorKind.SMA, 0))
        .hasMessageContaining("window=0");
    assertThatThrownBy(() -> IndicatorSpec.of(IndicatorKind.EMA, 1_001))
        .hasMessageContaining("1 to 1000");
    assertThatThrownBy(() -> IndicatorSpec.macd(26, 12, 9)).hasMessageContaining("short");
    assertThatThrownBy(() -> IndicatorSpec.bollinger(20, 0)).hasMessageContaining("deviations");
    assertThatThrownBy(() -> IndicatorSpec.of(IndicatorKind.VWAP, 5))
        .hasMessageContaining("0 windows");
    assertThatThrownBy(() -> new IndicatorSeries(
            IndicatorSpec.usual(IndicatorKind.EMA), TradingCalendar.nyse(), 100))
        .hasMessageContaining("at least");
    assertThat(IndicatorSpec.usual(IndicatorKind.VWAP).suits(Timeframe.D1)).isFalse();
    assertThat(IndicatorSpec.usual(IndicatorKind.VWAP).suits(Timeframe.H4)).isTrue();
  }

  @Test
  void shouldGiveNothingBeforeWindowIsFull() {
    IndicatorSeries series = Bars.series(IndicatorSpec.of(IndicatorKind.SMA, 3), Bars.closes(1, 2));
    assertThat(Bars.all(series)).isEmpty();
    ChangedPart changed = series.put(List.of(Bars.bar(OPEN + 2 * MINUTE, 6)));
    assertThat(changed).isEqualTo(new ChangedPart(OPEN + 2 * MINUTE, OPEN + 2 * MINUTE));
    assertThat(Bars.values(series, "value")).containsExactly(3.0);
  }

  @Test
  void shouldSayWhichValuesAreNotSettled() {
    double[] closes = new double[300];
    for (int i = 0; i < closes.length; i++) {
      closes[i] = i < 1 ? 1_000 : 100;
    }
    IndicatorSeries series =
        Bars.series(IndicatorSpec.of(IndicatorKind.EMA, 10), Bars.closes(closes));
    List<IndicatorPoint> points = Bars.all(series);
    IndicatorPoint settled =
        points.stream().filter(IndicatorPoint::settled).findFirst().orElseThrow();
    assertThat(points.get(0).settled()).isFalse();
    assertThat(points.get(0).value()).isEqualTo(190);
    assertThat(settled.value()).isCloseTo(100, within(0.1));
  }

  @Test
  void shouldCountBarsAcrossMinutesWithoutTrades() {
    List<Bar> bars =
        List.of(Bars.bar(OPEN, 1), Bars.bar(OPEN + 7 * MINUTE, 2), Bars.bar(OPEN + 30 * MINUTE, 6));
    IndicatorSeries series = Bars.series(IndicatorSpec.of(IndicatorKind.SMA, 3), bars);
    assertThat(Bars.values(series, "value")).containsExactly(3.0);
  }

  @Test
  void shouldFollowLiveBarAndTellItIsNotFinal() {
    IndicatorSeries series = Bars.series(IndicatorSpec.of(IndicatorKind.SMA, 2), Bars.closes(1, 2));
    long live = OPEN + 2 * MINUTE;
    series.put(List.of(Bars.bar(live, 4, 1, Double.NaN, BarState.LIVE)));
    series.put(List.of(Bars.bar(live, 6, 1, Double.NaN, BarState.LIVE)));
    IndicatorPoint point = series.points(live, live, 5).get(0);
    assertThat(point.value()).isEqualTo(4);
    assertThat(point.isFinal()).isFalse();
    ChangedPart confirmed = series.put(List.of(Bars.bar(live, 6)));
    assertThat(confirmed.fromMillis()).isEqualTo(live);
    assertThat(series.points(live, live, 5).get(0).isFinal()).isTrue();
    assertThat(series.put(List.of(Bars.bar(live, 6))).isEmpty()).isTrue();
  }

  @Test
  void shouldComputeOnlyWindowsThatHoldRevisedBar() {
    double[] closes = new double[1_000];
    java.util.Arrays.setAll(closes, i -> 100 + i % 7);
    IndicatorSeries series =
        Bars.series(IndicatorSpec.of(IndicatorKind.SMA, 20), Bars.closes(closes));
    long before = series.computedBars();
    ChangedPart changed = series.put(List.of(Bars.bar(OPEN + 500 * MINUTE, 50)));
    assertThat(changed).isEqualTo(new ChangedPart(OPEN + 500 * MINUTE, OPEN + 520 * MINUTE));
    assertThat(series.computedBars() - before).isEqualTo(21);
  }

  @Test
  void shouldStopWhereRevisionIsForgotten() {
    double[] closes = new double[4_000];
    java.util.Arrays.setAll(closes, i -> 100 + i % 7);
    IndicatorSeries series =
        Bars.series(IndicatorSpec.of(IndicatorKind.EMA, 10), Bars.closes(closes));
    long before = series.computedBars();
    series.put(List.of(Bars.bar(OPEN + 500 * MINUTE, 99)));
    assertThat(series.computedBars() - before).isBetween(20L, 400L);
  }

  @Test
  void shouldBeFullWithoutLossAndNothingWithoutGain() {
    assertThat(Bars.values(
            Bars.series(IndicatorSpec.of(IndicatorKind.RSI, 2), Bars.closes(1, 2, 3)), "value"))
        .containsExactly(100.0);
    assertThat(Bars.values(
            Bars.series(IndicatorSpec.of(IndicatorKind.RSI, 2), Bars.closes(3, 2, 1)), "value"))
        .containsExactly(0.0);
  }

  @Test
  void shouldAnchorVwapToTradeDate() {
    IndicatorSeries series = Bars.series(IndicatorSpec.usual(IndicatorKind.VWAP));
    series.put(List.of(
        Bars.bar(OPEN, 10, 100, 10.5, BarState.FINAL),
        Bars.bar(OPEN + MINUTE, 11, 300, 11.5, BarState.FINAL),
        Bars.bar(OPEN + DAY, 20, 100, 20.5, BarState.FINAL)));
    assertThat(Bars.values(series, "value"))
        .containsExactly(10.5, (10.5 * 100 + 11.5 * 300) / 400, 20.5);
  }

  @Test
  void shouldAnchorVwapOfFutureToEveningBefore() {
    TradingCalendar calendar = TradingCalendar.of(Instrument.of("F:ES"));
    IndicatorSeries series =
        new IndicatorSeries(IndicatorSpec.usual(IndicatorKind.VWAP), calendar, 100);
    long evening = calendar.beginOf(calendar.dateOf(OPEN + 12 * 3_600_000L));
    series.put(List.of(
        Bars.bar(evening - MINUTE, 10, 1, 10, BarState.FINAL),
        Bars.bar(evening, 20, 1, 20, BarState.FINAL),
        Bars.bar(evening + 8 * 3_600_000L, 40, 1, 40, BarState.FINAL)));
    assertThat(Bars.values(series, "value")).containsExactly(10.0, 20.0, 30.0);
  }

  @Test
  void shouldTakeTypicalPriceWhereBarHasNoAverage() {
    IndicatorSeries series = Bars.series(
        IndicatorSpec.usual(IndicatorKind.VWAP),
        List.of(Bars.bar(OPEN, 10, 100, Double.NaN, BarState.FINAL)));
    assertThat(Bars.values(series, "value").get(0)).isCloseTo((11 + 9.5 + 10) / 3, within(1e-12));
  }

  @Test
  void shouldHaveNoVwapWithoutVolume() {
    IndicatorSeries series = Bars.series(
        IndicatorSpec.usual(IndicatorKind.VWAP),
        List.of(Bars.bar(OPEN, 10, 0, Double.NaN, BarState.FINAL)));
    assertThat(Bars.all(series)).isEmpty();
  }

  @Test
  void shouldDropOldBarsAndStayAsIfBegunThere() {
    IndicatorSpec spec = IndicatorSpec.of(IndicatorKind.EMA, 5);
    IndicatorSeries series = new IndicatorSeries(spec, TradingCalendar.nyse(), 80);
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < 81; i++) {
      Bar bar = Bars.bar(OPEN + i * MINUTE, 100 + i % 9);
      bars.add(bar);
      series.put(List.of(bar));
    }
    assertThat(series.size()).isEqualTo(71);
    assertThat(Bars.all(series)).isEqualTo(Bars.all(Bars.series(spec, bars.subList(10, 81))));
    assertThat(series.put(List.of(Bars.bar(OPEN, 1))).isEmpty()).isFalse();
  }
}
