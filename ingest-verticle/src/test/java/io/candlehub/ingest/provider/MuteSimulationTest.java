package io.candlehub.ingest.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.ingest.provider.MuteWatchdog.Verdict;
import io.candlehub.model.SessionPhase;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.model.feed.Topic;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Feeds with trades at random over whole days: no alarm while they flow, an alarm soon after they stop. */
@Timeout(60)
class MuteSimulationTest {
  private static final TradingCalendar NYSE = TradingCalendar.nyse();
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60_000;
  private static final long DELAY = Duration.ofMinutes(15).toMillis();

  /** Wednesday to Monday: a usual day, the Thanksgiving holiday, a half day, a weekend, a usual day. */
  private static final LocalDate FIRST = LocalDate.of(2025, 11, 26);

  private static final LocalDate LAST = LocalDate.of(2025, 12, 1);

  /**
   * A symbol.
   *
   * @param name its name
   * @param secondsBetween usual distance between trades in the regular session
   * @param burst trades come in bursts of so many seconds, and as much more rarely
   */
  private record Symbol(String name, double secondsBetween, int burst) {}

  private record Arrival(long atMillis, Topic topic) {}

  @Test
  void shouldRaiseNoAlarmForThinSymbols() {
    for (int seed = 0; seed < 12; seed++) {
      assertQuiet(seed, List.of(new Symbol("THIN", 1_200, 1)), 0);
      assertQuiet(seed, symbols("THIN", 8, 1_200, 1), 0);
    }
  }

  @Test
  void shouldRaiseNoAlarmForSymbolsBetween() {
    for (int seed = 0; seed < 2; seed++) {
      assertQuiet(seed, List.of(new Symbol("SOME", 30, 1)), 0);
      assertQuiet(seed, List.of(new Symbol("SOME", 120, 1), new Symbol("FEW", 400, 1)), 0);
      assertQuiet(seed, symbols("SOME", 5, 300, 1), DELAY);
    }
  }

  @Test
  void shouldRaiseNoAlarmForSymbolsThatTradeInBursts() {
    for (int seed = 0; seed < 3; seed++) {
      assertQuiet(seed, List.of(new Symbol("WILD", 30, 20)), 0);
      assertQuiet(seed, symbols("WILD", 3, 60, 20), 0);
    }
  }

  @Test
  void shouldRaiseNoAlarmForABusySymbol() {
    for (int seed = 0; seed < 1; seed++) {
      assertQuiet(seed, List.of(new Symbol("BUSY", 1.5, 1)), 0);
    }
  }

  @Test
  void shouldNoticeWithinHalfAMinuteThatABusyFeedIsMute() {
    TradingDay day = NYSE.day(FIRST).orElseThrow();
    for (int seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      long mutedAt =
          day.openMillis() + (20 + random.nextInt(350)) * MINUTE + random.nextInt(60) * SECOND;
      Simulation simulation = new Simulation(
          List.of(new Symbol("BUSY", 0.8, 1), new Symbol("THIN", 600, 1)), 0, random);
      simulation.run(day.openMillis() - MINUTE, mutedAt);
      assertThat(simulation.alarms).as("seed %s", seed).isEmpty();

      simulation.muted = true;
      simulation.run(mutedAt, mutedAt + 30 * SECOND);
      assertThat(simulation.alarms).as("seed %s", seed).isNotEmpty();
    }
  }

  private static void assertQuiet(int seed, List<Symbol> symbols, long delayMillis) {
    Simulation simulation = new Simulation(symbols, delayMillis, new Random(seed));
    simulation.run(NYSE.startOf(FIRST), NYSE.startOf(LAST.plusDays(1)));
    assertThat(simulation.alarms).as("seed %s, %s", seed, symbols).isEmpty();
  }

