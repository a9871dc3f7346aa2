package io.candlehub.hub.candle;

import io.candlehub.hub.candle.SaleConditions.Rule;
import java.util.ArrayList;
import java.util.List;

/** The documented sale conditions that restrict what a trade may do; see {@link SaleConditions} for their sources. */
final class DocumentedRules {
  /**
   * Of stocks. Bunched sold (5), derivatively priced (10), market-center opening trade (17), prior reference price (22)
   * and sold out of sequence (32, 33) set high and low only. Average price (2), cash (7), Form T (12, 13), next day (20),
   * price variation (21), seller (29), odd lot (37) and contingent trades (52, 53) only count. The exchanges' official
   * close and open (15, 16) repeat an auction. A corrected close (38) sets prices without counting again.
   */
  static final List<Rule> STOCKS;

  /** Of options: cancelled and late prints (201 to 207) do nothing, proprietary ones (246, 247) only count. */
  static final List<Rule> OPTIONS;

  static {
    List<Rule> stocks = new ArrayList<>();
    add(stocks, true, false, true, 5, 10, 17, 22, 32, 33);
    add(stocks, false, false, true, 2, 7, 12, 13, 20, 21, 29, 37, 52, 53);
    add(stocks, false, false, false, 15, 16);
    add(stocks, true, true, false, 38);
    STOCKS = List.copyOf(stocks);
    List<Rule> options = new ArrayList<>();
    add(options, false, false, false, 201, 202, 203, 204, 205, 206, 207);
    add(options, false, false, true, 246, 247);
    OPTIONS = List.copyOf(options);
  }

  private DocumentedRules() {}

  private static void add(
      List<Rule> rules, boolean highLow, boolean openClose, boolean volume, int... ids) {
    for (int id : ids) {
      rules.add(new Rule(id, highLow, openClose, volume));
    }
  }
}
