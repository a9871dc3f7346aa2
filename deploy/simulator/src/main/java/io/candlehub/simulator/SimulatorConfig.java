package io.candlehub.simulator;

import io.candlehub.model.Setting;
import io.candlehub.model.SettingException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the exchange runs.
 *
 * @param mode {@code auto}, {@code synthetic}, {@code replay} or {@code off}
 * @param seed seed of the invented market
 * @param replayPath folder of recorded days, empty if none
 * @param startText first instant of the market clock as given, empty for the market's own
 * @param speed market seconds per wall second
 * @param host address it listens on
 * @param port port it listens on, 0 for any
 * @param admin true to serve {@code /sim}
 * @param plan {@code realtime} or {@code delayed}
 * @param apiKey the key it accepts
 * @param maxConnections sockets at a time per market
 * @param authTimeoutSeconds how long a socket may stay unauthenticated, wall seconds
 * @param slowConsumerKilobytes how much may wait for a client that does not read
 * @param optionQuotes option contracts whose quotes one connection may hold
 * @param tradierToken the token its second provider accepts
 * @param tradierRequests market data requests a minute the second provider grants
 */
public record SimulatorConfig(
    String mode,
    int seed,
    String replayPath,
    String startText,
    double speed,
    String host,
    int port,
    boolean admin,
    String plan,
    String apiKey,
    int maxConnections,
    int authTimeoutSeconds,
    int slowConsumerKilobytes,
    int optionQuotes,
    String tradierToken,
    int tradierRequests) {
  private static final Setting<String> MODE = Setting.oneOf(
      "simulator.mode",
      "auto",
      List.of("auto", "synthetic", "replay", "off"),
      "Which market the local exchange plays; auto means synthetic, or replay if a replay-path is"
          + " given, if and only if no provider credential is configured.");
  private static final Setting<Integer> SEED = Setting.integer(
      "simulator.seed", 1, 0, Integer.MAX_VALUE, "Same seed, same synthetic market.");
  private static final Setting<String> REPLAY_PATH =
      Setting.text("simulator.replay-path", "", "Folder of the provider's flat files to replay.");
  private static final Setting<String> START = Setting.text(
      "simulator.start",
      "",
      "First instant of the market clock, ISO-8601 with zone; without it 10:00 New York of the"
          + " latest trading day, or 04:00 of the first replayed day.");
  private static final Setting<Double> SPEED =
      Setting.number("simulator.speed", 1, 0.001, 100_000, "Market seconds per wall second.");
  private static final Setting<String> HOST =
      Setting.text("simulator.host", "127.0.0.1", "Address the local exchange listens on.");
  private static final Setting<Integer> PORT = Setting.integer(
      "simulator.port", 0, 0, 65_535, "Port the local exchange listens on; 0 takes any.");
  private static final Setting<Boolean> ADMIN = Setting.flag(
      "simulator.admin", true, "Serves clock, faults, statistics and truth under /sim.");
  private static final Setting<String> PLAN = Setting.oneOf(
      "simulator.plan",
      "realtime",
      List.of("realtime", "delayed"),
      "The provider plan it grants; delayed has REST 15 minutes behind and streams only under"
          + " /delayed.");
  private static final Setting<String> API_KEY =
      Setting.text("simulator.api-key", "simulator", "The API key it accepts.");
  private static final Setting<Integer> MAX_CONNECTIONS = Setting.integer(
      "simulator.max-connections", 1, 1, 10_000, "WebSocket connections at a time per market.");
  private static final Setting<Integer> AUTH_TIMEOUT = Setting.integer(
      "simulator.auth-timeout-seconds",
      10,
      1,
      3_600,
      "How long a WebSocket may stay unauthenticated, in wall seconds.");
  private static final Setting<Integer> SLOW_CONSUMER = Setting.integer(
      "simulator.slow-consumer-kilobytes",
      8_192,
      16,
      1_000_000,
      "How much may wait for a WebSocket client that does not read before it is cut.");

  private static final Setting<Integer> OPTION_QUOTES = Setting.integer(
      "simulator.option-quotes",
      1_000,
      1,
      1_000_000,
      "Option contracts whose quotes one WebSocket connection may hold.");
  private static final Setting<String> TRADIER_TOKEN = Setting.text(
      "simulator.tradier-token", "simulator", "The access token its Tradier side accepts.");
  private static final Setting<Integer> TRADIER_REQUESTS = Setting.integer(
      "simulator.tradier-requests-per-minute",
      120,
      1,
      1_000_000,
      "Market data requests its Tradier side grants in a wall minute.");

  /** All settings of the exchange. */
  public static final List<Setting<?>> SETTINGS = List.of(
      MODE,
      SEED,
      REPLAY_PATH,
      START,
      SPEED,
      HOST,
      PORT,
      ADMIN,
      PLAN,
      API_KEY,
      MAX_CONNECTIONS,
      AUTH_TIMEOUT,
      SLOW_CONSUMER,
      OPTION_QUOTES,
      TRADIER_TOKEN,
      TRADIER_REQUESTS);

  /** Checks that the start can be read and that replay has a folder. */
  public SimulatorConfig {
    if (!startText.isEmpty()) {
      parse(startText);
    }
    if (mode.equals("replay") && replayPath.isEmpty()) {
      throw new SettingException(
          REPLAY_PATH.key(), "", "the folder of flat files that simulator.mode replay needs");
    }
  }

  /**
   * Reads the configuration.
   *
   * @param values configured values by key; other keys are ignored
   * @return the configuration
   * @throws SettingException if a value is outside what is allowed
   */
  public static SimulatorConfig from(Map<String, String> values) {
    return new SimulatorConfig(
        MODE.from(values),
        SEED.from(values),
        REPLAY_PATH.from(values),
        START.from(values),
        SPEED.from(values),
        HOST.from(values),
        PORT.from(values),
        ADMIN.from(values),
        PLAN.from(values),
        API_KEY.from(values),
        MAX_CONNECTIONS.from(values),
        AUTH_TIMEOUT.from(values),
        SLOW_CONSUMER.from(values),
        OPTION_QUOTES.from(values),
        TRADIER_TOKEN.from(values),
        TRADIER_REQUESTS.from(values));
  }

  /** Returns the first instant of the market clock if one was asked for. */
  public Optional<Instant> start() {
    return startText.isEmpty() ? Optional.empty() : Optional.of(parse(startText));
  }

  private static Instant parse(String text) {
    try {
      return ZonedDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new SettingException(
          START.key(), text, "ISO-8601 with zone, for example 2025-12-01T10:00-05:00");
    }
  }

  /** Returns true if no other machine can reach it. */
  boolean isOnLoopback() {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }

  /** Returns true if recorded days are replayed, false for the invented market. */
  boolean replays() {
    return mode.equals("replay") || (mode.equals("auto") && !replayPath.isEmpty());
  }
}
