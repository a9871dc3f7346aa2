package io.candlehub.hub.candle;

import static io.candlehub.hub.candle.Feed.MINUTE;
import static io.candlehub.hub.candle.Feed.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.AssetClass;
import io.candlehub.model.Bar;
import io.candlehub.model.BarBlock;
import io.candlehub.model.BarSource;
import io.candlehub.model.SessionMode;
import io.candlehub.model.Timeframe;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.HaltEvent;
import io.candlehub.model.feed.TradeEvent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A series that is copied by deltas and taken over elsewhere goes on as the original would have, and a client that saw
 * all the original had told ends with the truth.
 */
class SeriesTransferTest {
  private static final int MINUTES = 20;
  private static final int NOT_YET = -1;
  private static final SaleConditions CONDITIONS = SaleConditions.documented(AssetClass.EQUITY);
  private static final List<Timeframe> FRAMES = List.of(
      Timeframe.M1,
      Timeframe.M5,
      Timeframe.M15,
      Timeframe.M30,
      Timeframe.H1,
      Timeframe.H4,
      Timeframe.D1,
      Timeframe.W1);

  /** Something that reaches a series: an event of the stream, or what its hub does to it. */
  private record Step(long atMillis, List<FeedEvent> events, Deed deed) {}

  private interface Deed {
    void to(CandleSeries series, long now);
  }

  /** Facts and when they arrive, the same for the original and for whoever goes on. */
  private static final class World {
    private final Random random;
    private final long start;
    private final boolean traded;
    private final Map<Long, double[]> truth = new TreeMap<>();
    private final List<Step> steps = new ArrayList<>();
    private Optional<HistoryPart> days = Optional.empty();

    World(long seed) {
      random = new Random(seed);
      boolean night = random.nextInt(4) == 0;
      traded = random.nextInt(4) == 0;
      start = at(night ? "2013-10-08T03:52" : "2013-10-07T09:20") + random.nextInt(4) * MINUTE;
      for (int day = 3; day > 0; day--) {
        for (int m = 0; m < 8; m++) {
          bar(start - day * 1_440L * MINUTE + (360 + m) * MINUTE);
        }
      }
      for (int m = 0; m < MINUTES; m++) {
        stream(start + m * MINUTE);
        hub(start + m * MINUTE);
      }
      deed(start, (series, now) -> series.onFeedBack(now));
      days();
      steps.sort(Comparator.comparingLong(Step::atMillis));
    }

    private double[] bar(long minute) {
      double[] bar = Feed.bar(random);
      truth.put(minute, bar);
      return bar;
    }

    private void event(long atMillis, FeedEvent event) {
      if (random.nextInt(12) > 0) {
        int copies = random.nextInt(10) == 0 ? 2 : 1;
        for (int i = 0; i < copies; i++) {
          steps.add(new Step(atMillis, List.of(event), (series, now) -> tell(series, event, now)));
        }
      }
    }

    private void deed(long atMillis, Deed deed) {
      steps.add(new Step(atMillis, List.of(), deed));
    }

    private void stream(long minute) {
      if (random.nextInt(5) == 0) {
        return;
      }
      double[] bar = bar(minute);
      for (int s = 0; s < 60; s += 1 + random.nextInt(20)) {
        long second = minute + s * 1_000L;
        double price = 100 + random.nextInt(80) / 4.0;
        event(
            second + 1_000 + random.nextInt(3_000),
            traded ? trade(second, price) : Feed.second(second, price, 1 + random.nextInt(9)));
      }
      long confirmed = minute + MINUTE + 300 + random.nextInt(3_000);
      if (!traded && random.nextInt(4) == 0) {
        event(confirmed, Feed.minute(minute, bar(minute)));
        confirmed += 20_000 + random.nextInt(200_000);
        bar = bar(minute);
      }
      if (!traded) {
        event(confirmed, Feed.minute(minute, bar));
      }
      if (random.nextInt(12) == 0) {
        event(minute + 10_000, new HaltEvent(Feed.SPY, minute + 9_000, true));
        event(minute + 150_000, new HaltEvent(Feed.SPY, minute + 149_000, false));
      }
    }

