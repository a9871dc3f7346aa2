/**
 * Provider connections: demand, request budget, single flight and what a provider must offer.
 *
 * <p>Vendors live in packages of their own under {@code provider}; nothing here knows one. All state is confined to the
 * event loop of {@link io.candlehub.ingest.IngestVerticle}.
 */
package io.candlehub.ingest;
