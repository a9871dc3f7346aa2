package io.candlehub.ingest;

import io.candlehub.model.IndicatorKind;
import io.candlehub.model.IndicatorValues;
import io.candlehub.model.Instrument;
import io.candlehub.model.Timeframe;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A question for values of an indicator over bars adjusted for splits.
 *
 * @param instrument of whose bars
 * @param kind which indicator, one that providers compute
 * @param windows numbers of bars: one, of MACD short, long and signal
 * @param timeframe length of the bars: a minute, an hour or a day
 * @param toMillis start of the last bar wanted, epoch millis
 * @param limit most bars wanted, the newest up to that one
 */
public record IndicatorQuery(
    Instrument instrument,
    IndicatorKind kind,
    List<Integer> windows,
    Timeframe timeframe,
    long toMillis,
    int limit) {
  private static final int MOST_WINDOW = 1_000;
  private static final int MOST_POINTS = 100;
  private static final int MACD_WINDOWS = 3;

  /** Checks the parameters. */
  public IndicatorQuery {
    Objects.requireNonNull(instrument, "instrument");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(timeframe, "timeframe");
    if (!kind.isOfProviders()) {
      throw new IllegalArgumentException("kind must be one that providers compute, not " + kind);
    }
    windows = List.copyOf(windows);
    int wanted = kind == IndicatorKind.MACD ? MACD_WINDOWS : 1;
    if (windows.size() != wanted
        || windows.stream().anyMatch(window -> window < 1 || window > MOST_WINDOW)) {
      throw new IllegalArgumentException(
          "windows must be " + wanted + " numbers from 1 to " + MOST_WINDOW);
    }
    if (!IndicatorValues.TIMEFRAMES.contains(timeframe)) {
      throw new IllegalArgumentException("timeframe must be 1m, 1h or 1d");
    }
    if (toMillis < 0 || limit < 1 || limit > MOST_POINTS) {
      throw new IllegalArgumentException("limit must be 1 to " + MOST_POINTS + ", to positive");
    }
  }

  /** Returns the kind of a name, or empty if providers compute no such indicator. */
  public static Optional<IndicatorKind> parseKind(String name) {
    return IndicatorKind.parse(name).filter(IndicatorKind::isOfProviders);
  }
}
