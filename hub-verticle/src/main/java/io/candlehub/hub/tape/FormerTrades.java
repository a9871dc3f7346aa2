package io.candlehub.hub.tape;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The trades from before a tape began, as a provider knows them, without sides. The last ones may come from the stream as
 * well, for they were made while the provider was asked. Confined to the hub's event loop.
 */
final class FormerTrades {
  private final List<SidedTrade> trades;
  private final Set<SidedTrade> streamed = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<SidedTrade> told = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Takes them in any order. */
  FormerTrades(List<SidedTrade> trades) {
    this.trades = new ArrayList<>(trades);
    this.trades.sort(Comparator.comparing(trade -> trade.print().at()));
  }

  /** Returns them, oldest first. */
  List<SidedTrade> trades() {
    return trades;
  }

  /** Takes note that some of these trades are told to a reader. */
  void tell(List<SidedTrade> shown) {
    told.addAll(shown);
  }

  /** Returns true if some reader has the trade at a place. */
  boolean isTold(int place) {
    return told.contains(trades.get(place));
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
      if (isSame(held, print) && !streamed.contains(trades.get(i))) {
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
    streamed.add(trade);
  }

  /** Leaves a trade to the tape that has it from the stream. */
  void remove(int place) {
    trades.remove(place);
  }
}
