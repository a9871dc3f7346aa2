/**
 * Recorded days: the provider's flat files, found by their layout and read by their headers, one day at a time.
 *
 * <p>Reading blocks and is done on worker threads only. Source: the provider's flat-file documentation.
 */
package io.candlehub.simulator.replay;
