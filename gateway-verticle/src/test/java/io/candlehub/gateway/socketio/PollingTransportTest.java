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
class PollingTransportTest implements EngineSession.Listener {

  private static final SocketIoOptions OPTIONS = SocketIoOptions.defaults()
      .withHeartbeat(Duration.ofMillis(300), Duration.ofMillis(200))
      .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(1))
      .withSizes(1_000, 100);

  private final ManualLoop loop = new ManualLoop();
  private final PollingTransport transport = new PollingTransport(OPTIONS, loop);
  private final EngineSession session =
      new EngineSession("SID", transport, OPTIONS, loop, EngineListener.NONE);
  private final List<String> heard = new ArrayList<>();

  @BeforeEach
  void open() {
    session.open(this);
    poll().deliver();
  }

  @Test
  void shouldAnswerPollWithAllThatWaits() {
    session.send("4a");
    session.send(Buffer.buffer("bc"));
    session.send("4d");
    assertThat(poll().shown()).isEqualTo("200 4a|bYmM=|4d");
  }

  @Test
  void shouldHoldPollUntilThereIsSomethingAndSendOneTurnInOneBody() {
    FakeExchange get = poll();
    assertThat(get.answered()).isFalse();
    session.send("4a");
    session.send("4b");
    loop.pass(0);
    assertThat(get.shown()).isEqualTo("200 4a|4b");
    loop.pass(300);
    assertThat(poll().shown()).isEqualTo("200 2");
  }

  @Test
  void shouldCloseSessionThatPollsTwice() {
    FakeExchange first = poll();
    FakeExchange second = poll();
    assertThat(first.shown()).isEqualTo("200 1");
    assertThat(second.shown()).startsWith("400 {\"code\":3");
    assertThat(heard).containsExactly("invalid:OUT_OF_TURN", "closed:transport error");
    assertThat(session.gone().isComplete()).isTrue();
    assertThat(poll().shown()).startsWith("400 {\"code\":1");
  }

  @Test
  void shouldCloseSessionWhosePollIsAbortedOrWhoseAnswerIsLost() {
    FakeExchange get = poll();
    session.pollLost(get);
    assertThat(heard).containsExactly("closed:transport close");
    PollingTransport other = new PollingTransport(OPTIONS, loop);
    EngineSession losing = new EngineSession("S", other, OPTIONS, loop, EngineListener.NONE);
    losing.open(this);
    FakeExchange lost = new FakeExchange();
    losing.poll(lost);
    lost.lose();
    assertThat(heard).containsExactly("closed:transport close", "closed:transport close");
  }

  @Test
  void shouldDeliverPostsInOrderAndAnswerOk() {
    assertThat(post("4a\u001ebYmM=\u001e3\u001e4d").shown()).isEqualTo("200 ok");
    assertThat(heard).containsExactly("text:a", "binary:bc", "text:d");
    post("4e");
    assertThat(heard).endsWith("text:e");
  }

  @Test
  void shouldCloseSessionThatPostsTwiceAtOnce() {
    FakeExchange first = new FakeExchange();
    session.post(first);
    FakeExchange second = new FakeExchange();
    session.post(second);
    assertThat(second.shown()).startsWith("400 {\"code\":3");
    assertThat(first.shown()).startsWith("400 {\"code\":3");
    assertThat(heard).containsExactly("invalid:OUT_OF_TURN", "closed:transport error");
    session.posted(first, Buffer.buffer("4late"));
    assertThat(heard).hasSize(2);
  }

  @Test
  void shouldCloseOnPayloadsThatAreNone() {
    for (String body : List.of("", "abc", "4a\u001e", "b!", "2", "\u001e")) {
      heard.clear();
      PollingTransport other = new PollingTransport(OPTIONS, loop);
      EngineSession victim = new EngineSession("S", other, OPTIONS, loop, EngineListener.NONE);
      victim.open(this);
      FakeExchange post = new FakeExchange();
      victim.post(post);
      victim.posted(post, Buffer.buffer(body));
      assertThat(heard).as(body).endsWith("invalid:MALFORMED", "closed:parse error");
      assertThat(post.shown()).startsWith("400");
      assertThat(victim.gone().isComplete()).isTrue();
    }
  }

  @Test
  void shouldReleasePollAndConfirmWhenTheClientCloses() {
    FakeExchange get = poll();
    assertThat(post("1").shown()).isEqualTo("200 ok");
    assertThat(get.shown()).isEqualTo("200 6");
    assertThat(heard).containsExactly("closed:transport close");
    assertThat(session.gone().isComplete()).isTrue();
  }

  @Test
  void shouldTellItsEndWithTheNextPoll() {
    session.send("4last");
    session.close(CloseReason.FORCED);
    assertThat(session.gone().isComplete()).isFalse();
    assertThat(poll().shown()).isEqualTo("200 4last|1");
    assertThat(session.gone().isComplete()).isTrue();
    assertThat(loop.timers()).isZero();
  }

  @Test
  void shouldWaitForThatPollOnlySoLong() {
    session.close(CloseReason.FORCED);
    loop.pass(999);
    assertThat(session.gone().isComplete()).isFalse();
    loop.pass(1);
    assertThat(session.gone().isComplete()).isTrue();
  }

  @Test
  void shouldEndAtOnceAtThePingDeadlineThoughTheTimerIsLate() {
    loop.pass(300);
    loop.stall(200);
    FakeExchange get = poll();
    assertThat(get.shown()).startsWith("400 {\"code\":1");
    assertThat(heard).containsExactly("closed:ping timeout");
  }

  @Test
  void shouldHoldBackPostsWhileTheClientDoesNotPoll() {
    session.send("4" + "x".repeat(100));
    assertThat(session.writable()).isFalse();
    FakeExchange post = post("4a\u001e4b");
    assertThat(post.answered()).isFalse();
    assertThat(heard).isEmpty();
    poll().deliver();
    loop.pass(0);
    assertThat(heard).containsExactly("drain", "text:a", "text:b");
    assertThat(post.shown()).isEqualTo("200 ok");
  }

  @Test
  void shouldStopInTheMiddleOfPostWhenItsAnswersPileUp() {
    FakeExchange post = post("4big\u001e4b");
    assertThat(heard).containsExactly("text:big");
    assertThat(post.answered()).isFalse();
    poll().deliver();
    loop.pass(0);
    assertThat(heard).containsExactly("text:big", "drain", "text:b");
    assertThat(post.shown()).isEqualTo("200 ok");
  }

  @Test
  void shouldCutClientThatStaysBlocked() {
    FakeExchange get = poll();
    session.send("4" + "x".repeat(200));
    loop.pass(0);
    assertThat(get.answered()).isTrue();
    assertThat(session.writable()).isFalse();
    loop.pass(1_999);
    assertThat(heard).isEmpty();
    loop.pass(1);
    assertThat(heard).containsExactly("closed:SLOW_CLIENT");
    assertThat(get.wasCut()).isTrue();
    assertThat(session.gone().isComplete()).isTrue();
    assertThat(loop.timers()).isZero();
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
    if (packet.endsWith("big")) {
      session.send("4" + "y".repeat(200));
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
  }

  @Override
  public void onClose(CloseReason reason) {
    heard.add("closed:" + reason.text());
  }
}
