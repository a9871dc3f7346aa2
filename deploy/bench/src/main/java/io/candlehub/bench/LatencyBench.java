package io.candlehub.bench;

import io.candlehub.simulator.Simulator;
import io.candlehub.simulator.SimulatorConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the way of a second bar from the exchange's send to the client's receive, through the whole program. The
 * exchange, the tap and all clients run in this process, the program in its own; the first minute of every symbol does
 * not count, because it was partly loaded by REST.
 */
@Command(
    name = "latency",
    description = "Exchange's send to client's receive.",
    mixinStandardHelpOptions = true)
final class LatencyBench implements Callable<Integer> {
  private static final long PATIENCE_SECONDS = 60;
  private static final int MAX_FRAME = 8 << 20;

  @Option(
      names = "--jar",
      defaultValue = "deploy/launcher/target/candlehub.jar",
      description = "The program.")
  private Path jar;

  @Option(names = "--symbols", defaultValue = "100", description = "How many symbols are followed.")
  private int symbolCount;

  @Option(
      names = "--speed",
      defaultValue = "10",
      description = "Market seconds per second; each brings a bar a symbol.")
  private int speed;

  @Option(
      names = "--clients",
      defaultValue = "100",
      description = "How many clients are connected.")
  private int clientCount;

  @Option(
      names = "--charts",
      defaultValue = "1",
      description = "How many charts each client shows.")
  private int chartCount;

  @Option(names = "--warm-up", defaultValue = "20", description = "Seconds before the measurement.")
  private int warmUpSeconds;

  @Option(names = "--seconds", defaultValue = "30", description = "Seconds of the measurement.")
  private int seconds;

  @Override
  public Integer call() throws Exception {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    Map<String, String> market =
        Map.of("simulator.mode", "synthetic", "simulator.speed", Integer.toString(speed));
    Simulator exchange = Simulator.start(vertx, SimulatorConfig.from(market))
        .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    FeedTap tap = new FeedTap(vertx, exchange.webSocketUrl())
        .listen()
        .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    Map<String, String> settings = Map.of(
        "simulator.mode", "off",
        "massive.api-key", exchange.apiKey(),
        "massive.rest-url", exchange.restUrl(),
        "massive.ws-url", tap.url(),
        "market.clock", exchange.restUrl());
    try (ProgramProcess program = ProgramProcess.start(jar, settings)) {
      measure(vertx, tap, program);
    } finally {
      vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    return 0;
  }

  private void measure(Vertx vertx, FeedTap tap, ProgramProcess program) throws Exception {
    Recorder latency = new Recorder(TimeUnit.MINUTES.toNanos(1), 3);
    List<String> symbols = ProgramSymbols.first(symbolCount, program.url());
    WebSocketClient webSockets = vertx.createWebSocketClient(new WebSocketClientOptions()
        .setMaxFrameSize(MAX_FRAME)
        .setMaxMessageSize(MAX_FRAME)
        .setMaxConnections(clientCount));
    List<Future<?>> connected = new ArrayList<>();
    for (int i = 0; i < clientCount; i++) {
      List<String> own = new ArrayList<>();
      for (int k = 0; k < chartCount; k++) {
        own.add(symbols.get((i * chartCount + k) % symbols.size()));
      }
      connected.add(new ChartClient(tap, latency, own).connect(webSockets, program.url()));
    }
    Future.all(connected).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    pause(warmUpSeconds);
    latency.reset();
    long barsBefore = tap.seconds();
    long processorBefore = program.process().processorMillis();
    pause(seconds);
    report(
        latency.getIntervalHistogram(),
        tap.seconds() - barsBefore,
        program.process().processorMillis() - processorBefore);
  }

  private void report(Histogram latency, long bars, long processorMillis) {
    System.out.printf(
        "symbols %d, clients %d, charts a client %d: %.0f second bars/s from the exchange, %.0f deliveries/s%n",
        symbolCount,
        clientCount,
        chartCount,
        bars / (double) seconds,
        latency.getTotalCount() / (double) seconds);
    System.out.printf(
        "| p10 | p50 | p90 | p99 | p99.9 | max | program's processor use |%n|---|---|---|---|---|---|---|%n");
    System.out.printf(
        "| %.2f ms | %.2f ms | %.2f ms | %.2f ms | %.2f ms | %.2f ms | %.0f %% of one core |%n",
        latency.getValueAtPercentile(10) / 1e6,
        latency.getValueAtPercentile(50) / 1e6,
        latency.getValueAtPercentile(90) / 1e6,
        latency.getValueAtPercentile(99) / 1e6,
        latency.getValueAtPercentile(99.9) / 1e6,
        latency.getMaxValue() / 1e6,
        processorMillis / 10.0 / seconds);
  }

  private static void pause(int seconds) throws InterruptedException {
    if (new CountDownLatch(1).await(seconds, TimeUnit.SECONDS)) {
      throw new AssertionError("nobody counts down");
    }
  }
}
