package io.candlehub.gateway.watch;

import io.candlehub.bus.Failure;
import io.candlehub.model.Instrument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request for several tickers brought. A ticker that is in neither map was left out by the provider without a
 * word, which means it has no data.
 *
 * @param values by ticker
 * @param failures why others have none
 * @param retryAfterMillis wall time the provider asks us to wait, 0 if it does not
 * @param <V> the values
 */
public record WatchReply<V>(
    Map<Instrument, V> values, Map<Instrument, Failure> failures, long retryAfterMillis) {
  /** Copies the maps. */
  public WatchReply {
    values = Map.copyOf(values);
    failures = Map.copyOf(failures);
  }

  /** Returns the reply of a request that failed as a whole. */
  public static <V> WatchReply<V> failed(
      List<Instrument> asked, Failure failure, long retryAfterMillis) {
    Map<Instrument, Failure> failures = new HashMap<>();
    asked.forEach(instrument -> failures.put(instrument, failure));
    return new WatchReply<>(Map.of(), failures, retryAfterMillis);
  }

  /** Returns why a ticker has no value. */
  Failure failure(Instrument instrument) {
    return failures.getOrDefault(instrument, Failure.NO_DATA);
  }
}
