package io.candlehub.ingest.provider.massive;

import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.FeedSink;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.provider.RefusedTopics;
import io.candlehub.ingest.provider.StreamTimings;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.HaltEvent;
import io.candlehub.model.feed.Topic;
import io.vertx.core.Future;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The account's streams, one connection for each market of which something is wanted. They know nothing of each other: a
 * plan, a channel or a key refused on one leaves the others as they are. What no market carries is refused without asking
 * the provider, and so are contracts beyond what one connection may carry. Confined to one event loop.
 */
final class MassiveStreams {
  private static final Logger LOG = LoggerFactory.getLogger(MassiveStreams.class);

  private final Map<StreamMarket, MassiveStream> streams = new EnumMap<>(StreamMarket.class);
  private final ContractBudget contracts;
  private final FeedSink sink;
  private final FeedMeters meters;
  private final RefusedTopics refused;
  private boolean crowded;

  MassiveStreams(MassiveConfig config, StreamTimings timings, ProviderContext context) {
    this.contracts = new ContractBudget(config.contracts());
    this.sink = context.sink();
    this.meters = context.meters();
    this.refused = new RefusedTopics(sink);
    ProviderContext heard = context.withSink(this::say);
    for (StreamMarket market : StreamMarket.values()) {
      streams.put(market, new MassiveStream(config, market, timings, heard));
    }
  }

  /** Options pause with their underlying, of which only the stream of the shares tells. */
  private void say(List<FeedEvent> events) {
    sink.accept(events);
    for (FeedEvent event : events) {
      if (event instanceof HaltEvent halt) {
        streams.get(StreamMarket.OPTIONS).halted(halt);
      }
    }
  }

  /** Sets the complete set of wanted topics, the most important first. */
  void demand(Set<Topic> topics) {
    Map<StreamMarket, Set<Topic>> wanted = new EnumMap<>(StreamMarket.class);
    streams.keySet().forEach(market -> wanted.put(market, new LinkedHashSet<>()));
    topics.forEach(
        topic -> StreamMarket.of(topic).ifPresent(market -> wanted.get(market).add(topic)));
    Set<Topic> options = wanted.get(StreamMarket.OPTIONS);
    Set<Topic> admitted = contracts.admit(options);
    noteCrowd(options.size() - admitted.size());
    wanted.put(StreamMarket.OPTIONS, admitted);
    Set<Topic> homeless = new HashSet<>(topics);
    wanted.values().forEach(homeless::removeAll);
    Set<Topic> fresh = refused.set(homeless, topics);
    meters.overBudget((int) fresh.stream().filter(options::contains).count());
    streams.forEach(
        (market, stream) -> stream.demand(Collections.unmodifiableSet(wanted.get(market))));
  }

  private void noteCrowd(int excess) {
    if (!crowded && excess > 0) {
      LOG.warn("more contracts wanted than one connection carries [topicsRefused: {}]", excess);
    }
    crowded = excess > 0;
  }

  /** Takes what the provider's history says: it may show that a stream is mute. */
  void compare(HistoryQuery query, History history) {
    Optional<MassiveStream> stream =
        StreamMarket.of(query.instrument().assetClass()).map(streams::get);
    stream.ifPresent(found -> found.compare(query, history));
  }

  /** Closes the connections for good; done when they are closed, also those that were just being opened. */
  Future<Void> close() {
    return Future.join(streams.values().stream().map(MassiveStream::close).toList())
        .mapEmpty();
  }
}
