package io.candlehub.ingest.provider;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tells of requests that fail: of each endpoint every kind of failure once, however many there are, and that it is over
 * when an answer comes a minute after the last. The others are told at debug level. A refused key is told once for all
 * endpoints. Confined to one event loop.
 */
final class RestLog {
  private static final Logger LOG = LoggerFactory.getLogger(RestLog.class);
  private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

  private final String setting;
  private final LongSupplier nanoClock;
  private final Map<Kind, Run> runs = new HashMap<>();
  private Run refusals = new Run(0, 0);

  /**
   * Creates a log of no requests.
   *
   * @param setting the name of the setting that holds the account's key
   */
  RestLog(String setting, LongSupplier nanoClock) {
    this.setting = setting;
    this.nanoClock = nanoClock;
  }

  private record Kind(String endpoint, String word) {}

  private record Run(long lastNanos, long requests) {}

  /**
   * Takes note of a request without a good answer.
   *
   * @param word the kind of failure
   * @param detail what the provider or the network says, fit for a log
   */
  void failed(RestClient.Request request, String word, String detail) {
    Kind kind = new Kind(request.endpoint(), word);
    Run before = runs.getOrDefault(kind, new Run(0, 0));
    runs.put(kind, new Run(nanoClock.getAsLong(), before.requests + 1));
    LOG.atLevel(before.requests == 0 ? Level.WARN : Level.DEBUG)
        .log(
            "request failed [endpoint: {}, subject: {}, kind: {}, {}]",
            request.endpoint(),
            request.subject(),
            word,
            detail);
  }

  /** Takes note that the provider does not know the key. */
  void keyRefused(RestClient.Request request) {
    if (refusals.requests == 0) {
      LOG.error("the provider refuses the key or token of an account [setting: {}]", setting);
    }
    refusals = new Run(nanoClock.getAsLong(), refusals.requests + 1);
    LOG.debug("key refused [endpoint: {}, subject: {}]", request.endpoint(), request.subject());
  }

  /** Takes note of an answer. */
  void answered(String endpoint) {
    long now = nanoClock.getAsLong();
    if (refusals.requests > 0 && now - refusals.lastNanos >= QUIET_NANOS) {
      LOG.info(
          "the provider accepts the key or token again [setting: {}, refused: {}]",
          setting,
          refusals.requests);
      refusals = new Run(0, 0);
    }
    runs.entrySet().removeIf(entry -> {
      boolean over = entry.getKey().endpoint.equals(endpoint)
          && now - entry.getValue().lastNanos >= QUIET_NANOS;
      if (over) {
        LOG.info(
            "requests are answered again [endpoint: {}, kind: {}, failed: {}]",
            endpoint,
            entry.getKey().word,
            entry.getValue().requests);
      }
      return over;
    });
  }
}
