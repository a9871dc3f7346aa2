/**
 * The Socket.IO application (contract §4): charts, quotes and the market's status for browsers.
 *
 * <p>Threads: confined to the event loop of the gateway, on which its connections live.
 */
package io.candlehub.gateway.live;
