package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class UpgradeTest implements EngineSession.Listener {

  private static final SocketIoOptions OPTIONS = SocketIoOptions.defaults()
      .withPolling(Duration.ofSeconds(2), Duration.ofSeconds(1))
      .withSizes(1_000, 200);

  private final ManualLoop loop = new ManualLoop();
  private final EngineSession session = new EngineSession(
      "SID", new PollingTransport(OPTIONS, loop), OPTIONS, loop, EngineListener.NONE);
  private final RecordingTransport webSocket = new RecordingTransport();
  private final List<String> heard = new ArrayList<>();

  @BeforeEach
  void open() {
    session.open(this);
    FakeExchange first = poll().deliver();
    assertThat(first.body()).contains("\"upgrades\":[\"websocket\"]");
  }

  @Test
  void shouldMoveWithoutLosingOrReordering() {
    FakeExchange waiting = poll();
    session.offer(webSocket);
    webSocket.receive("2probe");
    assertThat(webSocket.takeSent()).containsExactly("3probe");
    assertThat(waiting.shown()).isEqualTo("200 6");
    session.send("4a");
    session.send(Buffer.buffer("b"));
    post("4in");
    webSocket.receive("5", "4after");
    session.send("4c");
    assertThat(webSocket.takeSent()).containsExactly("4a", "bytes:b", "4c");
    assertThat(heard).containsExactly("text:in", "text:after");
    assertThat(session.transport()).isEqualTo("websocket");
    assertThat(poll().shown()).startsWith("400 {\"code\":3");
    assertThat(session.isOpen()).isTrue();
    assertThat(loop.timers()).isEqualTo(1);
  }

  @Test
  void shouldAnswerEveryPollAtOnceWhileUpgrading() {
    session.offer(webSocket);
    FakeExchange before = poll();
    assertThat(before.answered()).isFalse();
    webSocket.receive("2probe");
    assertThat(before.shown()).isEqualTo("200 6");
    assertThat(poll().shown()).isEqualTo("200 6");
    session.send("4a");
    assertThat(poll().shown()).isEqualTo("200 4a");
  }

  @Test
  void shouldReleasePollThatWaitsAtTheSwitch() {
    FakeExchange waiting = poll();
    session.offer(webSocket);
    webSocket.receive("5");
    assertThat(waiting.shown()).isEqualTo("200 6");
    assertThat(session.transport()).isEqualTo("websocket");
  }

  @Test
  void shouldFinishPostThatBeganBeforeTheSwitch() {
    FakeExchange post = new FakeExchange();
    session.post(post);
    session.offer(webSocket);
    webSocket.receive("2probe", "5");
    session.posted(post, Buffer.buffer("4late"));
    assertThat(post.shown()).isEqualTo("200 ok");
    assertThat(heard).containsExactly("text:late");
    assertThat(session.isOpen()).isTrue();
  }

  @Test
  void shouldDeliverPostThatWasHeldBack() {
    session.send("4" + "x".repeat(300));
    FakeExchange post = post("4held");
    assertThat(post.answered()).isFalse();
    session.offer(webSocket);
    webSocket.receive("2probe", "5");
    assertThat(heard).containsExactly("text:held", "drain");
    assertThat(post.shown()).isEqualTo("200 ok");
    assertThat(session.writable()).isTrue();
  }

  @Test
  void shouldStayOnPollingWhenTheWebSocketIsNoGood() {
    for (String first : List.of("4hi", "2", "", "nonsense", "1")) {
      RecordingTransport bad = new RecordingTransport();
      session.offer(bad);
      bad.receive(first, "5", "4late");
      assertThat(bad.open()).as(first).isFalse();
      assertStillPolling();
    }
    RecordingTransport binary = new RecordingTransport();
    session.offer(binary);
    binary.session().onBinary(Buffer.buffer("x"));
    assertThat(binary.open()).isFalse();
    RecordingTransport gone = new RecordingTransport();
    session.offer(gone);
    gone.receive("2probe");
    gone.session().onClosed(CloseReason.CLIENT_CLOSED);
    assertStillPolling();
    RecordingTransport deaf = new RecordingTransport();
    session.offer(deaf);
    deaf.block();
    assertThat(deaf.aborted()).isTrue();
    assertStillPolling();
    assertThat(heard).isEmpty();
  }

  @Test
  void shouldGiveUpAnUpgradeThatTakesTooLong() {
    session.offer(webSocket);
    webSocket.receive("2probe");
    loop.pass(1_999);
    assertThat(webSocket.open()).isTrue();
    loop.pass(1);
    assertThat(webSocket.open()).isFalse();
    webSocket.receive("5");
    assertStillPolling();
  }

  @Test
  void shouldCloseSecondWebSocketDuringAndAfterTheUpgrade() {
    session.offer(webSocket);
    webSocket.receive("2probe");
    RecordingTransport second = new RecordingTransport();
    session.offer(second);
    second.receive("2probe", "5");
    assertThat(second.open()).isFalse();
    webSocket.receive("5");
    assertThat(session.transport()).isEqualTo("websocket");
    RecordingTransport third = new RecordingTransport();
    session.offer(third);
    assertThat(third.open()).isFalse();
    assertThat(session.isOpen()).isTrue();
    assertThat(webSocket.open()).isTrue();
  }

  @Test
  void shouldCloseTheWebSocketOfSessionThatEnds() {
    session.offer(webSocket);
    webSocket.receive("2probe");
    session.close(CloseReason.PING_TIMEOUT);
    assertThat(webSocket.open()).isFalse();
    webSocket.receive("5");
    assertThat(heard).containsExactly("closed:ping timeout");
    RecordingTransport late = new RecordingTransport();
    session.offer(late);
    assertThat(late.open()).isFalse();
    assertThat(loop.timers()).isZero();
  }

  @Test
  void shouldCloseWhenPollIsLostInTheSwitch() {
    session.send("4a");
    FakeExchange get = poll();
    session.offer(webSocket);
    webSocket.receive("2probe", "5");
    get.lose();
    assertThat(heard).containsExactly("invalid", "closed:transport error");
  }

  private void assertStillPolling() {
    assertThat(session.transport()).isEqualTo("polling");
    FakeExchange waiting = poll();
    assertThat(waiting.answered()).isFalse();
    session.send("4x");
    loop.pass(0);
    assertThat(waiting.deliver().shown()).isEqualTo("200 4x");
  }

  private FakeExchange poll() {
    FakeExchange get = new FakeExchange();
    session.poll(get);
    return get;
  }

  private FakeExchange post(String body) {
    FakeExchange post = new FakeExchange();
    session.post(post);
    session.posted(post, Buffer.buffer(body));
    return post;
  }

  @Override
  public void onMessage(String packet, int from) {
    heard.add("text:" + packet.substring(from));
  }

  @Override
  public void onMessage(Buffer message) {
    heard.add("binary:" + message);
  }

  @Override
  public void onInvalid(InvalidMessage fault) {
    heard.add("invalid");
  }

  @Override
  public void onDrain() {
    heard.add("drain");
  }

  @Override
  public void onClose(CloseReason reason) {
    heard.add("closed:" + reason.text());
  }
}
