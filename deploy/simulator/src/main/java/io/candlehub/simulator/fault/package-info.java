/** Faults the exchange commits when it is told to, so that clients can be tested against them. */
package io.candlehub.simulator.fault;
