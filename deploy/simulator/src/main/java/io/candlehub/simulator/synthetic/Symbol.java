package io.candlehub.simulator.synthetic;

import io.candlehub.simulator.market.Listing;

/**
 * A symbol with the figures its market is drawn from.
 *
 * @param listing what is publicly known
 * @param priceCents price around which it moves, in cents
 * @param dailyVolume average shares a day
 * @param tape tape of its listing exchange, 1 to 3
 * @param wildness daily movement relative to an average share
 */
record Symbol(Listing listing, long priceCents, long dailyVolume, int tape, double wildness) {
  /** Returns half of the usual spread in cents. */
  long halfSpreadCents() {
    double thin = dailyVolume > 2_000_000 ? 0.5 : dailyVolume > 200_000 ? 1.5 : 6;
    return Math.max(1, Math.round(priceCents * 0.00002 * thin));
  }
}
