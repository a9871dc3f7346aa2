package io.candlehub.gateway;

import io.candlehub.gateway.access.AccessRules;
import io.candlehub.gateway.access.TrustedProxies;
import io.candlehub.gateway.access.VisitorLimits;
import io.candlehub.gateway.auth.AuthConfig;
import io.candlehub.gateway.watch.WatchlistLimits;
import io.candlehub.model.Setting;
import io.candlehub.model.SettingException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The gateway's settings (contract §2).
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any free one
 * @param allowedHosts hosts that requests may name; empty for the own address and the loopback names
 * @param allowedOrigins origins of pages that may connect in addition to the gateway's own
 * @param chartsPerClient the most charts of one client
 * @param liveSymbolsPerClient the most symbols of each class of assets with quotes of one client
 * @param watchlists how much may be watched without a stream
 * @param pingInterval time from one ping of Socket.IO to the next
 * @param pingTimeout time a client of Socket.IO has to answer a ping
 * @param coalesceWindow over which changes of one stream are collected into one message; zero for none
 * @param stallLimit longest time a client may stay blocked for writing
 * @param messageBytes the longest message a client may send
 * @param queueBytes bytes waiting for a client above which it counts as blocked
 * @param messagesPerSecond the most messages a client may send, on average
 * @param handOver how long a gateway that is cut off keeps its clients before it sends them elsewhere; zero for ever
 * @param trustedProxies whose word on a client's address is taken
 * @param visitors what one remote address, and one caller that identifies itself, may hold open and ask for
 * @param auth how callers identify themselves
 * @param tls the files for TLS
 * @param management the second listener
 */
