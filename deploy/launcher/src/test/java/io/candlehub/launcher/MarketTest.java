package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.simulator.SimulatorConfig;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MarketTest {
  private static final String YIELDS = "chain.dividend-yields";

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(30, TimeUnit.SECONDS);
  }

  private String yields(Map<String, String> settings) throws Exception {
    LocalExchange exchange = LocalExchange.start(
            SimulatorConfig.from(Map.of("simulator.port", "0")))
        .await(30, TimeUnit.SECONDS);
    try {
      NodeConfig config = NodeConfig.from(settings);
      return Market.of(vertx, config, Optional.of(exchange))
          .await(30, TimeUnit.SECONDS)
          .values()
          .get(YIELDS);
    } finally {
      exchange.stop().await(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void shouldComputeGreeksWithTheYieldsOfTheLocalExchange() throws Exception {
    assertThat(List.of(yields(Map.of()).split(",")))
        .contains("SPY=0.012", "I:SPX=0.012", "QQQ=0.006")
        .noneMatch(each -> each.startsWith("TSLA"));
  }

  @Test
  void shouldLetTheOperatorSayOtherwise() throws Exception {
    assertThat(yields(Map.of(YIELDS, "SPY=0.02"))).isEqualTo("SPY=0.02");
  }
}
