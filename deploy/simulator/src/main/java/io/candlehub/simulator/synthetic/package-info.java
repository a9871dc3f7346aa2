/**
 * An invented market: a pure function of seed, symbol and date, coherent from days down to single trades.
 *
 * <p>Days are drawn first; minutes divide a day and seconds divide a minute so that open, high, low, close and volume add
 * up exactly. Nothing is stored that cannot be computed again.
 */
package io.candlehub.simulator.synthetic;
