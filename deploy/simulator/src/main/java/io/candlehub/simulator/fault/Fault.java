package io.candlehub.simulator.fault;

/**
 * One fault as ordered.
 *
 * @param kind what goes wrong
 * @param market the market it concerns, empty for all
 * @param channel the channel it concerns, empty for all
 * @param path start of the REST paths it concerns, empty for all
 * @param symbol the symbol it concerns, empty if none
 * @param status HTTP status of an error
 * @param retryAfterSeconds value of {@code Retry-After}, negative for no such header
 * @param percent share of the events it hits, 0 to 100; of a drift how far the price moves, negative if it falls
 * @param millis delay of a slow answer in wall millis, of a late event in market millis
 * @param limit how long it lasts
 */
public record Fault(
    FaultKind kind,
    String market,
    String channel,
    String path,
    String symbol,
    int status,
    int retryAfterSeconds,
    double percent,
    long millis,
    Limit limit) {
  /** Returns true if this concerns a market. */
  public boolean concernsMarket(String name) {
    return market.isEmpty() || market.equals(name);
  }

  /** Returns true if this concerns a channel. */
  public boolean concernsChannel(String name) {
    return channel.isEmpty() || channel.equals(name);
  }

  /** Returns true if this concerns a REST path. */
  public boolean concernsPath(String requested) {
    return requested.startsWith(path) && concernsMarket(marketOf(requested));
  }

  private static String marketOf(String path) {
    if (path.startsWith("/v1/markets/")) {
      return "tradier";
    }
    String plain = path.replace("%3A", ":").replace("%3a", ":");
    if (plain.contains("/O:") || plain.contains("/options")) {
      return "options";
    }
    return plain.contains("/I:") || plain.contains("/indices") ? "indices" : "stocks";
  }

  /**
   * How long a fault lasts; all limits given apply, none means until it is cleared.
   *
   * @param count number of times, negative for any number
   * @param seconds wall seconds, negative for any time
   * @param marketSeconds market seconds, negative for any time
   */
  public record Limit(long count, double seconds, double marketSeconds) {
    /** Lasts until it is cleared. */
    public static final Limit NONE = new Limit(-1, -1, -1);

    /** Returns true if nothing limits the fault. */
    public boolean isNone() {
      return count < 0 && seconds < 0 && marketSeconds < 0;
    }
  }
}
