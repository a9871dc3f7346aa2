package io.candlehub.hub.tape;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * The trades from before a tape began, as a provider knows them, without sides. The last ones may come from the stream as
 * well, for they were made while the provider was asked. Confined to the hub's event loop.
 */
final class FormerTrades {
  private final List<SidedTrade> trades;
  private final BitSet streamed = new BitSet();
  private boolean told;

  /** Takes them in any order. */
  FormerTrades(List<SidedTrade> trades) {
    this.trades = new ArrayList<>(trades);
    this.trades.sort(Comparator.comparing(trade -> trade.print().at()));
  }

  /** Returns them to a reader, oldest first. */
  List<SidedTrade> tell() {
    told = true;
    return trades;
  }

  /** Returns true if some reader has them. */
  boolean isTold() {
    return told;
  }

  /**
   * Returns the place of what comes from the stream now: of the same time and number, or where one has no number of the
   * same time, price, size and exchange. As often as it is held it is found.
   */
  OptionalInt find(Print print) {
    for (int i = trades.size() - 1; i >= 0; i--) {
      Print held = trades.get(i).print();
      if (held.at().millis() < print.at().millis()) {
        break;
      }
      if (!streamed.get(i) && isSame(held, print)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private static boolean isSame(Print held, Print print) {
    if (held.at().millis() != print.at().millis()) {
      return false;
    }
    if (held.at().sequence() != 0 && print.at().sequence() != 0) {
      return held.at().sequence() == print.at().sequence();
    }
    return held.price() == print.price()
        && held.size() == print.size()
        && held.exchange() == print.exchange();
  }

  /** Puts what the stream tells of a trade in its place. */
  void replace(int place, SidedTrade trade) {
    trades.set(place, trade);
    streamed.set(place);
  }

  /** Leaves a trade to the tape that has it from the stream. */
  void remove(int place) {
    trades.remove(place);
  }
}
