package io.candlehub.launcher;

import io.candlehub.cluster.Role;
import io.candlehub.cluster.hazelcast.ClusterConfig;
import io.candlehub.gateway.GatewayConfig;
import io.candlehub.hub.HubConfig;
import io.candlehub.ingest.IngestConfig;
import io.candlehub.model.Setting;
import io.candlehub.model.SettingException;
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
 * @param simulator the simulator's part if this node runs one
 * @param clockUrl address of the simulator whose market clock the node lives on; empty for the system clock
 */
record NodeConfig(
    Map<String, String> values, Optional<SimulatorConfig> simulator, Optional<String> clockUrl) {
  private static final String SYSTEM_CLOCK = "system";
  private static final String PROVIDER_KEY = "massive.api-key";
  private static final String SIMULATOR_MODE = "simulator.mode";
  private static final Set<String> ALL_ROLES = Set.of("ingest", "hub", "gateway");

  static final Setting<List<String>> ROLES = Setting.list(
      "roles", "ingest,hub,gateway", "What this node does; a node alone needs every role.");
  static final Setting<String> MARKET_CLOCK = Setting.text(
      "market.clock",
      SYSTEM_CLOCK,
      "system, or the http address of a simulator whose market clock the node lives on; set by itself when the"
          + " simulator runs inside.");

  static final List<Setting<?>> SETTINGS = List.of(ROLES, MARKET_CLOCK, Logging.FORMAT);

  NodeConfig {
    values = Map.copyOf(values);
  }

  /**
   * Reads and checks every part.
   *
   * @throws SettingException if a value is not allowed
   */
  static NodeConfig from(Map<String, String> values) {
    checkRoles(values);
    ClusterConfig.from(values);
    Logging.FORMAT.from(values);
    String mode = simulatorMode(values);
    Map<String, String> effective = new HashMap<>(values);
    effective.put(SIMULATOR_MODE, mode);
    Optional<SimulatorConfig> simulator =
        mode.equals("off") ? Optional.empty() : Optional.of(SimulatorConfig.from(effective));
    simulator.ifPresent(exchange -> {
      requireClock(exchange);
      effective.put(PROVIDER_KEY, exchange.apiKey());
    });
    IngestConfig.from(effective);
    HubConfig.from(effective);
    GatewayConfig.from(effective);
    return new NodeConfig(effective, simulator, clockUrl(values));
  }

  /** Returns how this node finds others. */
  ClusterConfig cluster() {
    return ClusterConfig.from(values);
  }

  /** Returns what this node does. */
  Set<Role> roles() {
    return ROLES.from(values).stream()
        .flatMap(name -> Role.parse(name).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static void checkRoles(Map<String, String> values) {
    List<String> roles = ROLES.from(values);
    if (!ALL_ROLES.equals(Set.copyOf(roles))) {
      throw new SettingException(
          ROLES.key(), String.join(",", roles), "ingest,hub,gateway: a node alone needs all");
    }
  }

  /** Without provider credentials the hub shows the simulated market; an explicit mode always wins. */
  private static String simulatorMode(Map<String, String> values) {
    String mode = values.getOrDefault(SIMULATOR_MODE, "").strip();
    boolean hasKey = !values.getOrDefault(PROVIDER_KEY, "").isBlank();
    if (mode.isEmpty() || mode.equals("auto")) {
      return hasKey ? "off" : "auto";
    }
    if (mode.equals("off") && !hasKey) {
      throw new SettingException(
          PROVIDER_KEY, "", "a provider key, unless simulator.mode is auto or synthetic");
    }
    return mode;
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
