package io.candlehub.hub;

import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import io.candlehub.model.HealthSource;
import io.candlehub.model.SessionPhase;
import io.candlehub.model.feed.FeedStatus;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The verdict on one series: a pure function of what is known about its feed and its history (contract §3, health).
 *
 * @param provider id of the provider that names the feed, shown while no connection has told its own
 * @param feed the connection's state, if it has told any
 * @param ready true if the series' topics are subscribed and the connection carries data
 * @param refused channels of this series the provider refused
 * @param filling true while a hole is being filled
 * @param polled true if the history answered since the stream was lost
 * @param historyProblem why the history is not available though something is missing, or who else told it
 * @param cooldownMillis how long the provider throttles us still, 0 if it does not
 * @param gaps stretches that are suspected or could not be seen
 * @param lastUpdateMillisAgo market time since the last input, -1 if there was none
 * @param phase the market's phase
 * @param halted true if trading in the instrument is paused
 */
record SeriesHealth(
    String provider,
    Optional<FeedStatus> feed,
    boolean ready,
    List<String> refused,
    boolean filling,
    boolean polled,
    Problem historyProblem,
    long cooldownMillis,
    int gaps,
    long lastUpdateMillisAgo,
    SessionPhase phase,
    boolean halted) {

  private static final String HALTED = "halted";

  ChartHealth verdict() {
    Problem problem = problem();
    HealthMode mode = HealthMode.LIVE;
    if (!problem.isNone()) {
      mode = HealthMode.DEGRADED;
    } else if (filling) {
      mode = HealthMode.BACKFILLING;
    }
    TreeSet<String> missing = new TreeSet<>(refused);
    feed.ifPresent(status -> missing.addAll(status.missing()));
    Health health = new Health(
        mode,
        source(),
        feed.map(FeedStatus::provider).orElse(provider),
        lastUpdateMillisAgo,
        feed.map(FeedStatus::delayMillis).orElse(0L),
        cooldownMillis > 0,
        cooldownMillis,
        gaps,
        List.copyOf(missing),
        halted ? HALTED : phase.wireName(),
        mode == HealthMode.BACKFILLING ? "missed minutes are being filled" : problem.words());
    return new ChartHealth(health, problem.standIn());
  }

  private HealthSource source() {
    if (ready) {
      return HealthSource.WS;
    }
    return polled ? HealthSource.REST : HealthSource.CACHE;
  }

  private Problem problem() {
    if (!ready) {
      return Problem.of(feedProblem());
    }
    String fallback = feed.map(FeedStatus::reason).orElse("");
    if (!fallback.isEmpty()) {
      return Problem.of(fallback);
    }
    if (cooldownMillis > 0) {
      return Problem.of("the provider limits our requests");
    }
    return historyProblem;
  }

  private String feedProblem() {
    String reason = feed.map(FeedStatus::reason).orElse("");
    if (!reason.isEmpty()) {
      return reason;
    }
    FeedStatus.State state = feed.map(FeedStatus::state).orElse(FeedStatus.State.CONNECTING);
    return switch (state) {
      case MUTE -> "the stream is silent";
      case DISCONNECTED -> "the stream is disconnected";
      case REFUSED -> "the provider refused the stream";
      case EVICTED -> "another connection of the account took over the stream";
      case IDLE, CONNECTING -> "the stream is being connected";
      case STREAMING ->
        refused.isEmpty()
            ? "the stream's topics are being subscribed"
            : "the provider refused the stream of this symbol";
    };
  }
}
