/**
 * Bars of the past: stitched from store and provider, written behind to the store, adjusted and rolled up on read.
 * Confined to the hub's event loop.
 */
package io.candlehub.hub.history;
