package io.candlehub.ingest.provider.tradier;

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
 * How to reach the provider. Its text form hides the token.
 *
 * @param accessToken the account's token
 * @param baseUrl origin and path prefix of the REST interface, without trailing slash
 * @param wsUrl origin and path prefix of the stream, without trailing slash
 * @param requestTimeout longest time from sending a REST request to the end of its answer
 * @param requestsPerMinute REST requests in any minute; 0 for no limit
 * @param concurrentRequests REST requests at a time
 * @param contracts option contracts on the stream
 */
public record TradierConfig(
    String accessToken,
    URI baseUrl,
    URI wsUrl,
    Duration requestTimeout,
    int requestsPerMinute,
    int concurrentRequests,
    int contracts)
    implements ProviderConfig {
  /** The account's token. */
  public static final Setting<String> ACCESS_TOKEN =
      Setting.secret("tradier.access-token", "Access token of the account with the provider.");

  /** Base of the REST interface. */
  public static final Setting<String> BASE_URL = Setting.text(
      "tradier.base-url",
      "https://api.tradier.com/v1",
      "Base address of the REST interface, version included; the data of a host sandbox.* are delayed by 15 minutes.");

  /** Base of the stream. */
  public static final Setting<String> WS_URL = Setting.text(
      "tradier.ws-url", "wss://ws.tradier.com/v1", "Base address of the stream, version included.");

  /** Longest time of a REST request. */
  public static final Setting<Double> REQUEST_TIMEOUT = Setting.number(
      "tradier.request-timeout", 10, 0.1, 120, "Longest time of a REST request in seconds.");

  /** REST requests in any minute. */
  public static final Setting<Integer> REQUESTS_PER_MINUTE = Setting.integer(
      "tradier.requests-per-minute",
      120,
      0,
      60_000,
      "REST requests in any minute; the sandbox grants 60; 0 means no limit.");

  /** REST requests at a time. */
  public static final Setting<Integer> CONCURRENT_REQUESTS = Setting.integer(
      "tradier.concurrent-requests", 8, 1, 256, "REST requests at a time; others wait their turn.");

  /** Every setting of the provider. */
  public static final List<Setting<?>> SETTINGS = List.of(
      ACCESS_TOKEN, BASE_URL, WS_URL, REQUEST_TIMEOUT, REQUESTS_PER_MINUTE, CONCURRENT_REQUESTS);

  private static final String SANDBOX = "sandbox.";

  /** Checks presence. */
  public TradierConfig {
    Objects.requireNonNull(accessToken, "accessToken");
    Objects.requireNonNull(baseUrl, "baseUrl");
    Objects.requireNonNull(wsUrl, "wsUrl");
    Objects.requireNonNull(requestTimeout, "requestTimeout");
  }

  /**
   * Reads the configuration.
   *
   * @param values the effective configuration by key
   * @throws SettingException if a value is not allowed or the token is missing
   */
  public static TradierConfig from(Map<String, String> values) {
    String accessToken = ACCESS_TOKEN.from(values);
    if (accessToken.isEmpty()) {
      throw new SettingException(ACCESS_TOKEN.key(), "", "the token of an account is needed");
    }
    return new TradierConfig(
        accessToken,
        ProviderUrl.of(BASE_URL, BASE_URL.from(values), Set.of("http", "https")),
        ProviderUrl.of(WS_URL, WS_URL.from(values), Set.of("ws", "wss")),
        Duration.ofMillis(Math.round(REQUEST_TIMEOUT.from(values) * 1_000)),
        REQUESTS_PER_MINUTE.from(values),
        CONCURRENT_REQUESTS.from(values),
        ProviderLimits.TOPICS.from(values));
  }

  @Override
  public String id() {
    return TradierModule.ID;
  }

  @Override
  public MarketDataProvider open(ProviderContext context) {
    return new TradierProvider(this, context);
  }

  /** Returns true if the data are delayed: the sandbox has no others. */
  boolean isDelayed() {
    return baseUrl.getHost().startsWith(SANDBOX);
  }

  @Override
  public String toString() {
    return "TradierConfig[baseUrl=" + baseUrl + ", wsUrl=" + wsUrl + "]";
  }
}
