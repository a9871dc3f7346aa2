package io.candlehub.ingest.provider.massive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.provider.BarTimes;
import io.candlehub.model.AssetClass;
import io.candlehub.model.BarBlock;
import io.candlehub.model.Ohlc;
import io.candlehub.model.Violation;
import java.io.IOException;

/**
 * Turns the rows of the aggregates endpoint into bars (OpenAPI document, aggregates). A row that cannot be a bar, repeats
 * the one before or goes back in time is dropped and counted; one outside the range asked for is dropped. Pages continue
 * one another. Bars of indices have no volume. Confined to one event loop.
 */
final class BarRows implements Rows {
  private static final int EXPECTED_ROWS = 1_024;

  private final HistoryQuery query;
  private final FeedMeters meters;
  private final BarBlock.Builder bars = new BarBlock.Builder(EXPECTED_ROWS);
  private final EventFields fields = new EventFields();
  private final boolean isIndex;
  private double trades;

  BarRows(HistoryQuery query, FeedMeters meters) {
    this.query = query;
    this.meters = meters;
    this.isIndex = query.instrument().assetClass() == AssetClass.INDEX;
  }

  BarBlock block() {
    return bars.build();
  }

  @Override
  public void begin() {
    fields.clear();
    trades = -1;
  }

  @Override
  public void field(String name, JsonToken token, JsonParser parser) throws IOException {
    switch (name) {
      case "t" -> fields.read(EventFields.Field.T, token, parser);
      case "o" -> fields.read(EventFields.Field.O, token, parser);
      case "h" -> fields.read(EventFields.Field.H, token, parser);
      case "l" -> fields.read(EventFields.Field.L, token, parser);
      case "c" -> fields.read(EventFields.Field.C, token, parser);
      case "v" -> fields.read(EventFields.Field.V, token, parser);
      case "vw" -> fields.read(EventFields.Field.VW, token, parser);
      case "n" -> trades = token.isNumeric() ? parser.getDoubleValue() : -1;
      default -> {
        return;
      }
    }
  }

  @Override
  public void end() {
    long start = fields.millis(EventFields.Field.T);
    double open = fields.required(EventFields.Field.O);
    double high = fields.required(EventFields.Field.H);
    double low = fields.required(EventFields.Field.L);
    double close = fields.required(EventFields.Field.C);
    boolean hasVolume = !isIndex || fields.has(EventFields.Field.V);
    double volume = hasVolume ? fields.required(EventFields.Field.V) : 0;
    double vwap = fields.optional(EventFields.Field.VW);
    Ohlc.problem(open, high, low, close, volume).ifPresent(fields::note);
    BarTimes.problem(query.unit(), start, bars.lastStartMillis()).ifPresent(fields::note);
    if (fields.isBad()) {
      meters.violation(fields.problem());
    } else if (start >= query.fromMillis() && start <= query.toMillis()) {
      boolean known = vwap > 0 && !Double.isInfinite(vwap);
      long count = trades >= 0 && trades < 1L << 53 ? (long) trades : -1;
      bars.add(start, open, high, low, close, volume, known ? vwap : Double.NaN, count);
    }
  }

  @Override
  public void malformed() {
    meters.violation(Violation.MALFORMED);
  }
}
