package io.candlehub.ingest.provider.massive;

import io.candlehub.ingest.FeedSink;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.provider.ContractBudget;
import io.candlehub.ingest.provider.RefusedTopics;
import io.candlehub.ingest.provider.StreamTimings;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.HaltEvent;
import io.candlehub.model.feed.Topic;
import io.vertx.core.Future;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The account's streams, one connection for each market of which something is wanted. They know nothing of each other: a
 * plan, a channel or a key refused on one leaves the others as they are. What no market carries is refused without asking
 * the provider, and so are contracts beyond what one connection may carry. Confined to one event loop.
 */
final class MassiveStreams {
  private final Map<StreamMarket, MassiveStream> streams = new EnumMap<>(StreamMarket.class);
  private final ContractBudget contracts;
  private final FeedSink sink;
  private final RefusedTopics refused;

  MassiveStreams(MassiveConfig config, StreamTimings timings, ProviderContext context) {
    this.contracts = new ContractBudget(config.contracts(), context.meters());
    this.sink = context.sink();
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
    wanted.computeIfPresent(StreamMarket.OPTIONS, (market, options) -> contracts.admit(options));
    Set<Topic> homeless = new LinkedHashSet<>(topics);
    wanted.values().forEach(homeless::removeAll);
    streams.forEach(
        (market, stream) -> stream.demand(Collections.unmodifiableSet(wanted.get(market))));
    refused.set(homeless, topics);
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
