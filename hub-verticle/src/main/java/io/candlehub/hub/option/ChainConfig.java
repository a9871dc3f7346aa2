package io.candlehub.hub.option;

import io.candlehub.model.AssetClass;
import io.candlehub.model.IndexRoot;
import io.candlehub.model.Instrument;
import io.candlehub.model.ProviderLimits;
import io.candlehub.model.Setting;
import io.candlehub.model.SettingException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How option chains are valued and how much of them is live.
 *
 * @param windowStrikes strikes above, and strikes below, the one at the money that are live
 * @param mostLive contracts that are live at a time; providers limit them
 * @param rate interest rate, continuous, 0.04 is 4 %
 * @param dividendYield dividend yield of underlyings that {@code dividendYields} does not name, continuous
 * @param dividendYields by the underlying's symbol
 */
public record ChainConfig(
    int windowStrikes,
    int mostLive,
    double rate,
    double dividendYield,
    Map<String, Double> dividendYields) {
  private static final double MOST = 0.5;
  private static final Set<AssetClass> UNDERLYINGS = Set.of(AssetClass.EQUITY, AssetClass.INDEX);
  private static final Setting<Integer> WINDOW_STRIKES = Setting.integer(
      "chain.window-strikes",
      10,
      1,
      100,
      "Strikes above, and strikes below, the one at the money whose options are streamed.");
  private static final Setting<Double> RATE = Setting.number(
      "chain.rate",
      0.04,
      0,
      MOST,
      "Interest rate that greeks are computed with, continuous; 0.04 is 4 %.");
  private static final Setting<Double> DIVIDEND_YIELD = Setting.number(
      "chain.dividend-yield",
      0,
      0,
      MOST,
      "Dividend yield that greeks are computed with, continuous; for underlyings not in chain.dividend-yields.");
  private static final Setting<List<String>> DIVIDEND_YIELDS = Setting.list(
      "chain.dividend-yields",
      "",
      "Dividend yields by underlying, each once as symbol=yield, for example SPY=0.012,I:SPX=0.013.");

  /** The settings that are declared here. */
  public static final List<Setting<?>> SETTINGS =
      List.of(WINDOW_STRIKES, RATE, DIVIDEND_YIELD, DIVIDEND_YIELDS);

  /** Copies the map. */
  public ChainConfig {
    dividendYields = Map.copyOf(dividendYields);
  }

  /**
   * Reads the settings.
   *
   * @throws SettingException if a value is not allowed
   */
  public static ChainConfig from(Map<String, String> values) {
    Map<String, Double> yields = new TreeMap<>();
    for (String item : DIVIDEND_YIELDS.from(values)) {
      int at = item.indexOf('=');
      double yield = at < 1 ? Double.NaN : number(item.substring(at + 1));
      if (!(yield >= 0 && yield <= MOST)) {
        throw refused(item, "symbol=yield, yield from 0 to 0.5");
      }
      String symbol = item.substring(0, at).strip();
      if (!isUnderlying(symbol)) {
        throw refused(item, "the symbol of a share or an index, in capitals, such as SPY or I:SPX");
      }
      if (yields.put(symbol, yield) != null) {
        throw refused(item, symbol + " once only");
      }
    }
    return new ChainConfig(
        WINDOW_STRIKES.from(values),
        ProviderLimits.TOPICS.from(values),
        RATE.from(values),
        DIVIDEND_YIELD.from(values),
        yields);
  }

  private static SettingException refused(String item, String allowed) {
    return new SettingException(DIVIDEND_YIELDS.key(), item, allowed);
  }

  /** Symbols are case-sensitive: a yield of {@code spy} would never be looked up, nor one of a share that is an index. */
  private static boolean isUnderlying(String symbol) {
    return symbol.equals(symbol.toUpperCase(Locale.ROOT))
        && Instrument.parse(symbol)
            .filter(instrument -> UNDERLYINGS.contains(instrument.assetClass()))
            .filter(instrument -> !IndexRoot.isNamedBy(instrument))
            .isPresent();
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Returns the dividend yield of an underlying. */
  public double yieldOf(String underlying) {
    return dividendYields.getOrDefault(underlying, dividendYield);
  }
}
