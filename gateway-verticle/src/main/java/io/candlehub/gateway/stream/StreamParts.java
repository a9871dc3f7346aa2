package io.candlehub.gateway.stream;

/** What every stream of this gateway is made over. */
record StreamParts(
    HubClient hub,
    Pace pace,
    StreamMeters meters,
    Terms terms,
    Repairs repairs,
    Interruptions interruptions) {}
