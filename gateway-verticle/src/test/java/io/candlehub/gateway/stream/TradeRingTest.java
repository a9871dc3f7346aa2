package io.candlehub.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class TradeRingTest {
  private final TradeRing ring = new TradeRing();

  /** Trades by their numbers, of which the last is the position. */
  private static JsonObject told(int first, int last) {
    JsonArray trades = new JsonArray();
    IntStream.rangeClosed(first, last).forEach(i -> trades.add(new JsonObject().put("p", i)));
    return new JsonObject().put("trades", trades).put("position", last);
  }

  private static List<Integer> prices(Trades trades) {
    return trades.trades().stream().map(trade -> trade.getInteger("p")).toList();
  }

  @Test
  void shouldGiveANewReaderTheLastTrades() {
    ring.take(told(1, 80), "1");
    Trades newest = ring.newest("SPY");
    assertThat(prices(newest)).hasSize(50).endsWith(80);
    assertThat(newest.conflated()).isZero();
    assertThat(newest.toJson().containsKey("conflated")).isFalse();
  }

  @Test
  void shouldContinueAReaderFromWhereItStands() {
    ring.take(told(1, 3), "1");
    long seen = ring.count();
    ring.take(told(4, 6), "1");
    assertThat(prices(ring.after("SPY", seen))).containsExactly(4, 5, 6);
    assertThat(ring.after("SPY", ring.count()).trades()).isEmpty();
  }

  @Test
  void shouldTakeWhatIsToldTwiceOnce() {
    ring.take(told(1, 3), "1");
    assertThat(ring.take(told(1, 3), "1")).isFalse();
    assertThat(ring.take(told(2, 4), "1")).isTrue();
    assertThat(prices(ring.after("SPY", 0))).containsExactly(1, 2, 3, 4);
  }

  @Test
  void shouldCountWhatWasLost() {
    ring.take(told(1, 3), "1");
    long seen = ring.count();
    ring.take(told(10, 11), "1");
    Trades after = ring.after("SPY", seen);
    assertThat(prices(after)).containsExactly(10, 11);
    assertThat(after.conflated()).isEqualTo(6);
    assertThat(prices(ring.after("SPY", 0))).containsExactly(1, 2, 3, 10, 11);
  }

  @Test
  void shouldCountWhatASlowReaderMissed() {
    ring.take(told(1, 1), "1");
    for (int i = 2; i <= 1_000; i++) {
      ring.take(told(i, i), "1");
    }
    Trades after = ring.after("SPY", 1);
    assertThat(prices(after)).hasSize(256).endsWith(1_000);
    assertThat(after.conflated()).isEqualTo(999 - 256);
  }

  @Test
  void shouldCountAnewWithAnotherOwner() {
    ring.take(told(1, 500), "1");
    long seen = ring.count();
    ring.take(told(3, 4), "2");
    Trades after = ring.after("SPY", seen);
    assertThat(prices(after)).containsExactly(3, 4);
    assertThat(after.conflated()).isZero();
  }

  @Test
  void shouldTakeTradesWithoutAPosition() {
    JsonObject bare = told(1, 2);
    bare.remove("position");
    assertThat(ring.take(bare, "")).isTrue();
    assertThat(ring.take(new JsonObject(), "")).isFalse();
    assertThat(ring.count()).isEqualTo(2);
  }
}
