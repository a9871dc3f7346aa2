package io.candlehub.hub.tape;

import io.candlehub.model.Setting;
import java.util.List;
import java.util.Map;

/**
 * What makes option trades unusual.
 *
 * @param premium dollars from which one trade is told
 * @param blockSize contracts from which one trade is a block, if its premium suffices too
 * @param blockPremium dollars from which a trade of that size is a block
 * @param sweepMillis longest time from the first trade of a sweep to its last
 * @param sweepExchanges fewest exchanges of a sweep; one more if no trade of it is marked as a sweep
 * @param sweepPremium dollars from which a sweep is told
 * @param volumeOverInterest the day's volume by open interest from which a contract is told, and again at each doubling
 * @param volumeAtLeast contracts that must have traded for that
 */
public record FlowRules(
    double premium,
    double blockSize,
    double blockPremium,
    long sweepMillis,
    int sweepExchanges,
    double sweepPremium,
    double volumeOverInterest,
    double volumeAtLeast) {
  private static final double MOST_DOLLARS = 1e9;
  private static final double MOST_CONTRACTS = 1e6;

  private static final Setting<Double> PREMIUM = Setting.number(
      "flow.premium",
      100_000,
      1,
      MOST_DOLLARS,
      "Dollars from which a single option trade is told as unusual.");
  private static final Setting<Double> BLOCK_SIZE = Setting.number(
      "flow.block-size",
      500,
      1,
      MOST_CONTRACTS,
      "Contracts from which a single option trade is a block, if its premium suffices too.");
  private static final Setting<Double> BLOCK_PREMIUM = Setting.number(
      "flow.block-premium",
      50_000,
      0,
      MOST_DOLLARS,
      "Dollars from which an option trade of block size is told as a block.");
  private static final Setting<Integer> SWEEP_MILLIS = Setting.integer(
      "flow.sweep-millis",
      500,
      1,
      60_000,
      "Longest time from the first trade of an option sweep to its last, in milliseconds.");
  private static final Setting<Integer> SWEEP_EXCHANGES = Setting.integer(
      "flow.sweep-exchanges",
      2,
      2,
      20,
      "Fewest exchanges of an option sweep; one more if none of its trades is marked as a sweep.");
  private static final Setting<Double> SWEEP_PREMIUM = Setting.number(
      "flow.sweep-premium", 25_000, 0, MOST_DOLLARS, "Dollars from which an option sweep is told.");
  private static final Setting<Double> VOLUME_OVER_INTEREST = Setting.number(
      "flow.volume-over-interest",
      1,
      0.1,
      1_000,
      "The day's volume by open interest from which a contract is told, again at each doubling.");
  private static final Setting<Integer> VOLUME_AT_LEAST = Setting.integer(
      "flow.volume-at-least",
      500,
      1,
      1_000_000,
      "Contracts that must have traded before volume is compared with open interest.");

  /** The settings of unusual flow. */
  public static final List<Setting<?>> SETTINGS = List.of(
      PREMIUM,
      BLOCK_SIZE,
      BLOCK_PREMIUM,
      SWEEP_MILLIS,
      SWEEP_EXCHANGES,
      SWEEP_PREMIUM,
      VOLUME_OVER_INTEREST,
      VOLUME_AT_LEAST);

  /**
   * Reads the rules.
   *
   * @throws io.candlehub.model.SettingException if a value is not allowed
   */
  public static FlowRules from(Map<String, String> values) {
    return new FlowRules(
        PREMIUM.from(values),
        BLOCK_SIZE.from(values),
        BLOCK_PREMIUM.from(values),
        SWEEP_MILLIS.from(values),
        SWEEP_EXCHANGES.from(values),
        SWEEP_PREMIUM.from(values),
        VOLUME_OVER_INTEREST.from(values),
        VOLUME_AT_LEAST.from(values));
  }
}
