package io.candlehub.examples;

import io.candlehub.bus.BusCodecs;
import io.candlehub.cluster.hazelcast.ClusterConfig;
import io.candlehub.cluster.hazelcast.ClusteredNode;
import io.candlehub.model.Bar;
import io.candlehub.model.Instrument;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.VertxOptions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A service in a process of its own: it joins the cluster without a role and prints a line for each final bar of a
 * stream, and again for each revision. Arguments are a symbol, a timeframe, and settings of the cluster:
 *
 * <pre>java -cp bar-service.jar:candlehub.jar io.candlehub.examples.BarService SPY 1m \
 *     cluster.host=10.0.0.9 cluster.members=10.0.0.1,10.0.0.2,10.0.0.3</pre>
 */
public final class BarService {
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 9;

  private BarService() {}

  /**
   * Joins the cluster and prints until the process is told to end.
   *
   * @throws TimeoutException if joining takes longer than it may
   */
  public static void main(String[] args) throws TimeoutException {
    Map<String, String> settings = new HashMap<>(Map.of("cluster.mode", "hazelcast"));
    String symbol = "SPY";
    String timeframe = "1m";
    for (String argument : args) {
      int equals = argument.indexOf('=');
      if (equals > 0) {
        settings.put(argument.substring(0, equals), argument.substring(equals + 1));
      } else if (Timeframe.parse(argument).isPresent()) {
        timeframe = argument;
      } else {
        symbol = argument;
      }
    }
    StreamKey stream = new StreamKey(
        Instrument.of(symbol), Timeframe.parse(timeframe).orElseThrow(), SessionMode.EXTENDED);
    // No role: it owns no shard, leads nothing, and does not vote unless the seeds name it.
    ClusteredNode node = ClusteredNode.start(
            ClusterConfig.from(settings),
            Set.of(),
            new VertxOptions().setPreferNativeTransport(true),
            new SimpleMeterRegistry())
        .await(START_SECONDS, TimeUnit.SECONDS);
    BusCodecs.register(node.vertx());
    FinalBars bars = new FinalBars();
    String name = symbol;
    node.vertx()
        .deployVerticle(new StreamConsumer(
            stream,
            node.cluster().nodeId(),
            message -> bars.of(message).forEach(bar -> System.out.println(line(name, bar)))))
        .await(START_SECONDS, TimeUnit.SECONDS);
    System.err.println("bar service ready");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(node), "end"));
  }

  private static String line(String symbol, Bar bar) {
    return Instant.ofEpochMilli(bar.startMillis())
        + " " + symbol
        + " o " + bar.open()
        + " h " + bar.high()
        + " l " + bar.low()
        + " c " + bar.close()
        + " v " + bar.volume()
        + " " + bar.state().wireName();
  }

  private static void end(ClusteredNode node) {
    try {
      node.cluster()
          .leave()
          .compose(left -> node.vertx().close())
          .await(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      System.err.println("bar service did not end in time");
    }
  }
}
