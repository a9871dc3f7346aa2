package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChartedBars;
import io.candlehub.bus.QuoteJson;
import io.candlehub.bus.StreamPositions;
import io.candlehub.model.Instrument;
import io.candlehub.model.StreamKey;
import io.vertx.core.eventbus.EventBus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Tells a gateway how far streams it demands have been published, so that it notices what it has missed. Confined to the
 * hub's event loop.
 */
final class PositionTeller {
  /** For topics that are not all there are up to any number. */
  static final long NOT_ALL = 0;

  private final String self;
  private final EventBus bus;
  private final OwnedShards shards;
  private final Hub hub;

  /** Creates a teller; {@code self} is this node's id. */
  PositionTeller(String self, EventBus bus, OwnedShards shards, Hub hub) {
    this.self = self;
    this.bus = bus;
    this.shards = shards;
    this.hub = hub;
  }

  /**
   * Tells a gateway node of the topics that this node serves; of one that was never published there is nothing to tell.
   *
   * @param upTo the number of all that the topics are told for; it does not count if one cannot be told for now
   */
  void tell(String node, Collection<DemandTopic> topics, long upTo) {
    List<StreamPositions.Chart> charts = new ArrayList<>();
    List<StreamPositions.Quote> quotes = new ArrayList<>();
    boolean paused = false;
    for (DemandTopic topic : topics) {
      paused |= isPaused(topic.instrument());
      if (topic instanceof DemandTopic.Chart chart) {
        chart(chart.key()).ifPresent(charts::add);
      } else if (topic instanceof DemandTopic.Quotes of) {
        quote(of.instrument()).ifPresent(quotes::add);
      }
    }
    StreamPositions positions = new StreamPositions(self, paused ? NOT_ALL : upTo, charts, quotes);
    bus.send(Addresses.gatewayPositions(node), positions.toJson());
  }

  private boolean isPaused(Instrument instrument) {
    int shard = shards.of(instrument);
    return shards.owns(shard) && !shards.isServing(shard);
  }

  private Optional<StreamPositions.Chart> chart(StreamKey key) {
    int shard = shards.of(key.instrument());
    if (!shards.isServing(shard)) {
      return Optional.empty();
    }
    return hub.series(ChartedBars.of(key).instrument())
        .filter(LiveSeries::isActive)
        .flatMap(live -> live.open(key).position(shards.term(shard)));
  }

  private Optional<StreamPositions.Quote> quote(Instrument instrument) {
    int shard = shards.of(instrument);
    if (!shards.isServing(shard)) {
      return Optional.empty();
    }
    return hub.quotes()
        .quote(instrument)
        .map(quote -> new StreamPositions.Quote(
            instrument, shards.term(shard), StreamPositions.digest(QuoteJson.body(quote))));
  }
}
