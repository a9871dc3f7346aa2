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
import io.candlehub.simulator.stream.AllSockets;
import io.candlehub.simulator.stream.Sockets;
import io.candlehub.simulator.stream.StreamRules;
import io.candlehub.simulator.stream.StreamServer;
import io.candlehub.simulator.tradier.TradierRules;
import io.candlehub.simulator.tradier.TradierServer;
import io.candlehub.simulator.tradier.TradierSockets;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
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
  private TradierSockets tradierStreams;
  private Sockets sockets;
  private RestServer rest;
  private TradierServer tradier;
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
    startTradier(engine, faults, connections, requests);
    sockets = new AllSockets(List.of(streams, tradierStreams));
    ClockControl clock = new ClockControl(
        time,
        sockets,
        config.replays() ? "replay" : "synthetic",
        marketId,
        view.calendar().zone());
    controls = new ControlRoutes(
        context,
        view,
        time,
        clock,
        faults,
        sockets,
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
    return server.listen().onSuccess(listening -> {
      if (!config.isOnLoopback()) {
        LOG.warn(
            "other machines reach the exchange, which keeps no secrets [setting: simulator.host, host: {}]",
            config.host());
      }
    });
  }

  private void startTradier(
      AggsEngine engine, FaultBoard faults, ConnectionStats connections, RequestStats requests) {
    TradierRules rules = new TradierRules(
        config.tradierToken(), config.tradierRequests(), config.slowConsumerKilobytes() * 1_024L);
    tradierStreams =
        new TradierSockets(context, view, time, System::nanoTime, rules, faults, connections);
    tradier = new TradierServer(
        context,
        view,
        engine,
        time,
        rules,
        faults,
        requests,
        tradierStreams,
        System::currentTimeMillis);
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
    } else if (upgrade && path.equals(TradierSockets.PATH)) {
      request
          .toWebSocket()
          .onSuccess(tradierStreams::accept)
          .onFailure(e -> LOG.debug("handshake failed [path: {}]", path, e));
    } else if (path.startsWith(TradierServer.ROOT)) {
      tradier.handle(request);
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
    sockets.stop();
    return server.close();
  }
}
