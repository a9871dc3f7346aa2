package io.candlehub.hub.tape;

import io.candlehub.model.AssetClass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sale conditions that say how much a trade tells about its aggressor, by the provider's ids. Of several conditions
 * the one that leaves least counts; unknown ids and none leave the trade regular.
 *
 * <p>Source: the id tables of CTA, UTP and OPRA as the provider numbers them, with what their texts mean for a
 * comparison with the quote. Immutable, safe on any thread.
 */
public final class TradeStandings {
  /** Options, reported late or out of sequence: 202, 204, 206, 208; proprietary 246, 247. */
  private static final List<Integer> OPTIONS_NO_SIDE = List.of(202, 204, 206, 208, 246, 247);

  /** Options, cancelled: 201, 203, 205, 207. */
  private static final List<Integer> OPTIONS_VOID = List.of(201, 203, 205, 207);

  /** Options: auctions, crosses and floor trades of one leg from 227, of several and with stock to 245. */
  private static final int FIRST_PACKAGE = 227;

  private static final int LAST_PACKAGE = 245;

  /**
   * Stocks: average price 2, bunched sold 5, cash 7, closing prints 8, cross 9, derivatively priced 10, extended hours out
   * of sequence 13, the auctions 17, 18, 19, 25, 28 and 55, next day 20, price variation 21, prior reference price 22,
   * seller 29, sold last 30 and 31, sold out of sequence 32 and 33, corrected close 38, contingent trades 52 and 53.
   */
  private static final List<Integer> STOCKS_NO_SIDE = List.of(
      2, 5, 7, 8, 9, 10, 13, 17, 18, 19, 20, 21, 22, 25, 28, 29, 30, 31, 32, 33, 38, 52, 53, 55);

  /** Stocks: the exchanges' official close and open, 15 and 16, repeat an auction. */
  private static final List<Integer> STOCKS_VOID = List.of(15, 16);

  /** Intermarket sweeps of options: electronic, and in auctions and crosses of one leg. */
  private static final List<Integer> OPTIONS_SWEEPS = List.of(219, 228, 230);

  private final Map<Integer, TradeStanding> byId;

  private TradeStandings(Map<Integer, TradeStanding> byId) {
    this.byId = Map.copyOf(byId);
  }

  /** Returns the table of a kind of instrument; futures and indices have none. */
  public static TradeStandings of(AssetClass assetClass) {
    Map<Integer, TradeStanding> byId = new HashMap<>();
    if (assetClass == AssetClass.OPTION) {
      for (int id = FIRST_PACKAGE; id <= LAST_PACKAGE; id++) {
        byId.put(id, TradeStanding.PACKAGE);
      }
      OPTIONS_NO_SIDE.forEach(id -> byId.put(id, TradeStanding.NO_SIDE));
      OPTIONS_VOID.forEach(id -> byId.put(id, TradeStanding.VOID));
    } else if (assetClass == AssetClass.EQUITY) {
      STOCKS_NO_SIDE.forEach(id -> byId.put(id, TradeStanding.NO_SIDE));
      STOCKS_VOID.forEach(id -> byId.put(id, TradeStanding.VOID));
    }
    return new TradeStandings(byId);
  }

  /** Returns what conditions leave of a trade. */
  public TradeStanding of(List<Integer> conditions) {
    TradeStanding least = TradeStanding.REGULAR;
    for (int i = 0; i < conditions.size(); i++) {
      TradeStanding standing = byId.getOrDefault(conditions.get(i), TradeStanding.REGULAR);
      least = standing.compareTo(least) > 0 ? standing : least;
    }
    return least;
  }

  /** Returns true if an option trade says it was part of an order swept over several exchanges (ISO). */
  static boolean isSweep(Print print) {
    return print.conditions().stream().anyMatch(OPTIONS_SWEEPS::contains);
  }
}
