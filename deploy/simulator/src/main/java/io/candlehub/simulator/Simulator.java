package io.candlehub.simulator;

import io.candlehub.model.SettingException;
import io.candlehub.model.TradingCalendar;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.MarketTime;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.replay.ReplayMarket;
import io.candlehub.simulator.synthetic.SyntheticMarket;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * A running local exchange.
 *
 * <p>Threads: everything it does runs on one event loop of its own and on worker threads; these methods may be called
 * anywhere.
 */
public final class Simulator {
  private static final DateTimeFormatter COMPACT = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");

  private final Vertx vertx;
  private final SimulatorConfig config;
  private final SimulatorVerticle verticle;
  private final String deployment;

  private Simulator(
      Vertx vertx, SimulatorConfig config, SimulatorVerticle verticle, String deployment) {
    this.vertx = vertx;
    this.config = config;
    this.verticle = verticle;
    this.deployment = deployment;
  }

  /**
   * Starts an exchange.
   *
   * @param vertx where it runs
   * @param config how it runs
   * @return a future that completes when it accepts connections; fails with {@link SettingException} if it cannot run as
   *     configured, with the listener's error if the port is taken
   */
  public static Future<Simulator> start(Vertx vertx, SimulatorConfig config) {
    if (config.mode().equals("off")) {
      return Future.failedFuture(
          new SettingException("simulator.mode", "off", "auto, synthetic or replay to start it"));
    }
    return vertx
        .executeBlocking(() -> market(config, InstantSource.system()), false)
        .compose(market -> run(vertx, config, market));
  }

  private static Market market(SimulatorConfig config, InstantSource wallClock) {
    TradingCalendar calendar = TradingCalendar.nyse();
    return config.replays()
        ? ReplayMarket.open(Path.of(config.replayPath()), calendar)
        : new SyntheticMarket(config.seed(), calendar, wallClock.instant());
  }

  private static Future<Simulator> run(Vertx vertx, SimulatorConfig config, Market market) {
    TradingCalendar calendar = TradingCalendar.nyse();
    long start = config.start().map(Instant::toEpochMilli).orElse(market.startMillis());
    if (start >= market.endMillis()) {
      return Future.failedFuture(new SettingException(
          "simulator.start",
          config.startText(),
          "an instant before the end of the last replayed day, "
              + Instant.ofEpochMilli(market.endMillis()).atZone(calendar.zone())));
    }
    MarketTime time = new MarketTime(System::nanoTime, start, market.endMillis(), config.speed());
    String from = Instant.ofEpochMilli(start).atZone(calendar.zone()).format(COMPACT);
    String id = config.replays() ? market.id() + "@" + from : market.id();
    SimulatorVerticle verticle =
        new SimulatorVerticle(config, id, new MarketView(market, calendar), time);
    return vertx
        .deployVerticle(verticle)
        .map(deployment -> new Simulator(vertx, config, verticle, deployment));
  }

  /** Returns the address it listens on. */
  public String host() {
    return config.host();
  }

  /** Returns the port it listens on. */
  public int port() {
    return verticle.port();
  }

  /** Returns the base address of its REST service. */
  public String restUrl() {
    return "http://" + host() + ":" + port();
  }

  /**
   * Returns the dividend yields, continuous, that its option prices are made with, by underlying; none of a replayed
   * market, whose prices are others'.
   */
  public Map<String, Double> dividendYields() {
    return config.replays() ? Map.of() : SyntheticMarket.dividendYields();
  }

  /** Returns the base address of its WebSocket service, to which {@code /stocks} is appended. */
  public String webSocketUrl() {
    return "ws://" + host() + ":" + port();
  }

  /** Returns a key it accepts. */
  public String apiKey() {
    return config.apiKey();
  }

  /** Returns the base address of its Tradier side's REST service, version included. */
  public String tradierUrl() {
    return restUrl() + "/v1";
  }

  /** Returns the base address of its Tradier side's WebSocket service, version included. */
  public String tradierWebSocketUrl() {
    return webSocketUrl() + "/v1";
  }

  /** Returns a token its Tradier side accepts. */
  public String tradierToken() {
    return config.tradierToken();
  }

  /** Stops it; completes when its port is free. */
  public Future<Void> stop() {
    return vertx.undeploy(deployment);
  }
}
