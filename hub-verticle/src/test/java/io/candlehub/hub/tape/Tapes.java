package io.candlehub.hub.tape;

import java.util.List;
import java.util.stream.IntStream;

/** Makes quotes and trades for the tests of this package; times are milliseconds. */
final class Tapes {
  private Tapes() {}

  static TopOfBook quote(long millis, double bid, double ask) {
    return quote(TapeStamp.ofMillis(millis, 0), bid, ask);
  }

  static TopOfBook quote(TapeStamp at, double bid, double ask) {
    return new TopOfBook(at, bid, 10, ask, 20);
  }

  static Print print(long millis, long sequence, double price, int... conditions) {
    return print(TapeStamp.ofMillis(millis, sequence), price, 1, 300, conditions);
  }

  static Print print(TapeStamp at, double price, double size, int exchange, int... conditions) {
    return new Print(at, price, size, exchange, ids(conditions));
  }

  static List<Integer> ids(int... conditions) {
    return IntStream.of(conditions).boxed().toList();
  }
}
