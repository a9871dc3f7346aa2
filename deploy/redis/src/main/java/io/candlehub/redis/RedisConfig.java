package io.candlehub.redis;

import io.candlehub.bus.EventBusCarrier;
import io.candlehub.model.Setting;
import io.candlehub.model.SettingException;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.RedisOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Which carrier brings updates from hubs to gateways, and where Redis is.
 *
 * @param mode the value of {@link #MODE}
 * @param uri address and credentials; empty without Redis
 * @param tlsCa PEM file of who signed the server's certificate; empty for those that Java trusts
 */
public record RedisConfig(String mode, String uri, String tlsCa) {
  /** {@code fanout.mode}. */
  public static final Setting<String> MODE = Setting.oneOf(
      "fanout.mode",
      EventBusCarrier.MODE,
      List.of(EventBusCarrier.MODE, RedisCarrier.MODE),
      "What carries updates from hubs to gateways; every node needs the same. See docs/fanout.md.");

  /** {@code redis.uri}. */
  public static final Setting<String> REDIS_URI = Setting.secret(
      "redis.uri",
      "redis://[USER:PASSWORD@]HOST:PORT, or rediss:// for TLS; needed by fanout.mode redis. REDIS_URL is read too.");

  private static final Setting<String> TLS_CA = Setting.text(
      "redis.tls.ca",
      "",
      "PEM certificates of the authority that signed the server's, if Java does not trust it anyway.");

  /** Every setting of the carriers. */
  public static final List<Setting<?>> SETTINGS = List.of(MODE, REDIS_URI, TLS_CA);

  private static final String ALLOWED =
      "redis://[USER:PASSWORD@]HOST:PORT[/DB] or rediss://…, without a query";
  private static final String MASK = "***";
  private static final int DEFAULT_PORT = 6379;
  private static final int CONNECT_MILLIS = 2_000;
  private static final int MOST_UNANSWERED = 16_384;

  /**
   * Reads and checks the settings.
   *
   * @throws SettingException if a value is not allowed
   */
  public static RedisConfig from(Map<String, String> values) {
    RedisConfig config =
        new RedisConfig(MODE.from(values), REDIS_URI.from(values), TLS_CA.from(values));
    if (config.isWanted() && config.uri.isEmpty()) {
      throw new SettingException(
          REDIS_URI.key(), "", ALLOWED + "; fanout.mode redis cannot do without");
    }
    if (!config.uri.isEmpty() && !isAddress(config.uri)) {
      throw new SettingException(REDIS_URI.key(), MASK, ALLOWED);
    }
    if (!config.tlsCa.isEmpty() && !Files.isReadable(Path.of(config.tlsCa))) {
      throw new SettingException(TLS_CA.key(), config.tlsCa, "a readable PEM file");
    }
    return config;
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = new URI(text);
      return ("redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getPort() <= 65_535
          && uri.getQuery() == null
          && uri.getFragment() == null
          && uri.getPath().matches("(/\\d{0,5})?");
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Returns whether Redis carries the updates. */
  public boolean isWanted() {
    return mode.equals(RedisCarrier.MODE);
  }

  /** Returns the server's host and port, which is all that may be shown of the address. */
  String server() {
    URI address = URI.create(uri);
    return address.getHost() + ":" + (address.getPort() < 0 ? DEFAULT_PORT : address.getPort());
  }

  /** Returns the client's options. Nothing is pooled: each link has one connection of its own client. */
  RedisOptions options() {
    NetClientOptions net = new NetClientOptions()
        .setConnectTimeout(CONNECT_MILLIS)
        .setTcpNoDelay(true)
        .setTcpKeepAlive(true);
    if (uri.startsWith("rediss:")) {
      net.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
      if (!tlsCa.isEmpty()) {
        net.setTrustOptions(new PemTrustOptions().addCertPath(tlsCa));
      }
    }
    return new RedisOptions()
        .setConnectionString(uri)
        .setMaxWaitingHandlers(MOST_UNANSWERED)
        .setMaxPoolSize(1)
        .setMaxPoolWaiting(1)
        .setPoolCleanerInterval(-1)
        .setPoolRecycleTimeout(-1)
        .setNetClientOptions(net);
  }

  /** Leaves the address out, for it may hold a password. */
  @Override
  public String toString() {
    return "RedisConfig[mode=" + mode + "]";
  }
}
