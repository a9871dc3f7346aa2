/**
 * Stores that keep settled bars over restarts: one contract, {@link io.candlehub.hub.store.CandleStore}, kept in a local
 * file or in MongoDB.
 *
 * <p>Only raw, unadjusted bars are stored. Everything stored belongs to one market id, so simulated and real bars never
 * mix.
 */
package io.candlehub.hub.store;
