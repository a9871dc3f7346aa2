package io.candlehub.bench;

import com.sun.management.OperatingSystemMXBean;
import io.candlehub.bus.FanoutMessage;
import io.candlehub.bus.FanoutSubscription;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures carriers: time from publishing to the handler at a pace, and messages a second with a bound on what is open. */
@Command(
    name = "carrier",
    description = "Latency and throughput of the fan-out carriers.",
    mixinStandardHelpOptions = true)
final class CarrierBench implements Callable<Integer> {
  private static final long MOST_OPEN = 5_000;
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  @Option(names = "--redis-uri", description = "A Redis server; without it Redis is not measured.")
  private String redisUri;

  @Option(names = "--addresses", defaultValue = "1000", description = "How many addresses.")
  private int addresses;

  @Option(names = "--bytes", defaultValue = "600", description = "Length of a body.")
  private int bytes;

  @Option(names = "--rate", defaultValue = "5000", description = "Messages a second at a pace.")
  private int rate;

  @Option(names = "--seconds", defaultValue = "10", description = "Length of each measurement.")
  private int seconds;

  private final ConcurrentHistogram nanos = new ConcurrentHistogram(3);
  private final AtomicLong heard = new AtomicLong();
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private Buffer body;
  private long published;

  @Override
  public Integer call() throws Exception {
    body = Buffer.buffer("{\"x\":\"" + "y".repeat(Math.max(1, bytes - 8)) + "\"}");
    System.out.printf(
        "%d addresses, bodies of %d bytes; CPU of this process, both nodes%n%n", addresses, bytes);
    System.out.println("| carrier | p50 / p99 / max at " + rate
        + "/s | CPU a message | most messages/s | CPU a message |");
    System.out.println("|---|---|---|---|---|");
    measure("event bus, one node", CarrierPair.oneNode());
    measure("event bus, two nodes", CarrierPair.clustered());
    if (redisUri != null) {
      measure("redis", CarrierPair.redis(redisUri));
    }
    return 0;
  }

  private void measure(String name, CarrierPair pair) throws Exception {
    List<FanoutSubscription> subscriptions = new ArrayList<>();
    for (int n = 0; n < addresses; n++) {
      subscriptions.add(pair.listener().subscribe(address(n), this::heard));
    }
    for (FanoutSubscription subscription : subscriptions) {
      subscription.completion().await(30, TimeUnit.SECONDS);
    }
    // The first seconds tell other nodes who listens, and warm the code up.
    atPace(pair);
    flood(pair);
    Cost paced = cost(() -> atPace(pair));
    Histogram latency = nanos.copy();
    Cost flooded = cost(() -> flood(pair));
    System.out.printf(
        "| %s | %.2f / %.2f / %.1f ms | %.1f µs | %,d | %.1f µs |%n",
        name,
        latency.getValueAtPercentile(50) / 1e6,
        latency.getValueAtPercentile(99) / 1e6,
        latency.getMaxValue() / 1e6,
        paced.cpuMicros,
        Math.round(flooded.messages / (double) seconds),
        flooded.cpuMicros);
    pair.close();
  }

  private record Cost(long messages, double cpuMicros) {}

  private Cost cost(Runnable work) {
    nanos.reset();
    long before = heard.get();
    long cpu = system.getProcessCpuTime();
    work.run();
    long messages = heard.get() - before;
    return new Cost(messages, (system.getProcessCpuTime() - cpu) / 1e3 / Math.max(1, messages));
  }

  private void heard(FanoutMessage message) {
    nanos.recordValue(
        Math.max(0, System.nanoTime() - Long.parseLong(message.headers().get("seq"))));
    heard.incrementAndGet();
  }

  private static String address(int number) {
    return "md.chart.1m.S" + number;
  }

  private void publish(CarrierPair pair) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap()
        .add("kind", "update")
        .add("seq", Long.toString(System.nanoTime()))
        .add("term", "1");
    pair.publisher().publish(address((int) (published++ % addresses)), body, headers);
  }

  private void atPace(CarrierPair pair) {
    long begin = System.nanoTime();
    long end = begin + TimeUnit.SECONDS.toNanos(seconds);
    long due = 0;
    for (long now = begin; now < end; now = System.nanoTime()) {
      long wanted = (now - begin) * rate / TimeUnit.SECONDS.toNanos(1);
      for (; due < wanted; due++) {
        publish(pair);
      }
      LockSupport.parkNanos(TICK_NANOS);
    }
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
  }

  private void flood(CarrierPair pair) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    long sent = 0;
    long before = heard.get();
    while (System.nanoTime() < end) {
      if (sent - (heard.get() - before) < MOST_OPEN) {
        publish(pair);
        sent++;
      } else {
        LockSupport.parkNanos(TICK_NANOS / 10);
      }
    }
  }
}
