package io.candlehub.conformance;

import static io.candlehub.conformance.RawSocket.BINARY;
import static io.candlehub.conformance.RawSocket.CLOSE;
import static io.candlehub.conformance.RawSocket.CONTINUATION;
import static io.candlehub.conformance.RawSocket.FINAL;
import static io.candlehub.conformance.RawSocket.PING;
import static io.candlehub.conformance.RawSocket.PONG;
import static io.candlehub.conformance.RawSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSocket frame by frame: what RFC 6455 allows is echoed, what it forbids ends with the status that it names. */
@Timeout(60)
class WebSocketEchoIT {
  private static SuiteServer server;
  private RawSocket socket;

  @BeforeAll
  static void start() throws Exception {
    server = SuiteServer.start("ws-echo");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() throws Exception {
    socket = RawSocket.open(server.url());
  }

  @AfterEach
  void close() throws Exception {
    socket.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 1_000_000})
  void shouldEchoMessagesOfEveryLength(int length) throws Exception {
    socket.send(FINAL | TEXT, "x".repeat(length));
    assertThat(socket.next().text()).isEqualTo("x".repeat(length));
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0xfe);
    socket.send(FINAL | BINARY, bytes);
    RawSocket.Frame echo = socket.next();
    assertThat(echo.opcode()).isEqualTo(BINARY);
    assertThat(echo.payload().getBytes()).isEqualTo(bytes);
  }

  @Test
  void shouldPutFragmentsTogetherEmptyOnesToo() throws Exception {
    socket.send(TEXT, "");
    socket.send(CONTINUATION, "he");
    socket.send(FINAL | PING, "between");
    socket.send(CONTINUATION, "");
    socket.send(FINAL | CONTINUATION, "llo");
    RawSocket.Frame pong = socket.next();
    assertThat(pong.opcode()).isEqualTo(PONG);
    assertThat(pong.text()).isEqualTo("between");
    assertThat(socket.next().text()).isEqualTo("hello");
    socket.send(TEXT, "");
    socket.send(FINAL | CONTINUATION, "");
    assertThat(socket.next().text()).isEmpty();
  }

  @Test
  void shouldTakeTextWhoseCharactersAreCutByFragments() throws Exception {
    byte[] text = "κόσμε😀".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < text.length; i++) {
      boolean last = i == text.length - 1;
      socket.send((last ? FINAL : 0) | (i == 0 ? TEXT : CONTINUATION), new byte[] {text[i]});
    }
    assertThat(socket.next().text()).isEqualTo("κόσμε😀");
  }

  @Test
  void shouldIgnorePongsNobodyAskedFor() throws Exception {
    socket.send(FINAL | PONG, "unasked");
    socket.send(FINAL | PING, "");
    assertThat(socket.next().opcode()).isEqualTo(PONG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ff",
        "c0af",
        "eda080",
        "f4908080",
        "cebae1bdb9cf83cebcceb5eda080656469746564",
        "ce",
        "e282"
      })
  void shouldRefuseTextThatIsNotUtf8(String hex) throws Exception {
    socket.send(FINAL | TEXT, HexFormat.of().parseHex(hex));
    assertThat(socket.closeStatus()).isEqualTo(1007);
  }

  @Test
  void shouldRefuseBadTextBeforeItsLastFragment() throws Exception {
    socket.send(TEXT, HexFormat.of().parseHex("cebaf4908080"));
    assertThat(socket.closeStatus()).isEqualTo(1007);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0x40 | FINAL | TEXT, 0x20 | FINAL | BINARY, 0x10 | FINAL | PING, 0x70 | FINAL | CLOSE
      })
  void shouldRefuseReservedBits(int first) throws Exception {
    socket.send(first, "x");
    assertThat(socket.closeStatus()).isEqualTo(1002);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 7, 11, 15})
  void shouldRefuseReservedOpcodes(int opcode) throws Exception {
    socket.send(FINAL | opcode, "");
    assertThat(socket.closeStatus()).isEqualTo(1002);
  }

  @Test
  void shouldRefuseContinuationOfNothing() throws Exception {
    socket.send(FINAL | CONTINUATION, "x");
    assertThat(socket.closeStatus()).isEqualTo(1002);
  }

  @Test
  void shouldRefuseMessageInsideMessage() throws Exception {
    socket.send(TEXT, "x");
    socket.send(FINAL | PING, "");
    assertThat(socket.next().opcode()).isEqualTo(PONG);
    socket.send(FINAL | TEXT, "y");
    assertThat(socket.closeStatus()).isEqualTo(1002);
  }

  @Test
  void shouldRefuseLongAndFragmentedControlFrames() throws Exception {
    socket.send(FINAL | PING, "x".repeat(126));
    assertThat(socket.closeStatus()).isEqualTo(1002);
    try (RawSocket other = RawSocket.open(server.url())) {
      other.send(PING, "x");
      assertThat(other.closeStatus()).isEqualTo(1002);
    }
  }

  @Test
  void shouldRefuseFramesWithoutMask() throws Exception {
    socket.sendRaw(new byte[] {(byte) (FINAL | TEXT), 1, 'x'});
    assertThat(socket.closeStatus()).isEqualTo(1002);
  }

  @ParameterizedTest
  @ValueSource(strings = {"03e8", "03e9", "03f3", "0bb8", "1387"})
  void shouldAnswerCloseWithItsStatus(String status) throws Exception {
    socket.send(FINAL | CLOSE, HexFormat.of().parseHex(status));
    assertThat(socket.closeStatus()).isEqualTo(Integer.parseInt(status, 16));
  }

  @ParameterizedTest
  @ValueSource(strings = {"03", "0000", "03e7", "03ec", "03ed", "03ee", "03f8", "0bb7"})
  void shouldRefuseInvalidCloseFrames(String payload) throws Exception {
    socket.send(FINAL | CLOSE, HexFormat.of().parseHex(payload));
    assertThat(socket.closeStatus()).isEqualTo(1002);
  }

  @Test
  void shouldRefuseCloseReasonThatIsNotUtf8() throws Exception {
    socket.send(FINAL | CLOSE, HexFormat.of().parseHex("03e8ff"));
    assertThat(socket.closeStatus()).isIn(1002, 1007);
  }
}
