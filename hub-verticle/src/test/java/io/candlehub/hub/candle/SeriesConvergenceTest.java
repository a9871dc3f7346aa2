package io.candlehub.hub.candle;

import static io.candlehub.hub.candle.Feed.MINUTE;
import static io.candlehub.hub.candle.Feed.SPY;
import static io.candlehub.hub.candle.Feed.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.AssetClass;
import io.candlehub.model.Bar;
import io.candlehub.model.BarBlock;
import io.candlehub.model.BarSource;
import io.candlehub.model.Interval;
import io.candlehub.model.SessionMode;
import io.candlehub.model.Timeframe;
import io.candlehub.model.feed.TradeEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Two hubs that are told the same facts in different orders end with the same series: streamed seconds, minutes and
 * trades, corrections, answers of the history, repetitions and the passing of time, interleaved at random.
 */
class SeriesConvergenceTest {
  private static final int MINUTES = 12;
  private static final List<Timeframe> FRAMES =
      List.of(Timeframe.M1, Timeframe.M5, Timeframe.M15, Timeframe.H1, Timeframe.H4, Timeframe.D1);

  private final long start = at("2013-10-07T09:55");
  private final long end = start + (MINUTES + 2) * MINUTE;

  /** What is told, and what must keep its order among itself: corrections follow what they correct. */
  private static final class Facts {
    private final List<List<Consumer<CandleSeries>>> sources = new ArrayList<>();

    void add(Consumer<CandleSeries> one) {
      sources.add(List.of(one));
    }

    void add(List<Consumer<CandleSeries>> ordered) {
      sources.add(ordered);
    }

    List<Consumer<CandleSeries>> interleaved(Random random) {
      List<Integer> turns = new ArrayList<>();
      for (int i = 0; i < sources.size(); i++) {
        turns.addAll(Collections.nCopies(sources.get(i).size(), i));
      }
      Collections.shuffle(turns, random);
      int[] next = new int[sources.size()];
      List<Consumer<CandleSeries>> told = new ArrayList<>();
      for (int source : turns) {
        told.add(sources.get(source).get(next[source]++));
      }
      return told;
    }
  }

  private record End(List<List<Object>> bars, List<List<Interval>> intervals) {}

  private End end(List<Consumer<CandleSeries>> told, Random random) {
    CandleSeries series = Feed.series(start);
    series.onFeedBack(start);
    long last = Long.MIN_VALUE;
    for (Consumer<CandleSeries> fact : told) {
      fact.accept(series);
      if (random.nextInt(5) == 0) {
        series.onClock(end);
      }
      if (random.nextInt(5) == 0) {
        assertAscending(series);
      }
      assertThat(series.seq()).isGreaterThanOrEqualTo(last);
      last = series.seq();
    }
    series.onClock(end);
    assertAscending(series);
    List<List<Object>> bars = new ArrayList<>();
    List<List<Interval>> intervals = new ArrayList<>();
    for (Timeframe frame : FRAMES) {
      for (SessionMode mode : SessionMode.values()) {
        Reading reading = series.views().read(frame, mode, -1);
        reading.bars().forEach(bar -> bars.add(values(bar)));
        intervals.add(reading.intervals());
      }
    }
    return new End(bars, intervals);
  }

  private static List<Object> values(Bar bar) {
    return Feed.facts(bar, Double.isNaN(bar.coverage()) ? "none" : bar.coverage());
  }

  private static void assertAscending(CandleSeries series) {
    for (Timeframe frame : FRAMES) {
      long last = Long.MIN_VALUE;
      for (Bar bar : series.views().read(frame, SessionMode.EXTENDED, -1).bars()) {
        assertThat(bar.startMillis()).isGreaterThan(last);
        last = bar.startMillis();
      }
    }
  }

