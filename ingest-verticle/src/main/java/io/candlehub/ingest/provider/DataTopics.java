package io.candlehub.ingest.provider;

import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.HaltEvent;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TradeEvent;
import java.util.Optional;

/** Tells to which topic a market event belongs. */
public final class DataTopics {
  private DataTopics() {}

  /** Returns the topic of an event, empty if it is no market data. */
  public static Optional<Topic> of(FeedEvent event) {
    if (event instanceof AggregateEvent aggregate) {
      Channel channel =
          aggregate.span() == AggregateEvent.Span.SECOND ? Channel.SECONDS : Channel.MINUTES;
      return Optional.of(new Topic(channel, aggregate.instrument()));
    }
    if (event instanceof QuoteEvent quote) {
      return Optional.of(new Topic(Channel.QUOTES, quote.instrument()));
    }
    if (event instanceof TradeEvent trade) {
      return Optional.of(new Topic(Channel.TRADES, trade.instrument()));
    }
    return event instanceof HaltEvent halt
        ? Optional.of(new Topic(Channel.HALTS, halt.instrument()))
        : Optional.empty();
  }
}