    private static TradeEvent trade(long at, double price) {
      return new TradeEvent(Feed.SPY, at, at / 1_000, 11, price, 1 + at / 1_000 % 9, List.of());
    }

    private void hub(long minute) {
      deed(minute + 5_000, CandleSeries::onClock);
      if (random.nextInt(4) == 0) {
        long asked = minute + random.nextInt(50_000);
        deed(asked, (series, now) -> series.onMinutes(answer(series, asked), now));
      }
      if (random.nextInt(9) == 0) {
        deed(minute + 7_000, (series, now) -> series.onFeedLost(now - 3_000, now));
        deed(minute + 50_000, (series, now) -> series.onFeedBack(now));
      }
    }

    private void days() {
      if (random.nextBoolean()) {
        long first = Feed.NYSE.startOf(LocalDate.parse("2013-09-20"));
        BarBlock.Builder block = new BarBlock.Builder(9);
        for (int day = 0; day < 14; day++) {
          LocalDate date = LocalDate.parse("2013-09-20").plusDays(day);
          if (Feed.NYSE.day(date).isPresent()) {
            block.add(Feed.NYSE.startOf(date), 100, 120, 90, 110, 1e6 + day, Double.NaN, -1);
          }
        }
        HistoryPart part = new HistoryPart(block.build(), first, start, start, BarSource.BACKFILL);
        days = Optional.of(part);
        deed(start + 90_000, (series, now) -> series.onDays(part, now));
        Splits splits = Splits.executed(
            List.of(new Splits.Split(LocalDate.parse("2013-10-01"), 1, 3)),
            LocalDate.parse("2013-10-07"),
            Feed.NYSE);
        deed(start + 150_000, (series, now) -> series.onSplits(splits, "split"));
      }
    }

    HistoryPart answer(CandleSeries series, long asked) {
      BarBlock.Builder block = new BarBlock.Builder(MINUTES);
      truth.forEach((minute, bar) -> {
        if (minute + MINUTE <= asked && minute >= series.firstMillis()) {
          block.add(minute, bar[0], bar[1], bar[2], bar[3], bar[4], Double.NaN, -1);
        }
      });
      return new HistoryPart(block.build(), series.firstMillis(), asked, asked, BarSource.BACKFILL);
    }

    void settle(CandleSeries series) {
      long end = start + (MINUTES + 30) * MINUTE;
      series.onFeedBack(end);
      days.ifPresent(part -> series.onDays(part, end));
      series.onMinutes(answer(series, end), end);
    }
  }

  private static void tell(CandleSeries series, FeedEvent event, long now) {
    if (event instanceof AggregateEvent bar) {
      series.onBar(bar, now, 0);
    } else if (event instanceof TradeEvent trade) {
      series.onTrade(trade, CONDITIONS, now);
    } else {
      series.onHalt((HaltEvent) event, now);
    }
  }

  private static void rebuild(CandleSeries series, FeedEvent event) {
    if (event instanceof AggregateEvent bar) {
      series.rebuild(bar);
    } else if (event instanceof TradeEvent trade && series.isTradeBuilt()) {
      series.rebuild(trade, CONDITIONS);
    }
  }

  /** The original, its copy, and where the copy took over. */
  private static final class Run {
    private final World world;
    private final boolean strict;
    private final CandleSeries original;
    private final SeriesCopy copy = new SeriesCopy(Feed.NYSE, Feed.CONFIRM_DELAY);
    private final List<Replica> clients = new ArrayList<>();
    private final int lastStep;
    private int copiedSteps = NOT_YET;
    private long copiedAtMillis;
    private CandleSeries successor;

    /** In a strict run nothing but events of the stream is missing in the last delta. */
    Run(World world, boolean strict) {
      this.world = world;
      this.strict = strict;
      original = Feed.series(world.start);
      lastStep = world.random.nextInt(world.steps.size());
      for (Timeframe frame : FRAMES) {
        for (SessionMode mode : SessionMode.values()) {
          clients.add(new Replica(frame, mode));
        }
      }
    }

    void toTakeOver() {
      copy(0, world.start);
      for (int i = 0; i <= lastStep; i++) {
        Step step = world.steps.get(i);
        step.deed.to(original, step.atMillis);
        if ((strict && step.events.isEmpty()) || world.random.nextInt(6) == 0) {
          copy(i + 1, step.atMillis);
        }
        if (world.random.nextInt(5) == 0) {
          clients.forEach(client -> client.resume(original));
        }
      }
      clients.forEach(client -> client.resume(original));
      takeOver();
    }

