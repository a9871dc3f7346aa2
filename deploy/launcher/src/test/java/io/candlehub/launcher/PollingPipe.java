package io.candlehub.launcher;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One Engine.IO session over HTTP long polling, on connections of its own: a request that is cut just when it has been
 * answered closes a connection that another session might have been lent by then.
 */
final class PollingPipe implements Pipe {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Pipe.Listener listener;
  private String url;
  private CompletableFuture<?> posting = CompletableFuture.completedFuture(null);
  private CompletableFuture<HttpResponse<String>> polling;
  private boolean over;

  private PollingPipe(String url, Pipe.Listener listener) {
    this.url = url;
    this.listener = listener;
  }

  static PollingPipe open(String url, Pipe.Listener listener) throws Exception {
    PollingPipe pipe = new PollingPipe(url + "?EIO=4&transport=polling", listener);
    String open = pipe.http
        .sendAsync(pipe.request().GET().build(), HttpResponse.BodyHandlers.ofString())
        .get(60, TimeUnit.SECONDS)
        .body();
    pipe.url += "&sid=" + new JsonObject(open.substring(1)).getString("sid");
    listener.received(open);
    pipe.poll();
    return pipe;
  }

  @Override
  public synchronized void send(String packet) {
    posting = posting.thenCompose(done -> http.sendAsync(
        request().POST(HttpRequest.BodyPublishers.ofString(packet)).build(),
        HttpResponse.BodyHandlers.discarding()));
  }

  @Override
  public synchronized void cut() {
    over = true;
    polling.cancel(true);
  }

  private synchronized void poll() {
    if (over) {
      return;
    }
    polling = http.sendAsync(request().GET().build(), HttpResponse.BodyHandlers.ofString());
    var unused = polling.thenAccept(response -> {
      if (response.statusCode() == 200) {
        for (String packet : response.body().split("\u001e", -1)) {
          listener.received(packet);
        }
        poll();
      }
    });
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(URI.create(url));
  }
}
