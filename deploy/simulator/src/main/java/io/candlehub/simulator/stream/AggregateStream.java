package io.candlehub.simulator.stream;

import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.SymbolDay;

/** The seconds of a symbol, each 2 s after its end. */
final class AggregateStream extends TopicStream {
  private static final long SECOND = 1_000;
  private static final long LAG = 2_000;

  private final EventJson json;
  private DayTotals totals;
  private Bars seconds = Bars.empty();
  private long minuteStartMillis;

  AggregateStream(Topic topic, long delayMillis, EventJson json) {
    super(topic, Market.Detail.BARS, delayMillis);
    this.json = json;
  }

  @Override
  protected void beginDay(SymbolDay day) {
    totals = new DayTotals(day);
  }

  @Override
  protected void fill(SymbolDay day, long minuteStart) {
    minuteStartMillis = minuteStart;
    seconds = day.seconds(minuteStart, minuteStart + MINUTE);
    for (int i = 0; i < seconds.size(); i++) {
      push(seconds.startMillis(i) + SECOND + LAG, i);
    }
  }

  @Override
  protected String write(int index, long dueMillis) {
    totals.moveTo(minuteStartMillis, dueMillis);
    for (int i = 0; i <= index; i++) {
      totals.plus(seconds.row(i));
    }
    BarRow bar = seconds.row(index);
    return json.aggregate(topic(), bar, bar.startMillis() + SECOND, totals);
  }
}
