package io.candlehub.gateway.stream;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What hubs publish about single events, such as alerts, and the clients that follow it. A client gets every notice it
 * wants from when it joined, each once; one that does not read gets the newest {@value #KEPT} when it reads again. They
 * are kept once for all clients and encoded once per protocol.
 *
 * <p>Confined to the gateway's event loop.
 */
public final class Notices {
  private static final int KEPT = 100;

  private final String address;
  private final Function<Buffer, String> subjects;
  private final HubClient hub;
  private final StreamMeters meters;
  private final Terms terms;
  private final Kept[] ring = new Kept[KEPT];
  private final Set<Place<?>> places = new LinkedHashSet<>();
  private long count;
  private MessageConsumer<Buffer> consumer;

  /**
   * Creates notices that nobody follows.
   *
   * @param address where they are published
   * @param subjects what each of them is about
   */
  Notices(
      String address,
      Function<Buffer, String> subjects,
      HubClient hub,
      StreamMeters meters,
      Terms terms) {
    this.address = address;
    this.subjects = subjects;
    this.hub = hub;
    this.meters = meters;
    this.terms = terms;
  }

  /** A notice and its forms. */
  private record Kept(Buffer body, String subject, Map<Encoding<Buffer, ?>, Encoded<?>> forms) {}

  Future<Void> start() {
    consumer = hub.listen(address, (Message<Buffer> message) -> heard(message.body()));
    return consumer.completion();
  }

  Future<Void> stop() {
    places.clear();
    return consumer == null ? Future.succeededFuture() : consumer.unregister();
  }

  /** Takes a notice of a hub. */
  void heard(Buffer notice) {
    if (terms.isCutOff()) {
      return;
    }
    ring[(int) (count % KEPT)] = new Kept(notice, subjects.apply(notice), new HashMap<>());
    count++;
    List.copyOf(places).forEach(Place::flush);
  }

  /** Adds a client that gets every notice from now on. */
  public <T> Subscription follow(Encoding<Buffer, T> encoding, Sink<T> sink) {
    return follow(encoding, sink, subject -> true);
  }

  /** Adds a client that gets every notice from now on whose subject it wants. */
  <T> Subscription follow(Encoding<Buffer, T> encoding, Sink<T> sink, Predicate<String> wanted) {
    Place<T> place = new Place<>(encoding, sink, wanted, count);
    places.add(place);
    return place;
  }

  /** How far one client has come. */
  private final class Place<T> implements Subscription {
    private final Encoding<Buffer, T> encoding;
    private final Sink<T> sink;
    private final Predicate<String> wanted;
    private long next;

    Place(Encoding<Buffer, T> encoding, Sink<T> sink, Predicate<String> wanted, long next) {
      this.encoding = encoding;
      this.sink = sink;
      this.wanted = wanted;
      this.next = next;
    }

    @Override
    public void flush() {
      while (next < count && places.contains(this) && sink.writable()) {
        long oldest = Math.max(next, count - KEPT);
        long skipped = oldest - next;
        next = oldest + 1;
        Kept notice = ring[(int) (oldest % KEPT)];
        if (wanted.test(notice.subject)) {
          Encoded<T> encoded = form(notice);
          meters.written(1, encoded.bytes(), skipped);
          sink.write(encoded.form());
        }
      }
    }

    private Encoded<T> form(Kept notice) {
      @SuppressWarnings("unchecked") // a form is kept under the encoding that made it
      Encoded<T> encoded = (Encoded<T>) notice.forms.computeIfAbsent(encoding, absent -> {
        meters.encoded();
        return encoding.encode(notice.body);
      });
      return encoded;
    }

    @Override
    public void close() {
      places.remove(this);
    }
  }
}
