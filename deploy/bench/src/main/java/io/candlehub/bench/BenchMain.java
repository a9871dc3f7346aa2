package io.candlehub.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The bench's entry: one sub-command per measurement, each prints a table for docs/performance.md. */
@Command(
    name = "candlehub-bench",
    description = "Measures the running program.",
    mixinStandardHelpOptions = true,
    subcommands = {
      LatencyBench.class,
      StartBench.class,
      MicroBench.Candles.class,
      MicroBench.OptionChains.class,
      MicroBench.Retell.class,
      MicroBench.Parse.class,
      MicroBench.Clustering.class,
      MicroBench.Demand.class,
      RestBench.class,
      FanoutBench.class,
      FanoutServerMain.class,
      LoadGenerator.class,
      ClusterBench.class,
      CarrierBench.class,
      StallBench.class,
      StallGenerator.class
    })
public final class BenchMain {
  private BenchMain() {}

  /** Runs the chosen measurement. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new BenchMain()).execute(args));
  }
}
