package io.candlehub.gateway.udf;

import io.candlehub.model.Instrument;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The smallest step of a price, which is {@code minmov / pricescale}.
 *
 * <p>Sources: Rule 612 of Regulation NMS for shares, the exchange's contract specifications for futures. A future that is
 * not listed here shows six digits, so that no price is rounded.
 *
 * @param minmov the step in units of the last digit
 * @param pricescale ten to the number of digits
 */
record PriceStep(int minmov, int pricescale) {
  private static final PriceStep CENT = new PriceStep(1, 100);
  private static final PriceStep EXACT = new PriceStep(1, 1_000_000);
  private static final String SHARES = "0.0001 1 0.01";
  private static final Pattern CONTRACT = Pattern.compile("(.+?)[FGHJKMNQUVXZ]\\d{1,2}");
  private static final Map<String, PriceStep> FUTURES = futures();

  private static Map<String, PriceStep> futures() {
    Map<String, PriceStep> steps = new HashMap<>();
    put(steps, new PriceStep(25, 100), "ES", "NQ", "MES", "MNQ");
    put(steps, new PriceStep(1, 10), "RTY", "M2K", "GC", "MGC");
    put(steps, new PriceStep(1, 1), "YM", "MYM");
    put(steps, new PriceStep(5, 1_000), "SI", "SIL");
    put(steps, new PriceStep(5, 10_000), "HG", "MHG");
    put(steps, CENT, "CL", "MCL", "BZ");
    put(steps, new PriceStep(25, 1_000), "QM");
    put(steps, new PriceStep(1, 1_000), "NG");
    put(steps, new PriceStep(1, 10_000), "RB", "HO");
    return Map.copyOf(steps);
  }

  private static void put(Map<String, PriceStep> steps, PriceStep step, String... roots) {
    List.of(roots).forEach(root -> steps.put(root, step));
  }

  /** Adds the fields that tell an instrument's step. */
  static void describe(Instrument instrument, JsonObject info) {
    PriceStep step = of(instrument);
    info.put("minmov", step.minmov).put("pricescale", step.pricescale);
    changing(instrument).ifPresent(rule -> info.put("variable_tick_size", rule));
  }

  private static PriceStep of(Instrument instrument) {
    return switch (instrument.assetClass()) {
      case EQUITY, OPTION, INDEX -> CENT;
      case FUTURE -> FUTURES.getOrDefault(root(instrument), EXACT);
    };
  }

  /** Shares below a dollar move in hundredths of a cent. */
  private static Optional<String> changing(Instrument instrument) {
    return switch (instrument.assetClass()) {
      case EQUITY -> Optional.of(SHARES);
      case OPTION, INDEX, FUTURE -> Optional.empty();
    };
  }

  private static String root(Instrument instrument) {
    String bare = instrument.symbol().substring(instrument.assetClass().prefix().length());
    Matcher contract = CONTRACT.matcher(bare);
    return contract.matches() ? contract.group(1) : bare;
  }
}
