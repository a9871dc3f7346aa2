package io.candlehub.ingest.provider;

import io.candlehub.model.feed.Topic;
import java.util.Set;

/**
 * One connection to a provider's stream, from its beginning to its end, which it tells its {@link StreamListener}. It ends
 * once and is never used again. Confined to one event loop.
 */
public interface StreamLine {
  /** Makes connections. */
  interface Maker {
    /**
     * Returns a connection that has not begun.
     *
     * @param onDelayedHost true if the last one was told that the plan has delayed data only
     * @param listener takes what happens on it
     */
    StreamLine make(boolean onDelayedHost, StreamListener listener);
  }

  /** Connects and subscribes the topics, the most important first. */
  void open(Set<Topic> topics);

  /** Sets the complete set of topics, the most important first. */
  void want(Set<Topic> topics);

  /** Subscribes a topic anew: it is lost, and ready again when the provider accepts it. */
  void renew(Topic topic);

  /** Returns when something was last received, by the nano clock. */
  long lastHeardNanos();

  /** Sends a ping now. */
  void probe();

  /** Ends the connection from our side. */
  void end(StreamEnd end, String reason);
}
