package io.candlehub.hub.candle;

import static io.candlehub.hub.candle.Feed.MINUTE;
import static io.candlehub.hub.candle.Feed.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Bar;
import io.candlehub.model.BarBlock;
import io.candlehub.model.BarSource;
import io.candlehub.model.SessionMode;
import io.candlehub.model.Timeframe;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever order, repetition and loss the inputs suffer, the series ends with the truth and every reader with it. */
class SeriesPropertyTest {
  private static final int MINUTES = 24;
  private static final List<Timeframe> FRAMES =
      List.of(Timeframe.M1, Timeframe.M5, Timeframe.M15, Timeframe.M30, Timeframe.H1, Timeframe.H4);

  /** A step of the world: at a time, something reaches the series. */
  private record Step(long atMillis, Runnable deliver) {}

  private static final class World {
    private final Random random;
    private final long start;
    private final Map<Long, List<double[]>> seconds = new TreeMap<>();
    private final Map<Long, double[]> before = new TreeMap<>();
    private final Map<Long, double[]> after = new TreeMap<>();
    private final Map<Long, Long> correctedAt = new TreeMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final CandleSeries series;
    private long now;

    World(long seed) {
      random = new Random(seed);
      start = at("2013-10-07T09:20") + random.nextInt(4) * MINUTE;
      series = Feed.series(start);
      now = start;
      for (int m = 0; m < MINUTES; m++) {
        compose(start + m * MINUTE);
      }
    }

    private void compose(long minute) {
      if (random.nextInt(5) == 0) {
        return;
      }
      List<double[]> traded = new ArrayList<>();
      for (int s = 0; s < 60; s += 1 + random.nextInt(20)) {
        traded.add(
            new double[] {minute + s * 1_000L, 100 + random.nextInt(20), 1 + random.nextInt(9)});
      }
      seconds.put(minute, traded);
      double[] bar = fold(traded);
      if (random.nextInt(4) == 0) {
        bar[1] += 1;
        bar[4] += 10;
      }
      before.put(minute, bar);
      double[] corrected = bar.clone();
      if (random.nextInt(4) == 0) {
        corrected[2] -= 1;
        correctedAt.put(minute, minute + MINUTE + 20_000 + random.nextInt(240_000));
      }
      after.put(minute, corrected);
    }

    private static double[] fold(List<double[]> traded) {
      double high = traded.stream().mapToDouble(row -> row[1]).max().orElseThrow();
      double low = traded.stream().mapToDouble(row -> row[1]).min().orElseThrow();
      double volume = traded.stream().mapToDouble(row -> row[2]).sum();
      return new double[] {traded.get(0)[1], high, low, traded.get(traded.size() - 1)[1], volume};
    }

    private double[] truthAt(long minute, long asked) {
      return asked >= correctedAt.getOrDefault(minute, Long.MAX_VALUE)
          ? after.get(minute)
          : before.get(minute);
    }

    void plan(int lossPercent) {
      seconds.forEach((minute, rows) -> rows.forEach(row -> {
        long sent = (long) row[0] + 2_000;
        stream(
            sent,
            lossPercent,
            () -> series.onBar(Feed.second((long) row[0], row[1], row[2]), now, 0));
      }));
      before.forEach(
          (minute, bar) -> stream(minute + MINUTE + 300, lossPercent, () -> confirm(minute, bar)));
      correctedAt.forEach(
          (minute, time) -> stream(time, lossPercent, () -> confirm(minute, after.get(minute))));
      for (int m = 1; m < MINUTES + 8; m++) {
        long tick = start + m * MINUTE + 5_000;
        steps.add(new Step(tick, () -> series.onClock(now)));
        if (random.nextInt(2) == 0) {
          long asked = tick + random.nextInt(30_000);
          long arrives = asked + random.nextInt(90_000);
          HistoryPart answer = answer(asked);
          steps.add(new Step(arrives, () -> series.onMinutes(answer, now)));
        }
        if (random.nextInt(8) == 0) {
          steps.add(new Step(tick + 7_000, () -> series.onFeedLost(now - 5_000, now)));
          steps.add(new Step(tick + 50_000, () -> series.onFeedBack(now)));
        }
      }
    }

    private void confirm(long minute, double[] bar) {
      series.onBar(Feed.minute(minute, bar[0], bar[1], bar[2], bar[3], bar[4]), now, 0);
    }

    /** A frame of one instrument keeps its order: corrections come behind what they correct. */
    private void stream(long sent, int lossPercent, Runnable deliver) {
      if (random.nextInt(100) < lossPercent) {
        return;
      }
      long arrives = sent + random.nextInt(4_000);
      steps.add(new Step(arrives, deliver));
      if (random.nextInt(10) == 0) {
        steps.add(new Step(arrives + random.nextInt(3_000), deliver));
      }
    }

