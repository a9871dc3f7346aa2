package io.candlehub.launcher;

import io.candlehub.cluster.hazelcast.ClusterConfig;
import io.candlehub.gateway.GatewayConfig;
import io.candlehub.hub.HubConfig;
import io.candlehub.ingest.IngestConfig;
import io.candlehub.model.Setting;
import io.candlehub.redis.RedisConfig;
import io.candlehub.simulator.SimulatorConfig;
import java.util.List;
import java.util.stream.Stream;

/** Every setting of the program, gathered from the parts that declare them. */
final class Catalogue {
  private static final List<Setting<?>> SETTINGS = Stream.of(
          NodeConfig.SETTINGS,
          ClusterConfig.SETTINGS,
          RedisConfig.SETTINGS,
          IngestConfig.SETTINGS,
          HubConfig.SETTINGS,
          GatewayConfig.SETTINGS,
          SimulatorConfig.SETTINGS)
      .flatMap(List::stream)
      .toList();

  private Catalogue() {}

  static List<Setting<?>> settings() {
    return SETTINGS;
  }
}
