package io.candlehub.hub.candle;

import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.feed.TradeEvent;
import java.util.Optional;

/** What the trades of one minute make of it so far, in whatever order they come. */
final class TradeMinute {
  private final long startMillis;
  private final boolean regularSession;
  private final SequenceSet seen = new SequenceSet();
  private final DecimalSum volume = new DecimalSum();
  private final DecimalSum turnover = new DecimalSum();
  private boolean priced;
  private long firstAtMillis;
  private long firstSequence;
  private double open;
  private long lastAtMillis;
  private long lastSequence;
  private double close;
  private double high = Double.NEGATIVE_INFINITY;
  private double low = Double.POSITIVE_INFINITY;
  private long trades;

  TradeMinute(long startMillis) {
    this.startMillis = startMillis;
    this.regularSession = SaleConditions.isRegularSession(startMillis);
  }

  long startMillis() {
    return startMillis;
  }

  /** Puts a trade; returns true if there is a bar and it changed. */
  boolean put(TradeEvent trade, SaleConditions conditions) {
    int allowed = conditions.allowed(trade.conditions(), regularSession);
    if (allowed == 0 || (trade.sequence() != 0 && !seen.add(trade.sequence()))) {
      return false;
    }
    boolean changed = false;
    if ((allowed & SaleConditions.HIGH_LOW) != 0) {
      changed = widen(trade.price());
    }
    if ((allowed & SaleConditions.OPEN_CLOSE) != 0) {
      changed |= place(trade);
    }
    if ((allowed & SaleConditions.VOLUME) != 0 && trade.size() > 0) {
      volume.add(trade.size());
      turnover.add(trade.price() * trade.size());
      trades++;
      changed = true;
    }
    return changed && priced;
  }

  private boolean widen(double price) {
    boolean wider = price > high || price < low;
    high = Math.max(high, price);
    low = Math.min(low, price);
    return wider;
  }

  private boolean place(TradeEvent trade) {
    double price = trade.price();
    boolean changed = !priced;
    if (!priced || order(trade, firstAtMillis, firstSequence, open) < 0) {
      changed |= open != price;
      firstAtMillis = trade.atMillis();
      firstSequence = trade.sequence();
      open = price;
    }
    if (!priced || order(trade, lastAtMillis, lastSequence, close) > 0) {
      changed |= close != price;
      lastAtMillis = trade.atMillis();
      lastSequence = trade.sequence();
      close = price;
    }
    priced = true;
    return changed;
  }

  /** Compares places on the tape; trades in one place stand in the order of their prices. */
  private static int order(TradeEvent trade, long atMillis, long sequence, double price) {
    int byTime = Long.compare(trade.atMillis(), atMillis);
    int byNumber = byTime != 0 ? byTime : Long.compare(trade.sequence(), sequence);
    return byNumber != 0 ? byNumber : Double.compare(trade.price(), price);
  }

  /** Returns the bar in a state, or empty if no trade has set its open. */
  Optional<Bar> bar(BarState state) {
    if (!priced) {
      return Optional.empty();
    }
    double traded = volume.value();
    return Optional.of(new Bar(
        startMillis,
        open,
        Math.max(high, Math.max(open, close)),
        Math.min(low, Math.min(open, close)),
        close,
        traded,
        traded > 0 ? turnover.value() / traded : Double.NaN,
        trades > 0 ? trades : -1,
        state,
        0,
        BarSource.LIVE,
        Double.NaN));
  }
}
