package io.candlehub.ingest.provider.tradier;

import io.candlehub.model.AssetClass;
import io.candlehub.model.IndexRoot;
import io.candlehub.model.Instrument;
import java.util.Optional;

/**
 * This provider's symbols: contracts and indices have no prefix, and a slash stands between a share and its class
 * ({@code BRK/B}). Whether a symbol is a share, a contract or an index only its row tells, and chains and bars have
 * none: a share by the name of an index is not asked for, because the index would answer.
 */
final class TradierSymbols {
  private static final String INDEX_TYPE = "index";
  private static final String OPTION_TYPE = "option";

  private TradierSymbols() {}

  /** Returns the symbol of an instrument, or empty if the provider has none of its kind, or there is no such share. */
  static Optional<String> write(Instrument instrument) {
    return switch (instrument.assetClass()) {
      case EQUITY ->
        IndexRoot.isNamedBy(instrument)
            ? Optional.empty()
            : Optional.of(instrument.symbol().replace('.', '/'));
      case OPTION, INDEX ->
        Optional.of(
            instrument.symbol().substring(instrument.assetClass().prefix().length()));
      case FUTURE -> Optional.empty();
    };
  }

  /**
   * Returns the instrument of a symbol, or empty if it is none.
   *
   * @param type what the provider says that it is
   */
  static Optional<Instrument> read(String symbol, String type) {
    AssetClass assetClass = switch (type) {
      case INDEX_TYPE -> AssetClass.INDEX;
      case OPTION_TYPE -> AssetClass.OPTION;
      default -> AssetClass.EQUITY;
    };
    String canonical = assetClass == AssetClass.EQUITY ? symbol.replace('/', '.') : symbol;
    return canonical.isEmpty()
        ? Optional.empty()
        : Instrument.parse(assetClass.prefix() + canonical)
            .filter(instrument -> instrument.assetClass() == assetClass);
  }
}
