package io.candlehub.ingest;

import io.candlehub.model.Instrument;
import io.candlehub.model.Timeframe;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A question for values of an indicator over bars adjusted for splits.
 *
 * @param instrument of whose bars
 * @param kind which indicator
 * @param windows numbers of bars: one, of MACD short, long and signal
 * @param timeframe length of the bars: a minute, an hour or a day
 * @param toMillis start of the last bar wanted, epoch millis
 * @param limit most bars wanted, the newest up to that one
 */
public record IndicatorQuery(
    Instrument instrument,
    Kind kind,
    List<Integer> windows,
    Timeframe timeframe,
    long toMillis,
    int limit) {
  private static final Set<Timeframe> TIMEFRAMES = Set.of(Timeframe.M1, Timeframe.H1, Timeframe.D1);
  private static final int MOST_WINDOW = 1_000;
  private static final int MOST_POINTS = 100;
  private static final int MACD_WINDOWS = 3;

  /** An indicator that providers compute. */
  public enum Kind {
    /** Simple moving average of closes. */
    SMA("sma"),
    /** Exponential moving average of closes. */
    EMA("ema"),
    /** Relative strength index, 0 to 100. */
    RSI("rsi"),
    /** Difference of two exponential averages, its own average and the difference of both. */
    MACD("macd");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    /** Returns the kind of a name, or empty. */
    public static Optional<Kind> parse(String name) {
      for (Kind kind : values()) {
        if (kind.wireName.equals(name)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }

    /** Returns the name used on the bus. */
    public String wireName() {
      return wireName;
    }

    /** Returns the names of a point's values, in their order. */
    public List<String> columns() {
      return this == MACD ? List.of("value", "signal", "histogram") : List.of("value");
    }
  }

  /** Checks the parameters. */
  public IndicatorQuery {
    Objects.requireNonNull(instrument, "instrument");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(timeframe, "timeframe");
    windows = List.copyOf(windows);
    int wanted = kind == Kind.MACD ? MACD_WINDOWS : 1;
    if (windows.size() != wanted
        || windows.stream().anyMatch(window -> window < 1 || window > MOST_WINDOW)) {
      throw new IllegalArgumentException(
          "windows must be " + wanted + " numbers from 1 to " + MOST_WINDOW);
    }
    if (!TIMEFRAMES.contains(timeframe)) {
      throw new IllegalArgumentException("timeframe must be 1m, 1h or 1d");
    }
    if (toMillis < 0 || limit < 1 || limit > MOST_POINTS) {
      throw new IllegalArgumentException("limit must be 1 to " + MOST_POINTS + ", to positive");
    }
  }
}
