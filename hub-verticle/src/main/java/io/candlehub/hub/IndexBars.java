package io.candlehub.hub;

import io.candlehub.model.Bar;
import io.candlehub.model.MissingReason;
import io.candlehub.model.Timeframe;
import java.util.List;
import java.util.Map;

/**
 * The last bars of an index.
 *
 * @param bars by timeframe, oldest first
 * @param missing why there are none of a timeframe
 */
record IndexBars(Map<Timeframe, List<Bar>> bars, Map<Timeframe, MissingReason> missing) {}
