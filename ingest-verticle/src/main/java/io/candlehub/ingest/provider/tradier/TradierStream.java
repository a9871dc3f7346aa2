package io.candlehub.ingest.provider.tradier;

import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.provider.ProviderStream;
import io.candlehub.ingest.provider.RefusedTopics;
import io.candlehub.ingest.provider.StreamTimings;
import io.candlehub.model.feed.Topic;
import io.vertx.core.Future;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The account's one stream, which carries shares, options and indices together: more than one session at a time is not
 * permitted. What it does not carry is refused without asking the provider. Confined to one event loop.
 */
final class TradierStream {
  private static final List<String> MARKETS = List.of("stocks", "options", "indices");
  private static final int MAX_FRAME_BYTES = 4 << 20;

  private final WebSocketClient client;
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
    this.client = context
        .vertx()
        .createWebSocketClient(new WebSocketClientOptions()
            .setMaxFrameSize(MAX_FRAME_BYTES)
            .setMaxMessageSize(MAX_FRAME_BYTES)
            .setTcpNoDelay(true));
    this.refused = new RefusedTopics(context.sink());
    URI url = URI.create(config.wsUrl() + "/markets/events");
    this.stream = new ProviderStream(
        (onDelayedHost, listener) ->
            new TradierSession(client, url, sessions, timings, context, listener),
        new ProviderStream.Feed(TradierModule.ID, MARKETS, config.isDelayed()),
        timings,
        context);
  }

  /** Sets the complete set of wanted topics. */
  void demand(Set<Topic> topics) {
    Set<Topic> carried = new HashSet<>();
    Set<Topic> others = new HashSet<>();
    for (Topic topic : topics) {
      boolean carries =
          TradierProvider.CAPABILITIES.streams(topic.instrument().assetClass(), topic.channel());
      (carries ? carried : others).add(topic);
    }
    refused.set(others, topics);
    stream.demand(Set.copyOf(carried));
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
