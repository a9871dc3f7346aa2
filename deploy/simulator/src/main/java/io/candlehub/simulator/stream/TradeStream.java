package io.candlehub.simulator.stream;

import io.candlehub.simulator.market.Correction;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.SymbolDay;
import io.candlehub.simulator.market.Trades;
import java.util.List;

/** The trades of a symbol as they happen; a late one comes when it is reported, as sold out of sequence. */
final class TradeStream extends TopicStream {
  private static final long LAG = 20;
  private static final long TAIL = 20 * MINUTE;
  private static final String SOLD_OUT_OF_SEQUENCE = "32";

  private final EventJson json;
  private Trades trades = Trades.empty();

  TradeStream(Topic topic, long delayMillis, EventJson json) {
    super(topic, Market.Detail.TRADES, delayMillis);
    this.json = json;
  }

  @Override
  protected long tailMillis() {
    return TAIL;
  }

  @Override
  protected void beginDay(SymbolDay day) {
    trades = Trades.empty();
  }

  @Override
  protected void fill(SymbolDay day, long minuteStart) {
    trades = day.trades(minuteStart, minuteStart + MINUTE);
    for (int i = 0; i < trades.size(); i++) {
      push(trades.millis(i) + LAG, i);
    }
    List<Correction> corrections = day.corrections();
    for (Correction late : corrections) {
      if (late.dueMillis() >= minuteStart && late.dueMillis() < minuteStart + MINUTE) {
        addLate(late);
      }
    }
  }

  private void addLate(Correction late) {
    if (trades == Trades.empty()) {
      trades = new Trades(1);
    }
    int tape = trades.size() > 0 ? trades.tape(0) : 1;
    long nanos = late.second().startMillis() * 1_000_000 + 999_000_000;
    trades.add(
        nanos, late.price(), late.size(), Math.floorMod(late.dueMillis(), 86_400_000L) * 100);
    trades.details(4, tape, SOLD_OUT_OF_SEQUENCE);
    push(late.dueMillis(), trades.size() - 1);
  }

  @Override
  protected String write(int index, long dueMillis) {
    return json.trade(topic(), trades, index);
  }
}
