package io.candlehub.hub.history;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.IngestLink;
import io.candlehub.hub.store.StoreUnit;
import io.candlehub.model.AssetClass;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Bars of which length providers have of which kind of instrument, asked of ingest when a chart is opened and remembered
 * for a minute, so that nobody waits for what will never come. As long as nobody has told, everything counts as offered.
 * Confined to the hub's event loop.
 */
public final class ProviderOffer {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final long KEEP_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final Map<StoreUnit, String> UNITS =
      Map.of(StoreUnit.SECOND, "second", StoreUnit.MINUTE, "minute", StoreUnit.DAY, "day");

  private final IngestLink ingest;
  private final InstantSource wallClock;
  private Optional<JsonObject> bars = Optional.empty();
  private Future<Void> asked = Future.succeededFuture();
  private long untilMillis;

  /** Creates an offer that nobody has told; questions go to {@link Addresses#INGEST_CAPABILITIES}. */
  public ProviderOffer(IngestLink ingest, InstantSource wallClock) {
    this.ingest = ingest;
    this.wallClock = wallClock;
    untilMillis = wallClock.millis();
  }

  /** Returns when it is known as well as it can be; never fails. */
  public Future<Void> known() {
    if (asked.isComplete() && wallClock.millis() >= untilMillis) {
      untilMillis = wallClock.millis() + KEEP_MILLIS;
      asked = ingest
          .<JsonObject>request(Addresses.INGEST_CAPABILITIES, new JsonObject(), TIMEOUT)
          .<Void>map(answer -> {
            bars = Optional.ofNullable(answer.body().getJsonObject("bars"));
            return null;
          })
          .recover(failure -> {
            untilMillis = wallClock.millis();
            return Future.succeededFuture();
          });
    }
    return asked;
  }

  /** Returns true if it is known that nobody has bars of a length of a kind of instrument. */
  public boolean lacks(AssetClass assetClass, StoreUnit unit) {
    return bars.map(told -> told.getJsonArray(assetClass.market(), new JsonArray()))
        .filter(units -> !units.contains(UNITS.get(unit)))
        .isPresent();
  }
}
