package io.candlehub.ingest.provider.massive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.provider.massive.SnapshotRow.Part;
import io.candlehub.ingest.provider.massive.SnapshotRow.Word;
import io.candlehub.model.ExerciseStyle;
import io.candlehub.model.Greeks;
import io.candlehub.model.Instrument;
import io.candlehub.model.OptionContract;
import io.candlehub.model.OptionTerms;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.Violation;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the rows of the option chain into legs (OpenAPI document, option chain snapshot). A contract told twice, because
 * the chain changed between two pages, is as told last. The last price is that of the last trade, or the day's last one
 * if the plan has no trades. Confined to one event loop.
 */
final class LegRows implements Rows {
  /** The provider computes no rho. */
  private static final Set<String> UNSUPPORTED = Set.of("rho");

  private final FeedMeters meters;
  private final SnapshotRow row;
  private final Map<Instrument, SnapshotLeg> legs = new LinkedHashMap<>();
  private double spot = Double.NaN;
  private long spotAtMillis;

  LegRows(FeedMeters meters) {
    this.meters = meters;
    this.row = new SnapshotRow(meters);
  }

  List<SnapshotLeg> legs() {
    return List.copyOf(legs.values());
  }

  /** Returns the newest price of the underlying, NaN if no row told one. */
  double spot() {
    return spot;
  }

  /** Returns the time of that price, 0 if it is not known. */
  long spotAtMillis() {
    return spotAtMillis;
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
    String symbol = row.word(Word.CONTRACT);
    Optional<OptionContract> contract = Instrument.parse(symbol).flatMap(OptionContract::of);
    if (contract.isEmpty()) {
      meters.violation(symbol.isEmpty() ? Violation.MISSING_FIELD : Violation.BAD_SYMBOL);
      return;
    }
    legs.put(contract.get().instrument(), leg(terms(contract.get())));
    noteSpot();
  }

  @Override
  public void malformed() {
    meters.violation(Violation.MALFORMED);
  }

  private OptionTerms terms(OptionContract contract) {
    OptionTerms usual = OptionTerms.of(contract);
    double shares = row.count(Part.SHARES);
    ExerciseStyle style = usual.style();
    for (ExerciseStyle known : ExerciseStyle.values()) {
      style = known.wireName().equals(row.word(Word.STYLE)) ? known : style;
    }
    return OptionTerms.of(contract, style, shares > 0 ? shares : usual.sharesPerContract());
  }

  private SnapshotLeg leg(OptionTerms terms) {
    long atMillis = row.newestMillis(
        Part.QUOTED_AT, Part.TRADED_AT, Part.TRADE_TOLD_AT, Part.TRADE_MADE_AT, Part.SESSION_AT);
    return new SnapshotLeg(
        terms,
        row.price(Part.BID),
        row.price(Part.ASK),
        row.count(Part.BID_SIZE),
        row.count(Part.ASK_SIZE),
        row.price(Part.TRADE, Part.CLOSE),
        row.count(Part.VOLUME),
        row.count(Part.OPEN_INTEREST),
        row.number(Part.VOLATILITY),
        new Greeks(
            row.number(Part.DELTA),
            row.number(Part.GAMMA),
            row.number(Part.THETA),
            row.number(Part.VEGA),
            Double.NaN),
        atMillis,
        atMillis,
        MassiveModule.ID,
        "",
        UNSUPPORTED);
  }

  /** Shares have a price, indices a value; those of a class of shares may be missing. */
  private void noteSpot() {
    double price = row.price(Part.SPOT, Part.SPOT_VALUE);
    long atMillis = row.newestMillis(Part.SPOT_AT);
    if (!Double.isNaN(price) && (Double.isNaN(spot) || atMillis > spotAtMillis)) {
      spot = price;
      spotAtMillis = atMillis;
    }
  }
}
