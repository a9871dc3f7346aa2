package io.candlehub.hub;

import io.candlehub.model.Alert;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends alerts on: to the log, the metrics and everybody who listens. Confined to the hub's event loop. */
final class Alerts implements Consumer<Alert> {
  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

  private final MeterRegistry meters;
  private final Consumer<Alert> publisher;

  Alerts(MeterRegistry meters, Consumer<Alert> publisher) {
    this.meters = meters;
    this.publisher = publisher;
    for (Alert.Kind kind : Alert.Kind.values()) {
      meters.counter("candlehub.hub.alerts", "kind", kind.wireName());
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
    meters.counter("candlehub.hub.alerts", "kind", alert.kind().wireName()).increment();
    publisher.accept(alert);
  }
}
