package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class UpgradeServerTest {

  private static final int LOOPS = 4;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));

  @AfterEach
  void stop() throws Exception {
    LoopbackServer.await(vertx.close());
  }

  @Test
  void shouldUpgradeInOrderWhileTheServerKeepsSending() throws Exception {
    LoopbackServer server =
        LoopbackServer.start(vertx, SocketIoOptions.defaults(), new HttpServerOptions());
    counting(server.io());
    upgradeInTheMiddle(server);
  }

  @Test
  void shouldUpgradeAcrossEventLoops() throws Exception {
    SocketIoServer io = new SocketIoServer(
        vertx, SocketIoOptions.defaults(), InstantSource.fixed(Instant.EPOCH), EngineListener.NONE);
    counting(io);
    CompletableFuture<Integer> port = new CompletableFuture<>();
    LoopbackServer.await(vertx.deployVerticle(
        () -> new OneLoop(io, port), new DeploymentOptions().setInstances(LOOPS)));
    LoopbackServer server = LoopbackServer.of(vertx, io, port.get(5, TimeUnit.SECONDS));
    for (int i = 0; i < 3 * LOOPS; i++) {
      upgradeInTheMiddle(server);
    }
  }

  @Test
  void shouldRefuseUpgradesOfNobody() throws Exception {
    LoopbackServer server =
        LoopbackServer.start(vertx, SocketIoOptions.defaults(), new HttpServerOptions());
    Future<?> refused = server.connecting("EIO=4&transport=websocket&sid=unknown");
    assertThat(refused
            .transform(done -> Future.succeededFuture(done.cause().getMessage()))
            .toCompletionStage()
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS))
        .contains("400");
  }

  /** Polls some messages, upgrades, reads the rest: each number comes once and in order. */
  private void upgradeInTheMiddle(LoopbackServer server) throws Exception {
    PollingClient polling = new PollingClient(vertx, server).open();
    assertThat(polling.send("40")).isEqualTo("200 ok");
    assertThat(polling.next()).startsWith("40");
    int expected = 0;
    while (expected < 20 || polling.hasNext()) {
      assertThat(polling.next()).isEqualTo("42[\"n\"," + expected++ + "]");
    }
    Future<HttpResponse<Buffer>> pending = polling.get();
    TestClient socket = server.connect("EIO=4&transport=websocket&sid=" + polling.sid());
    socket.send("2probe");
    assertThat(socket.next()).isEqualTo("3probe");
    for (String packet : polling.take(LoopbackServer.await(pending))) {
      if (!packet.equals("6")) {
        assertThat(packet).isEqualTo("42[\"n\"," + expected++ + "]");
      }
    }
    assertThat(polling.send("42[\"post\"]")).isEqualTo("200 ok");
    socket.send("5");
    while (expected < 200) {
      assertThat(socket.next()).isEqualTo("42[\"n\"," + expected++ + "]");
    }
    socket.send("42[\"stop\"]");
    String last = socket.next();
    while (last.startsWith("42[\"n\",")) {
      assertThat(last).isEqualTo("42[\"n\"," + expected++ + "]");
      last = socket.next();
    }
    assertThat(last).isEqualTo("42[\"posts\",1]");
    assertThat(LoopbackServer.await(polling.get()).statusCode()).isEqualTo(400);
    socket.close();
  }

  /** Counts up by a message per millisecond until it is told to stop. */
  private void counting(SocketIoServer io) {
    io.namespace("/").onConnect(socket -> {
      AtomicInteger next = new AtomicInteger();
      AtomicInteger posts = new AtomicInteger();
      long timer = vertx.setPeriodic(1, tick -> socket.emit("n", next.getAndIncrement()));
      socket.on("post", (args, ack) -> posts.incrementAndGet());
      socket.on("stop", (args, ack) -> {
        vertx.cancelTimer(timer);
        socket.emit("posts", posts.get());
      });
      socket.onDisconnect(reason -> vertx.cancelTimer(timer));
    });
  }

  /** The server on one of several event loops. */
  private static final class OneLoop extends VerticleBase {

    private final SocketIoServer io;
    private final CompletableFuture<Integer> port;

    OneLoop(SocketIoServer io, CompletableFuture<Integer> port) {
      this.io = io;
      this.port = port;
    }

    @Override
    public Future<?> start() {
      Router router = Router.router(vertx);
      router.route("/socket.io/*").handler(io::handle);
      return vertx
          .createHttpServer(new HttpServerOptions().setStrictThreadMode(true))
          .requestHandler(router)
          .listen(-1, "127.0.0.1")
          .onSuccess(server -> port.complete(server.actualPort()));
    }
  }
}
