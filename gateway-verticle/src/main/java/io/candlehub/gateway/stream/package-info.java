/**
 * The one seam between the hub and every client protocol: replicas of streams and cursors of clients.
 *
 * <p>Per address with at least one client there is one bus consumer, one replica of what it carries and a set of
 * cursors. A cursor is the position last written to a client; whenever that client can be written it gets one message
 * with all that changed after it, in its newest form. Nothing is queued per client, and clients at the same position
 * share one encoding.
 *
 * <p>Threads: everything here is confined to the event loop of the gateway.
 */
package io.candlehub.gateway.stream;
