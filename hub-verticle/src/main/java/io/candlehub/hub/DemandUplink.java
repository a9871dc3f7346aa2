package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.IngestLink;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.Topic;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells ingest the union of this node's demand as provider topics, at once when it changes and every few seconds. Confined to
 * the hub's event loop.
 */
final class DemandUplink {
  private static final Logger LOG = LoggerFactory.getLogger(DemandUplink.class);
  private static final Duration REPEAT = Duration.ofSeconds(5);
  private static final Duration AGAIN = Duration.ofMillis(200);
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final String node;
  private final IngestLink ingest;
  private final Scheduler scheduler;
  private List<String> topics = List.of();
  private boolean telling;
  private boolean again;
  private boolean failing;
  private boolean stopped;
  private Scheduler.Cancellable repeat = () -> {};

  DemandUplink(String node, IngestLink ingest, Scheduler scheduler) {
    this.node = node;
    this.ingest = ingest;
    this.scheduler = scheduler;
  }

  /** Begins to repeat the demand. */
  void start() {
    repeat = scheduler.after(REPEAT, () -> {
      send();
      start();
    });
  }

  /** Ends the demand. */
  void stop() {
    stopped = true;
    repeat.cancel();
  }

  /**
   * Sets what is wanted: charts need minutes and seconds, or trades where the provider refused both, and equities to
   * know of pauses; quotes need quotes and seconds, trades the quotes by which their sides are told. Of options what is
   * not live is left out, because providers limit them.
   *
   * @param live symbols of the live options, the most important first
   */
  void want(Wanted wanted, Set<Instrument> tradeBuilt, List<String> live) {
    Set<String> next = new LinkedHashSet<>();
    Predicate<Instrument> admitted = admitted(live);
    for (Instrument instrument : sorted(wanted.charts().keySet())) {
      add(next, instrument, Channel.MINUTES, Channel.SECONDS);
      if (instrument.assetClass() == AssetClass.EQUITY) {
        add(next, instrument, Channel.HALTS);
      }
    }
    sorted(tradeBuilt).forEach(instrument -> add(next, instrument, Channel.TRADES));
    live.forEach(symbol -> add(next, Instrument.of(symbol), Channel.QUOTES, Channel.TRADES));
    sorted(wanted.quotes()).stream()
        .filter(admitted)
        .forEach(instrument -> add(next, instrument, Channel.QUOTES, Channel.SECONDS));
    sorted(wanted.trades()).stream()
        .filter(admitted)
        .forEach(instrument -> add(next, instrument, Channel.TRADES, Channel.QUOTES));
    List<String> ordered = List.copyOf(next);
    if (!ordered.equals(topics)) {
      topics = ordered;
      send();
    }
  }

  private static Predicate<Instrument> admitted(List<String> live) {
    Set<String> options = Set.copyOf(live);
    return instrument ->
        instrument.assetClass() != AssetClass.OPTION || options.contains(instrument.symbol());
  }

  private static List<Instrument> sorted(Set<Instrument> instruments) {
    return instruments.stream().sorted(Comparator.comparing(Instrument::symbol)).toList();
  }

  private static void add(Set<String> topics, Instrument instrument, Channel... channels) {
    for (Channel channel : channels) {
      topics.add(new Topic(channel, instrument).toString());
    }
  }

  /**
   * Tells the demand now: there may be another ingest that does not know it. What changes before the answer is told
   * after it, so that no older demand comes later.
   */
  void send() {
    again = telling;
    if (telling || stopped) {
      return;
    }
    telling = true;
    JsonArray list = new JsonArray();
    topics.forEach(list::add);
    ingest
        .request(
            Addresses.INGEST_DEMAND,
            new JsonObject().put("node", node).put("topics", list),
            TIMEOUT)
        .onSuccess(done -> told())
        .onFailure(this::untold);
  }

  private void told() {
    telling = false;
    if (failing) {
      failing = false;
      LOG.info("ingest takes the demand again [topics: {}]", topics.size());
    }
    if (again) {
      send();
    }
  }

  private void untold(Throwable failure) {
    if (!failing) {
      failing = true;
      LOG.warn(
          "ingest does not take the demand [topics: {}, cause: {}]",
          topics.size(),
          failure.getMessage());
    }
    scheduler.after(AGAIN, () -> {
      telling = false;
      send();
    });
  }
}
