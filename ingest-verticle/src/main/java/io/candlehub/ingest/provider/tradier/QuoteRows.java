package io.candlehub.ingest.provider.tradier;

import io.candlehub.ingest.Listing;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Greeks;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.OptionContract;
import io.candlehub.model.OptionTerms;
import io.candlehub.model.SnapshotLeg;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads rows of quotes and chains (page "Market data", quotes and option chains). */
final class QuoteRows {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final DateTimeFormatter UPDATED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final Map<AssetClass, Set<String>> UNSUPPORTED = Map.of(
      AssetClass.EQUITY,
      Set.of("openInterest"),
      AssetClass.INDEX,
      Set.of("bid", "ask", "bidSize", "askSize", "volume", "openInterest"));

  /** Letters of exchanges (page "Exchange codes") that list shares, by their market identifier codes. */
  private static final Map<String, String> MARKETS =
      Map.of("A", "XASE", "N", "XNYS", "P", "ARCX", "Q", "XNAS", "Z", "BATS");

  private QuoteRows() {}

  /** Returns the instrument that a row is about, or empty if its symbol is none. */
  static Optional<Instrument> instrument(Row row) {
    return TradierSymbols.read(row.text("symbol"), row.text("type"));
  }

  /** Returns what a row says. Of an index it has zeros for what no index has, which are left out. */
  static MarketSnapshot snapshot(Row row, Instrument instrument) {
    boolean isTraded = instrument.assetClass() != AssetClass.INDEX;
    return new MarketSnapshot(
        instrument,
        row.text("description"),
        isTraded ? row.price("bid") : Double.NaN,
        isTraded ? row.price("ask") : Double.NaN,
        isTraded ? row.number("bidsize") : Double.NaN,
        isTraded ? row.number("asksize") : Double.NaN,
        row.price("last"),
        isTraded ? row.number("volume") : Double.NaN,
        row.number("open_interest"),
        row.price("open"),
        row.price("high"),
        row.price("low"),
        row.price("prevclose"),
        newest(row),
        isTraded ? quoted(row) : 0,
        row.millis("trade_date"),
        TradierModule.ID,
        "",
        UNSUPPORTED.getOrDefault(instrument.assetClass(), Set.of()));
  }

  /** Returns a contract's values, or empty if the row is about none. */
  static Optional<SnapshotLeg> leg(Row row, long nowMillis) {
    return instrument(row)
        .flatMap(OptionContract::of)
        .map(contract -> leg(row, contract, nowMillis));
  }

  private static SnapshotLeg leg(Row row, OptionContract contract, long nowMillis) {
    Greeks greeks = greeks(row);
    return new SnapshotLeg(
        terms(row, contract),
        row.price("bid"),
        row.price("ask"),
        row.number("bidsize"),
        row.number("asksize"),
        row.price("last"),
        row.number("volume"),
        row.number("open_interest"),
        row.price("greeks.mid_iv"),
        greeks,
        newest(row),
        updatedMillis(row.text("greeks.updated_at"), nowMillis),
        TradierModule.ID,
        "",
        Set.of());
  }

  private static OptionTerms terms(Row row, OptionContract contract) {
    OptionTerms usual = OptionTerms.of(contract);
    double shares = row.number("contract_size");
    return shares > 0 ? OptionTerms.of(contract, usual.style(), shares) : usual;
  }

  /** Returns the greeks; all of them 0 is how none are written. */
  private static Greeks greeks(Row row) {
    Greeks greeks = new Greeks(
        row.number("greeks.delta"),
        row.number("greeks.gamma"),
        row.number("greeks.theta"),
        row.number("greeks.vega"),
        row.number("greeks.rho"));
    boolean allZero = greeks.delta() == 0
        && greeks.gamma() == 0
        && greeks.theta() == 0
        && greeks.vega() == 0
        && greeks.rho() == 0;
    return allZero ? Greeks.NONE : greeks;
  }

  private static long newest(Row row) {
    return Math.max(row.millis("trade_date"), quoted(row));
  }

  /** Returns when bid and offer became what they are, 0 if it is not told. */
  private static long quoted(Row row) {
    return Math.max(row.millis("bid_date"), row.millis("ask_date"));
  }

  /**
   * Returns when greeks were computed, 0 if it is not told. The text names no zone: clients found Greenwich's time in it,
   * examples show New York's. It is read as New York's unless that would be in the future.
   */
  static long updatedMillis(String text, long nowMillis) {
    try {
      LocalDateTime told = LocalDateTime.parse(text, UPDATED);
      long here = told.atZone(NEW_YORK).toInstant().toEpochMilli();
      return here <= nowMillis ? here : told.toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException e) {
      return 0;
    }
  }

  /**
   * Returns the listing that a row tells.
   *
   * @param exchange the field with the exchange's letter
   */
  static Listing listing(Row row, Instrument instrument, String exchange) {
    return new Listing(
        instrument,
        row.text("description"),
        row.text("type"),
        MARKETS.getOrDefault(row.text(exchange), ""));
  }
}
