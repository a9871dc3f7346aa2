package io.candlehub.gateway.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what is encoded, shared and left out. Safe on any thread. */
final class StreamMeters {
  private final AtomicInteger charts = new AtomicInteger();
  private final AtomicInteger quotes = new AtomicInteger();
  private final AtomicInteger trades = new AtomicInteger();
  private final AtomicInteger chains = new AtomicInteger();
  private final Counter encoded;
  private final Counter written;
  private final Counter bytes;
  private final Counter conflated;
  private final Counter repairs;
  private final Counter formerOwner;
  private final Counter cutOff;
  private final Timer writeDelay;

  StreamMeters(MeterRegistry registry) {
    streams(registry, "chart", charts);
    streams(registry, "quote", quotes);
    streams(registry, "trades", trades);
    streams(registry, "chain", chains);
    encoded = Counter.builder("candlehub.gateway.updates.encoded")
        .description("Messages encoded, once for all clients at the same position")
        .register(registry);
    written = Counter.builder("candlehub.gateway.updates.written")
        .description("Messages written to clients")
        .register(registry);
    bytes = Counter.builder("candlehub.gateway.updates.bytes")
        .baseUnit("bytes")
        .description("Payload written to clients")
        .register(registry);
    conflated = Counter.builder("candlehub.gateway.updates.conflated")
        .description("Changes that reached a client as part of a later message")
        .register(registry);
    repairs = Counter.builder("candlehub.gateway.stream.repairs")
        .description("Holes in what the hub published, closed by asking")
        .register(registry);
    formerOwner = dropped(registry, "former-owner");
    cutOff = dropped(registry, "cut-off");
    writeDelay = Timer.builder("candlehub.gateway.write.delay")
        .description("From hearing a change until the clients that could be written have it")
        .register(registry);
  }

  private static Counter dropped(MeterRegistry registry, String reason) {
    return Counter.builder("candlehub.gateway.dropped")
        .tag("reason", reason)
        .description("What hubs told that was not taken")
        .register(registry);
  }

  private static void streams(MeterRegistry registry, String kind, AtomicInteger open) {
    Gauge.builder("candlehub.gateway.streams", open, AtomicInteger::get)
        .tag("kind", kind)
        .description("Streams held open for clients")
        .register(registry);
  }

  void charts(int open) {
    charts.set(open);
  }

  void quotes(int open) {
    quotes.set(open);
  }

  void trades(int open) {
    trades.set(open);
  }

  void chains(int open) {
    chains.set(open);
  }

  void encoded() {
    encoded.increment();
  }

  void written(int messages, long size, long skipped) {
    written.increment(messages);
    bytes.increment((double) size);
    if (skipped > 0) {
      conflated.increment((double) skipped);
    }
  }

  void repaired() {
    repairs.increment();
  }

  void droppedFormerOwner() {
    formerOwner.increment();
  }

  void droppedCutOff() {
    cutOff.increment();
  }

  void writeDelay(long nanos) {
    writeDelay.record(nanos, TimeUnit.NANOSECONDS);
  }
}
