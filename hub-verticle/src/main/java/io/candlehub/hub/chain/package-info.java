/**
 * Option chains as the hub serves them: asked for from ingest, kept for a while, shown from the store after a restart,
 * and live around the money while somebody looks. {@link io.candlehub.hub.option} knows what the values mean.
 */
package io.candlehub.hub.chain;
