package io.candlehub.hub.history;

import io.candlehub.hub.candle.FinalBars;
import io.candlehub.hub.candle.HistoryPart;
import io.candlehub.model.Bar;
import io.candlehub.model.BarBlock;
import java.util.ArrayList;
import java.util.List;

/** Makes final bars of raw parts. */
public final class HistoryBars {
  private HistoryBars() {}

  /** Returns the bars of parts that ascend and do not overlap; a bar at or before the one before it is left out. */
  public static List<Bar> of(List<HistoryPart> parts) {
    List<Bar> bars = new ArrayList<>();
    long last = Long.MIN_VALUE;
    for (HistoryPart part : parts) {
      BarBlock block = part.bars();
      for (int i = 0; i < block.size(); i++) {
        if (block.startMillis(i) > last) {
          last = block.startMillis(i);
          bars.add(FinalBars.of(block, i, part.source()));
        }
      }
    }
    return bars;
  }
}
