package io.candlehub.simulator;

import io.candlehub.simulator.control.ClockControl;
import io.candlehub.simulator.control.ControlRoutes;
import io.candlehub.simulator.fault.FaultBoard;
import io.candlehub.simulator.market.MarketTime;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.rest.AggsEngine;
import io.candlehub.simulator.rest.RestRules;
import io.candlehub.simulator.rest.RestServer;
import io.candlehub.simulator.rest.Truth;
import io.candlehub.simulator.stats.ConnectionStats;
import io.candlehub.simulator.stats.RequestStats;
import io.candlehub.simulator.stream.StreamRules;
import io.candlehub.simulator.stream.StreamServer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the exchange's parts to one listener. */
final class SimulatorVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatorVerticle.class);
  private static final int MAX_FRAME_BYTES = 1 << 20;

  private final SimulatorConfig config;
  private final String marketId;
  private final MarketView view;
  private final MarketTime time;
  private StreamServer streams;
  private RestServer rest;
  private ControlRoutes controls;
  private HttpServer server;

  SimulatorVerticle(SimulatorConfig config, String marketId, MarketView view, MarketTime time) {
    this.config = config;
    this.marketId = marketId;
    this.view = view;
    this.time = time;
  }

  @Override
  public Future<?> start() {
    FaultBoard faults = new FaultBoard(time, System::nanoTime);
    ConnectionStats connections = new ConnectionStats(System::nanoTime);
    RequestStats requests = new RequestStats(System::nanoTime);
    boolean delayed = config.plan().equals("delayed");
    StreamRules streamRules = new StreamRules(
        config.apiKey(),
        delayed,
        config.maxConnections(),
        config.authTimeoutSeconds() * 1_000L,
        config.slowConsumerKilobytes() * 1_024L,
        config.optionQuotes());
    AggsEngine engine = new AggsEngine(view);
    streams =
        new StreamServer(context, view, time, System::nanoTime, streamRules, faults, connections);
    rest = new RestServer(
        context, view, engine, time, new RestRules(config.apiKey(), delayed), faults, requests);
    ClockControl clock = new ClockControl(
        time,
        streams,
        config.replays() ? "replay" : "synthetic",
        marketId,
        view.calendar().zone());
    controls = new ControlRoutes(
        context,
        view,
        time,
        clock,
        faults,
        streams,
        connections,
        requests,
        new Truth(view, engine));
    HttpServerOptions options = new HttpServerOptions()
        .setHost(config.host())
        .setPort(config.port())
        .setCompressionSupported(true)
        .setMaxWebSocketFrameSize(MAX_FRAME_BYTES)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false);
    server = vertx.createHttpServer(options).requestHandler(this::dispatch);
    return server.listen();
  }

  private void dispatch(HttpServerRequest request) {
    if (request.getHeader("Origin") != null) {
      request.response().setStatusCode(403).end("requests with an Origin are refused\n");
      return;
    }
    String path = request.path() == null ? "" : request.path();
    boolean upgrade = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    if (upgrade && StreamServer.serves(path)) {
      request
          .toWebSocket()
          .onSuccess(streams::accept)
          .onFailure(e -> LOG.debug("handshake failed [path: {}]", path, e));
    } else if (config.admin() && path.startsWith("/sim/")) {
      controls.handle(request);
    } else {
      rest.handle(request);
    }
  }

  int port() {
    return server.actualPort();
  }

  @Override
  public Future<?> stop() {
    streams.stop();
    return server.close();
  }
}
