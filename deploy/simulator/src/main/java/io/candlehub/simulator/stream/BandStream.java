package io.candlehub.simulator.stream;

import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.Halt;
import io.candlehub.simulator.market.JsonText;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.SymbolDay;
import java.util.ArrayList;
import java.util.List;

/**
 * The price bands of a symbol: every five minutes of the regular session, at the start and end of a halt, and again
 * every minute while it lasts, so that whoever missed its start learns of it.
 */
final class BandStream extends TopicStream {
  private static final long EVERY = 5 * MINUTE;
  private static final double WIDTH = 0.05;
  private static final int IN_FORCE = 21;
  private static final int TRADING_PAUSE = 17;
  private static final int REOPENED = 18;

  private final EventJson json;
  private final List<PriceBand> bands = new ArrayList<>();

  BandStream(Topic topic, long delayMillis, EventJson json) {
    super(topic, Market.Detail.BARS, delayMillis);
    this.json = json;
  }

  @Override
  protected void beginDay(SymbolDay day) {
    bands.clear();
  }

  @Override
  protected void fill(SymbolDay day, long minuteStart) {
    bands.clear();
    boolean regular =
        minuteStart > day.day().openMillis() && minuteStart < day.day().closeMillis();
    if (regular && (minuteStart - day.day().openMillis()) % EVERY == 0) {
      add(day, minuteStart + 250, IN_FORCE);
    }
    for (Halt halt : day.halts()) {
      if (halt.fromMillis() < minuteStart && halt.toMillis() > minuteStart + 50) {
        add(day, minuteStart + 50, TRADING_PAUSE);
      }
      if (halt.fromMillis() >= minuteStart && halt.fromMillis() < minuteStart + MINUTE) {
        add(day, halt.fromMillis() + 50, TRADING_PAUSE);
      }
      if (halt.toMillis() >= minuteStart && halt.toMillis() < minuteStart + MINUTE) {
        add(day, halt.toMillis() + 50, REOPENED);
      }
    }
  }

  private void add(SymbolDay day, long dueMillis, int indicator) {
    Bars minutes = day.minutes();
    int before = minutes.firstAtOrAfter(dueMillis - MINUTE + 1) - 1;
    if (before < 0) {
      return;
    }
    double reference = minutes.close(before);
    bands.add(new PriceBand(
        dueMillis,
        Math.round(reference * (1 + WIDTH) * 100) / 100.0,
        JsonText.round4(Math.round(reference * (1 - WIDTH) * 100) / 100.0),
        indicator));
    push(dueMillis, bands.size() - 1);
  }

  @Override
  protected String write(int index, long dueMillis) {
    return json.band(topic(), bands.get(index));
  }
}
