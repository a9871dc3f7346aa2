package io.candlehub.gateway.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class BridgeConnectionTest {
  private static final BridgeLimits LIMITS = new BridgeLimits(
      Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(60), 1_000, 100, 10, 50);

  private final ManualClock clock = new ManualClock(0);
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private final StubSocket socket = new StubSocket();
  private final AtomicInteger drains = new AtomicInteger();
  private final AtomicInteger gaveUp = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();
  private final BridgeConnection connection = new BridgeConnection(
      socket,
      LIMITS,
      scheduler,
      () -> clock.millis() * 1_000_000,
      drains::incrementAndGet,
      gaveUp::incrementAndGet,
      cuts::incrementAndGet);

  private static Buffer bytes(int count) {
    return Buffer.buffer(new byte[count]);
  }

  @Test
  void shouldEndAClientThatNeverPings() {
    scheduler.advance(Duration.ofMillis(9_999));
    assertThat(socket.closed).isEmpty();
    scheduler.advance(Duration.ofMillis(1));
    assertThat(socket.closed).isEqualTo("1001 Session expired");
    assertThat(connection.writable()).isFalse();
    assertThat(scheduler.pending()).isEqualTo(1);
    scheduler.advance(Duration.ofSeconds(10));
    assertThat(cuts).hasValue(1);
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void shouldKeepAClientThatPingsAndEndItWhenItStops() {
    for (int i = 0; i < 10; i++) {
      connection.ping();
      scheduler.advance(Duration.ofSeconds(5));
    }
    assertThat(socket.closed).isEmpty();
    scheduler.advance(Duration.ofSeconds(15));
    assertThat(socket.closed).isEqualTo("1001 Session expired");
  }

  @Test
  void shouldBlockAboveTheMarkAndDrainAtHalfOfIt() {
    connection.write(bytes(60));
    assertThat(connection.writable()).isTrue();
    connection.write(bytes(60));
    assertThat(connection.writable()).isFalse();
    socket.waiting.removeFirst().complete();
    assertThat(drains).hasValue(0);
    socket.drain();
    assertThat(drains).hasValue(1);
    assertThat(connection.writable()).isTrue();
  }

  @Test
  void shouldSpareABlockedClientThePingAndEndItAtTheStallLimit() {
    connection.write(bytes(200));
    scheduler.advance(Duration.ofSeconds(59));
    assertThat(socket.closed).isEmpty();
    scheduler.advance(Duration.ofSeconds(1));
    assertThat(socket.closed).isEqualTo("1008 SLOW_CLIENT");
    assertThat(cuts).hasValue(0);
    scheduler.advance(Duration.ofSeconds(1));
    assertThat(cuts).hasValue(1);
    assertThat(scheduler.pending()).isZero();
  }

  @Test
  void shouldEndABlockedClientThatAsksOnAndOn() {
    connection.write(bytes(200));
    for (int i = 0; i < 1_000; i++) {
      connection.press(bytes(1));
    }
    assertThat(socket.closed).isEmpty();
    connection.press(bytes(1));
    assertThat(socket.closed).isEqualTo("1008 SLOW_CLIENT");
  }

  @Test
  void shouldCloseWhenTheLastWordHasLeftAndSayNothingAfterIt() {
    connection.close(bytes(3), 1008, "TOKEN_EXPIRED");
    connection.write(bytes(5));
    assertThat(connection.writable()).isFalse();
    assertThat(socket.written).containsExactly(bytes(3));
    assertThat(socket.closed).isEmpty();
    socket.drain();
    assertThat(socket.closed).isEqualTo("1008 TOKEN_EXPIRED");
    scheduler.advance(Duration.ofSeconds(10));
    assertThat(cuts).hasValue(1);
  }

  @Test
  void shouldNotWaitForEverForTheLastWord() {
    connection.close(bytes(3), 1008, "TOKEN_EXPIRED");
    scheduler.advance(Duration.ofSeconds(10));
    assertThat(socket.closed).isEqualTo("1008 TOKEN_EXPIRED");
    connection.gone();
    socket.drain();
    assertThat(scheduler.pending()).isZero();
  }
}
