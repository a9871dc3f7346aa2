/**
 * Trades and quotes as they come: who was the aggressor of a trade, the last trades for readers, the last best bid and
 * offer, and trades in options that are out of the ordinary.
 *
 * <p>Pure logic: no Vert.x, no timers, no clock of its own. Everything is confined to the hub's event loop.
 */
package io.candlehub.hub.tape;