  private void history(Facts facts, Random random, double[][] minutes) {
    for (int i = 0; i < 3; i++) {
      long asked = start + (1 + random.nextInt(MINUTES)) * MINUTE + 30_000;
      BarBlock.Builder block = new BarBlock.Builder(MINUTES);
      for (int m = 0; m < MINUTES; m++) {
        double[] bar = minutes[m];
        if (bar.length > 0 && start + (m + 1) * MINUTE <= asked) {
          block.add(start + m * MINUTE, bar[0], bar[1], bar[2], bar[3], bar[4], Double.NaN, -1);
        }
      }
      HistoryPart part = new HistoryPart(block.build(), start, asked, asked, BarSource.BACKFILL);
      facts.add(series -> series.onMinutes(part, end));
    }
  }

  private Consumer<CandleSeries> minute(int m, double[] bar) {
    return series -> series.onBar(Feed.minute(start + m * MINUTE, bar), end, 0);
  }

  private double[][] minutes(Facts facts, Random random) {
    double[][] minutes = new double[MINUTES][];
    for (int m = 0; m < MINUTES; m++) {
      minutes[m] = random.nextInt(5) == 0 ? new double[0] : Feed.bar(random);
      if (minutes[m].length > 0 && random.nextInt(3) > 0) {
        List<Consumer<CandleSeries>> told = new ArrayList<>();
        told.add(minute(m, minutes[m]));
        if (random.nextBoolean()) {
          told.add(minute(m, Feed.bar(random)));
        }
        told.addAll(Collections.nCopies(random.nextInt(2), told.get(told.size() - 1)));
        facts.add(told);
      }
    }
    return minutes;
  }

  private void assertSameEnd(Facts facts, long seed) {
    End first = end(facts.interleaved(new Random(seed)), new Random(seed));
    for (int i = 1; i <= 3; i++) {
      Random random = new Random(seed + i);
      assertThat(end(facts.interleaved(random), random)).isEqualTo(first);
    }
  }

  @Property(tries = 200)
  void shouldConvergeOnSecondsMinutesAndHistory(@ForAll long seed) {
    Random random = new Random(seed);
    Facts facts = new Facts();
    double[][] minutes = minutes(facts, random);
    for (int m = 0; m < MINUTES; m++) {
      for (int s = 0; s < 60 && minutes[m].length > 0; s += 1 + random.nextInt(25)) {
        long second = start + m * MINUTE + s * 1_000L;
        double price = 100 + random.nextInt(60) / 4.0;
        double volume = 1 + random.nextInt(50);
        for (int i = random.nextInt(2); i >= 0; i--) {
          facts.add(series -> series.onBar(Feed.second(second, price, volume), end, 0));
        }
      }
    }
    history(facts, random, minutes);
    assertSameEnd(facts, seed);
  }

  @Property(tries = 200)
  void shouldConvergeOnTradesMinutesAndHistory(@ForAll long seed) {
    Random random = new Random(seed);
    Facts facts = new Facts();
    double[][] minutes = minutes(facts, random);
    SaleConditions conditions = SaleConditions.documented(AssetClass.EQUITY);
    List<List<Integer>> kinds =
        List.of(List.of(), List.of(14, 41), List.of(37), List.of(12), List.of(22));
    facts.add(series -> series.onTrade(trade(start, 1, List.of()), conditions, end));
    long sequence = 2;
    for (int m = 0; m < MINUTES; m++) {
      for (int t = random.nextInt(12); t > 0 && minutes[m].length > 0; t--) {
        long time = start + m * MINUTE + random.nextInt(60_000);
        TradeEvent trade = trade(time, sequence++, kinds.get(random.nextInt(kinds.size())));
        for (int i = random.nextInt(2); i >= 0; i--) {
          facts.add(series -> series.onTrade(trade, conditions, end));
        }
      }
    }
    history(facts, random, minutes);
    assertSameEnd(facts, seed);
  }

  private static TradeEvent trade(long time, long sequence, List<Integer> conditions) {
    double price = 100 + (time / 7 + sequence) % 64 / 4.0;
    return new TradeEvent(SPY, time, sequence, 11, price, 1 + sequence % 9, conditions);
  }
}
