package io.candlehub.hub.candle;

import io.candlehub.model.AssetClass;
import io.candlehub.model.SessionPhase;
import io.candlehub.model.TradingCalendar;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What a trade may do to a bar, by the sale conditions it carries: set high and low, set open and close, count in the
 * volume.
 *
 * <p>A trade may do what every one of its conditions allows. A condition without a rule does not count, so neutral and
 * unknown ids restrict nothing, and neither does the absence of conditions. Extended-hours prints of stocks
 * ({@value #FORM_T} and {@value #FORM_T_OUT_OF_SEQUENCE}, Form T) set prices outside the regular session unless another
 * condition forbids it; in the regular session they follow their rule. On early-close days the regular session ends
 * early.
 *
 * <p>The documented rules stand in until the provider's own table is read ({@code /v3/reference/conditions}, consolidated
 * {@code update_rules}). Source for stocks: that table and the provider's article "Trade eligibility"; the SIPs'
 * "may set open and close only as the first trade" (5, 10, 17, 22, 32, 33) is read as never. Source for options: the
 * minute rules published for OPRA, as the provider states none. Immutable, safe on any thread.
 */
public final class SaleConditions {
  /** A trade may set high and low. */
  static final int HIGH_LOW = 1;

  /** A trade may set open and close. */
  static final int OPEN_CLOSE = 2;

  /** A trade counts in the volume. */
  static final int VOLUME = 4;

  private static final int ALL = HIGH_LOW | OPEN_CLOSE | VOLUME;
  private static final int FORM_T = 12;
  private static final int FORM_T_OUT_OF_SEQUENCE = 13;
  private static final int MOST_ID = 65_535;

  private final byte[] allowedById;
  private final boolean extendedHoursPrints;

  /**
   * One row of a provider's table.
   *
   * @param id the condition, 0 to 65,535
   * @param highLow true if it allows to set high and low
   * @param openClose true if it allows to set open and close
   * @param volume true if it allows to count in the volume
   */
  public record Rule(int id, boolean highLow, boolean openClose, boolean volume) {
    /** Checks the id. */
    public Rule {
      if (id < 0 || id > MOST_ID) {
        throw new IllegalArgumentException("condition " + id + " must be 0 to " + MOST_ID);
      }
    }

    private int allowed() {
      return (highLow ? HIGH_LOW : 0) | (openClose ? OPEN_CLOSE : 0) | (volume ? VOLUME : 0);
    }
  }

  private SaleConditions(AssetClass assetClass, Collection<Rule> rules) {
    extendedHoursPrints = assetClass == AssetClass.EQUITY;
    allowedById = new byte[rules.stream().mapToInt(Rule::id).max().orElse(0) + 1];
    Arrays.fill(allowedById, (byte) ALL);
    for (Rule rule : rules) {
      allowedById[rule.id()] &= (byte) rule.allowed();
    }
  }

  /**
   * Returns the conditions of a provider's table. Rows without rules are to be left out; of two rows with one id both
   * restrict.
   */
  public static SaleConditions of(AssetClass assetClass, Collection<Rule> rules) {
    return new SaleConditions(assetClass, rules);
  }

  /** Returns the documented conditions; for futures and indices none restricts. */
  public static SaleConditions documented(AssetClass assetClass) {
    return switch (assetClass) {
      case EQUITY -> of(assetClass, DocumentedRules.STOCKS);
      case OPTION -> of(assetClass, DocumentedRules.OPTIONS);
      case INDEX, FUTURE -> of(assetClass, List.of());
    };
  }

  /** Returns what a trade may do, as a sum of {@link #HIGH_LOW}, {@link #OPEN_CLOSE} and {@link #VOLUME}. */
  int allowed(List<Integer> ids, boolean regularSession) {
    int allowed = ALL;
    for (int i = 0; i < ids.size(); i++) {
      int id = ids.get(i);
      if (id >= 0 && id < allowedById.length) {
        allowed &=
            allowedById[id] | (isExtendedHoursPrint(id) && !regularSession ? ALL ^ VOLUME : 0);
      }
    }
    return allowed;
  }

  /** Returns true if a trade of an instant may set the last price. */
  public boolean setsLast(List<Integer> ids, long epochMillis) {
    return (allowed(ids, isRegularSession(epochMillis)) & OPEN_CLOSE) != 0;
  }

  /** Returns true if a trade counts in the volume. */
  public boolean countsInVolume(List<Integer> ids) {
    return (allowed(ids, true) & VOLUME) != 0;
  }

  private boolean isExtendedHoursPrint(int id) {
    return extendedHoursPrints && (id == FORM_T || id == FORM_T_OUT_OF_SEQUENCE);
  }

  /** Returns true if an instant lies in the regular session of the US stock exchanges. */
  static boolean isRegularSession(long epochMillis) {
    return TradingCalendar.nyse().phaseAt(epochMillis) == SessionPhase.OPEN;
  }
}
