package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class EngineSessionTest implements EngineSession.Listener {

  private static final SocketIoOptions OPTIONS = SocketIoOptions.defaults()
      .withHeartbeat(Duration.ofMillis(300), Duration.ofMillis(200))
      .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(1));

  private final ManualLoop loop = new ManualLoop();
  private final RecordingTransport transport = new RecordingTransport();
  private final EngineSession session =
      new EngineSession("SID", transport, OPTIONS, loop, EngineListener.NONE);
  private final List<String> heard = new ArrayList<>();
  private Runnable drained = () -> {};

  @BeforeEach
  void open() {
    session.open(this);
  }

  @Test
  void shouldGreetWithExactlyFiveKeys() {
    String open = transport.takeSent().get(0);
    assertThat(open).startsWith("0{");
    assertThat(new JsonObject(open.substring(1)).getMap())
        .hasSize(5)
        .containsEntry("sid", "SID")
        .containsEntry("upgrades", List.of())
        .containsEntry("pingInterval", 300)
        .containsEntry("pingTimeout", 200)
        .containsEntry("maxPayload", 1_000_000);
  }

  @Test
  void shouldPingEveryIntervalHoweverLateThePong() {
    transport.takeSent();
    loop.pass(299);
    assertThat(transport.takeSent()).isEmpty();
    loop.pass(1);
    assertThat(transport.takeSent()).containsExactly("2");
    loop.pass(150);
    transport.receive("3");
    loop.pass(149);
    assertThat(transport.takeSent()).isEmpty();
    loop.pass(1);
    assertThat(transport.takeSent()).containsExactly("2");
    assertThat(session.isOpen()).isTrue();
  }

  @Test
  void shouldPingEveryIntervalWhateverDrains() {
    transport.takeSent();
    List<Integer> pings = new ArrayList<>();
    for (int millis = 0; millis < 3_000; millis += 10) {
      transport.block();
      loop.pass(1);
      transport.drain();
      loop.pass(9);
      if (transport.takeSent().contains("2")) {
        pings.add(millis / 10 * 10);
        transport.receive("3");
      }
    }
    assertThat(pings).containsExactly(290, 590, 890, 1190, 1490, 1790, 2090, 2390, 2690, 2990);
  }

  @Test
  void shouldPingOnceAndFirstWhenDrainedLate() {
    drained = () -> {
      session.send("4large");
      transport.block();
    };
    transport.takeSent();
    transport.block();
    loop.pass(1_000);
    assertThat(transport.takeSent()).isEmpty();
    transport.drain();
    assertThat(transport.takeSent()).containsExactly("2", "4large");
    loop.pass(299);
    transport.drain();
    assertThat(transport.takeSent()).containsExactly("4large");
    loop.pass(1);
    assertThat(transport.takeSent()).isEmpty();
    transport.drain();
    assertThat(transport.takeSent()).containsExactly("2", "4large");
  }

  @Test
  void shouldCloseReaderWithoutPongsWhateverDrains() {
    int millis = 0;
    while (session.isOpen() && millis < 3_000) {
      transport.block();
      loop.pass(1);
      transport.drain();
      loop.pass(9);
      millis += 10;
    }
    assertThat(heard).endsWith("closed:ping timeout");
    assertThat(millis).isBetween(500, 530);
  }

  @Test
  void shouldGiveTimeForThePongAfterLongBlocking() {
    loop.pass(499);
    transport.block();
    loop.pass(1_000);
    transport.drain();
    loop.pass(199);
    assertThat(session.isOpen()).isTrue();
    loop.pass(1);
    assertThat(heard).endsWith("closed:ping timeout");
  }

  @Test
  void shouldCloseExactlyAtThePingDeadline() {
    loop.pass(499);
    assertThat(heard).isEmpty();
    loop.pass(1);
    assertThat(heard).containsExactly("closed:ping timeout");
    assertThat(transport.open()).isFalse();
    assertThat(loop.timers()).isZero();
  }

  @Test
  void shouldTakeUnsolicitedPongsAsHarmless() {
    transport.receive("3", "3");
    loop.pass(300);
    assertThat(transport.takeSent()).endsWith("2");
  }

  @Test
  void shouldExemptBlockedClientFromPingTimeoutUntilTheStallLimit() {
    loop.pass(300);
    transport.takeSent();
    transport.block();
    loop.pass(1999);
    assertThat(heard).isEmpty();
    assertThat(transport.takeSent()).isEmpty();
    transport.drain();
    assertThat(heard).containsExactly("drain");
    assertThat(transport.takeSent()).containsExactly("2");
    loop.pass(199);
    assertThat(session.isOpen()).isTrue();
    transport.receive("3");
    transport.block();
    loop.pass(2000);
    assertThat(heard).endsWith("closed:SLOW_CLIENT");
    assertThat(transport.aborted()).isTrue();
    assertThat(session.gone().isComplete()).isTrue();
  }

  @Test
  void shouldIgnoreOpenUpgradeAndNoop() {
    transport.receive("0{}", "5", "6", "4hi");
    transport.session().onBinary(Buffer.buffer("b"));
    assertThat(heard).containsExactly("text:hi", "binary:b");
  }

  @Test
  void shouldCloseAtOnceWhenTheClientDoes() {
    transport.receive("1", "4late");
    assertThat(heard).containsExactly("closed:transport close");
  }

  @Test
  void shouldCloseOnProtocolErrors() {
    for (String packet : List.of("", "2", "2probe", "7", "x", "b64")) {
      RecordingTransport other = new RecordingTransport();
      new EngineSession("S", other, OPTIONS, loop, EngineListener.NONE).open(this);
      heard.clear();
      other.receive(packet, "4late");
      assertThat(heard).containsExactly("invalid:MALFORMED", "closed:parse error");
      assertThat(other.closeStatus()).isEqualTo(1008);
    }
  }

  @Test
  void shouldSurviveFailuresOfTheLayerAbove() {
    transport.receive("4throw");
    assertThat(heard).containsExactly("text:throw", "closed:server error");
    assertThat(transport.closeStatus()).isEqualTo(1011);
  }

  @Test
  void shouldSendNothingOnceClosed() {
    session.close(CloseReason.FORCED);
    transport.takeSent();
    session.send("4late");
    session.close(CloseReason.PARSE_ERROR);
    assertThat(transport.takeSent()).isEmpty();
    assertThat(heard).containsExactly("closed:forced close");
    assertThat(session.writable()).isFalse();
    assertThat(session.gone().isComplete()).isFalse();
    transport.session().onClosed(CloseReason.CLIENT_CLOSED);
    assertThat(session.gone().isComplete()).isTrue();
  }

  @Override
  public void onMessage(String packet, int from) {
    heard.add("text:" + packet.substring(from));
    if (packet.endsWith("throw")) {
      throw new IllegalStateException("made by the test");
    }
  }

  @Override
  public void onMessage(Buffer message) {
    heard.add("binary:" + message);
  }

  @Override
  public void onInvalid(InvalidMessage fault) {
    heard.add("invalid:" + fault.kind());
  }

  @Override
  public void onDrain() {
    heard.add("drain");
    drained.run();
  }

  @Override
  public void onClose(CloseReason reason) {
    heard.add("closed:" + reason.text());
  }
}
