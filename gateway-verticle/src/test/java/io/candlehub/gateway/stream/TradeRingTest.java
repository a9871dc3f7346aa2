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
    return told(first, last, last);
  }

  private static JsonObject told(int first, int last, int position) {
    JsonArray trades = new JsonArray();
    IntStream.rangeClosed(first, last).forEach(i -> trades.add(trade(i)));
    return new JsonObject().put("trades", trades).put("position", position);
  }

  /** Two trades of each millisecond. */
  private static JsonObject trade(int number) {
    return new JsonObject().put("t", 1_000 + number / 2).put("p", number).put("q", number);
  }

  private static JsonObject plain(long atMillis, int price) {
    return new JsonObject()
        .put("t", atMillis)
        .put("p", price)
        .put("s", 1)
        .put("x", 4)
        .put("c", new JsonArray().add(37));
  }

  private static JsonObject message(int position, JsonObject... trades) {
    return new JsonObject().put("trades", new JsonArray(List.of(trades))).put("position", position);
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
    ring.take(told(601, 602, 4), "2");
    Trades after = ring.after("SPY", seen);
    assertThat(prices(after)).containsExactly(601, 602);
    assertThat(after.conflated()).isZero();
    ring.take(told(603, 603, 7), "2");
    assertThat(ring.after("SPY", seen).conflated()).isEqualTo(2);
  }

  @Test
  void shouldTakeWhatAnotherOwnerTellsAgainOnce() {
    ring.take(told(1, 500), "1");
    long seen = ring.count();
    assertThat(ring.take(told(401, 480, 80), "2")).isFalse();
    assertThat(ring.take(told(100, 110, 91), "2")).isFalse();
    assertThat(ring.take(told(481, 503, 114), "2")).isTrue();
    assertThat(ring.take(told(404, 503, 114), "2")).isFalse();
    assertThat(ring.take(told(504, 505, 116), "2")).isTrue();
    Trades after = ring.after("SPY", seen);
    assertThat(prices(after)).containsExactly(501, 502, 503, 504, 505);
    assertThat(after.conflated()).isZero();
    assertThat(ring.take(told(500, 506, 7), "3")).isTrue();
    assertThat(prices(ring.after("SPY", seen + 5))).containsExactly(506);
  }

  @Test
  void shouldTakeWhatTheFormerOwnerCouldNotTell() {
    JsonObject withHole = told(1, 3);
    withHole.getJsonArray("trades").remove(1);
    ring.take(withHole, "1");
    long seen = ring.count();
    assertThat(ring.take(told(1, 3), "2")).isTrue();
    assertThat(prices(ring.after("SPY", seen))).containsExactly(2);
  }

  @Test
  void shouldTakeTradesWithoutNumbersAsOftenAsTheyWereMade() {
    JsonObject same = plain(5, 10);
    ring.take(message(3, same, same, plain(6, 11)), "1");
    long seen = ring.count();
    ring.take(message(2, plain(4, 9), same), "2");
    assertThat(ring.count()).isEqualTo(seen);
    ring.take(message(6, same, plain(6, 11), plain(6, 11), same), "2");
    assertThat(prices(ring.after("SPY", seen))).containsExactly(11, 10);
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
