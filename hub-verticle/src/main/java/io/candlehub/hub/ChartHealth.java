package io.candlehub.hub;

import io.candlehub.model.Health;
import io.candlehub.model.Origin;

/**
 * How good a chart is.
 *
 * @param health the verdict as clients get it
 * @param standIn who told its bars in place of the first provider, if the verdict is so for that; else unknown
 */
record ChartHealth(Health health, Origin standIn) {}
