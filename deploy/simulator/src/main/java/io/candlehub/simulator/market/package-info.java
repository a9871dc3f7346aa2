/**
 * What a market is to the exchange: one symbol's day as it was published, and what of it is known at an instant.
 *
 * <p>Everything here is in market time and knows nothing of sockets; a market is a value that two readers see alike.
 */
package io.candlehub.simulator.market;
