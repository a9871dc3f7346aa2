/**
 * The provider Massive (formerly Polygon.io): its stocks WebSocket, its REST interface and their wire formats.
 *
 * <p>The entry point is {@link io.candlehub.ingest.provider.massive.MassiveModule}. Sources of the wire's rules: the
 * provider's WebSocket specification and OpenAPI document, named where they matter.
 */
package io.candlehub.ingest.provider.massive;
