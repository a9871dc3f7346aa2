package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that send requests, true and false ones, pipelined and cut off, while somebody else is served. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class HttpFuzzTest {

  private static final int CONNECTIONS = Integer.getInteger("engine.fuzz.connections", 1_000);
  private static final int AT_ONCE = 20;

  private static final List<String> BODIES = List.of(
      "40",
      "3",
      "1",
      "42[\"e\",1]",
      "",
      "\u001e\u001e",
      "b!!",
      "4\u001eb4==",
      "2probe",
      "nonsense");
  private static final List<String> QUERIES = List.of(
      "EIO=4&transport=polling",
      "EIO=4&transport=polling",
      "EIO=4&transport=websocket",
      "EIO=3&transport=polling",
      "EIO=3&transport=websocket",
      "transport=polling&sid=unknown",
      "transport=%zz",
      "sid=",
      "");

  private static final String UPGRADE = String.join(
      "\r\n",
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "");

  private final Vertx vertx = Vertx.vertx();
  private final Queue<Throwable> escaped = new ConcurrentLinkedQueue<>();
  private final Queue<String> sids = new ConcurrentLinkedQueue<>();
  private final Random random = new Random(20261121);
  private LoopbackServer server;

  @BeforeEach
  void start() throws Exception {
    vertx.exceptionHandler(escaped::add);
    server = LoopbackServer.start(
        vertx,
        SocketIoOptions.defaults()
            .withHeartbeat(Duration.ofSeconds(1), Duration.ofSeconds(4))
            .withTimeouts(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofMillis(200))
            .withPolling(Duration.ofMillis(500), Duration.ofMillis(200))
            .withSizes(2_000, 4_000),
        new HttpServerOptions());
    server.io().namespace("/").onConnect(socket -> {
      socket.on("e", (args, ack) -> socket.emit("back", args.toArray()));
      socket.on("ping", (args, ack) -> ack.send());
    });
  }

  @AfterEach
  void stop() throws Exception {
    LoopbackServer.await(vertx.close());
  }

  @Test
  void shouldServeOthersWhateverComes() throws Exception {
    NetClient net = vertx.createNetClient();
    TestClient witness = server.connect();
    witness.next();
    witness.send("40");
    witness.next();
    for (int done = 0; done < CONNECTIONS || sids.isEmpty(); done += AT_ONCE) {
      List<Future<Void>> ends = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        Buffer requests = requests();
        boolean patient = random.nextBoolean();
        ends.add(net.connect(server.port(), "127.0.0.1")
            .compose(socket -> talk(socket, requests, patient)));
      }
      LoopbackServer.await(Future.join(ends).otherwiseEmpty());
      witness.send("42" + done + "[\"ping\"]");
      assertThat(witness.next()).isEqualTo("43" + done + "[]");
    }
    assertThat(sids).as("sessions that were opened on the way").isNotEmpty();
    for (int round = 0; round < 100 && server.io().connections() > 1; round++) {
      witness.send("42[\"ping\"]");
      assertThat(witness.nextPing()).isEqualTo("2");
      witness.send("3");
    }
    assertThat(server.io().connections()).as("the witness alone").isEqualTo(1);
    assertThat(escaped).isEmpty();
  }

  /** Sends requests, notes the sessions that come of it, and hangs up, at once or after a moment. */
  private Future<Void> talk(NetSocket socket, Buffer requests, boolean patient) {
    Promise<Void> end = Promise.promise();
    socket.exceptionHandler(cut -> end.tryComplete());
    socket.closeHandler(closed -> end.tryComplete());
    socket.handler(answer -> {
      String text = answer.toString(StandardCharsets.ISO_8859_1);
      int sid = text.indexOf("\"sid\":\"");
      if (sid >= 0 && text.length() >= sid + 27) {
        sids.add(text.substring(sid + 7, sid + 27));
      }
    });
    socket.write(requests).onComplete(sent -> {
      if (patient) {
        vertx.setTimer(30, late -> socket.close());
      } else {
        socket.close();
      }
    });
    return end.future();
  }

  private Buffer requests() {
    Buffer requests = Buffer.buffer();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      requests.appendString(request(), "ISO-8859-1");
    }
    if (random.nextInt(4) == 0) {
      byte[] junk = new byte[random.nextInt(200)];
      random.nextBytes(junk);
      requests.appendBytes(junk);
    }
    return requests;
  }

  private String request() {
    String body = BODIES.get(random.nextInt(BODIES.size()));
    boolean posts = random.nextBoolean();
    String query = QUERIES.get(random.nextInt(QUERIES.size()));
    String known = sids.peek();
    if (known != null && random.nextInt(3) > 0) {
      query = "EIO=4&sid=" + (random.nextInt(3) == 0 ? sids.remove() : known)
          + (random.nextInt(4) == 0 ? "&transport=websocket" : "&transport=polling");
    }
    int length = random.nextInt(10) == 0 ? random.nextInt(4_000) : body.length();
    String method = random.nextInt(20) == 0 ? "PUT" : posts ? "POST" : "GET";
    return method + " /socket.io/?" + query + " HTTP/1.1\r\nHost: a\r\n"
        + (random.nextInt(5) == 0 ? UPGRADE : "")
        + (posts ? "Content-Length: " + length + "\r\n\r\n" + body : "\r\n");
  }
}
