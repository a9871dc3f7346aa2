package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class SocketIoConnectionTest {

  private final ManualLoop loop = new ManualLoop();
  private final RecordingTransport transport = new RecordingTransport();
  private final Map<String, Namespace> namespaces = new HashMap<>();
  private final List<String> heard = new ArrayList<>();
  private final List<SocketIoSocket> sockets = new ArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();

  @BeforeEach
  void open() {
    SocketIoOptions options = SocketIoOptions.defaults();
    namespaces.put("/", new Namespace("/").onConnect(this::greet));
    namespaces.put("/custom", new Namespace("/custom").onConnect(this::greet));
    EngineListener counts = new EngineListener() {
      @Override
      public void handlerFailed() {
        failures.incrementAndGet();
      }
    };
    EngineSession session = new EngineSession("SID", transport, options, loop, counts);
    AtomicInteger ids = new AtomicInteger();
    session.open(new SocketIoConnection(
        session,
        Handshakes.plain(),
        new SocketIoConnection.Scope(
            options,
            name -> Optional.ofNullable(namespaces.get(name)),
            () -> "id" + ids.incrementAndGet(),
            new Recovery(options.recovery()))));
    transport.takeSent();
  }

  @Test
  void shouldJoinNamespacesAndGreetAfterwards() {
    transport.receive("40{\"token\":\"t\"}", "40/custom");
    assertThat(transport.takeSent())
        .containsExactly(
            "40{\"sid\":\"id1\"}",
            "42[\"auth\",{\"token\":\"t\"}]",
            "40/custom,{\"sid\":\"id2\"}",
            "42/custom,[\"auth\",{}]");
  }

  @Test
  void shouldRefuseUnknownNamespaceAndGoOn() {
    transport.receive("40/random", "40/custom?x=1,", "40");
    assertThat(transport.takeSent())
        .startsWith(
            "44/random,{\"message\":\"Invalid namespace\"}",
            "44/custom?x=1,{\"message\":\"Invalid namespace\"}",
            "40{\"sid\":\"id1\"}");
  }

  @Test
  void shouldEndAClientThatIsRefusedOnAndOn() {
    for (int i = 0; i < 100; i++) {
      transport.receive("40/random");
    }
    assertThat(transport.open()).isTrue();
    transport.receive("40/random");
    assertThat(transport.open()).isFalse();
  }

  @Test
  void shouldTellRefusalWithMessageAndDataButNoOtherCause() {
    namespaces
        .get("/")
        .authorise(handshake -> Future.failedFuture(
            new ConnectRefusedException("no", new JsonObject().put("code", 7))));
    namespaces.get("/custom").authorise(handshake -> {
      throw new IllegalStateException("password=secret");
    });
    transport.receive("40", "40/custom,");
    assertThat(transport.takeSent())
        .containsExactly(
            "44{\"message\":\"no\",\"data\":{\"code\":7}}",
            "44/custom,{\"message\":\"Connection refused\"}");
    assertThat(transport.open()).isTrue();
  }

  @Test
  void shouldWaitForDecisionAndForgetItOnceClosed() {
    Promise<Void> decision = Promise.promise();
    namespaces.get("/").authorise(handshake -> decision.future());
    transport.receive("40");
    assertThat(transport.takeSent()).isEmpty();
    transport.session().onClosed(CloseReason.CLIENT_CLOSED);
    decision.complete();
    assertThat(transport.takeSent()).isEmpty();
    assertThat(sockets).isEmpty();
  }

  @Test
  void shouldCloseClientThatJoinsNothingInTime() {
    transport.receive("40/random");
    loop.pass(25_000);
    transport.receive("3");
    loop.pass(20_000);
    assertThat(transport.open()).isFalse();
  }

  @Test
  void shouldStayOpenWithoutNamespaces() {
    transport.receive("40", "41");
    assertThat(heard).containsExactly("/:client namespace disconnect");
    transport.takeSent();
    loop.pass(25_000);
    transport.receive("3");
    loop.pass(25_000);
    assertThat(transport.takeSent()).containsExactly("2", "2");
    transport.receive("40");
    assertThat(transport.takeSent()).startsWith("40{\"sid\":\"id2\"}");
  }

  @Test
  void shouldDeliverEventsInOrderAndAnswerOnce() {
    transport.receive("40");
    sockets.get(0).on("both", (args, ack) -> {
      heard.add("both" + args);
      ack.send(args.toArray());
      ack.send("twice");
    });
    transport.takeSent();
    transport.receive("42[\"both\",1,null]", "420[\"both\",\"x\"]", "42[\"unknown\"]", "439[]");
    assertThat(heard).containsExactly("both[1, null]", "both[x]");
    assertThat(transport.takeSent()).containsExactly("430[\"x\"]");
  }

  @Test
  void shouldCarryBytesBothWays() {
    transport.receive("40");
    sockets.get(0).on("bin", (args, ack) -> ack.send(args.get(0)));
    transport.takeSent();
    transport.receive("451-3[\"bin\",{\"_placeholder\":true,\"num\":0}]");
    transport.session().onBinary(Buffer.buffer("raw"));
    assertThat(transport.takeSent())
        .containsExactly("461-3[{\"_placeholder\":true,\"num\":0}]", "bytes:raw");
  }

  @Test
  void shouldAskAndTimeOutAndFailWhenTheSocketEnds() {
    transport.receive("40");
    transport.takeSent();
    SocketIoSocket socket = sockets.get(0);
    Future<List<Object>> answered = socket.emitWithAck("q", Duration.ofSeconds(1), 1);
    Future<List<Object>> late = socket.emitWithAck("q", Duration.ofSeconds(1));
    Future<List<Object>> never = socket.emitWithAck("q", Duration.ofSeconds(5));
    assertThat(transport.takeSent()).containsExactly("420[\"q\",1]", "421[\"q\"]", "422[\"q\"]");
    transport.receive("430[\"a\",2]", "430[\"again\"]");
    loop.pass(1_000);
    transport.receive("431[]", "41");
    assertThat(answered.result()).containsExactly("a", 2);
    assertThat(late.cause()).isInstanceOf(TimeoutException.class);
    assertThat(never.cause()).isInstanceOf(IllegalStateException.class);
    assertThat(socket.emitWithAck("q", Duration.ofSeconds(1)).failed()).isTrue();
  }

  @Test
  void shouldKeepHandlerFailuresToTheServer() {
    transport.receive("40");
    sockets.get(0).on("boom", (args, ack) -> {
      throw new IllegalStateException("secret");
    });
    transport.takeSent();
    transport.receive("421[\"boom\"]", "42[\"boom\"]");
    assertThat(transport.takeSent()).isEmpty();
    assertThat(transport.open()).isTrue();
    assertThat(failures).hasValue(2);
  }

  @Test
  void shouldLetTheApplicationAnswerInvalidMessagesBeforeClosing() {
    transport.receive("40", "40/custom");
    sockets.get(0).onInvalid(fault -> sockets.get(0).emit("error", fault.kind().name()));
    transport.takeSent();
    transport.receive("42{nonsense", "42[\"late\"]");
    assertThat(transport.takeSent()).containsExactly("42[\"error\",\"MALFORMED\"]");
    assertThat(transport.closeStatus()).isEqualTo(1008);
    assertThat(heard).containsExactly("/:parse error", "/custom:parse error");
  }

  @Test
  void shouldCloseOnPacketsOutOfTurn() {
    List<List<String>> cases = List.of(
        List.of("42[\"e\"]"),
        List.of("41"),
        List.of("430[]"),
        List.of("40", "40"),
        List.of("40", "42/custom,[\"e\"]"),
        List.of("40", "44{\"message\":\"m\"}"),
        List.of("40", "41", "42[\"e\"]"));
    for (List<String> packets : cases) {
      SocketIoConnectionTest fresh = new SocketIoConnectionTest();
      fresh.open();
      fresh.transport.receive(packets.toArray(String[]::new));
      assertThat(fresh.transport.closeStatus()).as(packets.toString()).isEqualTo(1008);
    }
  }

  @Test
  void shouldEndOneSocketOrAll() {
    transport.receive("40", "40/custom");
    transport.takeSent();
    sockets.get(1).disconnect(false);
    assertThat(transport.takeSent()).containsExactly("41/custom,");
    assertThat(transport.open()).isTrue();
    sockets.get(1).emit("late");
    sockets.get(0).disconnect(true);
    assertThat(transport.takeSent()).containsExactly("41");
    assertThat(transport.open()).isFalse();
    assertThat(heard)
        .containsExactly("/custom:server namespace disconnect", "/:server namespace disconnect");
  }

  @Test
  void shouldRefuseReservedNamesAndForeignNamespaces() {
    transport.receive("40");
    SocketIoSocket socket = sockets.get(0);
    assertThatIllegalArgumentException().isThrownBy(() -> socket.emit("connect"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> socket.on("disconnecting", (args, ack) -> {}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> socket.emit(EncodedEvent.of("/custom", "e", "1")));
  }

  @Test
  void shouldTellWhenWritableAgain() {
    transport.receive("40");
    SocketIoSocket socket = sockets.get(0);
    socket.onDrain(() -> heard.add("drain"));
    transport.block();
    assertThat(socket.writable()).isFalse();
    transport.drain();
    assertThat(socket.writable()).isTrue();
    assertThat(heard).containsExactly("drain");
  }

  @Test
  void shouldKeepTheApplicationsAttachment() {
    transport.receive("40");
    SocketIoSocket socket = sockets.get(0);
    assertThat(socket.attachment(String.class)).isEmpty();
    socket.attach("mine");
    assertThat(socket.attachment(String.class)).contains("mine");
    assertThat(socket.attachment(Integer.class)).isEmpty();
  }

  private void greet(SocketIoSocket socket) {
    sockets.add(socket);
    socket.onDisconnect(reason -> heard.add(socket.namespace() + ":" + reason));
    socket.emit("auth", socket.handshake().auth());
  }
}
