package io.candlehub.simulator.tradier;

import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.stream.EventPump;
import io.candlehub.simulator.stream.Topic;
import io.candlehub.simulator.stream.TopicStream;
import java.util.Optional;

/** Makes the events of the streaming session. Confined to one event loop. */
final class TradierTopics implements EventPump.Topics {
  private final MarketView view;

  TradierTopics(MarketView view) {
    this.view = view;
  }

  @Override
  public Optional<TopicStream> make(Topic topic, long delayMillis) {
    return switch (topic.channel()) {
      case "quote" -> Optional.of(new QuoteEvents(topic));
      case "trade", "tradex", "timesale" -> Optional.of(new TradeEvents(topic));
      case "summary" -> Optional.of(new SummaryEvents(topic, view));
      default -> Optional.empty();
    };
  }
}
