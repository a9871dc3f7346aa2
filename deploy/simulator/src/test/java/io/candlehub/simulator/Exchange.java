package io.candlehub.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An exchange on a free loopback port with the clients that test it. */
final class Exchange implements AutoCloseable {
  static final String KEY = "simulator";

  private final Vertx vertx = Vertx.vertx();
  private final Simulator simulator;
  private final WebClient client = WebClient.create(vertx);

  private Exchange(Map<String, String> values) {
    Map<String, String> all = new HashMap<>();
    all.put("simulator.start", "2025-12-04T10:00-05:00");
    all.putAll(values);
    simulator = await(Simulator.start(vertx, SimulatorConfig.from(all)));
  }

  static Exchange start(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put("simulator." + keysAndValues[i], keysAndValues[i + 1]);
    }
    return new Exchange(values);
  }

  static <T> T await(Future<T> future) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }

  HttpResponse<Buffer> get(String path) {
    return await(ask(path));
  }

  Future<HttpResponse<Buffer>> ask(String path) {
    return client
        .getAbs(path.startsWith("http") ? path : simulator.restUrl() + path)
        .bearerTokenAuthentication(KEY)
        .send();
  }

  HttpResponse<Buffer> request(HttpMethod method, String path, Map<String, String> headers) {
    var request = client.requestAbs(method, simulator.restUrl() + path);
    headers.forEach(request::putHeader);
    return await(request.send());
  }

  JsonObject json(String path) {
    return get(path).bodyAsJsonObject();
  }

  HttpResponse<Buffer> post(String path, String body) {
    return await(client.postAbs(simulator.restUrl() + path).sendBuffer(Buffer.buffer(body)));
  }

  /** Asks the broker's side for JSON. */
  HttpResponse<Buffer> broker(HttpMethod method, String path) {
    return request(
        method,
        "/v1/markets/" + path,
        Map.of("Authorization", "Bearer " + KEY, "Accept", "application/json"));
  }

  JsonObject broker(String path) {
    return broker(HttpMethod.GET, path).bodyAsJsonObject();
  }

  String brokerSession() {
    return broker(HttpMethod.POST, "events/session")
        .bodyAsJsonObject()
        .getJsonObject("stream")
        .getString("sessionid");
  }

  TradierWire brokerWire() {
    return TradierWire.open(vertx, options("/v1/markets/events"));
  }

  void fault(String document) {
    HttpResponse<Buffer> response = post("/sim/faults", "[" + document + "]");
    if (response.statusCode() != 200) {
      throw new AssertionError(response.bodyAsString());
    }
  }

  JsonObject connections() {
    return json("/sim/stats").getJsonObject("connections").getJsonObject("stocks");
  }

  /** Lets the market run, once everything is subscribed that must miss nothing. */
  void run(int speed) {
    post("/sim/clock", "{\"speed\":" + speed + "}");
  }

  Wire connect(String path) {
    return Wire.open(vertx, options(path));
  }

  private WebSocketConnectOptions options(String path) {
    return new WebSocketConnectOptions()
        .setHost(simulator.host())
        .setPort(simulator.port())
        .setURI(path)
        .setAllowOriginHeader(false);
  }

  /** Connects, authenticates and subscribes. */
  Wire subscribe(String topics) {
    Wire wire = connect("/stocks");
    wire.say("auth", KEY);
    wire.say("subscribe", topics);
    return wire;
  }

  @Override
  public void close() {
    await(simulator.stop());
    await(vertx.close());
  }
}
