package io.candlehub.gateway.watch;

import io.candlehub.bus.Failure;
import io.candlehub.model.Instrument;
import java.util.Objects;

/**
 * What a viewer sees of one ticker.
 *
 * @param <V> the values
 * @param <Q> the judgement of a value
 */
public sealed interface WatchCard<V, Q> {
  /** Returns the ticker. */
  Instrument instrument();

  /**
   * The value as it was read last.
   *
   * @param instrument the ticker
   * @param value the value
   * @param quality how good it is
   */
  record Shown<V, Q>(Instrument instrument, V value, Q quality) implements WatchCard<V, Q> {
    /** Checks presence. */
    public Shown {
      Objects.requireNonNull(instrument, "instrument");
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(quality, "quality");
    }
  }

  /**
   * A value of an earlier reading, as the last one failed.
   *
   * @param instrument the ticker
   * @param value the value
   * @param quality how good it is by now
   * @param readMillis market time of the reading that brought it
   * @param failure why there is no newer one
   */
  record Stale<V, Q>(Instrument instrument, V value, Q quality, long readMillis, Failure failure)
      implements WatchCard<V, Q> {
    /** Checks presence. */
    public Stale {
      Objects.requireNonNull(instrument, "instrument");
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(quality, "quality");
      Objects.requireNonNull(failure, "failure");
    }
  }

  /**
   * No value has been read.
   *
   * @param instrument the ticker
   * @param failure why
   */
  record Missing<V, Q>(Instrument instrument, Failure failure) implements WatchCard<V, Q> {
    /** Checks presence. */
    public Missing {
      Objects.requireNonNull(instrument, "instrument");
      Objects.requireNonNull(failure, "failure");
    }
  }
}