public record GatewayConfig(
    String host,
    int port,
    List<String> allowedHosts,
    List<String> allowedOrigins,
    int chartsPerClient,
    int liveSymbolsPerClient,
    WatchlistLimits watchlists,
    Duration pingInterval,
    Duration pingTimeout,
    Duration coalesceWindow,
    Duration stallLimit,
    int messageBytes,
    int queueBytes,
    int messagesPerSecond,
    Duration handOver,
    TrustedProxies trustedProxies,
    VisitorLimits visitors,
    AuthConfig auth,
    TlsConfig tls,
    ManagementConfig management) {
  private static final Setting<String> HOST =
      Setting.text("http.host", "127.0.0.1", "Address the gateway listens on.");
  private static final Setting<Integer> PORT = Setting.integer(
      "http.port", 8080, 0, 65_535, "Port the gateway listens on; 0 takes any free one.");
  private static final Setting<List<String>> ALLOWED_HOSTS = Setting.list(
      "http.allowed-hosts",
      "",
      "Hosts that requests may name, host or host:port; the own address and the loopback names if"
          + " empty.");
  private static final Setting<List<String>> ALLOWED_ORIGINS = Setting.list(
      "http.allowed-origins",
      "",
      "Origins of pages that may connect, scheme://host[:port], in addition to the gateway's own.");
  private static final Setting<List<String>> TRUSTED_PROXIES = Setting.list(
      "http.trusted-proxies",
      "",
      "Addresses, or networks as address/bits, of proxies whose X-Forwarded-For tells the client's address.");
  private static final Setting<Integer> CHARTS = Setting.integer(
      "limits.charts-per-client", 8, 1, 1_000, "Most charts one client may show at a time.");
  private static final Setting<Integer> LIVE_SYMBOLS = Setting.integer(
      "limits.live-symbols-per-client",
      200,
      1,
      10_000,
      "Most symbols of each class of assets one client may get quotes and trades of.");
  private static final Setting<Integer> PING_INTERVAL = Setting.integer(
      "socketio.ping-interval-seconds",
      25,
      1,
      300,
      "Seconds from one ping of Socket.IO to the next; less than the time after which a proxy on the way ends a quiet"
          + " connection.");
  private static final Setting<Integer> PING_TIMEOUT = Setting.integer(
      "socketio.ping-timeout-seconds",
      20,
      1,
      300,
      "Seconds a client of Socket.IO has to answer a ping.");
  private static final Setting<Integer> COALESCE = Setting.integer(
      "limits.coalesce-millis",
      0,
      0,
      1_000,
      "Window in milliseconds over which changes of one stream become one message; 0 sends each at"
          + " once.");
  private static final Setting<Integer> STALL = Setting.integer(
      "limits.stall-seconds",
      120,
      1,
      3_600,
      "Seconds a client that does not read is kept before it is closed as SLOW_CLIENT.");
  private static final Setting<Integer> MESSAGE_BYTES = Setting.integer(
      "limits.message-bytes", 65_536, 1_024, 16_777_216, "Longest message a client may send.");
  private static final Setting<Integer> QUEUE_BYTES = Setting.integer(
      "limits.queue-bytes",
      32_768,
      4_096,
      16_777_216,
      "Bytes waiting for one client above which it gets the newest state later instead of every"
          + " change.");

  private static final Setting<Integer> MESSAGES = Setting.integer(
      "limits.messages-per-second",
      50,
      1,
      100_000,
      "Messages a client may send a second on average; 30 seconds' worth may come at once.");
  private static final Setting<Integer> HAND_OVER = Setting.integer(
      "cluster.hand-over-millis",
      1_500,
      0,
      60_000,
      "How long a gateway that is cut off from the cluster keeps its clients before it tells them to connect elsewhere; 0"
          + " keeps them.");
  private static final Setting<Integer> CONNECTIONS = Setting.integer(
      "limits.connections-per-address",
      1_000,
      1,
      1_000_000,
      "Most connections, and most sessions of the socket protocols, from one address, and most sessions of one caller that"
          + " identifies itself.");
  private static final Setting<Integer> REQUESTS = Setting.integer(
      "limits.requests-per-second",
      200,
      1,
      1_000_000,
      "Requests a caller that identifies itself, or else an address, may send a second on average, sockets aside; 5"
          + " seconds' worth may come at once.");

  /** Every setting of the gateway. */
  public static final List<Setting<?>> SETTINGS = Stream.of(
          List.of(
              HOST,
              PORT,
              ALLOWED_HOSTS,
              ALLOWED_ORIGINS,
              TRUSTED_PROXIES,
              CHARTS,
              LIVE_SYMBOLS,
              PING_INTERVAL,
              PING_TIMEOUT,
              COALESCE,
              STALL,
              MESSAGE_BYTES,
              QUEUE_BYTES,
              MESSAGES,
              HAND_OVER,
              CONNECTIONS,
              REQUESTS),
          WatchlistLimits.SETTINGS,
          AuthConfig.SETTINGS,
          TlsConfig.SETTINGS,
          ManagementConfig.SETTINGS)
      .<Setting<?>>flatMap(List::stream)
      .toList();

  /** Copies the lists and checks presence. */
  public GatewayConfig {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(watchlists, "watchlists");
    Objects.requireNonNull(pingInterval, "pingInterval");
    Objects.requireNonNull(pingTimeout, "pingTimeout");
    Objects.requireNonNull(coalesceWindow, "coalesceWindow");
    Objects.requireNonNull(stallLimit, "stallLimit");
    Objects.requireNonNull(handOver, "handOver");
    Objects.requireNonNull(trustedProxies, "trustedProxies");
    Objects.requireNonNull(visitors, "visitors");
    Objects.requireNonNull(auth, "auth");
    Objects.requireNonNull(tls, "tls");
    Objects.requireNonNull(management, "management");
    allowedHosts = List.copyOf(allowedHosts);
    allowedOrigins = List.copyOf(allowedOrigins);
  }

  /**
   * Reads the settings, and the files they name; blocks for that.
   *
   * @param values the effective configuration by key
   * @throws SettingException if a value is not allowed, a file cannot be used, or callers need not identify themselves on
   *     an address that other machines can reach
   */
  public static GatewayConfig from(Map<String, String> values) {
    GatewayConfig config = new GatewayConfig(
        HOST.from(values),
        PORT.from(values),
        ALLOWED_HOSTS.from(values),
        ALLOWED_ORIGINS.from(values),
        CHARTS.from(values),
        LIVE_SYMBOLS.from(values),
        WatchlistLimits.from(values),
        Duration.ofSeconds(PING_INTERVAL.from(values)),
        Duration.ofSeconds(PING_TIMEOUT.from(values)),
        Duration.ofMillis(COALESCE.from(values)),
        Duration.ofSeconds(STALL.from(values)),
        MESSAGE_BYTES.from(values),
        QUEUE_BYTES.from(values),
        MESSAGES.from(values),
        Duration.ofMillis(HAND_OVER.from(values)),
        TrustedProxies.of(TRUSTED_PROXIES.from(values)),
        new VisitorLimits(CONNECTIONS.from(values), REQUESTS.from(values)),
        AuthConfig.from(values),
        TlsConfig.from(values),
        ManagementConfig.from(values));
    if (!config.auth.isNeeded() && !config.isOnLoopback()) {
      throw new SettingException(
          HOST.key(), config.host, "a loopback address while auth.mode is none");
    }
    config.accessRules(config.port);
    return config;
  }

  /**
   * Tries the ports, for a node that could not serve is to say so before others see it; blocks.
   *
   * @throws SettingException if one cannot be listened on
   */
  public void requireFreePorts() {
    try (ServerSocket clients = new ServerSocket()) {
      clients.setReuseAddress(true);
      clients.bind(new InetSocketAddress(bindHost(), port));
      management.requireFreePort();
    } catch (IOException e) {
      throw refused(e);
    }
  }

  /**
   * Returns the refusal of an address that cannot be listened on. The native transport reports that by an exception of its
   * own, so the words decide.
   */
  SettingException refused(IOException failure) {
    String words = String.valueOf(failure.getMessage());
    if (words.contains("in use")) {
      return new SettingException(PORT.key(), Integer.toString(port), "a free port");
    }
    return words.contains("Permission denied")
        ? new SettingException(
            PORT.key(), Integer.toString(port), "a port that this process may listen on")
        : new SettingException(HOST.key(), host, "an address of this machine");
  }

  /** Returns the rules on hosts and origins for the port that is bound. */
  AccessRules accessRules(int boundPort) {
    AccessRules rules = AccessRules.of(host, boundPort, allowedHosts, allowedOrigins);
    return tls.isOn() ? rules.overTls() : rules;
  }

  /** Returns the scheme by which the gateway is reached, {@code http} or {@code https}. */
  public String scheme() {
    return tls.scheme();
  }

  /** Returns true if no other machine can reach the gateway. */
  boolean isOnLoopback() {
    return Loopback.is(host);
  }

  /** Returns the address to bind, without the brackets of IPv6. */
  String bindHost() {
    return host.replace("[", "").replace("]", "");
  }
}
