package io.candlehub.ingest.provider.massive;

import io.candlehub.ingest.MarketDataProvider;
import io.candlehub.ingest.ProviderConfig;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.ingest.provider.ProviderUrl;
import io.candlehub.model.ProviderLimits;
import io.candlehub.model.Setting;
import io.candlehub.model.SettingException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How to reach the provider. Its text form hides the key.
 *
 * @param apiKey the account's key
 * @param restUrl origin and path prefix of the REST interface, without trailing slash
 * @param wsUrl origin and path prefix of the real-time stream; the market is appended
 * @param delayedWsUrl the same of the stream delayed by 15 minutes
 * @param requestTimeout longest time from sending a REST request to the end of its answer
 * @param requestsPerMinute REST requests in any minute; 0 for no limit
 * @param requestsPerSecond REST requests per second, bursts of as many included; 0 for no limit
 * @param concurrentRequests REST requests at a time
 * @param evictionCoolDown wait after another connection of the account took over
 * @param refusedRetry wait after the key or the plan was refused
 * @param contracts option contracts on one connection
 */
public record MassiveConfig(
    String apiKey,
    URI restUrl,
    URI wsUrl,
    URI delayedWsUrl,
    Duration requestTimeout,
    int requestsPerMinute,
    int requestsPerSecond,
    int concurrentRequests,
    Duration evictionCoolDown,
    Duration refusedRetry,
    int contracts)
    implements ProviderConfig {
  /** The account's key. */
  public static final Setting<String> API_KEY =
      Setting.secret("massive.api-key", "API key of the account with the provider.");

  /** Base of the REST interface. */
  public static final Setting<String> REST_URL = Setting.text(
      "massive.rest-url", "https://api.massive.com", "Base address of the REST interface.");

  /** Base of the real-time stream. */
  public static final Setting<String> WS_URL = Setting.text(
      "massive.ws-url",
      "wss://socket.massive.com",
      "Base address of the streams; /stocks, /options and /indices are appended.");

  /** Base of the delayed stream. */
  public static final Setting<String> DELAYED_WS_URL = Setting.text(
      "massive.delayed-ws-url",
      "",
      "Base address of the delayed stream, used when the plan has no real-time data; without it the host socket.* of"
          + " massive.ws-url becomes delayed.*, or /delayed is appended if the host has another name.");

  /** Longest time of a REST request. */
  public static final Setting<Double> REQUEST_TIMEOUT = Setting.number(
      "massive.request-timeout", 10, 0.1, 120, "Longest time of a REST request in seconds.");

  /** REST requests in any minute. */
  public static final Setting<Integer> REQUESTS_PER_MINUTE = Setting.integer(
      "massive.requests-per-minute",
      0,
      0,
      60_000,
      "REST requests in any minute; 0 means no limit.");

  /** REST requests per second. */
  public static final Setting<Integer> REQUESTS_PER_SECOND = Setting.integer(
      "massive.requests-per-second",
      100,
      0,
      10_000,
      "REST requests per second, bursts of as many included; 0 means no limit.");

  /** REST requests at a time. */
  public static final Setting<Integer> CONCURRENT_REQUESTS = Setting.integer(
      "massive.concurrent-requests", 8, 1, 256, "REST requests at a time; others wait their turn.");

  /** Wait after an eviction. */
  public static final Setting<Double> EVICTION_COOL_DOWN = Setting.number(
      "massive.eviction-cool-down",
      60,
      0.1,
      3_600,
      "Seconds to stay away after another connection of the account took over.");

  /** Wait after a refusal. */
  public static final Setting<Double> REFUSED_RETRY = Setting.number(
      "massive.refused-retry",
      60,
      0.1,
      3_600,
      "Seconds between attempts while the key is refused.");

  private static final Set<String> WS = Set.of("ws", "wss");

  /** Every setting of the provider. */
  public static final List<Setting<?>> SETTINGS = List.of(
      API_KEY,
      REST_URL,
      WS_URL,
      DELAYED_WS_URL,
      REQUEST_TIMEOUT,
      REQUESTS_PER_MINUTE,
      REQUESTS_PER_SECOND,
      CONCURRENT_REQUESTS,
      EVICTION_COOL_DOWN,
      REFUSED_RETRY);

  /** Checks presence. */
  public MassiveConfig {
    Objects.requireNonNull(apiKey, "apiKey");
    Objects.requireNonNull(restUrl, "restUrl");
    Objects.requireNonNull(wsUrl, "wsUrl");
    Objects.requireNonNull(delayedWsUrl, "delayedWsUrl");
    Objects.requireNonNull(requestTimeout, "requestTimeout");
    Objects.requireNonNull(evictionCoolDown, "evictionCoolDown");
    Objects.requireNonNull(refusedRetry, "refusedRetry");
  }

  /**
   * Reads the configuration.
   *
   * @param values the effective configuration by key
   * @throws SettingException if a value is not allowed or the key is missing
   */
  public static MassiveConfig from(Map<String, String> values) {
    String apiKey = API_KEY.from(values);
    if (apiKey.isEmpty()) {
      throw new SettingException(API_KEY.key(), "", "the key of an account is needed");
    }
    URI wsUrl = ProviderUrl.of(WS_URL, WS_URL.from(values), WS);
    String delayed = DELAYED_WS_URL.from(values);
    return new MassiveConfig(
        apiKey,
        ProviderUrl.of(REST_URL, REST_URL.from(values), Set.of("http", "https")),
        wsUrl,
        delayed.isEmpty() ? delayedOf(wsUrl) : ProviderUrl.of(DELAYED_WS_URL, delayed, WS),
        seconds(REQUEST_TIMEOUT.from(values)),
        REQUESTS_PER_MINUTE.from(values),
        REQUESTS_PER_SECOND.from(values),
        CONCURRENT_REQUESTS.from(values),
        seconds(EVICTION_COOL_DOWN.from(values)),
        seconds(REFUSED_RETRY.from(values)),
        ProviderLimits.TOPICS.from(values));
  }

  @Override
  public String id() {
    return MassiveModule.ID;
  }

  @Override
  public MarketDataProvider open(ProviderContext context) {
    return new MassiveProvider(this, context);
  }

  @Override
  public String toString() {
    return "MassiveConfig[restUrl=" + restUrl + ", wsUrl=" + wsUrl + ", delayedWsUrl="
        + delayedWsUrl + "]";
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }

  private static URI delayedOf(URI wsUrl) {
    String text = wsUrl.toString();
    String host = wsUrl.getHost();
    return host.startsWith("socket.")
        ? URI.create(text.replaceFirst("//socket\\.", "//delayed."))
        : URI.create(text + "/delayed");
  }
}
