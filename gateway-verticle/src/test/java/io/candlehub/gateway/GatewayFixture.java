package io.candlehub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.BusCodecs;
import io.candlehub.bus.EventBusCarrier;
import io.candlehub.bus.FanoutCarrier;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.SingleNode;
import io.candlehub.contract.BusWatch;
import io.candlehub.contract.RestContract;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;

/**
 * A gateway on a free port with a fake hub behind it. Every answer, event and bus message is held against the documents;
 * what they do not have fails the test, at the latest when the fixture is closed.
 */
public final class GatewayFixture implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final BusWatch bus = BusWatch.over(vertx.eventBus());
  private final List<WireClient> clients = new CopyOnWriteArrayList<>();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final FakeHub hub;
  private final FakeMarket market;
  private final GatewayVerticle gateway;
  private final HttpClient http;
  private final WebSocketClient sockets;

  /** Starts a gateway with default settings. */
  public GatewayFixture() {
    this(Map.of());
  }

  /** Starts a gateway with some settings on a node alone. */
  public GatewayFixture(Map<String, String> settings) {
    this(settings, alone());
  }

  /** Starts a gateway with some settings in a cluster. */
  public GatewayFixture(Map<String, String> settings, Cluster cluster) {
    this(settings, cluster, GatewayFixture::byEventBus, true);
  }

  /** Starts a gateway on a node alone whose streams come by a carrier. */
  public GatewayFixture(Function<Vertx, FanoutCarrier> carriers) {
    this(Map.of(), alone(), carriers, true);
  }

  /** Starts a gateway in a cluster whose hub has not appeared yet. */
  public static GatewayFixture withoutHub(Cluster cluster) {
    return new GatewayFixture(Map.of(), cluster, GatewayFixture::byEventBus, false);
  }

  private static FanoutCarrier byEventBus(Vertx vertx) {
    return new EventBusCarrier(vertx.eventBus());
  }

  private GatewayFixture(
      Map<String, String> settings,
      Cluster cluster,
      Function<Vertx, FanoutCarrier> carriers,
      boolean withHub) {
    BusCodecs.register(vertx);
    hub = new FakeHub(vertx);
    market = new FakeMarket(vertx);
    if (!withHub) {
      hub.vanish();
    }
    Map<String, String> values = new HashMap<>(settings);
    values.putIfAbsent("http.port", "0");
    gateway = new GatewayVerticle(
        GatewayConfig.from(values), () -> "# metrics\n", meters, cluster, carriers.apply(vertx));
    await(vertx.deployVerticle(gateway));
    http = vertx.createHttpClient();
    sockets = vertx.createWebSocketClient(
        new WebSocketClientOptions().setMaxFrameSize(1 << 24).setMaxMessageSize(1 << 24));
  }

  private static Cluster alone() {
    return new SingleNode(Set.of(Role.values()), InstantSource.system());
  }

  /** Waits for a result. */
  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** An answer: status, headers, body. */
  public record Answer(int status, MultiMap headers, Buffer body) {
    /** Returns the body as JSON. */
    public JsonObject json() {
      return body.toJsonObject();
    }

    /** Returns the code of the error in the body. */
    public String errorCode() {
      return json().getJsonObject("error").getString("code");
    }

    /** Returns the message of the error in the body. */
    public String errorMessage() {
      return json().getJsonObject("error").getString("message");
    }
  }

  /** Gets a path. */
  public Answer get(String path) {
    return send(HttpMethod.GET, path, Map.of(), Buffer.buffer());
  }

  /** Sends a request. */
  public Answer send(HttpMethod method, String path, Map<String, String> headers, Buffer body) {
    return send(port(), method, path, headers, body);
  }

  /** Sends a request to one of the gateway's ports. */
  public Answer send(
      int port, HttpMethod method, String path, Map<String, String> headers, Buffer body) {
    RequestOptions options = new RequestOptions()
        .setHost("127.0.0.1")
        .setPort(port)
        .setMethod(method)
        .setURI(path);
    headers.forEach(options::addHeader);
    // Nested, so that the body is asked for before it has gone by.
    Answer answer = await(http.request(options)
        .compose(request -> request.send(body).compose(GatewayFixture::answer)));
    // The other port has some of the documented paths only.
    if (port == port() || answer.status != 404) {
      RestContract.check(
          method.name(), path, answer.status, answer.headers::get, answer.body.toString());
    }
    return answer;
  }

  /** Ends a session that was opened by polling; a gateway that stops waits for those that are left. */
  public void leave(Answer opened) {
    JsonObject handshake = new JsonObject(opened.body.toString().substring(1));
    String path = "/socket.io/?EIO=4&transport=polling&sid=" + handshake.getString("sid");
    Map<String, String> headers = Map.of("Content-Type", "text/plain");
    send(HttpMethod.POST, path, headers, Buffer.buffer("1"));
  }

  private static Future<Answer> answer(HttpClientResponse response) {
    return response.body().map(body -> new Answer(response.statusCode(), response.headers(), body));
  }

  /** Opens a WebSocket. */
  public Future<WireClient> webSocket(String path, Map<String, String> headers) {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port()).setURI(path);
    headers.forEach(options::addHeader);
    // The handlers are in place before the first message can arrive.
    ClientWebSocket socket = sockets.webSocket();
    WireClient client = new WireClient(socket);
    clients.add(client);
    return socket.connect(options).map(client);
  }

  /** Connects a Socket.IO client to the main namespace. */
  public WireClient socketIo() {
    WireClient client = await(webSocket("/socket.io/?EIO=4&transport=websocket", Map.of()));
    client.expect("0{");
    client.send("40");
    client.expect("40{");
    return client;
  }

  /** Connects a bridge client by raw WebSocket. */
  public WireClient bridge() {
    return await(webSocket("/eventbus/websocket", Map.of()));
  }

  /** Opens a WebSocket that the gateway is to close, however soon, and returns the close code. */
  public int closeCode(String path, Map<String, String> headers) {
    CompletableFuture<Integer> code = new CompletableFuture<>();
    WebSocket.Builder builder = java.net.http.HttpClient.newHttpClient().newWebSocketBuilder();
    headers.forEach(builder::header);
    WebSocket.Listener listener = new WebSocket.Listener() {
      @Override
      public CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
        code.complete(statusCode);
        return WebSocket.Listener.super.onClose(socket, statusCode, reason);
      }

      @Override
      public void onError(WebSocket socket, Throwable failure) {
        code.completeExceptionally(failure);
      }
    };
    return await(Future.fromCompletionStage(builder
        .buildAsync(URI.create("ws://127.0.0.1:" + port() + path), listener)
        .thenCompose(socket -> code)));
  }

  /** Returns the port of the gateway. */
  public int port() {
    return gateway.port();
  }

  /** Returns the port for those who watch over the program. */
  public int managementPort() {
    return gateway.managementPort();
  }

  /** Returns what the gateway serves. */
  public List<Route> routes() {
    return gateway.routes();
  }

  /** Returns the hub. */
  public FakeHub hub() {
    return hub;
  }

  /** Waits until the topics wanted of the hub are these. */
  public void awaitDemand(String... topics) {
    Awaitility.await()
        .atMost(10, TimeUnit.SECONDS)
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .untilAsserted(() -> assertThat(hub.demand()).containsExactlyInAnyOrder(topics));
  }

  /** Returns what answers for all but bars. */
  public FakeMarket market() {
    return market;
  }

  /** Returns the metrics. */
  public MeterRegistry meters() {
    return meters;
  }

  /** Returns the Vert.x instance. */
  public Vertx vertx() {
    return vertx;
  }

  @Override
  public void close() {
    await(vertx.close());
    clients.forEach(WireClient::checkRest);
    bus.check();
  }
}
