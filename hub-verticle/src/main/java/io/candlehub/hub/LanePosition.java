package io.candlehub.hub;

/**
 * How far a shard's state has come with a feed.
 *
 * @param provider whose feed
 * @param ingestTerm term of the numbers
 * @param appliedSeq every event below it is in the state
 * @param rebuildSeq number of the first event received in the minute before the last, from which on minutes in progress
 *     can be built again
 * @param rebuildMillis market time at which that minute began
 * @param receivedMillis wall time at which ingest received the last event, -1 if there was none
 */
record LanePosition(
    String provider,
    long ingestTerm,
    long appliedSeq,
    long rebuildSeq,
    long rebuildMillis,
    long receivedMillis) {}
