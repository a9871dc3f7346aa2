package io.candlehub.simulator.stream;

import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.Correction;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.SymbolDay;
import java.util.List;

/** The minutes of a symbol, each 0.5 to 2 s after its end, and once more when a late trade corrects it. */
final class MinuteStream extends TopicStream {
  private static final long TAIL = 20 * MINUTE;

  private final EventJson json;
  private SymbolDay data;
  private DayTotals totals;

  MinuteStream(Topic topic, long delayMillis, EventJson json) {
    super(topic, Market.Detail.BARS, delayMillis);
    this.json = json;
  }

  @Override
  protected long tailMillis() {
    return TAIL;
  }

  @Override
  protected void beginDay(SymbolDay day) {
    data = day;
    totals = new DayTotals(day);
  }

  @Override
  protected void fill(SymbolDay day, long minuteStart) {
    Bars minutes = day.minutes();
    int at = minutes.firstAtOrAfter(minuteStart - MINUTE);
    if (at < minutes.size() && minutes.startMillis(at) < minuteStart) {
      push(minuteStart + lagMillis(minuteStart), at);
    }
    List<Correction> corrections = day.corrections();
    for (int i = 0; i < corrections.size(); i++) {
      long due = corrections.get(i).dueMillis();
      if (due >= minuteStart && due < minuteStart + MINUTE) {
        push(due, -i - 1);
      }
    }
  }

  private long lagMillis(long minuteStart) {
    long mixed = (topic().ticker().hashCode() * 31L + minuteStart / MINUTE) * 0x9E3779B97F4A7C15L;
    return 500 + (mixed >>> 40) % 1_500;
  }

  @Override
  protected String write(int index, long dueMillis) {
    BarRow bar = index >= 0
        ? data.minutes().row(index)
        : data.corrections().get(-index - 1).minute();
    totals.moveTo(
        index >= 0 ? bar.startMillis() : Math.floorDiv(dueMillis, MINUTE) * MINUTE, dueMillis);
    if (index >= 0) {
      totals.plus(bar);
    }
    return json.aggregate(topic(), bar, bar.startMillis() + MINUTE, totals);
  }
}
