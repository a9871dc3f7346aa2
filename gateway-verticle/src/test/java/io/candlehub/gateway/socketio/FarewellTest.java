package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FarewellTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<Integer> said = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private Future<Void> say(int count) {
    return Farewell.say(
        vertx,
        IntStream.range(0, count)
            .<Runnable>mapToObj(client -> () -> said.add(client))
            .toList());
  }

  @Test
  void shouldSayFewGoodbyesAtOnce() {
    assertThat(say(10).succeeded()).isTrue();
    assertThat(said).hasSize(10);
  }

  @Test
  void shouldSayGoodbyesOneAfterTheOther() throws Exception {
    Future<Void> all = say(105);
    assertThat(all.isComplete()).isFalse();
    all.await(10, TimeUnit.SECONDS);
    assertThat(said).isEqualTo(IntStream.range(0, 105).boxed().toList());
  }

  @Test
  void shouldNotTakeLongerForMany() throws Exception {
    long begun = System.nanoTime();
    Future<Void> all = say(30_000);
    assertThat(said.size()).isBetween(200, 29_999);
    all.await(10, TimeUnit.SECONDS);
    assertThat(said).hasSize(30_000);
    assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.SECONDS.toNanos(2));
  }

  @Test
  void shouldBeDoneWithNobodyThere() {
    assertThat(say(0).succeeded()).isTrue();
  }
}
