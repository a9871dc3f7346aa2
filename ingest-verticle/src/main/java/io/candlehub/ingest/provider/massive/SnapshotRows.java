package io.candlehub.ingest.provider.massive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.provider.massive.SnapshotRow.Part;
import io.candlehub.ingest.provider.massive.SnapshotRow.Word;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.Violation;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the rows of the unified snapshot into snapshots (OpenAPI document, {@code /v3/snapshot}). A row may be an error
 * within a good answer: what is unknown is left out, what the plan lacks is noted. The last price is that of the last
 * trade, or the session's last one if the plan has no trades. Confined to one event loop.
 */
final class SnapshotRows implements Rows {
  private static final String NOT_ENTITLED = "NOT_ENTITLED";
  private static final Map<AssetClass, Set<String>> UNSUPPORTED = Map.of(
      AssetClass.EQUITY,
      Set.of("openInterest"),
      AssetClass.INDEX,
      Set.of("bid", "ask", "bidSize", "askSize", "volume", "openInterest"));

  private static final Part[] TRADED = {Part.TRADED_AT, Part.TRADE_TOLD_AT, Part.TRADE_MADE_AT};
  private static final Part[] VALUED = {Part.VALUE_AT};

  private final FeedMeters meters;
  private final SnapshotRow row;
  private final Map<Instrument, MarketSnapshot> snapshots = new LinkedHashMap<>();
  private boolean refused;

  SnapshotRows(FeedMeters meters) {
    this.meters = meters;
    this.row = new SnapshotRow(meters);
  }

  List<MarketSnapshot> snapshots() {
    return List.copyOf(snapshots.values());
  }

  /** Returns true if the plan lacks something that was asked for. */
  boolean isRefused() {
    return refused;
  }

  @Override
  public void begin() {
    row.clear();
  }

  @Override
  public void field(String name, JsonToken token, JsonParser parser) throws IOException {
    row.take(name, token, parser);
  }

  @Override
  public void member(String field, String name, JsonToken token, JsonParser parser)
      throws IOException {
    row.take(field, name, token, parser);
  }

  @Override
  public void end() {
    if (!row.word(Word.ERROR).isEmpty()) {
      refused |= row.word(Word.ERROR).equals(NOT_ENTITLED);
      return;
    }
    String symbol = row.word(Word.TICKER);
    Optional<Instrument> instrument = Instrument.parse(symbol);
    if (instrument.isEmpty()) {
      meters.violation(symbol.isEmpty() ? Violation.MISSING_FIELD : Violation.BAD_SYMBOL);
    } else {
      snapshots.put(instrument.get(), snapshot(instrument.get()));
    }
  }

  @Override
  public void malformed() {
    meters.violation(Violation.MALFORMED);
  }

  private MarketSnapshot snapshot(Instrument instrument) {
    boolean isIndex = instrument.assetClass() == AssetClass.INDEX;
    double made = row.price(isIndex ? Part.VALUE : Part.TRADE);
    boolean isMade = !Double.isNaN(made);
    return new MarketSnapshot(
        instrument,
        row.word(Word.NAME),
        row.price(Part.BID),
        row.price(Part.ASK),
        row.count(Part.BID_SIZE),
        row.count(Part.ASK_SIZE),
        isMade ? made : row.price(Part.CLOSE),
        row.count(Part.VOLUME),
        row.count(Part.OPEN_INTEREST),
        row.price(Part.OPEN),
        row.price(Part.HIGH),
        row.price(Part.LOW),
        row.price(Part.PREVIOUS_CLOSE),
        row.newestMillis(
            Part.QUOTED_AT,
            Part.TRADED_AT,
            Part.TRADE_TOLD_AT,
            Part.TRADE_MADE_AT,
            Part.SESSION_AT,
            Part.VALUE_AT),
        row.newestMillis(Part.QUOTED_AT),
        isMade ? row.newestMillis(isIndex ? VALUED : TRADED) : row.newestMillis(Part.SESSION_AT),
        MassiveModule.ID,
        "",
        UNSUPPORTED.getOrDefault(instrument.assetClass(), Set.of()));
  }
}
