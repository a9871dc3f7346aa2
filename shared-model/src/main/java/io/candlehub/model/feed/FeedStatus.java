package io.candlehub.model.feed;

import java.util.Objects;
import java.util.Set;

/**
 * The state of one provider connection, sent on every change and in order with the data around it.
 *
 * @param provider the provider's id
 * @param market asset class of the connection, for example {@code stocks}
 * @param state what the connection does
 * @param reason why, in words fit for a client; while streaming empty, unless another provider than the preferred one
 *     streams, which it names, or quotes are not to be trusted, whose provider it names
 * @param delayMillis how far the data lag real time by plan
 * @param missing channels refused by the provider, in our words
 * @param lastFrameMillis market time of the last frame received, or -1
 */
public record FeedStatus(
    String provider,
    String market,
    State state,
    String reason,
    long delayMillis,
    Set<String> missing,
    long lastFrameMillis)
    implements FeedEvent {
  /** What a connection does. */
  public enum State {
    /** No stream is wanted. */
    IDLE,
    /** Being set up for the first time or again. */
    CONNECTING,
    /** Authenticated and subscribed. */
    STREAMING,
    /** Connected, but nothing arrives although something should. */
    MUTE,
    /** Lost; the next attempt is planned. */
    DISCONNECTED,
    /** The provider refused the key or the plan. */
    REFUSED,
    /** Evicted by another connection of the account; waiting before trying again. */
    EVICTED
  }

  /** Copies the set and checks presence. */
  public FeedStatus {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(market, "market");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(reason, "reason");
    missing = Set.copyOf(missing);
  }
}
