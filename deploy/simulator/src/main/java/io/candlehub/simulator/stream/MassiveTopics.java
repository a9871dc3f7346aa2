package io.candlehub.simulator.stream;

import java.util.Optional;

/** Makes the events of topics as the WebSocket specification has them. Confined to one event loop. */
final class MassiveTopics implements EventPump.Topics {
  private final EventJson json = new EventJson();

  @Override
  public Optional<TopicStream> make(Topic topic, long delayMillis) {
    return switch (topic.channel()) {
      case "A" -> Optional.of(new AggregateStream(topic, delayMillis, json));
      case "AM" -> Optional.of(new MinuteStream(topic, delayMillis, json));
      case "T" -> Optional.of(new TradeStream(topic, delayMillis, json));
      case "Q" -> Optional.of(new QuoteStream(topic, delayMillis, json));
      case "LULD" -> Optional.of(new BandStream(topic, delayMillis, json));
      case "V" -> Optional.of(new ValueStream(topic, delayMillis, json));
      default -> Optional.empty();
    };
  }
}
