package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class EngineListenerTest implements EngineListener {

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private final CompletableFuture<String> gone = new CompletableFuture<>();

  @AfterEach
  void stop() throws Exception {
    LoopbackServer.await(vertx.close());
  }

  @Test
  void shouldHearWhatHappens() throws Exception {
    LoopbackServer server =
        LoopbackServer.start(vertx, SocketIoOptions.defaults(), new HttpServerOptions(), this);
    server
        .io()
        .namespace("/")
        .onConnect(socket -> socket.on("boom", (args, ack) -> {
          ack.send();
          throw new IllegalStateException("made by the test");
        }));
    TestClient client = server.connect();
    client.next();
    client.send("40/unknown");
    client.next();
    client.send("40");
    client.next();
    client.send("421[\"boom\"]");
    client.next();
    client.send("nonsense");
    client.closed();
    assertThat(gone.get(5, TimeUnit.SECONDS)).isEqualTo("127.0.0.1");
    assertThat(counts)
        .containsOnly(
            Map.entry("opened", 1),
            Map.entry("let in", 1),
            Map.entry("received", 4),
            Map.entry("sent", 4),
            Map.entry("namespace refused", 1),
            Map.entry("handler failed", 1),
            Map.entry("invalid MALFORMED", 1),
            Map.entry("closed parse error", 1));
  }

  @Override
  public void connectionOpened() {
    count("opened");
  }

  @Override
  public void connectionClosed(String reason) {
    count("closed " + reason);
  }

  @Override
  public void sessionOpened(Handshake handshake) {
    count("let in");
  }

  @Override
  public void sessionGone(Handshake handshake) {
    gone.complete(handshake.remoteAddress().hostAddress());
  }

  @Override
  public void handshakeRefused(int code) {
    count("refused " + code);
  }

  @Override
  public void namespaceRefused() {
    count("namespace refused");
  }

  @Override
  public void packetReceived() {
    count("received");
  }

  @Override
  public void packetSent() {
    count("sent");
  }

  @Override
  public void messageInvalid(InvalidMessage.Kind kind) {
    count("invalid " + kind);
  }

  @Override
  public void connectionBlocked() {
    count("blocked");
  }

  @Override
  public void handlerFailed() {
    count("handler failed");
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }
}
