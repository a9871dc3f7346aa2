package io.candlehub.model.feed;

import java.util.Objects;

/**
 * What became of a demanded topic. Sent again whenever it changes, in order with the data around it.
 *
 * @param topic the demanded topic
 * @param state its state at the provider
 */
public record TopicStatus(Topic topic, State state) implements FeedEvent {
  /** State of a topic at the provider. */
  public enum State {
    /** The provider acknowledged it, or stayed silent for the grace time; data flow from here on. */
    READY,
    /** The provider refused it. */
    REFUSED,
    /** It is not subscribed any more: the connection is lost or the demand has ended. */
    LOST
  }

  /** Checks presence. */
  public TopicStatus {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(state, "state");
  }
}
