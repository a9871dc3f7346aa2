package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class RecoveryServerTest {

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() throws Exception {
    LoopbackServer.await(vertx.close());
  }

  @Test
  void shouldResumeOnAnyTransport() throws Exception {
    SocketIoOptions options = SocketIoOptions.defaults().withRecovery(RecoveryOptions.on());
    LoopbackServer server = LoopbackServer.start(vertx, options, new HttpServerOptions());
    CompletableFuture<SocketIoSocket> lost = new CompletableFuture<>();
    server.io().namespace("/").onConnect(socket -> {
      if (!socket.recovered()) {
        socket.emit("hello");
        socket.onDisconnect(reason -> {
          socket.emit("missed", reason);
          lost.complete(socket);
        });
      }
      socket.emit("recovered", socket.recovered());
    });
    TestClient first = server.connect();
    first.next();
    first.send("40");
    JsonObject joined = new JsonObject(first.next().substring(2));
    assertThat(first.next()).isEqualTo("42[\"hello\",\"1\"]");
    assertThat(first.next()).isEqualTo("42[\"recovered\",false,\"2\"]");
    first.close();
    assertThat(lost.get(5, TimeUnit.SECONDS).id()).isEqualTo(joined.getString("sid"));
    PollingClient second = new PollingClient(vertx, server).open();
    second.send("40"
        + new JsonObject()
            .put("pid", joined.getString("pid"))
            .put("offset", "1")
            .encode());
    assertThat(second.next()).isEqualTo("42[\"recovered\",false,\"2\"]");
    assertThat(second.next()).isEqualTo("42[\"missed\",\"transport close\",\"3\"]");
    assertThat(new JsonObject(second.next().substring(2))).isEqualTo(joined);
    assertThat(second.next()).isEqualTo("42[\"recovered\",true,\"4\"]");
  }
}
