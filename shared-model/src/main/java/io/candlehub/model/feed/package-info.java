/** What ingest tells the hub: market events and the feed's own state, normalised and without vendor words. */
package io.candlehub.model.feed;
