package io.candlehub.hub.tape;

/**
 * The last quotes of one instrument in the order of their stamps, whatever order they came in. Of quotes with one stamp
 * the one that came last counts as the last.
 */
final class QuoteTrail {
  private final TopOfBook[] ring;
  private int oldest;
  private int size;

  QuoteTrail(int capacity) {
    ring = new TopOfBook[capacity];
  }

  private TopOfBook get(int i) {
    return ring[(oldest + i) % ring.length];
  }

  private void set(int i, TopOfBook quote) {
    ring[(oldest + i) % ring.length] = quote;
  }

  /** Adds a quote; returns false if it is not the newest. */
  boolean add(TopOfBook quote) {
    int place = size;
    while (place > 0 && get(place - 1).at().compareTo(quote.at()) > 0) {
      place--;
    }
    boolean newest = place == size;
    if (size == ring.length) {
      if (place == 0) {
        return false;
      }
      oldest = (oldest + 1) % ring.length;
      size--;
      place--;
    }
    for (int i = size; i > place; i--) {
      set(i, get(i - 1));
    }
    set(place, quote);
    size++;
    return newest;
  }

  /** Returns the last quote that certainly was before a trade, {@link TopOfBook#none} if none is known. */
  TopOfBook before(TapeStamp trade, TapeFeed feed) {
    for (int i = size - 1; i >= 0; i--) {
      if (feed.isBefore(get(i).at(), trade)) {
        return get(i);
      }
    }
    return TopOfBook.none();
  }

  /** Returns true if a quote that may have been before a trade gives it another side. */
  boolean contradicts(Print trade, Side side, TapeFeed feed) {
    for (int i = size - 1; i >= 0 && get(i).at().nanos() >= trade.at().nanos(); i--) {
      if (feed.isUnclear(get(i).at(), trade.at())
          && SideRule.judge(trade.price(), get(i)).side() != side) {
        return true;
      }
    }
    return false;
  }

  void clear() {
    size = 0;
  }
}
