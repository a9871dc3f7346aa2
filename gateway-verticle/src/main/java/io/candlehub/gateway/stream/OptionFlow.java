package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.cluster.Registration;
import io.candlehub.cluster.Shards;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import java.util.function.Predicate;

/**
 * Unusual trades in options and the clients that follow them, by underlying or all. The hubs are asked to look for them
 * while there is one.
 *
 * <p>Confined to the gateway's event loop.
 */
public final class OptionFlow {
  private final Notices notices;
  private final HeldTopics topics;

  OptionFlow(HubClient hub, StreamMeters meters, Terms terms, HeldTopics topics) {
    this.notices = new Notices(Addresses.FLOW, OptionFlow::underlying, hub, meters, terms);
    this.topics = topics;
  }

  private static String underlying(Buffer event) {
    try {
      return event.toJsonObject().getValue("contract") instanceof String contract
          ? Instrument.parse(contract).map(Shards::underlying).orElse("")
          : "";
    } catch (DecodeException e) {
      return "";
    }
  }

  Future<Void> start() {
    return notices.start();
  }

  Future<Void> stop() {
    return notices.stop();
  }

  /** Adds a client that gets all events from now on. */
  public <T> Subscription follow(Encoding<Buffer, T> encoding, Sink<T> sink) {
    return follow(encoding, sink, underlying -> true);
  }

  /** Adds a client that gets the events in options on an underlying from now on. */
  public <T> Subscription follow(
      Instrument underlying, Encoding<Buffer, T> encoding, Sink<T> sink) {
    return follow(encoding, sink, underlying.symbol()::equals);
  }

  private <T> Subscription follow(
      Encoding<Buffer, T> encoding, Sink<T> sink, Predicate<String> wanted) {
    Registration demand = topics.hold(Addresses.FLOW);
    Subscription place = notices.follow(encoding, sink, wanted);
    return new Subscription() {
      @Override
      public void flush() {
        place.flush();
      }

      @Override
      public void close() {
        place.close();
        demand.cancel();
      }
    };
  }
}
