package io.candlehub.bench;

import io.candlehub.simulator.Simulator;
import io.candlehub.simulator.SimulatorConfig;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what it costs to spread the program over processes: the same market and the same clients with one node, then
 * with clusters of several shapes. The exchange runs in this process, every node and the clients of each gateway in one
 * of their own.
 */
@Command(
    name = "cluster",
    description = "Processor time of a message, by nodes of the cluster.",
    mixinStandardHelpOptions = true)
final class ClusterBench implements Callable<Integer> {
  private static final long PATIENCE_SECONDS = 60;
  private static final double AIM = 1.3;

  @Option(
      names = "--jar",
      defaultValue = "deploy/launcher/target/candlehub.jar",
      description = "The program.")
  private Path jar;

  @Option(names = "--symbols", defaultValue = "100", description = "Charts that are followed.")
  private int symbols;

  @Option(names = "--clients", defaultValue = "1000", description = "Clients, one chart each.")
  private int clients;

  @Option(
      names = "--speed",
      defaultValue = "14",
      description = "Market seconds per second; each brings a bar a symbol.")
  private int speed;

  @Option(
      names = "--warm-up",
      defaultValue = "20",
      description = "Seconds before the first window.")
  private int warmUp;

  @Option(names = "--seconds", defaultValue = "8", description = "Length of a window.")
  private int seconds;

  @Option(names = "--windows", defaultValue = "3", description = "Windows of each shape.")
  private int windows;

  @Option(names = "--shape", description = "Measures only these, by their place from 0 on.")
  private List<Integer> only = List.of();

  @Override
  public Integer call() throws Exception {
    List<ClusterResult> results = new ArrayList<>();
    for (int i = 0; i < ClusterShape.ALL.size(); i++) {
      if (only.isEmpty() || only.contains(i)) {
        ClusterResult result = measure(ClusterShape.ALL.get(i));
        results.add(result);
        result
            .windows()
            .forEach(window -> System.out.printf(
                "%s: %,.0f messages/s, %,.0f updates/s, %.2f µs a message, cores %s%n",
                result.shape().title(),
                window.messages() / window.seconds(),
                window.updates() / window.seconds(),
                window.microsPerMessage(),
                cores(result, window)));
      }
    }
    print(results);
    return 0;
  }

  /** Every shape has an exchange of its own that plays the same market from the same moment on. */
  private ClusterResult measure(ClusterShape shape) throws Exception {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    Map<String, String> market =
        Map.of("simulator.mode", "synthetic", "simulator.speed", Integer.toString(speed));
    Simulator exchange = Simulator.start(vertx, SimulatorConfig.from(market))
        .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    try (ClusterRun run = ClusterRun.start(shape, jar, exchange)) {
      run.connect(clients, symbols);
      FanoutClients.pause(TimeUnit.SECONDS.toMillis(warmUp));
      List<ClusterResult.Window> measured = new ArrayList<>();
      for (int i = 0; i < windows; i++) {
        measured.add(run.measure(seconds));
      }
      return new ClusterResult(shape, measured);
    } finally {
      vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static void print(List<ClusterResult> results) {
    System.out.println(
        "| nodes | messages/s | updates/s | cores, each node | processor time a message (least–most) | against the first"
            + " | messages per gateway second | updates per hub second |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    double first = results.get(0).median(ClusterResult.Window::microsPerMessage);
    for (ClusterResult result : results) {
      boolean divided = result.shape().roles().size() > 1;
      double micros = result.median(ClusterResult.Window::microsPerMessage);
      System.out.printf(
          "| %s | %,.0f | %,.0f | %s | %.2f µs (%.2f–%.2f) | %.2f times | %s | %s |%n",
          result.shape().title(),
          result.median(window -> window.messages() / window.seconds()),
          result.median(window -> window.updates() / window.seconds()),
          cores(result, result.windows().get(result.windows().size() / 2)),
          micros,
          result.least(ClusterResult.Window::microsPerMessage),
          result.most(ClusterResult.Window::microsPerMessage),
          micros / first,
          divided ? String.format(Locale.ROOT, "%,.0f", result.messagesPerGatewaySecond()) : "–",
          divided ? String.format(Locale.ROOT, "%,.0f", result.updatesPerHubSecond()) : "–");
    }
    System.out.printf("aim: at most %.1f times%n", AIM);
  }

  private static String cores(ClusterResult result, ClusterResult.Window window) {
    return IntStream.range(0, result.shape().roles().size())
        .mapToObj(node -> String.format(
            Locale.ROOT, "%s %.2f", result.shape().roles().get(node), window.cores(node)))
        .collect(Collectors.joining("; "));
  }
}
