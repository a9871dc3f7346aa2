package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The hub's alerts and the clients that follow them. A client gets every alert from when it joined, each once; one that
 * does not read gets the newest {@value #KEPT} when it reads again. They are kept once for all clients and encoded once
 * per protocol.
 *
 * <p>Confined to the gateway's event loop.
 */
public final class Alerts {
  private static final int KEPT = 100;

  private final HubClient hub;
  private final StreamMeters meters;
  private final Terms terms;
  private final Kept[] ring = new Kept[KEPT];
  private final Set<Place<?>> places = new LinkedHashSet<>();
  private long count;
  private MessageConsumer<Buffer> consumer;

  Alerts(HubClient hub, StreamMeters meters, Terms terms) {
    this.hub = hub;
    this.meters = meters;
    this.terms = terms;
  }

  /** An alert and its forms. */
  private record Kept(Buffer body, Map<Encoding<Buffer, ?>, Encoded<?>> forms) {}

  Future<Void> start() {
    consumer = hub.listen(Addresses.ALERTS, (Message<Buffer> message) -> heard(message.body()));
    return consumer.completion();
  }

  Future<Void> stop() {
    places.clear();
    return consumer == null ? Future.succeededFuture() : consumer.unregister();
  }

  /** Takes an alert of the hub. */
  void heard(Buffer alert) {
    if (terms.isCutOff()) {
      return;
    }
    ring[(int) (count % KEPT)] = new Kept(alert, new HashMap<>());
    count++;
    List.copyOf(places).forEach(Place::flush);
  }

  /** Adds a client that gets every alert from now on. */
  public <T> Subscription follow(Encoding<Buffer, T> encoding, Sink<T> sink) {
    Place<T> place = new Place<>(encoding, sink, count);
    places.add(place);
    return place;
  }

  /** How far one client has come. */
  private final class Place<T> implements Subscription {
    private final Encoding<Buffer, T> encoding;
    private final Sink<T> sink;
    private long next;

    Place(Encoding<Buffer, T> encoding, Sink<T> sink, long next) {
      this.encoding = encoding;
      this.sink = sink;
      this.next = next;
    }

    @Override
    public void flush() {
      while (next < count && places.contains(this) && sink.writable()) {
        long oldest = Math.max(next, count - KEPT);
        long skipped = oldest - next;
        next = oldest + 1;
        Encoded<T> encoded = form(ring[(int) (oldest % KEPT)]);
        meters.written(1, encoded.bytes(), skipped);
        sink.write(encoded.form());
      }
    }

    private Encoded<T> form(Kept alert) {
      @SuppressWarnings("unchecked") // a form is kept under the encoding that made it
      Encoded<T> encoded = (Encoded<T>) alert.forms.computeIfAbsent(encoding, absent -> {
        meters.encoded();
        return encoding.encode(alert.body);
      });
      return encoded;
    }

    @Override
    public void close() {
      places.remove(this);
    }
  }
}
