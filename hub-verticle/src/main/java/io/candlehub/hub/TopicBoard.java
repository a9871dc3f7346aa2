package io.candlehub.hub;

import io.candlehub.model.Instrument;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where each provider topic stands, whoever demanded it. Confined to the hub's event loop. */
final class TopicBoard {
  private static final List<Channel> CHART = List.of(Channel.MINUTES, Channel.SECONDS);

  private final Map<Topic, TopicStatus.State> states = new HashMap<>();

  void put(TopicStatus status) {
    if (status.state() == TopicStatus.State.LOST) {
      states.remove(status.topic());
    } else {
      states.put(status.topic(), status.state());
    }
  }

  /** Returns true if each topic of a chart is subscribed or refused, and at least one is subscribed. */
  boolean isReady(Instrument instrument) {
    return count(instrument, TopicStatus.State.READY) > 0
        && count(instrument, TopicStatus.State.READY) + refused(instrument).size() == CHART.size();
  }

  /** Returns true if the provider refused all topics of a chart. */
  boolean isRefused(Instrument instrument) {
    return refused(instrument).size() == CHART.size();
  }

  private long count(Instrument instrument, TopicStatus.State state) {
    return CHART.stream()
        .filter(channel -> states.get(new Topic(channel, instrument)) == state)
        .count();
  }

  /** Returns the refused channels of a chart. */
  List<String> refused(Instrument instrument) {
    List<String> refused = new ArrayList<>();
    for (Channel channel : CHART) {
      if (states.get(new Topic(channel, instrument)) == TopicStatus.State.REFUSED) {
        refused.add(channel.wireName());
      }
    }
    return refused;
  }
}
