package io.candlehub.hub;

import io.candlehub.hub.tape.TopOfBook;
import io.candlehub.model.AssetClass;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.MissingReason;
import io.candlehub.model.Timeframe;
import io.candlehub.model.quality.MissingReasons;
import java.util.Map;

/**
 * Says of every value that a card lacks, and its kind of instrument usually has, why. An index has neither sides nor
 * volume, and only options have open interest.
 */
final class CardReasons {
  private CardReasons() {}

  /** Returns the reasons of a ticker's card by the field's name in JSON. */
  static Map<String, MissingReason> of(MarketSnapshot told) {
    AssetClass kind = told.instrument().assetClass();
    MissingReasons reasons = day(told, "last");
    if (kind != AssetClass.INDEX) {
      TopOfBook book = CardJson.book(told);
      reasons
          .sides(book.bid(), book.bidSize(), book.ask(), book.askSize(), told.tellsSides())
          .of("volume", told.volume(), MissingReason.NOT_PROVIDED);
    }
    if (kind == AssetClass.OPTION) {
      reasons.of("openInterest", told.openInterest(), MissingReason.NOT_PROVIDED);
    }
    return reasons.unsupported(told.unsupported()).all();
  }

  /** Returns the reasons of an index with its bars, which calls its last price its value; of bars by their timeframe. */
  static Map<String, MissingReason> ofIndex(
      MarketSnapshot told, Map<Timeframe, MissingReason> bars) {
    MissingReasons reasons = day(told, "value").unsupported(told.unsupported());
    bars.forEach((timeframe, why) -> reasons.because(timeframe.wireName(), why));
    return reasons.all();
  }

  private static MissingReasons day(MarketSnapshot told, String last) {
    double change = CardJson.change(told);
    return new MissingReasons()
        .of(last, told.last(), MissingReason.NO_TRADE)
        .of("open", told.open(), MissingReason.NOT_PROVIDED)
        .of("high", told.high(), MissingReason.NOT_PROVIDED)
        .of("low", told.low(), MissingReason.NOT_PROVIDED)
        .of("previousClose", told.previousClose(), MissingReason.NOT_PROVIDED)
        .made("change", change, last, "previousClose")
        .made("changePercent", change, last, "previousClose");
  }
}
