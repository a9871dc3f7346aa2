package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.IndicatorValuesJson;
import io.candlehub.bus.IngestLink;
import io.candlehub.bus.SnapshotJson;
import io.candlehub.hub.indicator.IndicatorSpec;
import io.candlehub.model.IndicatorValues;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.Snapshots;
import io.candlehub.model.StreamKey;
import io.candlehub.model.feed.PastTrades;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * Asks ingest what providers say at present. Every failure is a {@link FailureException}. Confined to the hub's event
 * loop.
 */
final class MarketQuestions {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final IngestLink ingest;

  MarketQuestions(IngestLink ingest) {
    this.ingest = ingest;
  }

  /** Asks for the present values of instruments; one of which the provider knows nothing is left out. */
  Future<List<MarketSnapshot>> snapshots(List<Instrument> instruments) {
    return present(instruments).map(Snapshots::told);
  }

  /** Asks for the present values of instruments. */
  Future<Snapshots> present(List<Instrument> instruments) {
    JsonArray symbols = new JsonArray();
    instruments.forEach(instrument -> symbols.add(instrument.symbol()));
    return ask(
            Addresses.INGEST_SNAPSHOTS,
            new JsonObject().put("symbols", symbols).put("priority", "reader"))
        .map(SnapshotJson::readSnapshots);
  }

  /** Asks for the last trades of an instrument, newest last. */
  Future<PastTrades> trades(Instrument instrument, int limit) {
    return ask(
            Addresses.INGEST_TRADES,
            new JsonObject().put("symbol", instrument.symbol()).put("limit", limit))
        .map(answer -> SnapshotJson.readTrades(answer.body()));
  }

  /**
   * Asks for a provider's own values of an indicator, the newest up to a bar.
   *
   * @param toMillis start of that bar
   * @param limit most bars wanted
   */
  Future<IndicatorValues> indicator(StreamKey key, IndicatorSpec spec, long toMillis, int limit) {
    JsonObject question = new JsonObject()
        .put("symbol", key.instrument().symbol())
        .put("name", spec.kind().wireName())
        .put("windows", new JsonArray(spec.windows()))
        .put("timeframe", key.timeframe().wireName())
        .put("to", toMillis)
        .put("limit", limit);
    return ingest
        .<JsonObject>request(Addresses.INGEST_INDICATOR, question, TIMEOUT)
        .map(answer -> IndicatorValuesJson.read(answer.body()))
        .recover(failure -> Future.failedFuture(FailureException.of(failure)));
  }

  private Future<Message<Buffer>> ask(String address, JsonObject question) {
    return ingest
        .<Buffer>request(address, question, TIMEOUT)
        .recover(failure -> Future.failedFuture(FailureException.of(failure)));
  }
}
