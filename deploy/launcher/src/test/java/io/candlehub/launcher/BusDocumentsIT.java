package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.candlehub.bus.Addresses;
import io.candlehub.contract.BusWatch;
import io.candlehub.contract.EventContract;
import io.candlehub.simulator.SimulatorConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two whole nodes in this process with both providers, and clients at each: what ingest, hubs and gateways really say to each
 * other is as the document of events has it, at nearly every address there is.
 */
@Timeout(180)
class BusDocumentsIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final long START_SECONDS = 60;
  private static final long END_SECONDS = 10;

  /** What is said only if data are missing, trades are unusual or somebody leaves while he waits. */
  private static final Set<String> RARE =
      Set.of(Addresses.ALERTS, Addresses.FLOW, Addresses.INGEST_CANCEL);

  @TempDir
  Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Whole> nodes = new ArrayList<>();
  private final List<Pipe> pipes = new ArrayList<>();
  private LocalExchange exchange;
  private Optional<BusWatch> bus = Optional.empty();

  /** A node with all roles. */
  private record Whole(Groundwork ground, Membership membership, Verticles verticles) {
    EventBus bus() {
      return membership.vertx().eventBus();
    }

    void end() throws Exception {
      verticles.drain(membership).otherwiseEmpty().await(END_SECONDS, TimeUnit.SECONDS);
      membership.vertx().close().await(END_SECONDS, TimeUnit.SECONDS);
      ground.close(END_SECONDS);
    }
  }

  @BeforeEach
  void startNodes() throws Exception {
    exchange = LocalExchange.start(SimulatorConfig.from(Map.of("simulator.speed", "5")))
        .await(START_SECONDS, TimeUnit.SECONDS);
    List<Integer> ports = List.of(FreePort.find(), FreePort.find());
    for (int port : ports) {
      Map<String, String> settings = new HashMap<>(exchange.providerSettings());
      settings.put("market.clock", exchange.url());
      settings.put("http.port", "0");
      settings.put("store.data-dir", folder.resolve(Integer.toString(port)).toString());
      settings.put("cluster.mode", "hazelcast");
      settings.put("cluster.name", "documents-" + ProcessHandle.current().pid());
      settings.put("cluster.port", Integer.toString(port));
      settings.put("cluster.members", "127.0.0.1:" + ports.get(0) + ",127.0.0.1:" + ports.get(1));
      settings.put("cluster.expected-hubs", "1");
      nodes.add(start(NodeConfig.from(settings)));
    }
  }

  private Whole start(NodeConfig config) throws Exception {
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Groundwork ground = Groundwork.lay(config, START_SECONDS);
    Membership membership = Membership.join(config, ground.market(), meters, START_SECONDS);
    EventBus own = membership.vertx().eventBus();
    bus.ifPresentOrElse(watch -> watch.join(own), () -> bus = Optional.of(BusWatch.over(own)));
    Verticles verticles = Verticles.deploy(membership, config, ground.market(), meters)
        .await(START_SECONDS, TimeUnit.SECONDS);
    return new Whole(ground, membership, verticles);
  }

  @AfterEach
  void end() {
    pipes.forEach(Pipe::cut);
    Executable stop = () -> exchange.stop().await(END_SECONDS, TimeUnit.SECONDS);
    assertAll(Stream.concat(nodes.stream().map(node -> node::end), Stream.of(stop)));
  }

  @Test
  void shouldSayWhatIsDocumentedAndNothingElse() throws Exception {
    BusWatch watch = bus.orElseThrow();
    Set<String> expected = new TreeSet<>(EventContract.addresses());
    expected.removeAll(RARE);
    String expirations = "/api/market/options/expirations/SPY";
    await("a node that serves them")
        .atMost(SOON)
        .until(() -> status(nodes.get(0), expirations) == 200);
    String expiration = new JsonObject(ask(nodes.get(0), expirations))
        .getJsonArray("expirations")
        .getString(0);
    for (Whole node : nodes) {
      look(node, expiration);
      demand(node.bus());
    }
    await("all addresses").atMost(SOON).pollInterval(LOOK).untilAsserted(() -> {
      for (Whole node : nodes) {
        askEverything(node, expiration);
      }
      watch.check();
      assertThat(watch.heard()).containsAll(expected);
    });
  }

  /** Follows charts, quotes, trades and a chain of symbols, some of which belong to each of the nodes. */
  private void look(Whole node, String expiration) throws Exception {
    Pipe pipe = WebSocketPipe.open(
        http, node.verticles().url() + "/socket.io/?EIO=4&transport=websocket", text -> {});
    pipes.add(pipe);
    pipe.send("40");
    int chart = 0;
    for (String symbol : List.of("SPY", "QQQ", "AAPL", "MSFT", "I:SPX")) {
      emit(
          pipe,
          "chart:focus",
          new JsonObject()
              .put("symbol", symbol)
              .put("timeframe", "1m")
              .put("chartId", "chart" + ++chart));
      emit(pipe, "live:subscribe", new JsonObject().put("symbol", symbol));
    }
    emit(
        pipe,
        "chain:focus",
        new JsonObject().put("underlying", "SPY").put("expiration", expiration));
  }

  private static void emit(Pipe pipe, String event, JsonObject argument) {
    pipe.send("42" + new JsonArray().add(event).add(argument).encode());
  }

  /** Demands streams as a service in the cluster does. */
  private static void demand(EventBus bus) throws Exception {
    bus.request(
            Addresses.COMMAND_DEMAND,
            new JsonObject()
                .put("owner", "service")
                .put("topics", new JsonArray().add("md.chart.1m.META").add("md.quote.AMZN"))
                .put("leaseMs", 60_000))
        .await(END_SECONDS, TimeUnit.SECONDS);
  }

  private void askEverything(Whole node, String expiration) throws Exception {
    JsonObject chain =
        new JsonObject(ask(node, "/api/market/options/chain/SPY?expiration=" + expiration));
    JsonArray strikes = chain.getJsonArray("expirations").getJsonObject(0).getJsonArray("strikes");
    String contract =
        strikes.getJsonObject(strikes.size() / 2).getJsonObject("call").getString("symbol");
    // One whose chain nobody has asked for, so that it is asked for alone.
    String other = new ExchangeControl(exchange.url())
        .get("/sim/chain?underlying=QQQ&expiration=" + expiration)
        .getJsonArray("contracts")
        .getJsonObject(0)
        .getString("ticker");
    for (String path : List.of(
        "/api/market/aggs?timeframe=5m&ticker=SPY",
        "/api/market/aggs?timeframe=1d&ticker=QQQ",
        "/api/market/symbols?query=SP",
        "/api/market/options/contracts/" + contract,
        "/api/market/options/contracts/" + other,
        "/api/market/quotes/" + contract,
        "/api/market/trades/AAPL",
        "/api/market/book/QQQ",
        "/api/market/watchlist?tickers=SPY,QQQ",
        "/api/market/indices",
        "/api/market/indicators/SPY?name=sma&timeframe=1m&check=true",
        "/api/market/status",
        "/health/feeds")) {
      ask(node, path);
    }
    send(node, "/api/market/options/selection", new JsonObject().put("underlying", "SPY"));
    send(
        node,
        "/api/market/aggs/warm",
        new JsonObject()
            .put("symbols", new JsonArray().add("IWM"))
            .put("timeframes", new JsonArray().add("1m")));
  }

  private String ask(Whole node, String path) throws Exception {
    return answer(HttpRequest.newBuilder(URI.create(node.verticles().url() + path)));
  }

  private void send(Whole node, String path, JsonObject body) throws Exception {
    answer(HttpRequest.newBuilder(URI.create(node.verticles().url() + path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
  }

  private int status(Whole node, String path) throws Exception {
    URI uri = URI.create(node.verticles().url() + path);
    return http.send(
            HttpRequest.newBuilder(uri).timeout(SOON).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private String answer(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer =
        http.send(request.timeout(SOON).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.uri() + " " + answer.body()).isBetween(200, 202);
    return answer.body();
  }
}
