package io.candlehub.simulator.rest;

import io.candlehub.simulator.market.Bars;

/**
 * Bars found.
 *
 * @param bars the windows, ascending
 * @param baseCount base bars they were made of
 * @param isCut true if there are more
 * @param nextMillis where to go on: the next window's start, or, descending, the last instant still wanted
 */
public record AggsResult(Bars bars, int baseCount, boolean isCut, long nextMillis) {}
