package io.candlehub.gateway.watch;

import io.candlehub.model.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How much may be watched, and how often it is read.
 *
 * @param perViewer most tickers of one viewer
 * @param total most different tickers of all viewers
 * @param perRequest most tickers of one request, which is the provider's limit
 * @param every wall time from one round of requests to the next while somebody looks
 * @param soonest wall time that must pass at least before tickers nobody watched before are read
 */
public record WatchlistLimits(
    int perViewer, int total, int perRequest, Duration every, Duration soonest) {
  /** The most the provider's snapshot of several tickers takes. */
  private static final int PER_REQUEST = 250;

  private static final Duration SOONEST = Duration.ofSeconds(1);

  private static final Setting<Integer> PER_VIEWER = Setting.integer(
      "limits.watchlist-tickers", 100, 1, 1_000, "Most tickers in one client's watchlist.");
  private static final Setting<Integer> TOTAL = Setting.integer(
      "limits.watchlist-total",
      1_000,
      1,
      10_000,
      "Most different tickers in all watchlists a node reads together.");
  private static final Setting<Integer> EVERY = Setting.integer(
      "watchlist.seconds",
      5,
      1,
      3_600,
      "Seconds from one reading of the watched tickers to the next while somebody looks.");

  /** The settings of watchlists. */
  public static final List<Setting<?>> SETTINGS = List.of(PER_VIEWER, TOTAL, EVERY);

  /** Checks the numbers. */
  public WatchlistLimits {
    if (perViewer < 1 || total < 1 || perRequest < 1) {
      throw new IllegalArgumentException("limits of watchlists must be positive");
    }
    if (soonest.compareTo(every) > 0 || every.isZero() || soonest.isNegative()) {
      throw new IllegalArgumentException("every=" + every + " must be at least " + soonest);
    }
  }

  /**
   * Reads the limits.
   *
   * @throws io.candlehub.model.SettingException if a value is not allowed
   */
  public static WatchlistLimits from(Map<String, String> values) {
    return new WatchlistLimits(
        PER_VIEWER.from(values),
        TOTAL.from(values),
        PER_REQUEST,
        Duration.ofSeconds(EVERY.from(values)),
        SOONEST);
  }
}
