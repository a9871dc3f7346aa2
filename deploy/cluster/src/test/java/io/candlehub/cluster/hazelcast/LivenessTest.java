package io.candlehub.cluster.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LivenessTest {
  private static final String KEY = "shard/1";
  private static final long TTL = 10_000;
  private static final LeaseRecord HELD = new LeaseRecord("a", "", 50, 0, TTL);

  private final Liveness liveness = new Liveness();
  private long nowMillis = -3_000;

  @Test
  void shouldGiveAFullLeaseTimeFromTheFirstSight() {
    readEverySecond(10, HELD);
    assertThat(liveness.isRenewed(KEY, HELD)).isTrue();

    readEverySecond(1, HELD);
    assertThat(liveness.isRenewed(KEY, HELD)).isFalse();
  }

  @Test
  void shouldBeginAnewWithEveryRenewal() {
    readEverySecond(9, HELD);
    LeaseRecord renewed = HELD.renewed(TTL);
    assertThat(liveness.isRenewed(KEY, renewed)).isTrue();
    readEverySecond(10, renewed);

    assertThat(liveness.isRenewed(KEY, renewed)).isTrue();
    readEverySecond(1, renewed);
    assertThat(liveness.isRenewed(KEY, renewed)).isFalse();
  }

  @Test
  void shouldNotCountTheTimeItSlept() {
    readEverySecond(5, HELD);
    nowMillis += TimeUnit.HOURS.toMillis(1);
    readEverySecond(1, HELD);
    assertThat(liveness.isRenewed(KEY, HELD)).isTrue();

    long sentNanos = nanos();
    nowMillis += TimeUnit.HOURS.toMillis(1);
    liveness.read(Map.of(KEY, HELD), sentNanos, nanos());
    assertThat(liveness.isRenewed(KEY, HELD)).isTrue();
  }

  @Test
  void shouldNotCountTheTimeInWhichNothingCouldBeRead() {
    readEverySecond(8, HELD);
    nowMillis += 60_000;
    readEverySecond(1, HELD);

    assertThat(liveness.isRenewed(KEY, HELD)).isTrue();
  }

  @Test
  void shouldBeginAnewAfterItWasCutOff() {
    readEverySecond(30, HELD);
    liveness.forget();
    assertThat(liveness.isRenewed(KEY, HELD)).isTrue();
    readEverySecond(10, HELD);

    assertThat(liveness.isRenewed(KEY, HELD)).isTrue();
  }

  @Test
  void shouldNotTakeOneLeaseForAnother() {
    readEverySecond(30, HELD);

    assertThat(liveness.isRenewed(KEY, new LeaseRecord("b", "a", 51, 0, TTL))).isTrue();
    assertThat(liveness.isRenewed("shard/2", HELD)).isTrue();
    liveness.read(Map.of(), nanos(), nanos());
    assertThat(liveness.isRenewed(KEY, HELD)).isTrue();
  }

  /** However judge and holder pause: who is judged to have run out was truly not renewed for a whole lease time. */
  @Property(tries = 300)
  void shouldNeverJudgeTooEarly(@ForAll Random random) {
    Liveness any = new Liveness();
    LeaseRecord record = HELD;
    long renewedMillis = 0;
    long millis = random.nextLong(5_000) - 2_500;
    for (int read = 0; read < 100; read++) {
      millis += pause(random, 1_000);
      long sent = millis;
      millis += pause(random, 20);
      if (millis - renewedMillis > random.nextLong(20_000)) {
        record = record.renewed(TTL);
        renewedMillis = millis;
      }
      LeaseRecord content = record;
      long contentMillis = millis;
      millis += pause(random, 20);
      any.read(
          Map.of(KEY, content),
          TimeUnit.MILLISECONDS.toNanos(sent),
          TimeUnit.MILLISECONDS.toNanos(millis));
      if (!any.isRenewed(KEY, content)) {
        assertThat(contentMillis - renewedMillis).isGreaterThanOrEqualTo(TTL);
      }
    }
  }

  private static long pause(Random random, long usualMillis) {
    return random.nextInt(8) == 0 ? random.nextLong(30_000) : random.nextLong(2L * usualMillis);
  }

  private void readEverySecond(int times, LeaseRecord record) {
    for (int i = 0; i < times; i++) {
      nowMillis += 1_000;
      liveness.read(Map.of(KEY, record), nanos(), nanos());
    }
  }

  private long nanos() {
    return TimeUnit.MILLISECONDS.toNanos(nowMillis);
  }
}
