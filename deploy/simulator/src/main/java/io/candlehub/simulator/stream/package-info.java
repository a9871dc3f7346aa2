/**
 * The provider's WebSocket: handshake, subscriptions, and the events of the market at the instant they are due.
 *
 * <p>Everything here is confined to one event loop.
 */
package io.candlehub.simulator.stream;