  private static List<Symbol> symbols(String name, int count, double secondsBetween, int burst) {
    List<Symbol> symbols = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      symbols.add(new Symbol(name + i, secondsBetween, burst));
    }
    return symbols;
  }

  /** Runs trades, makes seconds and minutes of them as the provider does, and looks every second. */
  private static final class Simulation {
    private final MuteWatchdog watchdog =
        new MuteWatchdog(NYSE, Duration.ofSeconds(15), Duration.ofSeconds(3));
    private final PriorityQueue<Arrival> coming =
        new PriorityQueue<>((a, b) -> Long.compare(a.atMillis, b.atMillis));
    private final List<String> alarms = new ArrayList<>();
    private final List<Symbol> symbols;
    private final long delayMillis;
    private final Random random;
    private final long[] nextTrade;
    private final long[] lastMinute;
    private boolean started;
    private boolean muted;

    Simulation(List<Symbol> symbols, long delayMillis, Random random) {
      this.symbols = symbols;
      this.delayMillis = delayMillis;
      this.random = random;
      this.nextTrade = new long[symbols.size()];
      this.lastMinute = new long[symbols.size()];
    }

    void run(long fromMillis, long toMillis) {
      if (!started) {
        started = true;
        watchdog.listen(fromMillis - delayMillis, nanos(fromMillis));
        for (int i = 0; i < symbols.size(); i++) {
          for (String channel : List.of("seconds:", "minutes:")) {
            watchdog.ready(topic(channel, i), fromMillis - delayMillis, nanos(fromMillis));
          }
          nextTrade[i] = fromMillis + (long) gap(symbols.get(i));
        }
      }
      for (long now = fromMillis; now < toMillis; now += SECOND) {
        boolean quiet = NYSE.phaseAt(now) == SessionPhase.CLOSED
            && NYSE.phaseAt(now - delayMillis - MINUTE) == SessionPhase.CLOSED;
        if (quiet && now % MINUTE != 0) {
          continue;
        }
        trade(now);
        deliver(now);
        look(now);
      }
    }

    private void trade(long now) {
      for (int i = 0; i < symbols.size(); i++) {
        while (nextTrade[i] <= now) {
          long at = nextTrade[i];
          SessionPhase phase = NYSE.phaseAt(at);
          if (phase == SessionPhase.OPEN
              || (phase != SessionPhase.CLOSED && random.nextInt(15) == 0)) {
            happen(i, at);
          }
          nextTrade[i] = at + Math.max(1, (long) gap(symbols.get(i)));
        }
      }
    }

    private void happen(int i, long at) {
      for (int n = 0; n < symbols.get(i).burst; n++) {
        long second = at - at % SECOND + n * SECOND;
        coming.add(new Arrival(second + 2_100 + random.nextInt(300), topic("seconds:", i)));
        long minute = second - second % MINUTE;
        if (minute > lastMinute[i]) {
          lastMinute[i] = minute;
          coming.add(
              new Arrival(minute + MINUTE + 1_200 + random.nextInt(900), topic("minutes:", i)));
        }
      }
    }

    private double gap(Symbol symbol) {
      double mean = symbol.secondsBetween * SECOND * symbol.burst;
      return -Math.log(1 - random.nextDouble()) * mean;
    }

    private void deliver(long now) {
      while (!coming.isEmpty() && coming.peek().atMillis + delayMillis <= now) {
        Arrival arrival = coming.poll();
        if (!muted) {
          long feedMillis = arrival.atMillis;
          watchdog.arrived(feedMillis, nanos(feedMillis + delayMillis));
          watchdog.arrived(arrival.topic, feedMillis, nanos(feedMillis + delayMillis));
        }
      }
    }

    private void look(long now) {
      if (watchdog.judge(now - delayMillis, nanos(now)) == Verdict.MUTE) {
        alarms.add("connection at " + now);
      }
      watchdog
          .muteTopics(now - delayMillis, nanos(now))
          .forEach(topic -> alarms.add(topic + " at " + now));
    }

    private Topic topic(String channel, int symbol) {
      return Topic.parse(channel + symbols.get(symbol).name).orElseThrow();
    }

    private static long nanos(long millis) {
      return millis * 1_000_000;
    }
  }
}
