package io.candlehub.launcher;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The controls of a local exchange: its clock, faults, statistics and truth. Safe on any thread. */
public final class ExchangeControl {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;

  /**
   * Creates the controls.
   *
   * @param url where the exchange listens, without a path
   */
  public ExchangeControl(String url) {
    this.url = url;
  }

  /** Returns where the exchange listens. */
  public String url() {
    return url;
  }

  /**
   * Reads.
   *
   * @param path with query
   * @throws IOException if the exchange does not answer
   * @throws InterruptedException if this thread is interrupted
   */
  public JsonObject get(String path) throws IOException, InterruptedException {
    return new JsonObject(
        send(HttpRequest.newBuilder(URI.create(url + path)).GET()).body());
  }

  /**
   * Changes the market's clock.
   *
   * @param change any of speed, paused and seekTo
   * @return the clock after it
   * @throws IOException if the exchange does not answer
   * @throws InterruptedException if this thread is interrupted
   */
  public JsonObject setClock(JsonObject change) throws IOException, InterruptedException {
    return new JsonObject(post("/sim/clock", change.encode()));
  }

  /**
   * Orders faults.
   *
   * @throws IOException if the exchange does not answer
   * @throws InterruptedException if this thread is interrupted
   */
  public void faults(JsonObject... faults) throws IOException, InterruptedException {
    JsonArray list = new JsonArray();
    for (JsonObject fault : faults) {
      list.add(fault);
    }
    post("/sim/faults", list.encode());
  }

  private String post(String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(url + path))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .header("Content-Type", "application/json"));
    if (response.statusCode() >= 300) {
      throw new AssertionError(
          path + " " + body + " -> " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
  }
}