    HistoryPart answer(long asked) {
      BarBlock.Builder block = new BarBlock.Builder(MINUTES);
      before.forEach((minute, ignored) -> {
        if (minute + MINUTE <= asked) {
          double[] bar = truthAt(minute, asked);
          block.add(minute, bar[0], bar[1], bar[2], bar[3], bar[4], Double.NaN, -1);
        }
      });
      return new HistoryPart(block.build(), series.firstMillis(), asked, asked, BarSource.BACKFILL);
    }

    void run(Runnable afterEach) {
      steps.sort(Comparator.comparingLong(Step::atMillis));
      for (Step step : steps) {
        now = Math.max(now, step.atMillis);
        step.deliver.run();
        afterEach.run();
      }
      now = start + (MINUTES + 30) * MINUTE;
      series.onClock(now);
      series.onMinutes(answer(now), now);
      afterEach.run();
    }
  }

  @Property(tries = 150)
  void shouldEndWithTheTruth(@ForAll long seed) {
    World world = new World(seed);
    world.plan(10);
    world.run(() -> {});
    List<Bar> bars =
        world.series.views().read(Timeframe.M1, SessionMode.EXTENDED, -1).bars();
    assertThat(bars).extracting(Bar::startMillis).containsExactlyElementsOf(world.after.keySet());
    for (Bar bar : bars) {
      double[] truth = world.after.get(bar.startMillis());
      assertThat(new double[] {bar.open(), bar.high(), bar.low(), bar.close(), bar.volume()})
          .containsExactly(truth);
      assertThat(bar.isFinal()).isTrue();
    }
    assertThat(world.series.unsettled(world.now)).isEmpty();
    assertThat(world.series.gaps()).isZero();
  }

  @Property(tries = 100)
  void shouldFoldToTheMinuteWhenNothingIsMissing(@ForAll long seed) {
    World world = new World(seed);
    world.series.onFeedBack(world.start);
    world.seconds.forEach((minute, rows) -> {
      List<double[]> shuffled = new ArrayList<>(rows);
      Collections.shuffle(shuffled, world.random);
      shuffled.forEach(row ->
          world.series.onBar(Feed.second((long) row[0], row[1], row[2]), minute + MINUTE, 0));
      double[] truth = World.fold(rows);
      Bar bar = world.series.newest().orElseThrow();
      assertThat(new double[] {bar.open(), bar.high(), bar.low(), bar.close(), bar.volume()})
          .containsExactly(truth);
    });
  }

  @Property(tries = 60)
  void shouldLetEveryReaderResumeFromAnyPosition(@ForAll long seed) {
    World world = new World(seed);
    world.plan(20);
    List<Replica> replicas = new ArrayList<>();
    for (Timeframe frame : FRAMES) {
      for (SessionMode mode : SessionMode.values()) {
        replicas.add(new Replica(frame, mode));
      }
    }
    world.run(() -> replicas.forEach(replica -> {
      if (world.random.nextInt(6) == 0) {
        replica.resume(world.series);
        replica.check(world.series);
      }
    }));
    replicas.forEach(replica -> {
      replica.resume(world.series);
      replica.check(world.series);
    });
  }

  @Property(tries = 60)
  void shouldRollUpLikeBruteForce(@ForAll long seed) {
    World world = new World(seed);
    world.plan(20);
    world.run(() -> {
      if (world.random.nextInt(10) == 0) {
        FRAMES.stream()
            .filter(frame -> frame != Timeframe.M1)
            .forEach(frame -> checkRollUp(world.series, frame));
      }
    });
  }

  private static void checkRollUp(CandleSeries series, Timeframe frame) {
    Map<Long, List<Bar>> groups = new TreeMap<>();
    for (Bar bar : series.views().read(Timeframe.M1, SessionMode.EXTENDED, -1).bars()) {
      ZonedDateTime local = Instant.ofEpochMilli(bar.startMillis()).atZone(Feed.NYSE.zone());
      long minutes = frame.millis() / MINUTE;
      long ofDay = local.getHour() * 60L + local.getMinute();
      long key = local
          .truncatedTo(ChronoUnit.DAYS)
          .plusMinutes(ofDay / minutes * minutes)
          .toInstant()
          .toEpochMilli();
      groups.computeIfAbsent(key, start -> new ArrayList<>()).add(bar);
    }
    List<Bar> derived = series.views().read(frame, SessionMode.EXTENDED, -1).bars();
    assertThat(derived).extracting(Bar::startMillis).containsExactlyElementsOf(groups.keySet());
    for (Bar bar : derived) {
      List<Bar> group = groups.get(bar.startMillis());
      assertThat(bar.open()).isEqualTo(group.get(0).open());
      assertThat(bar.close()).isEqualTo(group.get(group.size() - 1).close());
      assertThat(bar.high())
          .isEqualTo(group.stream().mapToDouble(Bar::high).max().orElseThrow());
      assertThat(bar.low()).isEqualTo(group.stream().mapToDouble(Bar::low).min().orElseThrow());
      assertThat(bar.volume()).isEqualTo(group.stream().mapToDouble(Bar::volume).sum());
    }
  }
}
