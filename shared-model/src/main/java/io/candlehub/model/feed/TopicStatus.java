package io.candlehub.model.feed;

import io.candlehub.model.Origin;
import java.util.Objects;

/**
 * What became of a demanded topic. Sent again whenever it changes, in order with the data around it.
 *
 * @param topic the demanded topic
 * @param state its state at the provider
 * @param origin whose data flow from here on; of a topic that is not ready unknown
 */
public record TopicStatus(Topic topic, State state, Origin origin) implements FeedEvent {
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
    Objects.requireNonNull(origin, "origin");
  }

  /** Creates what one provider says, who need not name itself. */
  public TopicStatus(Topic topic, State state) {
    this(topic, state, Origin.UNKNOWN);
  }

  /** Returns the same, told by a provider. */
  public TopicStatus of(Origin teller) {
    return state == State.READY ? new TopicStatus(topic, state, teller) : this;
  }
}
