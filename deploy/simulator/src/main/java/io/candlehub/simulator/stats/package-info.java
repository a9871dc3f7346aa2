/** What clients did to the exchange, counted. */
package io.candlehub.simulator.stats;
