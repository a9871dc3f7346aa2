package io.candlehub.hub;

import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.FeedStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What is known about each provider connection. Confined to the hub's event loop. */
final class FeedBoard {
  private final Map<String, FeedStatus> statuses = new HashMap<>();
  private final Map<String, Long> lastDataMillis = new HashMap<>();

  private static final Set<FeedStatus.State> DOWN = Set.of(
      FeedStatus.State.MUTE,
      FeedStatus.State.DISCONNECTED,
      FeedStatus.State.REFUSED,
      FeedStatus.State.EVICTED);

  /** Returns the market whose connection carries a class of instruments. */
  static String market(AssetClass assetClass) {
    return assetClass.market();
  }

  /** Returns true if a connection carries an instrument. */
  static boolean isOf(Instrument instrument, FeedStatus status) {
    return market(instrument.assetClass()).equals(status.market());
  }

  void put(FeedStatus status) {
    statuses.put(status.market(), status);
  }

  /** Takes note that data of a market arrived. */
  void dataAt(String market, long marketMillis) {
    lastDataMillis.put(market, marketMillis);
  }

  Optional<FeedStatus> status(String market) {
    return Optional.ofNullable(statuses.get(market));
  }

  List<FeedStatus> all() {
    return List.copyOf(statuses.values());
  }

  /** Returns true if the connection is known to carry nothing. */
  boolean isDown(String market) {
    return status(market).map(status -> DOWN.contains(status.state())).orElse(false);
  }

  /** Returns true if the connection is up but silent although something should arrive. */
  boolean isMute(String market) {
    return status(market).map(status -> status.state() == FeedStatus.State.MUTE).orElse(false);
  }

  long delayMillis(String market) {
    return status(market).map(FeedStatus::delayMillis).orElse(0L);
  }

  /** Returns the largest delay of all connections. */
  long longestDelayMillis() {
    return statuses.values().stream().mapToLong(FeedStatus::delayMillis).max().orElse(0);
  }

  /** Returns the market time of the last frame received, or empty if there was none. */
  OptionalLong lastFrameMillis(String market) {
    long frame = status(market).map(FeedStatus::lastFrameMillis).orElse(-1L);
    long last = Math.max(frame, lastDataMillis.getOrDefault(market, -1L));
    return last < 0 ? OptionalLong.empty() : OptionalLong.of(last);
  }
}
