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
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells ingest the union of this node's demand as provider topics, at once when it changes and every few seconds. Confined to
 * the hub's event loop.
 */
final class DemandUplink {
  private static final Logger LOG = LoggerFactory.getLogger(DemandUplink.class);
  private static final Duration REPEAT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final String node;
  private final IngestLink ingest;
  private final Scheduler scheduler;
  private Set<String> topics = Set.of();
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
   * know of pauses; quotes need quotes and seconds.
   */
  void want(Set<Instrument> charts, Set<Instrument> tradeBuilt, Set<Instrument> quotes) {
    Set<String> next = new TreeSet<>();
    for (Instrument instrument : charts) {
      next.add(new Topic(Channel.MINUTES, instrument).toString());
      next.add(new Topic(Channel.SECONDS, instrument).toString());
      if (instrument.assetClass() == AssetClass.EQUITY) {
        next.add(new Topic(Channel.HALTS, instrument).toString());
      }
    }
    for (Instrument instrument : tradeBuilt) {
      next.add(new Topic(Channel.TRADES, instrument).toString());
    }
    for (Instrument instrument : quotes) {
      next.add(new Topic(Channel.QUOTES, instrument).toString());
      next.add(new Topic(Channel.SECONDS, instrument).toString());
    }
    if (!next.equals(topics)) {
      topics = next;
      send();
    }
  }

  /** Tells the demand now: there may be another ingest that does not know it. */
  void send() {
    if (stopped) {
      return;
    }
    JsonArray list = new JsonArray();
    topics.forEach(list::add);
    ingest
        .request(
            Addresses.INGEST_DEMAND,
            new JsonObject().put("node", node).put("topics", list),
            TIMEOUT)
        .onSuccess(done -> {
          if (failing) {
            failing = false;
            LOG.info("ingest takes the demand again [topics: {}]", topics.size());
          }
        })
        .onFailure(failure -> {
          if (!failing) {
            failing = true;
            LOG.warn("ingest does not take the demand [topics: {}]", topics.size(), failure);
          }
        });
  }
}