    private void copy(int steps, long now) {
      long since = world.random.nextInt(8) == 0 ? -1 : copy.seq();
      assertThat(copy.take(original.delta(since))).isTrue();
      assertThat(copy.seq()).isEqualTo(original.seq());
      copiedSteps = steps;
      copiedAtMillis = now;
    }

    private void takeOver() {
      long whole = copiedAtMillis / MINUTE * MINUTE - MINUTE;
      long ackedSeq = copy.seq();
      successor = copy.takeOver(whole, 1_000_000).orElseThrow();
      for (int i = 0; i <= lastStep; i++) {
        Step step = world.steps.get(i);
        if (step.atMillis >= whole) {
          for (FeedEvent event : step.events) {
            if (i < copiedSteps) {
              rebuild(successor, event);
            } else {
              tell(successor, event, step.atMillis);
            }
          }
        }
      }
      assertThat(successor.seq()).isGreaterThan(original.seq());
      clients.forEach(client -> client.apply(successor, Math.min(ackedSeq, client.seq())));
    }

    void toEnd() {
      for (int i = lastStep + 1; i < world.steps.size(); i++) {
        Step step = world.steps.get(i);
        step.deed.to(original, step.atMillis);
        step.deed.to(successor, step.atMillis);
        if (world.random.nextInt(5) == 0) {
          clients.forEach(client -> client.resume(successor));
        }
      }
      world.settle(original);
      world.settle(successor);
      clients.forEach(client -> client.resume(successor));
    }

    /** Compares what is shown; which minutes without bars were an outage or a pause only a strict run knows. */
    void assertSame(boolean strictly) {
      assertThat(successor.epoch()).isEqualTo(original.epoch());
      for (Timeframe frame : FRAMES) {
        for (SessionMode mode : SessionMode.values()) {
          Reading is = successor.views().read(frame, mode, -1);
          Reading was = original.views().read(frame, mode, -1);
          assertThat(facts(is.bars(), strictly)).isEqualTo(facts(was.bars(), strictly));
          if (strictly) {
            assertThat(is.intervals()).isEqualTo(was.intervals());
          }
        }
      }
    }

    private static List<List<Object>> facts(List<Bar> bars, boolean states) {
      return bars.stream()
          .map(bar -> Feed.facts(bar, states ? bar.state() : "", states ? bar.revision() : 0))
          .toList();
    }
  }

  @Property(tries = 300)
  void shouldGoOnAsTheOriginalWouldHave(@ForAll long seed) {
    Run run = new Run(new World(seed), true);
    run.toTakeOver();
    run.toEnd();
    run.assertSame(true);
    run.clients.forEach(client -> client.check(run.successor));
  }

  @Property(tries = 300)
  void shouldEndWithTheTruthWhateverTheLastDeltaMissed(@ForAll long seed) {
    Run run = new Run(new World(seed), false);
    run.clients.forEach(Replica::lenient);
    run.toTakeOver();
    run.toEnd();
    if (run.successor.epoch().equals(run.original.epoch())) {
      run.assertSame(false);
    }
    run.clients.forEach(client -> client.check(run.successor));
  }

  @Property(tries = 100)
  void shouldRefuseADeltaThatBeginsTooLate(@ForAll long seed) {
    World world = new World(seed);
    CandleSeries original = Feed.series(world.start);
    SeriesCopy copy = new SeriesCopy(Feed.NYSE, Feed.CONFIRM_DELAY);
    assertThat(copy.take(original.delta(original.seq()))).isFalse();
    assertThat(copy.takeOver(world.start, 1)).isEmpty();
    assertThat(copy.take(original.delta(-1))).isTrue();
    world.steps.forEach(step -> step.deed.to(original, step.atMillis));
    assertThat(copy.take(original.delta(copy.seq() + 1))).isFalse();
    assertThat(copy.take(original.delta(copy.seq()))).isTrue();
    assertThat(copy.seq()).isEqualTo(original.seq());
  }
}
