package io.candlehub.bench;

import io.candlehub.bus.BusCodecs;
import io.candlehub.gateway.GatewayConfig;
import io.candlehub.gateway.GatewayVerticle;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.HashMap;
import java.util.Map;

/** The gateway as the program runs it, fed over the event bus by a stand-in of the hub. */
final class CandlehubPeer implements FanoutPeer {
  private final Map<String, String> settings;
  private final StandInHub hub = new StandInHub();

  CandlehubPeer(Map<String, String> settings) {
    this.settings = new HashMap<>(settings);
    this.settings.put("http.port", "0");
  }

  @Override
  public int listen() {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    BusCodecs.register(vertx);
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    GatewayVerticle gateway =
        new GatewayVerticle(GatewayConfig.from(settings), meters::scrape, meters);
    vertx.deployVerticle(hub).compose(ready -> vertx.deployVerticle(gateway)).await();
    return gateway.port();
  }

  @Override
  public void publish(String stream, long seq, String json) {
    hub.publish(stream, seq, json);
  }
}
