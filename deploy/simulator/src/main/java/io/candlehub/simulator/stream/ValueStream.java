package io.candlehub.simulator.stream;

import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.SymbolDay;

/** The values of an index, each when its second has ended. */
final class ValueStream extends TopicStream {
  private static final long SECOND = 1_000;
  private static final long LAG = 50;

  private final EventJson json;
  private Bars seconds = Bars.empty();

  ValueStream(Topic topic, long delayMillis, EventJson json) {
    super(topic, Market.Detail.BARS, delayMillis);
    this.json = json;
  }

  @Override
  protected void beginDay(SymbolDay day) {
    seconds = Bars.empty();
  }

  @Override
  protected void fill(SymbolDay day, long minuteStart) {
    seconds = day.seconds(minuteStart, minuteStart + MINUTE);
    for (int i = 0; i < seconds.size(); i++) {
      push(seconds.startMillis(i) + SECOND + LAG, i);
    }
  }

  @Override
  protected String write(int index, long dueMillis) {
    return json.value(topic(), seconds.close(index), seconds.startMillis(index) + SECOND);
  }
}
