package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.cluster.Shards;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;

/**
 * Unusual trades in options and the clients that follow them, by underlying or all. The hubs look for them in the
 * contracts whose trades are demanded.
 *
 * <p>Confined to the gateway's event loop.
 */
public final class OptionFlow {
  private final Notices notices;

  OptionFlow(HubClient hub, StreamMeters meters, Terms terms) {
    this.notices = new Notices(Addresses.FLOW, OptionFlow::underlying, hub, meters, terms);
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
    return notices.follow(encoding, sink);
  }

  /** Adds a client that gets the events in options on an underlying from now on. */
  public <T> Subscription follow(
      Instrument underlying, Encoding<Buffer, T> encoding, Sink<T> sink) {
    return notices.follow(encoding, sink, underlying.symbol()::equals);
  }
}
