/** An internal service as it may be written by anybody: a member of the cluster that consumes a stream. */
package io.candlehub.examples;
