/**
 * The event-bus bridge for browsers and scripts (contract §5): the standard bridge protocol over SockJS and raw
 * WebSockets, served from the same replicas and cursors as every other client.
 *
 * <p>Threads: confined to the event loop of the gateway.
 *
 * <p>Source: Vert.x event bus bridge, "The event bus bridge protocol"; SockJS protocol 0.3.3.
 */
package io.candlehub.gateway.sockjs;
