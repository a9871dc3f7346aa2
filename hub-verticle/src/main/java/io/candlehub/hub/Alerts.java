package io.candlehub.hub;

import io.candlehub.model.Alert;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends alerts on: to the log, the metrics and everybody who listens. Confined to the hub's event loop. */
final class Alerts implements Consumer<Alert> {
  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

  private final DescribedMeters meters;
  private final Consumer<Alert> publisher;

  Alerts(MeterRegistry meters, Consumer<Alert> publisher) {
    this.meters = new DescribedMeters(meters);
    this.publisher = publisher;
    for (Alert.Kind kind : Alert.Kind.values()) {
      counter(kind);
    }
  }

  @Override
  public void accept(Alert alert) {
    LOG.warn(
        "alert [kind: {}, subject: {}, message: {}, from: {}, to: {}]",
        alert.kind().wireName(),
        alert.subject(),
        alert.message(),
        alert.fromMillis(),
        alert.toMillis());
    counter(alert.kind()).increment();
    publisher.accept(alert);
  }

  private Counter counter(Alert.Kind kind) {
    return meters.counter("alerts", "Alerts raised by the hub", "kind", kind.wireName());
  }
}
