package io.candlehub.hub;

import io.candlehub.hub.candle.SaleConditions;
import io.candlehub.hub.history.DataStore;
import io.candlehub.hub.history.HistoryLoader;
import io.candlehub.hub.history.ProviderHistory;
import io.candlehub.hub.history.ProviderOffer;
import io.candlehub.hub.history.ReferenceData;
import io.candlehub.hub.tape.VolumeCarrier;
import io.candlehub.model.Alert;
import io.candlehub.model.AssetClass;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketClock;
import io.candlehub.model.Origin;
import io.candlehub.model.Scheduler;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.Topic;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What every series works with.
 *
 * @param config the hub's configuration
 * @param providerId the provider's id, as shown in health
 * @param clock the market's clock
 * @param scheduler runs timers on the hub's event loop
 * @param provider the provider's history
 * @param loader history of store and provider
 * @param offer of which bars there is a history at all
 * @param reference instruments and splits
 * @param data keeps bars and quotes
 * @param feeds the connections' states
 * @param topics the provider topics' states
 * @param market what calendar and clock say
 * @param meters counters
 * @param hops measures the way of events
 * @param shards which instruments are this node's
 * @param alerts takes what operators and clients should know
 * @param conditions what trades may change
 * @param random names of epochs and the spread of waiting times
 * @param publisher takes updates to publish
 */
record SeriesParts(
    HubConfig config,
    String providerId,
    MarketClock clock,
    Scheduler scheduler,
    ProviderHistory provider,
    HistoryLoader loader,
    ProviderOffer offer,
    ReferenceData reference,
    DataStore data,
    FeedBoard feeds,
    TopicBoard topics,
    MarketState market,
    HubMeters meters,
    HubHops hops,
    OwnedShards shards,
    Consumer<Alert> alerts,
    Function<AssetClass, SaleConditions> conditions,
    RandomGenerator random,
    Consumer<ChartUpdate> publisher) {

  /** Returns market time less the delay of a class's feed. */
  long now(AssetClass assetClass) {
    return clock.millis() - delayMillis(assetClass);
  }

  /**
   * Returns when an event counts as received, less the feed's delay. Of events told again only about their age is known;
   * none was received before it happened.
   */
  long receivedAt(Instrument instrument, long ageMillis, long happenedMillis) {
    long now = now(instrument.assetClass());
    return Math.min(now, Math.max(now - ageMillis, happenedMillis));
  }

  long delayMillis(AssetClass assetClass) {
    return feeds.delayMillis(FeedBoard.market(assetClass));
  }

  /** Returns whose data flow on a channel: as its topic's state says, else who carries the market. */
  Origin origin(Channel channel, Instrument instrument) {
    return topics
        .origin(new Topic(channel, instrument))
        .orElseGet(() -> new Origin(
            feeds
                .status(FeedBoard.market(instrument.assetClass()))
                .map(FeedStatus::provider)
                .orElse(providerId),
            ""));
  }

  /** Returns what streams of an instrument and tells its volume as it grows. */
  VolumeCarrier volumeCarrier(Instrument instrument) {
    if (instrument.assetClass() == AssetClass.INDEX
        || feeds.isDown(FeedBoard.market(instrument.assetClass()))) {
      return VolumeCarrier.NOBODY;
    }
    if (topics.isReady(Channel.SECONDS, instrument)) {
      return VolumeCarrier.BARS;
    }
    return topics.isReady(Channel.TRADES, instrument) ? VolumeCarrier.TRADES : VolumeCarrier.NOBODY;
  }

  /** Returns true if bid and offer of an instrument stream now. */
  boolean streamsSides(Instrument instrument) {
    return topics.isReady(Channel.QUOTES, instrument)
        && !feeds.isDown(FeedBoard.market(instrument.assetClass()));
  }

  /** Returns the name of a new continuity. */
  String newEpoch() {
    return Long.toString(random.nextLong() & Long.MAX_VALUE, Character.MAX_RADIX);
  }
}
