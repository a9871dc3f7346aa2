package io.candlehub.launcher;

import io.candlehub.cluster.Role;
import io.candlehub.cluster.hazelcast.ClusterConfig;
import io.candlehub.gateway.GatewayConfig;
import io.candlehub.hub.HubConfig;
import io.candlehub.ingest.IngestConfig;
import io.candlehub.model.Setting;
import io.candlehub.model.SettingException;
import io.candlehub.redis.RedisConfig;
import io.candlehub.simulator.SimulatorConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a node is made of, checked as a whole before anything starts.
 *
 * @param values the effective settings by key
 * @param roles what the node does
 * @param simulator the simulator's part if this node runs one
 * @param clockUrl address of the simulator whose market clock the node lives on; empty for the system clock
 */
record NodeConfig(
    Map<String, String> values,
    Set<Role> roles,
    Optional<SimulatorConfig> simulator,
    Optional<String> clockUrl) {
  private static final String SYSTEM_CLOCK = "system";
  private static final String PROVIDER_KEY = "massive.api-key";
  private static final String SIMULATOR_MODE = "simulator.mode";

  static final Setting<List<String>> ROLES = Setting.list(
      "roles",
      "ingest,hub,gateway",
      "What this node does, any of ingest, hub and gateway; a node alone needs all.");
  static final Setting<String> MARKET_CLOCK = Setting.text(
      "market.clock",
      SYSTEM_CLOCK,
      "system, or the http address of a simulator whose market clock the node lives on; set by itself when the"
          + " simulator runs inside.");

  static final List<Setting<?>> SETTINGS = List.of(ROLES, MARKET_CLOCK, Logging.FORMAT);

  NodeConfig {
    values = Map.copyOf(values);
    roles = Set.copyOf(roles);
  }

  /**
   * Reads and checks every part.
   *
   * @throws SettingException if a value is not allowed
   */
  static NodeConfig from(Map<String, String> values) {
    boolean clustered = ClusterConfig.from(values).isClustered();
    Set<Role> roles = roles(values, clustered);
    RedisConfig.from(values);
    Logging.FORMAT.from(values);
    String mode = simulatorMode(values, roles, clustered);
    if (clustered) {
      requireFeedName(values);
    }
    Map<String, String> effective = new HashMap<>(values);
    effective.put(SIMULATOR_MODE, mode);
    Optional<SimulatorConfig> simulator =
        mode.equals("off") ? Optional.empty() : Optional.of(SimulatorConfig.from(effective));
    simulator.ifPresent(exchange -> {
      requireClock(exchange);
      effective.put(PROVIDER_KEY, exchange.apiKey());
      effective.put("tradier.access-token", exchange.tradierToken());
    });
    if (roles.contains(Role.INGEST)) {
      IngestConfig.from(effective);
    }
    if (roles.contains(Role.HUB)) {
      HubConfig.from(effective);
    }
    GatewayConfig.from(effective);
    return new NodeConfig(effective, roles, simulator, clockUrl(values));
  }

  /** Returns how this node finds others. */
  ClusterConfig cluster() {
    return ClusterConfig.from(values);
  }

  /**
   * Returns settings of this node that must be the same on all, beside those of the cluster itself. The first provider
   * names the market; which simulator it is cannot be told by an address, for it has several.
   */
  Map<String, String> common() {
    boolean simulated = clockUrl.isPresent() || simulator.isPresent();
    return Map.of(
        RedisConfig.MODE.key(),
        fanout().mode(),
        IngestConfig.ORDER.key(),
        IngestConfig.feedName(values),
        MARKET_CLOCK.key(),
        simulated ? "the address of a simulator" : SYSTEM_CLOCK);
  }

  /** Returns what carries streams from hubs to gateways. */
  RedisConfig fanout() {
    return RedisConfig.from(values);
  }

  private static Set<Role> roles(Map<String, String> values, boolean clustered) {
    List<String> names = ROLES.from(values);
    Set<Role> roles =
        names.stream().flatMap(name -> Role.parse(name).stream()).collect(Collectors.toSet());
    if (roles.isEmpty() || roles.size() < Set.copyOf(names).size()) {
      throw new SettingException(
          ROLES.key(), String.join(",", names), "one or more of ingest, hub, gateway");
    }
    if (!clustered && roles.size() < Role.values().length) {
      throw new SettingException(
          ROLES.key(),
          String.join(",", names),
          "ingest,hub,gateway: a node alone needs all; cluster.mode=hazelcast finds others");
    }
    return roles;
  }

  /**
   * Without provider credentials a node alone shows the simulated market; an explicit mode always wins. Nodes of a
   * cluster share one exchange, which therefore is none of theirs unless one of them is told to run it.
   */
  private static String simulatorMode(
      Map<String, String> values, Set<Role> roles, boolean clustered) {
    String mode = values.getOrDefault(SIMULATOR_MODE, "").strip();
    boolean hasKey = IngestConfig.hasCredential(values);
    boolean auto = mode.isEmpty() || mode.equals("auto");
    if (auto && !hasKey && !clustered) {
      return "auto";
    }
    if (!auto && !mode.equals("off")) {
      return mode;
    }
    if (!hasKey && roles.contains(Role.INGEST)) {
      throw new SettingException(
          PROVIDER_KEY,
          "",
          clustered
              ? "a provider key, or that of a simulator that runs by itself; nodes of a cluster start none"
              : "a provider key, unless simulator.mode is auto or synthetic");
    }
    return "off";
  }

  /** The lease of the provider is called the same on all nodes, those too that have no credential. */
  private static void requireFeedName(Map<String, String> values) {
    List<String> order = IngestConfig.ORDER.from(values);
    if (!order.get(0).equals(IngestConfig.feedName(values))) {
      throw new SettingException(
          IngestConfig.ORDER.key(),
          String.join(",", order),
          "an order that begins with a provider whose credential is given, the same on all nodes of the cluster");
    }
  }

  private static void requireClock(SimulatorConfig simulator) {
    if (!simulator.admin()) {
      throw new SettingException(
          "simulator.admin", "false", "true while the program follows the simulator's clock");
    }
  }

  private static Optional<String> clockUrl(Map<String, String> values) {
    String clock = MARKET_CLOCK.from(values);
    if (clock.equals(SYSTEM_CLOCK)) {
      return Optional.empty();
    }
    if (!clock.matches("http://[^/\\s]+/?")) {
      throw new SettingException(
          MARKET_CLOCK.key(), clock, "system, or http://HOST:PORT of a simulator");
    }
    return Optional.of(clock.endsWith("/") ? clock.substring(0, clock.length() - 1) : clock);
  }
}
