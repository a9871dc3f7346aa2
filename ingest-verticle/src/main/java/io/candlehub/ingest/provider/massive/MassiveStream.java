package io.candlehub.ingest.provider.massive;

import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.provider.ProviderStream;
import io.candlehub.ingest.provider.StreamLine;
import io.candlehub.ingest.provider.StreamListener;
import io.candlehub.ingest.provider.StreamSocket;
import io.candlehub.ingest.provider.StreamTimings;
import io.candlehub.model.feed.HaltEvent;
import io.candlehub.model.feed.Topic;
import io.vertx.core.Future;
import io.vertx.core.http.WebSocketClient;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** The account's one stream of a market. Confined to one event loop. */
final class MassiveStream {

  private final MassiveConfig config;
  private final StreamMarket market;
  private final StreamTimings timings;
  private final ProviderContext context;
  private final WebSocketClient client;
  private final FrameParser parser;
  private final ProviderStream stream;

  MassiveStream(
      MassiveConfig config, StreamMarket market, StreamTimings timings, ProviderContext context) {
    this.config = config;
    this.market = market;
    this.timings = timings;
    this.context = context;
    this.client = StreamSocket.client(context.vertx());
    this.parser = new FrameParser(context.meters());
    this.stream = new ProviderStream(
        this::line,
        new ProviderStream.Feed(MassiveModule.ID, List.of(market.assetClass().market()), false),
        timings,
        context);
  }

  private StreamLine line(boolean onDelayedHost, StreamListener listener) {
    URI base = onDelayedHost ? config.delayedWsUrl() : config.wsUrl();
    return new StreamSession(
        client,
        URI.create(base + "/" + market.wireName()),
        config.apiKey(),
        timings,
        context.scheduler(),
        context.nanoClock(),
        parser,
        listener);
  }

  /** Sets the complete set of wanted topics, all of this market. */
  void demand(Set<Topic> topics) {
    stream.demand(topics);
  }

  /** Takes a pause of trading in a share, or its end: options on it pause too. */
  void halted(HaltEvent halt) {
    stream.halted(halt);
  }

  /** Takes what the provider's history says: it may show that the stream is mute. */
  void compare(HistoryQuery query, History history) {
    stream.compare(query, history);
  }

  /** Closes the connection for good; done when it is closed, also one that was just being opened. */
  Future<Void> close() {
    return stream.close().transform(ended -> client.close());
  }
}
