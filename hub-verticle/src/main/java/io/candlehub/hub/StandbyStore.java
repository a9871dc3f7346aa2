package io.candlehub.hub;

import io.candlehub.bus.QuoteJson;
import io.candlehub.hub.candle.SeriesCopy;
import io.candlehub.model.Instrument;
import io.candlehub.model.Quote;
import io.candlehub.model.Scheduler;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of shards this node stands by for. It is as large as its owners' and forgotten half a minute after the last
 * word from them. Confined to the hub's event loop.
 */
final class StandbyStore {
  private static final Duration SWEEP = Duration.ofSeconds(10);
  private static final int SWEEPS_KEPT = 3;
  private static final String OWN = "";

  private final Scheduler scheduler;
  private final long confirmDelayMillis;
  private final OwnedShards shards;
  private final StandbyMeters meters;
  private final Map<Integer, Copy> copies = new HashMap<>();
  private boolean sweeping;
  private boolean stopped;

  StandbyStore(
      Scheduler scheduler, Duration confirmDelay, OwnedShards shards, StandbyMeters meters) {
    this.scheduler = scheduler;
    this.confirmDelayMillis = confirmDelay.toMillis();
    this.shards = shards;
    this.meters = meters;
  }

  /** The copy of one shard. */
  static final class Copy {
    private final String node;
    private final long term;
    private final long session;
    private Optional<Copy> former;
    private final Map<Instrument, SeriesCopy> series = new HashMap<>();
    private final Map<Instrument, SeriesState> states = new HashMap<>();
    private final Map<Instrument, Quote> quotes = new HashMap<>();
    private List<LanePosition> positions = List.of();
    private boolean complete;
    private int quietSweeps;

    private Copy(String node, long term, long session, Optional<Copy> former) {
      this.node = node;
      this.term = term;
      this.session = session;
      this.former = former;
    }

    long term() {
      return term;
    }

    Map<Instrument, SeriesCopy> series() {
      return series;
    }

    SeriesState state(Instrument instrument) {
      return states.get(instrument);
    }

    Map<Instrument, Quote> quotes() {
      return quotes;
    }

    List<LanePosition> positions() {
      return positions;
    }
  }

  /** Keeps the state of a shard that this node has lost itself: it may come back after a moment. */
  void keep(StandbyBatch.Section section) {
    take(OWN, section);
    sweepLater();
  }

  /**
   * Takes a message of an owner; the answer names the shards of which everything is to be told again. What is not named
   * the owner counts as kept, so that ingest forgets the events of it.
   */
  JsonObject take(StandbyBatch batch) {
    JsonArray missing = new JsonArray();
    for (StandbyBatch.Section section : batch.sections()) {
      if (isForOwner(section) || !take(batch.node(), section)) {
        missing.add(section.shard());
      }
    }
    meters.copies(copies.size());
    sweepLater();
    return new JsonObject().put("missing", missing);
  }

  /** A shard that this node owns under the same term or a higher one; its successor is listened to. */
  private boolean isForOwner(StandbyBatch.Section section) {
    return shards.owns(section.shard()) && shards.term(section.shard()) >= section.term();
  }

  private boolean take(String node, StandbyBatch.Section section) {
    Copy known = copies.get(section.shard());
    if (section.first() && !isOutdated(known, section)) {
      Copy fresh = new Copy(node, section.term(), section.session(), complete(known));
      copies.put(section.shard(), fresh);
    }
    Copy copy = copies.get(section.shard());
    if (copy == null || copy.session != section.session() || !copy.node.equals(node)) {
      return false;
    }
    copy.quietSweeps = 0;
    for (StandbyBatch.Entry entry : section.entries()) {
      if (!take(copy, entry)) {
        return false;
      }
    }
    for (Buffer body : section.quotes()) {
      take(copy, body.toJsonObject());
    }
    if (section.complete()) {
      copy.complete = true;
      copy.former = Optional.empty();
      copy.positions = section.positions();
    }
    return true;
  }

  /** A former owner that was frozen or cut off may speak once more, after its successor has. */
  private static boolean isOutdated(Copy known, StandbyBatch.Section section) {
    return known != null && section.term() < known.term;
  }

  private boolean take(Copy copy, StandbyBatch.Entry entry) {
    Instrument instrument = Instrument.of(entry.symbol());
    if (entry.delta().length() == 0) {
      copy.series.remove(instrument);
      copy.states.remove(instrument);
      return true;
    }
    copy.states.put(instrument, entry.state());
    return copy.series
        .computeIfAbsent(
            instrument, fresh -> new SeriesCopy(TradingCalendar.of(instrument), confirmDelayMillis))
        .take(entry.delta().getBytes());
  }

  private static void take(Copy copy, JsonObject body) {
    Optional<Quote> quote = QuoteJson.read(body);
    if (quote.isPresent()) {
      copy.quotes.put(quote.get().instrument(), quote.get());
    } else {
      copy.quotes.remove(Instrument.of(body.getString("symbol")));
    }
  }

  /** While all is told again, what was complete before it counts. */
  private static Optional<Copy> complete(Copy copy) {
    if (copy == null) {
      return Optional.empty();
    }
    return copy.complete ? Optional.of(copy) : copy.former;
  }

  /** Returns what is known of a shard and forgets it; empty if it was never known completely. */
  Optional<Copy> remove(int shard) {
    Optional<Copy> copy = complete(copies.remove(shard));
    meters.copies(copies.size());
    return copy;
  }

  private void sweepLater() {
    if (!sweeping && !stopped && !copies.isEmpty()) {
      sweep();
    }
  }

  private void sweep() {
    sweeping = true;
    scheduler.after(SWEEP, () -> {
      sweeping = false;
      copies.values().removeIf(copy -> ++copy.quietSweeps > SWEEPS_KEPT);
      meters.copies(copies.size());
      sweepLater();
    });
  }

  void stop() {
    stopped = true;
    copies.clear();
  }
}
