package io.candlehub.ingest.provider.tradier;

import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.provider.ContractBudget;
import io.candlehub.ingest.provider.ProviderStream;
import io.candlehub.ingest.provider.RefusedTopics;
import io.candlehub.ingest.provider.StreamSocket;
import io.candlehub.ingest.provider.StreamTimings;
import io.candlehub.model.AssetClass;
import io.candlehub.model.feed.Topic;
import io.vertx.core.Future;
import io.vertx.core.http.WebSocketClient;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The account's one stream, which carries shares, options and indices together: more than one session at a time is not
 * permitted. What it does not carry is refused without asking the provider, and so are contracts beyond what one
 * connection may carry. Confined to one event loop.
 */
final class TradierStream {
  private static final List<String> MARKETS = Stream.of(AssetClass.values())
      .filter(TradierProvider.CAPABILITIES.streams()::containsKey)
      .map(AssetClass::market)
      .toList();

  private final WebSocketClient client;
  private final ContractBudget contracts;
  private final RefusedTopics refused;
  private final ProviderStream stream;

  /**
   * Creates a stream that connects when something is wanted.
   *
   * @param sessions asks for the id of a streaming session
   */
  TradierStream(
      TradierConfig config,
      Supplier<Future<String>> sessions,
      StreamTimings timings,
      ProviderContext context) {
    this.client = StreamSocket.client(context.vertx());
    this.contracts = new ContractBudget(config.contracts(), context.meters());
    this.refused = new RefusedTopics(context.sink());
    URI url = URI.create(config.wsUrl() + "/markets/events");
    this.stream = new ProviderStream(
        (onDelayedHost, listener) ->
            new TradierSession(client, url, sessions, timings, context, listener),
        new ProviderStream.Feed(TradierModule.ID, MARKETS, config.isDelayed()),
        timings,
        context);
  }

  /** Sets the complete set of wanted topics, the most important first. */
  void demand(Set<Topic> topics) {
    Set<Topic> carried = new LinkedHashSet<>(topics);
    carried.removeIf(topic ->
        !TradierProvider.CAPABILITIES.streams(topic.instrument().assetClass(), topic.channel())
            || TradierSymbols.write(topic.instrument()).isEmpty());
    Set<Topic> admitted = contracts.admit(carried);
    Set<Topic> others = new LinkedHashSet<>(topics);
    others.removeAll(admitted);
    stream.demand(admitted);
    refused.set(others, topics);
  }

  /** Takes what the provider's history says: it may show that the stream is mute. */
  void compare(HistoryQuery query, History history) {
    stream.compare(query, history);
  }

  /** Closes the connection for good. */
  Future<Void> close() {
    return stream.close().transform(ended -> client.close());
  }
}
