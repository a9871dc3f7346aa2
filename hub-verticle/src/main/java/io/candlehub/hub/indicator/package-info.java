/**
 * Indicators of our own bars: moving averages, RSI, MACD, Bollinger bands and the session's VWAP, kept up to date while
 * bars change, are revised or come late (docs/decisions/0025-indicators.md).
 *
 * <p>Pure logic: no Vert.x, no timers, no clock. Everything is confined to the hub's event loop.
 */
package io.candlehub.hub.indicator;
