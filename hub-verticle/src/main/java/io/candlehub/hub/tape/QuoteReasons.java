package io.candlehub.hub.tape;

import io.candlehub.model.AssetClass;
import io.candlehub.model.MissingReason;
import io.candlehub.model.Quote;
import io.candlehub.model.quality.MissingReasons;
import java.util.List;
import java.util.Map;

/**
 * Says of every value that a quote lacks, and its kind of instrument usually has, why. An index has neither sides nor
 * volume, and only options have open interest.
 */
final class QuoteReasons {
  private static final List<String> SIDES =
      List.of("bid", "bidSize", "ask", "askSize", "mid", "spread");

  private QuoteReasons() {}

  /**
   * Returns the reasons by the field's name in JSON.
   *
   * @param sides why nobody bids or offers
   * @param last why there is no last price
   * @param volume why there is no volume
   */
  static Map<String, MissingReason> of(
      Quote quote, MissingReason sides, MissingReason last, MissingReason volume) {
    AssetClass kind = quote.instrument().assetClass();
    MissingReasons reasons = new MissingReasons()
        .of("last", quote.last(), last)
        .of("prevClose", quote.previousClose(), MissingReason.NOT_PROVIDED);
    if (kind != AssetClass.INDEX) {
      boolean told = sides == MissingReason.NO_QUOTE;
      reasons
          .sides(quote.bid(), quote.bidSize(), quote.ask(), quote.askSize(), told)
          .between("mid", quote.mid())
          .between("spread", quote.spread())
          .of("volume", quote.volume(), volume);
      if (sides == MissingReason.NOT_STREAMED) {
        SIDES.forEach(field -> reasons.of(field, Double.NaN, sides));
      }
    }
    if (kind == AssetClass.OPTION) {
      reasons.of("openInterest", quote.openInterest(), MissingReason.NOT_PROVIDED);
    }
    return reasons.all();
  }
}
