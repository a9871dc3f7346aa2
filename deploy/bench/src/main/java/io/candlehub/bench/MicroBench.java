package io.candlehub.bench;

import io.candlehub.hub.candle.RingSize;
import io.candlehub.hub.option.RetellBenchmark;
import io.candlehub.ingest.provider.massive.ParseTable;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs one of the JMH benchmarks in a process of its own and prints what it measured. */
abstract class MicroBench implements Callable<Integer> {
  private final String benchmark;

  @Option(
      names = "--seconds",
      description = "Length of each of the five measured iterations (default: ${DEFAULT-VALUE}).")
  private int seconds = 2;

  MicroBench(String benchmark) {
    this.benchmark = benchmark;
  }

  @Override
  public Integer call() throws Exception {
    Options options = new OptionsBuilder()
        .include(benchmark)
        .forks(1)
        .warmupIterations(3)
        .warmupTime(TimeValue.seconds(seconds))
        .measurementIterations(5)
        .measurementTime(TimeValue.seconds(seconds))
        .shouldFailOnError(true)
        .build();
    print(new Runner(options).run());
    return 0;
  }

  /** Prints the results as rows of docs/performance.md. */
  abstract void print(Collection<RunResult> results);

  /** Returns a benchmark's operations per second. */
  static double perSecond(RunResult result) {
    return result.getPrimaryResult().getScore() * unitsPerSecond(result);
  }

  private static double unitsPerSecond(RunResult result) {
    TimeUnit unit = result.getParams().getTimeUnit();
    return (double) TimeUnit.SECONDS.toNanos(1) / unit.toNanos(1);
  }

  static String name(RunResult result) {
    String full = result.getParams().getBenchmark();
    return full.substring(full.lastIndexOf('.') + 1);
  }

  static void row(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /** Candle updates. */
  @Command(
      name = "candles",
      description = "Measures folding streamed seconds into candles, and the ring's size.",
      mixinStandardHelpOptions = true)
  static final class Candles extends MicroBench {
    Candles() {
      super("CandleBenchmark");
    }

    @Override
    void print(Collection<RunResult> results) {
      row("| benchmark | events per second |");
      row("|---|---|");
      for (RunResult result : results) {
        row("| %s | %,.0f |", name(result), perSecond(result));
      }
      RingSize.measure().forEach(line -> row("%s", line));
    }
  }

  /** Parsing of the provider's frames. */
  @Command(
      name = "parse",
      description = "Measures parsing of the provider's frames beside Jackson.",
      mixinStandardHelpOptions = true)
  static final class Parse extends MicroBench {
    Parse() {
      super("ParseBenchmark");
    }

    @Override
    void print(Collection<RunResult> results) {
      ParseTable.lines(results).forEach(line -> row("%s", line));
    }
  }

  /** What a cluster costs within each node. */
  @Command(
      name = "clustering",
      description = "Measures what ingest and hub do for a cluster, event by event.",
      mixinStandardHelpOptions = true)
  static final class Clustering extends MicroBench {
    Clustering() {
      super("(FeedBenchmark|TransferBenchmark|ShardBenchmark)");
    }

    @Override
    void print(Collection<RunResult> results) {
      row("| benchmark | nanoseconds |");
      row("|---|---|");
      for (RunResult result : results) {
        String size = result.getParams().getParam("size");
        int events = size == null ? 1 : Integer.parseInt(size);
        String name = name(result) + (size == null ? "" : ", an event in frames of " + size);
        row("| %s | %,.0f |", name, TimeUnit.SECONDS.toNanos(1) / perSecond(result) / events);
      }
    }
  }

  /** What gateways tell hubs they want. */
  @Command(
      name = "demand",
      description = "Measures the demand of 20 gateways with 10,000 topics each at one hub.",
      mixinStandardHelpOptions = true)
  static final class Demand extends MicroBench {
    Demand() {
      super("DemandBenchmark");
    }

    @Override
    void print(Collection<RunResult> results) {
      row("| benchmark | microseconds |");
      row("|---|---|");
      for (RunResult result : results) {
        row("| %s | %,.1f |", name(result), result.getPrimaryResult().getScore());
      }
    }
  }

  /** Re-pricing of option chains. */
  @Command(
      name = "options",
      description = "Measures implied volatility and greeks of 5,000 option contracts.",
      mixinStandardHelpOptions = true)
  static final class OptionChains extends MicroBench {
    OptionChains() {
      super("RepricingBenchmark");
    }

    @Override
    void print(Collection<RunResult> results) {
      row("| exercise | milliseconds for 5,000 contracts |");
      row("|---|---|");
      for (RunResult result : results) {
        row(
            "| %s | %.1f |",
            result.getParams().getParam("style"), result.getPrimaryResult().getScore());
      }
    }
  }

  /** Telling the legs of a chain again. */
  @Command(
      name = "retell",
      description = "Measures telling 500 legs of a chain again because they have grown old.",
      mixinStandardHelpOptions = true)
  static final class Retell extends MicroBench {
    Retell() {
      super("RetellBenchmark");
    }

    @Override
    void print(Collection<RunResult> results) {
      row("| greeks | milliseconds for 500 legs | bytes |");
      row("|---|---|---|");
      for (RunResult result : results) {
        String greeks = result.getParams().getParam("greeks");
        double millis = result.getPrimaryResult().getScore();
        row("| %s | %.2f | %,d |", greeks, millis, RetellBenchmark.bytes(greeks));
      }
    }
  }
}
