/**
 * Several provider accounts as one: asks the first and, where it fails, is empty or not to be trusted, the next, and says
 * so; moves streams while a connection is down.
 */
package io.candlehub.ingest.hybrid;
