package io.candlehub.hub.tape;

import io.candlehub.model.AssetClass;
import io.candlehub.model.MissingReason;
import io.candlehub.model.Quote;
import io.candlehub.model.quality.MissingReasons;
import java.util.Map;

/**
 * Says of every value that a quote lacks, and its kind of instrument usually has, why. An index has neither sides nor
 * volume, and only options have open interest.
 */
final class QuoteReasons {
  private QuoteReasons() {}

  /**
   * Returns the reasons by the field's name in JSON.
   *
   * @param sidesTold whether anybody told who bids and offers
   * @param lastAsked whether anybody was asked for the last price
   * @param volumeWithheld whether the volume was told, but too long ago
   */
  static Map<String, MissingReason> of(
      Quote quote, boolean sidesTold, boolean lastAsked, boolean volumeWithheld) {
    AssetClass kind = quote.instrument().assetClass();
    MissingReasons reasons = new MissingReasons()
        .of("last", quote.last(), lastAsked ? MissingReason.NO_TRADE : MissingReason.NOT_PROVIDED)
        .of("prevClose", quote.previousClose(), MissingReason.NOT_PROVIDED);
    if (kind != AssetClass.INDEX) {
      reasons
          .sides(quote.bid(), quote.bidSize(), quote.ask(), quote.askSize(), sidesTold)
          .between("mid", quote.mid())
          .between("spread", quote.spread())
          .of(
              "volume",
              quote.volume(),
              volumeWithheld ? MissingReason.NOT_STREAMED : MissingReason.NOT_PROVIDED);
    }
    if (kind == AssetClass.OPTION) {
      reasons.of("openInterest", quote.openInterest(), MissingReason.NOT_PROVIDED);
    }
    return reasons.all();
  }
}
