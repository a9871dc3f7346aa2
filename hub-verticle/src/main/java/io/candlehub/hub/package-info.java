/**
 * The hub: owns the candles, decides what is wanted from the feed, and serves charts, quotes, history and status on
 * the event bus (architecture §§2-7).
 *
 * <p>One verticle instance owns all symbols; its state is confined to its event loop.
 */
package io.candlehub.hub;
