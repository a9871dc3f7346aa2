package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class RecoveryTest {

  private final ManualLoop loop = new ManualLoop();
  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private final List<String> heard = new ArrayList<>();
  private final List<SocketIoSocket> sockets = new ArrayList<>();
  private final Namespace main = new Namespace("/")
      .authorise(handshake -> {
        asked.incrementAndGet();
        return Future.succeededFuture();
      })
      .onConnect(socket -> {
        sockets.add(socket);
        socket.onDisconnect(heard::add);
      });
  private SocketIoOptions options = SocketIoOptions.defaults()
      .withRecovery(new RecoveryOptions(Duration.ofMinutes(2), 1_000, 2, true));
  private Recovery recovery = new Recovery(options.recovery());

  @Test
  void shouldGiveBackSocketAndWhatItMissed() {
    RecordingTransport first = connect("40");
    assertThat(first.takeSent()).containsExactly("40{\"sid\":\"id1\",\"pid\":\"id2\"}");
    SocketIoSocket lost = sockets.get(0);
    lost.attach("state");
    lost.emit("a", 1);
    lost.emit(EncodedEvent.of("/", "b", "{\"x\":2}"));
    lost.emit("c", Buffer.buffer("xyz"));
    assertThat(first.takeSent())
        .containsExactly(
            "42[\"a\",1,\"1\"]",
            "42[\"b\",{\"x\":2},\"2\"]",
            "451-[\"c\",{\"_placeholder\":true,\"num\":0},\"3\"]",
            "bytes:xyz");
    first.abort();
    assertThat(heard).containsExactly(DisconnectReasons.TRANSPORT_CLOSE);
    assertThat(lost.connected()).isFalse();
    lost.emit("d", "while away");
    RecordingTransport second = connect("40{\"pid\":\"id2\",\"offset\":\"1\"}");
    assertThat(second.takeSent())
        .containsExactly(
            "42[\"b\",{\"x\":2},\"2\"]",
            "451-[\"c\",{\"_placeholder\":true,\"num\":0},\"3\"]",
            "bytes:xyz",
            "42[\"d\",\"while away\",\"4\"]",
            "40{\"sid\":\"id1\",\"pid\":\"id2\"}");
    SocketIoSocket back = sockets.get(1);
    assertThat(back.recovered()).isTrue();
    assertThat(lost.recovered()).isFalse();
    assertThat(back.attachment(String.class)).contains("state");
    assertThat(asked).hasValue(1);
    lost.emit("e", "to nobody");
    back.emit("f");
    assertThat(second.takeSent()).containsExactly("42[\"f\",\"5\"]");
  }

  @Test
  void shouldRecoverAgainAndAgain() {
    RecordingTransport transport = connect("40");
    sockets.get(0).emit("n", 1);
    for (int i = 2; i < 6; i++) {
      transport.abort();
      sockets.get(sockets.size() - 1).emit("n", i);
      transport = connect("40{\"pid\":\"id2\",\"offset\":\"" + (i - 1) + "\"}");
      assertThat(transport.takeSent())
          .containsExactly(
              "42[\"n\"," + i + ",\"" + i + "\"]", "40{\"sid\":\"id1\",\"pid\":\"id2\"}");
    }
    assertThat(loop.timers()).as("heartbeat of one session").isEqualTo(1);
    assertThat(recovery.size()).isEqualTo(1);
  }

  @Test
  void shouldNotMarkEventsThatWantAnAnswer() {
    RecordingTransport transport = connect("40");
    transport.takeSent();
    Future<List<Object>> answer = sockets.get(0).emitWithAck("q", Duration.ofSeconds(1), 1);
    assertThat(transport.takeSent()).containsExactly("420[\"q\",1]");
    transport.receive("430[\"r\"]");
    assertThat(answer.result()).containsExactly("r");
    Future<List<Object>> late = sockets.get(0).emitWithAck("q", Duration.ofSeconds(1));
    loop.pass(1_000);
    assertThat(late.cause()).isInstanceOf(TimeoutException.class);
  }

  @Test
  void shouldStartAnewWithoutPlaceToGoOnFrom() {
    RecordingTransport first = connect("40");
    sockets.get(0).emit("a");
    first.abort();
    for (String auth : List.of(
        "{\"pid\":\"other\",\"offset\":\"1\"}",
        "{\"pid\":\"id2\"}",
        "{\"pid\":5,\"offset\":\"1\"}",
        "{\"offset\":\"1\"}")) {
      assertFresh(connect("40" + auth));
    }
    assertFresh(connect("40{\"pid\":\"id2\",\"offset\":\"9\"}"));
    assertFresh(connect("40{\"pid\":\"id2\",\"offset\":\"1\"}"));
  }

  @Test
  void shouldForgetInTime() {
    RecordingTransport first = connect("40");
    sockets.get(0).emit("a");
    first.abort();
    loop.pass(120_000);
    assertThat(recovery.size()).isZero();
    assertThat(loop.timers()).isZero();
    sockets.get(0).emit("late");
    assertFresh(connect("40{\"pid\":\"id2\",\"offset\":\"1\"}"));
  }

  @Test
  void shouldForgetWhoLeftOrBrokeRules() {
    connect("40", "41");
    assertThat(recovery.size()).isZero();
    connect("40", "nonsense");
    assertThat(recovery.size()).isZero();
    connect("40");
    sockets.get(2).disconnect(true);
    assertThat(recovery.size()).isZero();
    assertThat(heard)
        .containsExactly(
            DisconnectReasons.CLIENT_DISCONNECT,
            DisconnectReasons.PARSE_ERROR,
            DisconnectReasons.SERVER_DISCONNECT);
  }

  @Test
  void shouldTakeOverConnectionWhoseLossIsNotNoticedYet() {
    RecordingTransport first = connect("40");
    sockets.get(0).emit("a");
    sockets.get(0).emit("b");
    RecordingTransport second = connect("40{\"pid\":\"id2\",\"offset\":\"1\"}");
    assertThat(second.takeSent())
        .containsExactly("42[\"b\",\"2\"]", "40{\"sid\":\"id1\",\"pid\":\"id2\"}");
    assertThat(first.open()).isFalse();
    assertThat(heard).containsExactly(DisconnectReasons.TRANSPORT_CLOSE);
  }

  @Test
  void shouldBoundWhatItKeeps() {
    RecordingTransport first = connect("40");
    for (int i = 0; i < 200; i++) {
      sockets.get(0).emit("n", i);
    }
    first.abort();
    assertFresh(connect("40{\"pid\":\"id2\",\"offset\":\"1\"}"));
    connect("40").abort();
    connect("40").abort();
    connect("40").abort();
    assertThat(recovery.size()).as("the connected one and two lost ones").isEqualTo(3);
  }

  @Test
  void shouldAskAgainIfToldTo() {
    options = options.withRecovery(new RecoveryOptions(Duration.ofMinutes(2), 1_000, 2, false));
    recovery = new Recovery(options.recovery());
    RecordingTransport first = connect("40");
    sockets.get(0).emit("a");
    first.abort();
    connect("40{\"pid\":\"id2\",\"offset\":\"1\"}");
    assertThat(asked).hasValue(2);
    assertThat(sockets.get(1).recovered()).isTrue();
  }

  @Test
  void shouldBeOffUnlessAskedFor() {
    assertThat(SocketIoOptions.defaults().recovery().enabled()).isFalse();
    options = SocketIoOptions.defaults();
    recovery = new Recovery(options.recovery());
    RecordingTransport first = connect("40");
    assertThat(first.takeSent()).containsExactly("40{\"sid\":\"id1\"}");
    sockets.get(0).emit("a", 1);
    assertThat(first.takeSent()).containsExactly("42[\"a\",1]");
    first.abort();
    assertThat(recovery.size()).isZero();
    assertThat(loop.timers()).isZero();
  }

  private void assertFresh(RecordingTransport transport) {
    assertThat(transport.takeSent()).hasSize(1).first().asString().startsWith("40{\"sid\":");
    assertThat(sockets.get(sockets.size() - 1).recovered()).isFalse();
    assertThat(sockets.get(sockets.size() - 1).id()).isNotEqualTo("id1");
  }

  private RecordingTransport connect(String... packets) {
    RecordingTransport transport = new RecordingTransport();
    EngineSession session = new EngineSession("S", transport, options, loop, EngineListener.NONE);
    session.open(new SocketIoConnection(
        session,
        Handshakes.plain(),
        new SocketIoConnection.Scope(
            options,
            name -> name.equals("/") ? Optional.of(main) : Optional.empty(),
            () -> "id" + ids.incrementAndGet(),
            recovery)));
    transport.takeSent();
    transport.receive(packets);
    return transport;
  }
}
