package io.candlehub.ingest.hybrid;

import io.candlehub.model.feed.FeedStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One account's connection for one market, as its states tell. A connection that is not up has failed after ten seconds,
 * one that is refused after two; it is stable again after it has been up for twenty. What is up for less than five
 * seconds was not up. Times are wall time in nanoseconds. Confined to one event loop.
 */
final class Link {
  private static final long PATIENCE = Duration.ofSeconds(10).toNanos();
  private static final long PATIENCE_IF_REFUSED = Duration.ofSeconds(2).toNanos();
  private static final long BRIEF = Duration.ofSeconds(5).toNanos();
  private static final long STABLE = Duration.ofSeconds(20).toNanos();
  private static final long BARRED = Duration.ofSeconds(60).toNanos();
  private static final long NEVER = Long.MIN_VALUE;
  private static final Set<FeedStatus.State> REFUSALS =
      Set.of(FeedStatus.State.REFUSED, FeedStatus.State.EVICTED);

  private Optional<FeedStatus> status = Optional.empty();
  private long upSince = NEVER;
  private long downSince = NEVER;
  private long barredUntil = NEVER;

  /** Takes what the connection does now. */
  void put(FeedStatus next, long now) {
    boolean hadFailed = hasFailed(now);
    status = Optional.of(next);
    switch (next.state()) {
      case STREAMING -> {
        if (upSince == NEVER) {
          upSince = now;
        }
      }
      case IDLE -> {
        upSince = NEVER;
        downSince = NEVER;
        barredUntil = hadFailed ? now + BARRED : NEVER;
      }
      default -> down(now);
    }
  }

  /** Takes note that it should be up. */
  void wanted(long now) {
    if (upSince == NEVER && downSince == NEVER) {
      downSince = now;
    }
  }

  private void down(long now) {
    if (downSince == NEVER || (upSince != NEVER && now - upSince >= BRIEF)) {
      downSince = now;
    }
    upSince = NEVER;
  }

  /** Returns the last state told, or empty. */
  Optional<FeedStatus> status() {
    return status;
  }

  boolean isUp() {
    return upSince != NEVER;
  }

  /** Returns true if another account should take its place. */
  boolean hasFailed(long now) {
    if (isUp()) {
      return false;
    }
    boolean barred = barredUntil != NEVER && barredUntil - now > 0;
    return barred || (downSince != NEVER && now - downSince >= patience());
  }

  private long patience() {
    return status.map(last -> REFUSALS.contains(last.state())).orElse(false)
        ? PATIENCE_IF_REFUSED
        : PATIENCE;
  }

  /** Returns true if it may have topics of one that is up too: it is up and, if it had failed, stable. */
  boolean isReady(long now) {
    boolean late = downSince != NEVER && upSince - downSince >= PATIENCE;
    return isUp() && (!late || isStable(now));
  }

  /** Returns true if it may have its topics back. */
  boolean isStable(long now) {
    return isUp() && now - upSince >= STABLE;
  }
}
