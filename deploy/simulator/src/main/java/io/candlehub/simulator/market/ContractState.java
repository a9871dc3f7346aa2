package io.candlehub.simulator.market;

import io.candlehub.simulator.option.Contract;
import io.candlehub.simulator.option.Valuation;

/**
 * What is known of an option contract at an instant.
 *
 * @param contract the contract
 * @param quote its last quote; without rows if there was none in the session
 * @param trade its last trade; without rows if there was none in the session
 * @param session the session so far as one bar; without rows if nothing traded
 * @param previousClose last price of the session before, NaN if unknown
 * @param openInterest contracts open, negative if unknown
 * @param valuation what the quote was made from, unknown where nothing is
 */
public record ContractState(
    Contract contract,
    Quotes quote,
    Trades trade,
    Bars session,
    double previousClose,
    long openInterest,
    Valuation valuation) {
  /** Returns the middle of bid and offer in dollars, NaN unless both sides are there. */
  public double midpoint() {
    if (quote.size() == 0 || quote.bid(0).price() <= 0 || quote.ask(0).price() <= 0) {
      return Double.NaN;
    }
    return JsonText.round6((quote.bid(0).price() + quote.ask(0).price()) / 2);
  }
}
