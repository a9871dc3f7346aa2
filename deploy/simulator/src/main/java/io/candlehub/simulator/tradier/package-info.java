/**
 * The exchange's second provider: the REST service and the streaming session of a broker, over the same market at the same
 * instants, with its collapsed lists, its numbers in texts and its XML.
 *
 * <p>Source: providers.md §2.
 */
package io.candlehub.simulator.tradier;
