package io.candlehub.model;

import java.util.List;
import java.util.Objects;

/**
 * How far a stream can be trusted (contract §3, health).
 *
 * @param mode the verdict
 * @param source how the stream is fed
 * @param provider the provider's id
 * @param lastUpdateMillisAgo market time since the last update; -1 if there was none
 * @param delayMillis how far the provider's data lag real time by plan
 * @param throttled true while the provider throttles us
 * @param cooldownMillis wall time until requests are made again, 0 if none
 * @param gapsDetected how many gaps are open
 * @param missing channels the provider refused
 * @param state market state: open, pre, post, closed or halted
 * @param reason why the mode is not LIVE; empty if it is
 */
public record Health(
    HealthMode mode,
    HealthSource source,
    String provider,
    long lastUpdateMillisAgo,
    long delayMillis,
    boolean throttled,
    long cooldownMillis,
    int gapsDetected,
    List<String> missing,
    String state,
    String reason) {
  /** Copies the list and checks presence. */
  public Health {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(reason, "reason");
    missing = List.copyOf(missing);
  }

  /** Returns true if both say the same but for the running ages. */
  public boolean sameVerdict(Health other) {
    return mode == other.mode
        && source == other.source
        && delayMillis == other.delayMillis
        && throttled == other.throttled
        && gapsDetected == other.gapsDetected
        && provider.equals(other.provider)
        && missing.equals(other.missing)
        && state.equals(other.state)
        && reason.equals(other.reason);
  }

  /**
   * Returns a number that is the same on every node for healths of the same verdict, and most likely another for
   * different ones; never 0.
   */
  public int verdictCode() {
    int code = Objects.hash(
        mode.wireName(),
        source.wireName(),
        delayMillis,
        throttled,
        gapsDetected,
        provider,
        missing,
        state,
        reason);
    return code == 0 ? 1 : code;
  }
}
