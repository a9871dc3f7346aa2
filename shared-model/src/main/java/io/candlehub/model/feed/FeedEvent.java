package io.candlehub.model.feed;

/** One thing a feed says. The set is closed: a consumer handles every kind. */
public sealed interface FeedEvent
    permits AggregateEvent, QuoteEvent, TradeEvent, HaltEvent, FeedStatus, TopicStatus {}
