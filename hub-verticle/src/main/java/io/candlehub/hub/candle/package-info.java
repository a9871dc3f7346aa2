/**
 * The candle state machine: what the feed and the provider's history say about one instrument becomes minute bars,
 * stretches without bars and roll-ups that say what they are (architecture §5).
 *
 * <p>Pure logic: no Vert.x, no timers, no clock of its own. Everything is confined to the hub's event loop.
 */
package io.candlehub.hub.candle;
