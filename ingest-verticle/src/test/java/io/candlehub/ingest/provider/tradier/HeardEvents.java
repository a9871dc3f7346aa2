package io.candlehub.ingest.provider.tradier;

import io.candlehub.model.Instrument;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes what a message holds of some topics. */
final class HeardEvents implements EventParser.Listener {
  private final StreamTopics topics = new StreamTopics(event -> {});
  private final List<FeedEvent> events = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();

  HeardEvents(String... wanted) {
    topics.want(
        Stream.of(wanted).map(text -> Topic.parse(text).orElseThrow()).collect(Collectors.toSet()));
  }

  @Override
  public Optional<Instrument> instrument(String symbol, String kind) {
    return topics.instrument(symbol, kind);
  }

  @Override
  public void event(FeedEvent event) {
    events.add(event);
  }

  @Override
  public void error(String text) {
    errors.add(text);
  }

  List<FeedEvent> events() {
    return events;
  }

  List<String> errors() {
    return errors;
  }
}
