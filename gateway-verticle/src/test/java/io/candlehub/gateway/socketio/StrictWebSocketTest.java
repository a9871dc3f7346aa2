package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules of RFC 6455 that clients can break, against an echo. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StrictWebSocketTest {

  private static final int FIN = 0x80;
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = FIN | 8;
  private static final int PING = FIN | 9;
  private static final int PONG = FIN | 10;

  private final Vertx vertx = Vertx.vertx();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    SocketIoOptions options = SocketIoOptions.defaults()
        .withSizes(1_000, 64 * 1024)
        .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(50));
    server = LoopbackServer.await(vertx
        .createHttpServer(new HttpServerOptions()
            .setMaxWebSocketFrameSize(2_000)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false))
        .requestHandler(request -> StrictWebSocket.accept(vertx, request, options)
            .onSuccess(socket -> socket.onText(socket::send).onBinary(socket::send)))
        .listen(0, "127.0.0.1"));
  }

  @AfterEach
  void stop() throws Exception {
    LoopbackServer.await(vertx.close());
  }

  @Test
  void shouldEchoWholeMessages() throws Exception {
    assertThat(answers(text("Hello"), frame(FIN | BINARY, "00ff"), text(""), goodbye()))
        .containsExactly("text Hello", "binary 00ff", "text ", "close 1000");
  }

  @Test
  void shouldJoinFragments() throws Exception {
    assertThat(answers(
            frame(TEXT, ""),
            frame(CONTINUATION, "c3"),
            frame(CONTINUATION, ""),
            frame(PING, "01"),
            frame(FIN | CONTINUATION, "a9"),
            frame(BINARY, ""),
            frame(FIN | CONTINUATION, "07"),
            goodbye()))
        .containsExactly("pong 1", "text \u00e9", "binary 07", "close 1000");
  }

  @Test
  void shouldRefuseTextThatIsNotUtf8() throws Exception {
    for (String bad : List.of("ff", "c3", "c080", "eda080", "f4908080", "80", "e282", "f0808080")) {
      assertThat(answers(frame(FIN | TEXT, bad))).as(bad).containsExactly("close 1007");
      assertThat(answers(frame(TEXT, "61"), frame(FIN | CONTINUATION, bad)))
          .as(bad)
          .containsExactly("close 1007");
    }
    assertThat(answers(frame(TEXT, "ce"), frame(CONTINUATION, "ff")))
        .as("before the message is complete")
        .containsExactly("close 1007");
    assertThat(answers(text("\uFFFD"), goodbye())).containsExactly("text \uFFFD", "close 1000");
  }

  @Test
  void shouldRefuseReservedBitsAndOpcodes() throws Exception {
    for (int first : new int[] {0xc1, 0xa1, 0x91, 0xc9, 0x83, 0x87, 0x8b, 0x8f, 0x40}) {
      assertThat(answers(frame(first, "61"), text("late")))
          .as(Integer.toHexString(first))
          .containsExactly("close 1002");
    }
  }

  @Test
  void shouldKeepControlFramesSmallAndWhole() throws Exception {
    assertThat(answers(RawWebSocket.frame(PING, new byte[125]), frame(PONG, "01"), goodbye()))
        .containsExactly("pong 125", "close 1000");
    assertThat(answers(RawWebSocket.frame(PING, new byte[126]))).containsExactly("close 1002");
    assertThat(answers(frame(9, "01"))).containsExactly("close 1002");
    assertThat(answers(frame(8, "03e8"))).containsExactly("close 1002");
  }

  @Test
  void shouldRefuseFragmentsOutOfOrder() throws Exception {
    assertThat(answers(frame(FIN | CONTINUATION, "61"))).containsExactly("close 1002");
    assertThat(answers(frame(TEXT, "61"), text("b"))).containsExactly("close 1002");
    assertThat(answers(text("a"), frame(CONTINUATION, "61")))
        .as("what came before is answered")
        .containsExactly("text a", "close 1002");
  }

  @Test
  void shouldCloseAsTheClientDoes() throws Exception {
    assertThat(answers(frame(CLOSE, ""))).containsExactly("close 1000");
    assertThat(answers(frame(CLOSE, "03e8" + "6f6b"))).containsExactly("close 1000");
    assertThat(answers(frame(CLOSE, "0bb8"))).containsExactly("close 3000");
    assertThat(answers(frame(CLOSE, "1387"))).containsExactly("close 4999");
    assertThat(answers(goodbye(), text("late"), frame(PING, ""))).containsExactly("close 1000");
    assertThat(answers(frame(TEXT, "61"), goodbye(), frame(FIN | CONTINUATION, "62")))
        .containsExactly("close 1000");
  }

  @Test
  void shouldRefuseInvalidCloses() throws Exception {
    for (String code : List.of("00", "0000", "03e7", "03ec", "03ed", "03ee", "03f7", "07d0")) {
      assertThat(answers(frame(CLOSE, code))).as(code).containsExactly("close 1002");
    }
    assertThat(answers(frame(CLOSE, "03e8ff")).get(0)).isIn("close 1007", "close 1002");
  }

  @Test
  void shouldRefuseMessagesAboveTheLimit() throws Exception {
    byte[] half = new byte[600];
    assertThat(
            answers(RawWebSocket.frame(BINARY, half), RawWebSocket.frame(FIN | CONTINUATION, half)))
        .containsExactly("close 1009");
    assertThat(answers(RawWebSocket.frame(FIN | BINARY, new byte[1_001])))
        .containsExactly("close 1009");
    assertThat(answers(RawWebSocket.frame(FIN | BINARY, new byte[3_000])))
        .containsExactly("close 1009");
  }

  @Test
  void shouldRefuseUnmaskedFrames() throws Exception {
    assertThat(answers(Buffer.buffer(new byte[] {(byte) 0x81, 1, 'a'})))
        .containsExactly("close 1002");
  }

  @Test
  void shouldCutClientThatPingsAndDoesNotRead() throws Exception {
    RawWebSocket socket = RawWebSocket.connect(vertx, server.actualPort(), "/");
    socket.pause();
    Buffer pings = Buffer.buffer();
    for (int i = 0; i < 1_000; i++) {
      pings.appendBuffer(RawWebSocket.frame(PING, new byte[125]));
    }
    Future<Void> sent = Future.succeededFuture();
    for (int i = 0; i < 300; i++) {
      sent = socket.send(pings);
    }
    assertThat(LoopbackServer.await(sent.map("sent").otherwise("cut"))).isEqualTo("cut");
    socket.resume();
    socket.gone();
  }

  /** Sends all in one write and returns what comes until the end. */
  private List<String> answers(Buffer... frames) throws Exception {
    RawWebSocket socket = RawWebSocket.connect(vertx, server.actualPort(), "/");
    Buffer all = Buffer.buffer();
    for (Buffer frame : frames) {
      all.appendBuffer(frame);
    }
    socket.send(all).onFailure(cut -> {});
    return socket.frames();
  }

  private static Buffer text(String text) {
    return RawWebSocket.frame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Buffer frame(int first, String hex) {
    return RawWebSocket.frame(first, HexFormat.of().parseHex(hex));
  }

  private static Buffer goodbye() {
    return frame(CLOSE, "03e8");
  }
}
