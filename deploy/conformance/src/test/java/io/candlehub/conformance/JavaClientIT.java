package io.candlehub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.engineio.client.Transport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The official Java client of Socket.IO over each of its transports. */
@Timeout(60)
class JavaClientIT {
  private static SuiteServer server;

  private final BlockingQueue<Object[]> events = new LinkedBlockingQueue<>();
  private Socket socket;

  @BeforeAll
  static void start() throws Exception {
    server = SuiteServer.start("java-client");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void disconnect() {
    socket.disconnect();
  }

  static Stream<List<String>> transports() {
    return Stream.of(List.of("polling"), List.of("websocket"), List.of("polling", "websocket"));
  }

  @ParameterizedTest
  @MethodSource("transports")
  void shouldBeGreetedAndEchoed(List<String> transports) throws Exception {
    open("/", transports, "message", "echoBack");
    assertThat(next()).containsExactly("hello client");
    socket.emit("message", "foo", 5, "žluť 日本");
    assertThat(next()).containsExactly("foo", 5, "žluť 日本");
    socket.emit("echo", new JSONObject().put("a", "b"));
    assertThat(next()[0]).hasToString("{\"a\":\"b\"}");
  }

  @ParameterizedTest
  @MethodSource("transports")
  void shouldExchangeAcknowledgementsBothWays(List<String> transports) throws Exception {
    open("/", transports, "ackBack");
    assertThat(ask("ack", 5, "x")).containsExactly(5, "x");
    assertThat((String) ask("getAckDate", "now")[0]).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    socket.on("ack", args -> ((Ack) args[0]).call("from", 7));
    socket.emit("callAck");
    assertThat(next()).containsExactly("from", 7);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void shouldExchangeBytes(List<String> transports) throws Exception {
    open("/", transports, "echoBack", "ackBack");
    byte[] bytes = "huehue".getBytes(StandardCharsets.UTF_8);
    assertThat((byte[]) ask("getAckBinary", "")[0]).isEqualTo(bytes);
    socket.emit("echo", new Object[] {bytes});
    assertThat((byte[]) next()[0]).isEqualTo(bytes);
    socket.on("ack", args -> ((Ack) args[0]).call(new Object[] {bytes}));
    socket.emit("callAckBinary");
    assertThat((byte[]) next()[0]).isEqualTo(bytes);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void shouldJoinNamespacesAndRooms(List<String> transports) throws Exception {
    open("/foo", transports, "message", "roomBack");
    assertThat(next()).containsExactly("hello client");
    socket.emit("room", "hi");
    assertThat(next()).containsExactly("hi");
  }

  @ParameterizedTest
  @MethodSource("transports")
  void shouldBeToldWhyItIsRefused(List<String> transports) throws Exception {
    open("/no", transports, Socket.EVENT_CONNECT_ERROR);
    JSONObject error = (JSONObject) next()[0];
    assertThat(error.getString("message")).isEqualTo("auth failed");
    assertThat(error.getJSONObject("data").getString("a")).isEqualTo("b");
    assertThat(error.getJSONObject("data").getInt("c")).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void shouldHandOverAuthAndQuery(List<String> transports) throws Exception {
    IO.Options options = options(transports);
    options.auth = Map.of("token", "abc");
    options.query = "foo=bar";
    open("/", options);
    JSONObject shown = (JSONObject) ask("getHandshake")[0];
    assertThat(shown.getJSONObject("auth").getString("token")).isEqualTo("abc");
    assertThat(shown.getJSONObject("query").getString("foo")).isEqualTo("bar");
  }

  @ParameterizedTest
  @MethodSource("transports")
  void shouldHearTheReasonOfAServersDisconnect(List<String> transports) throws Exception {
    open("/", transports, Socket.EVENT_DISCONNECT);
    socket.emit("requestDisconnect");
    assertThat(next()).containsExactly("io server disconnect");
  }

  @ParameterizedTest
  @MethodSource("transports")
  void shouldSeeItsHeaderOnTheAnswer(List<String> transports) throws Exception {
    IO.Options options = options(transports);
    options.extraHeaders = Map.of("X-SocketIO", List.of("hi"));
    socket = IO.socket(URI.create(server.url()), options);
    socket
        .io()
        .on(
            Manager.EVENT_TRANSPORT,
            args -> ((Transport) args[0])
                .on(Transport.EVENT_RESPONSE_HEADERS, headers -> events.add(headers)));
    socket.connect();
    Map<?, ?> headers = (Map<?, ?>) next()[0];
    assertThat(headers.get("X-SocketIO")).isEqualTo(List.of("hi"));
  }

  @ParameterizedTest
  @MethodSource("transports")
  void shouldBroadcastToOthersOnly(List<String> transports) throws Exception {
    open("/", transports, "broadcastBack");
    Socket other = IO.socket(URI.create(server.url()), options(transports));
    BlockingQueue<Object[]> greetings = new LinkedBlockingQueue<>();
    other.on("message", greetings::add);
    other.on("broadcastBack", greetings::add);
    other.connect();
    assertThat(greetings.poll(10, TimeUnit.SECONDS)).containsExactly("hello client");
    other.emit("broadcast", "to you");
    assertThat(next()).containsExactly("to you");
    other.emit("message", "to me");
    assertThat(greetings.poll(10, TimeUnit.SECONDS)).containsExactly("to me");
    other.disconnect();
  }

  private static IO.Options options(List<String> transports) {
    IO.Options options = new IO.Options();
    options.forceNew = true;
    options.reconnection = false;
    options.transports = transports.toArray(new String[0]);
    return options;
  }

  private void open(String namespace, List<String> transports, String... heard)
      throws InterruptedException {
    open(namespace, options(transports), heard);
  }

  private void open(String namespace, IO.Options options, String... heard)
      throws InterruptedException {
    socket = IO.socket(URI.create(server.url() + namespace), options);
    for (String name : heard) {
      socket.on(name, events::add);
    }
    BlockingQueue<Object> answered = new LinkedBlockingQueue<>();
    socket.on(Socket.EVENT_CONNECT, args -> answered.add("connected"));
    socket.on(Socket.EVENT_CONNECT_ERROR, args -> answered.add("refused"));
    socket.connect();
    assertThat(answered.poll(10, TimeUnit.SECONDS)).as("answer to connect").isNotNull();
  }

  private Object[] ask(String event, Object... args) throws InterruptedException {
    BlockingQueue<Object[]> answers = new LinkedBlockingQueue<>();
    socket.emit(event, args, (Ack) answers::add);
    return require(answers);
  }

  private Object[] next() throws InterruptedException {
    return require(events);
  }

  private static Object[] require(BlockingQueue<Object[]> queue) throws InterruptedException {
    Object[] item = queue.poll(10, TimeUnit.SECONDS);
    assertThat(item).as("within 10 s").isNotNull();
    return item;
  }
}
