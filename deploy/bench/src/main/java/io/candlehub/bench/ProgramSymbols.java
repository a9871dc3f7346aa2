package io.candlehub.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a running program what it has. */
final class ProgramSymbols {
  private static final long PATIENCE_SECONDS = 60;
  private static final long RETRY_MILLIS = 200;
  private static final int OK = 200;

  private ProgramSymbols() {}

  /** Returns the first symbols that it finds, in alphabetical order; asks letter by letter. */
  static List<String> first(int count, String url)
      throws IOException, InterruptedException, TimeoutException {
    Vertx vertx = Vertx.vertx();
    try {
      HttpClient client = vertx.createHttpClient();
      Set<String> symbols = new TreeSet<>();
      for (char letter = 'A'; letter <= 'Z'; letter++) {
        JsonArray found = get(client, url + "/api/market/symbols?limit=50&query=" + letter)
            .toJsonObject()
            .getJsonArray("symbols");
        for (int i = 0; i < found.size(); i++) {
          symbols.add(found.getJsonObject(i).getString("symbol"));
        }
      }
      return symbols.stream().limit(count).toList();
    } finally {
      vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** A cluster that has just started may have nobody yet who answers. */
  private static Buffer get(HttpClient client, String url)
      throws IOException, InterruptedException, TimeoutException {
    RequestOptions request = new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(url);
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < giveUp) {
      Optional<Buffer> body = client
          .request(request)
          .compose(HttpClientRequest::send)
          .compose(answer -> answer
              .body()
              .map(bytes ->
                  answer.statusCode() == OK ? Optional.of(bytes) : Optional.<Buffer>empty()))
          .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (body.isPresent()) {
        return body.get();
      }
      FanoutClients.pause(RETRY_MILLIS);
    }
    throw new IOException("no answer: " + url);
  }
}
