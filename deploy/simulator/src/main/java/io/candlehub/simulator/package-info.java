/**
 * The local exchange: speaks the provider's REST and WebSocket so that a real client cannot tell, on an invented market or
 * on recorded days, on one market clock of its own.
 *
 * <p>It shares no parser and no mapper with the clients it serves.
 */
package io.candlehub.simulator;
