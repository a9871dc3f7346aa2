package io.candlehub.ingest.provider;

import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedEvent;
import io.vertx.core.Future;
import java.util.Set;

/** Takes what happens on one connection. Called on the event loop; {@link #pause} marks the end of one happening. */
public interface StreamListener {
  /** The key was accepted. */
  void live();

  /** The first topics found their fate. */
  void settled();

  /** A market event, or what became of a topic. */
  void event(FeedEvent event);

  /** A frame with market data arrived; its events follow. */
  void data();

  /** A frame of any kind arrived. */
  void frame();

  /** The refused channels changed. */
  void missing(Set<Channel> channels);

  /** Everything of this moment is said. */
  void pause();

  /**
   * The connection is over.
   *
   * @param reason why, in words fit for a client
   * @param closed completes when the socket is closed
   */
  void ended(StreamEnd end, String reason, Future<Void> closed);
}
