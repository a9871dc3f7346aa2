package io.candlehub.bus;

import io.candlehub.model.BarBlock;
import io.candlehub.model.feed.FeedParcel;
import io.vertx.core.Vertx;

/** Registers the message codecs of the bus, once per Vert.x instance. */
public final class BusCodecs {
  private BusCodecs() {}

  /** Registers every codec; call it before any verticle is deployed, and once. */
  public static void register(Vertx vertx) {
    vertx.eventBus().registerDefaultCodec(FeedParcel.class, new FeedParcelCodec());
    vertx.eventBus().registerDefaultCodec(BarBlock.class, new BarBlockCodec());
    vertx.eventBus().registerDefaultCodec(EncodedHistory.class, new EncodedHistoryCodec());
  }
}
