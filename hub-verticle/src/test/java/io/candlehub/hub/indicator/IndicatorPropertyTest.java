package io.candlehub.hub.indicator;

import static io.candlehub.hub.indicator.Bars.MINUTE;
import static io.candlehub.hub.indicator.Bars.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.candlehub.model.Bar;
import io.candlehub.model.BarState;
import io.candlehub.model.IndicatorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** However bars come, change and are filled in, the indicator is that of the bars there are. */
class IndicatorPropertyTest {
  private static final List<IndicatorSpec> SPECS = List.of(
      IndicatorSpec.of(IndicatorKind.SMA, 5),
      IndicatorSpec.of(IndicatorKind.EMA, 7),
      IndicatorSpec.of(IndicatorKind.EMA, 1),
      IndicatorSpec.of(IndicatorKind.RSI, 4),
      IndicatorSpec.macd(3, 6, 4),
      IndicatorSpec.bollinger(6, 2.5),
      IndicatorSpec.usual(IndicatorKind.VWAP));

  @Property(tries = 25)
  void shouldEqualFullComputation(@ForAll long seed) {
    for (IndicatorSpec spec : SPECS) {
      play(spec, new Random(seed));
    }
  }

  private static void play(IndicatorSpec spec, Random random) {
    Map<Long, Bar> held = new TreeMap<>();
    IndicatorSeries series = Bars.series(spec);
    for (int step = 0; step < 120; step++) {
      List<Bar> changed = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(3); i++) {
        Bar bar = nextBar(held, random);
        held.put(bar.startMillis(), bar);
        changed.add(bar);
      }
      Map<Long, IndicatorPoint> before = byStart(series);
      ChangedPart part = series.put(changed);
      Map<Long, IndicatorPoint> after = byStart(series);
      assertThat(after).isEqualTo(byStart(Bars.series(spec, new ArrayList<>(held.values()))));
      assertThat(outside(after, part)).isEqualTo(outside(before, part));
    }
    assertNaive(spec, new ArrayList<>(held.values()), byStart(series));
  }

  private static Bar nextBar(Map<Long, Bar> held, Random random) {
    int place = random.nextInt(4) == 0 ? random.nextInt(200) : held.size() + random.nextInt(3);
    long start = OPEN + (place % 2 == 0 ? 0 : 86_400_000L) + place * MINUTE;
    return Bars.bar(
        start,
        50 + random.nextInt(400) / 8.0,
        random.nextInt(5) * 100,
        random.nextBoolean() ? Double.NaN : 60 + random.nextDouble(),
        random.nextBoolean() ? BarState.LIVE : BarState.FINAL);
  }

  private static Map<Long, IndicatorPoint> byStart(IndicatorSeries series) {
    return Bars.all(series).stream()
        .collect(Collectors.toMap(IndicatorPoint::startMillis, Function.identity()));
  }

  /** Points outside a part; whether a point is settled may change with the number of bars before it. */
  private static Map<Long, List<Double>> outside(
      Map<Long, IndicatorPoint> points, ChangedPart part) {
    return points.values().stream()
        .filter(point ->
            point.startMillis() < part.fromMillis() || point.startMillis() > part.toMillis())
        .collect(Collectors.toMap(IndicatorPoint::startMillis, IndicatorPoint::values));
  }

  /** Compares with the plain wording of the definitions. */
  private static void assertNaive(
      IndicatorSpec spec, List<Bar> bars, Map<Long, IndicatorPoint> points) {
    double[] closes = bars.stream().mapToDouble(Bar::close).toArray();
    double[] expected = switch (spec.kind()) {
      case SMA, BOLLINGER -> Naive.sma(closes, spec.windows().get(0));
      case EMA ->
        Naive.ema(closes, 0, spec.windows().get(0), 2.0 / (spec.windows().get(0) + 1));
      case RSI -> Naive.rsi(closes, spec.windows().get(0));
      case MACD -> Naive.macd(closes, spec.windows().get(0), spec.windows().get(1));
      case VWAP -> Naive.vwap(bars);
    };
    for (int i = 0; i < closes.length; i++) {
      IndicatorPoint point = points.get(bars.get(i).startMillis());
      if (Double.isNaN(expected[i])) {
        assertThat(point).as("%s at %d", spec, i).isNull();
      } else {
        assertThat(point.value()).as("%s at %d", spec, i).isCloseTo(expected[i], within(1e-9));
      }
    }
  }
}
