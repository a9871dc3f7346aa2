package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class SlowClientTest {

  private static final String CHUNK = "\"" + "x".repeat(16_000) + "\"";

  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong drains = new AtomicLong();

  @AfterEach
  void stop() throws Exception {
    LoopbackServer.await(vertx.close());
  }

  @Test
  void shouldCutClientThatNeverReadsAndSpareTheOthers() throws Exception {
    CompletableFuture<String> reason = new CompletableFuture<>();
    LoopbackServer server = start(Duration.ofMillis(400));
    pump(server, "/slow", reason);
    server
        .io()
        .namespace("/echo")
        .onConnect(socket -> socket.on("e", (args, ack) -> ack.send(args.toArray())));
    TestClient slow = server.connect();
    slow.next();
    slow.send("40/slow");
    slow.pause();
    TestClient healthy = server.connect();
    healthy.next();
    healthy.send("40/echo");
    healthy.next();
    for (int i = 0; !reason.isDone(); i++) {
      healthy.send("42/echo," + i + "[\"e\"," + i + "]");
      assertThat(healthy.next()).isEqualTo("43/echo," + i + "[" + i + "]");
    }
    assertThat(reason.get()).isEqualTo(DisconnectReasons.SLOW_CLIENT);
    assertThat(sent.get()).as("bytes taken while writable").isLessThan(32_000_000);
    slow.resume();
    slow.closed();
  }

  @Test
  void shouldCloseClientThatNeverPolls() throws Exception {
    CompletableFuture<String> reason = new CompletableFuture<>();
    LoopbackServer server = start(Duration.ofMillis(400));
    pump(server, "/slow", reason);
    PollingClient client = new PollingClient(vertx, server).open();
    client.send("40/slow");
    assertThat(reason.get(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReasons.SLOW_CLIENT);
    assertThat(sent.get()).as("bytes taken while writable").isLessThan(100_000);
    assertThat(LoopbackServer.await(client.get()).statusCode()).isEqualTo(400);
    assertThat(server.io().connections()).isZero();
  }

  @Test
  void shouldGoOnWhenTheClientPollsAgain() throws Exception {
    LoopbackServer server = start(Duration.ofSeconds(30));
    pump(server, "/slow", new CompletableFuture<>());
    PollingClient client = new PollingClient(vertx, server).open();
    client.send("40/slow");
    assertThat(client.next()).startsWith("40/slow,");
    while (drains.get() < 3) {
      assertThat(client.next()).startsWith("42/slow,[\"chunk\",");
    }
  }

  @Test
  void shouldGoOnWhenTheClientReadsAgain() throws Exception {
    LoopbackServer server = start(Duration.ofSeconds(30));
    pump(server, "/slow", new CompletableFuture<>());
    TestClient client = server.connect();
    client.next();
    client.send("40/slow");
    client.next();
    client.pause();
    long before = -1;
    while (sent.get() != before) {
      before = sent.get();
      roundTrip(server);
    }
    client.resume();
    while (drains.get() == 0) {
      assertThat(client.next()).startsWith("42/slow,[\"chunk\",");
    }
    assertThat(client.next()).startsWith("42/slow,");
  }

  @Test
  void shouldNotReadFromClientThatDoesNotListen() throws Exception {
    AtomicLong handled = new AtomicLong();
    CompletableFuture<String> reason = new CompletableFuture<>();
    LoopbackServer server = start(Duration.ofMillis(400));
    server.io().namespace("/").onConnect(socket -> {
      socket.onDisconnect(reason::complete);
      socket.on("ask", (args, ack) -> {
        handled.incrementAndGet();
        ack.send("y".repeat(100_000));
      });
    });
    TestClient client = server.connect();
    client.next();
    client.send("40");
    client.next();
    client.pause();
    for (int i = 0; i < 5_000; i++) {
      client.send("42" + i + "[\"ask\"]");
    }
    assertThat(reason.get(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReasons.SLOW_CLIENT);
    assertThat(handled.get()).isLessThan(1_000);
    client.resume();
  }

  @Test
  void shouldPingReaderOfLargeMessages() throws Exception {
    SocketIoOptions options =
        SocketIoOptions.defaults().withHeartbeat(Duration.ofMillis(300), Duration.ofSeconds(15));
    LoopbackServer server = LoopbackServer.start(vertx, options, new HttpServerOptions());
    EncodedEvent large = EncodedEvent.of("/", "large", "\"" + "x".repeat(100_000) + "\"");
    server.io().namespace("/").onConnect(socket -> {
      socket.onDrain(drains::incrementAndGet);
      vertx.setPeriodic(20, tick -> socket.emit(large));
    });
    TestClient client = server.connect();
    client.next();
    client.send("40");
    client.next();
    int messages = 0;
    while (!client.nextPing().equals("2")) {
      assertThat(++messages).as("messages before a ping").isLessThan(100);
    }
    assertThat(drains.get()).isPositive();
  }

  private LoopbackServer start(Duration stall) throws Exception {
    SocketIoOptions options = SocketIoOptions.defaults()
        .withHeartbeat(Duration.ofSeconds(5), Duration.ofSeconds(5))
        .withTimeouts(Duration.ofSeconds(5), stall, Duration.ofSeconds(1));
    return LoopbackServer.start(
        vertx, options, new HttpServerOptions().setSendBufferSize(64 * 1024));
  }

  /** Sends chunks for as long as the socket is writable. */
  private void pump(LoopbackServer server, String namespace, CompletableFuture<String> reason) {
    EncodedEvent chunk = EncodedEvent.of(namespace, "chunk", CHUNK);
    server.io().namespace(namespace).onConnect(socket -> {
      socket.onDisconnect(reason::complete);
      socket.onDrain(() -> {
        drains.incrementAndGet();
        fill(socket, chunk);
      });
      fill(socket, chunk);
    });
  }

  private void fill(SocketIoSocket socket, EncodedEvent chunk) {
    for (int i = 0; i < 100 && socket.writable(); i++) {
      socket.emit(chunk);
      sent.addAndGet(CHUNK.length());
    }
    if (socket.writable()) {
      vertx.runOnContext(again -> fill(socket, chunk));
    }
  }

  private static void roundTrip(LoopbackServer server) throws Exception {
    TestClient probe = server.connect();
    probe.next();
    probe.send("40/nowhere");
    probe.next();
    probe.send("1");
    probe.closed();
  }
}
