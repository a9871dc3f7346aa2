/**
 * What several readers look at together: the consolidated snapshot of all live values, and watchlists by REST.
 *
 * <p>Pure logic: no Vert.x, no clock of its own; delays go through an injected scheduler. Everything is confined to one
 * event loop.
 */
package io.candlehub.gateway.watch;
