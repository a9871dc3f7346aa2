package io.candlehub.hub;

import io.candlehub.model.Instrument;
import io.candlehub.model.Origin;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where each provider topic stands, whoever demanded it. Confined to the hub's event loop. */
final class TopicBoard {
  private static final List<Channel> CHART = List.of(Channel.MINUTES, Channel.SECONDS);

  private final Map<Topic, TopicStatus> states = new HashMap<>();

  void put(TopicStatus status) {
    if (status.state() == TopicStatus.State.LOST) {
      states.remove(status.topic());
    } else {
      states.put(status.topic(), status);
    }
  }

  /** Returns whose data flow on a topic; empty if it is not subscribed or nobody said. */
  Optional<Origin> origin(Topic topic) {
    return Optional.ofNullable(states.get(topic)).map(TopicStatus::origin).filter(Origin::isKnown);
  }

  /** Forgets everything: only what is told from now on counts. */
  void clear() {
    states.clear();
  }

  /**
   * Returns true if a chart's stream flows: each of its aggregates channels is subscribed or refused and at least one
   * is subscribed, or all are refused and its trades are subscribed.
   */
  boolean isReady(Instrument instrument) {
    if (needsTrades(instrument)) {
      return is(Channel.TRADES, instrument, TopicStatus.State.READY);
    }
    long ready = CHART.stream()
        .filter(channel -> is(channel, instrument, TopicStatus.State.READY))
        .count();
    return ready > 0 && ready + refusedAggregates(instrument) == CHART.size();
  }

  /**
   * Returns true if nobody streams the seconds of an instrument, which tell its last price and volume: then its trades
   * do, which of an index are its values.
   */
  boolean needsPrices(Instrument instrument) {
    return is(Channel.SECONDS, instrument, TopicStatus.State.REFUSED);
  }

  /** Returns true if a channel of an instrument is subscribed. */
  boolean isReady(Channel channel, Instrument instrument) {
    return is(channel, instrument, TopicStatus.State.READY);
  }

  /** Returns true if the provider refused all aggregates of a chart, so that it is built from trades. */
  boolean needsTrades(Instrument instrument) {
    return refusedAggregates(instrument) == CHART.size();
  }

  /** Returns true if the provider refused everything a chart can be built from. */
  boolean isRefused(Instrument instrument) {
    return needsTrades(instrument) && isRefused(Channel.TRADES, instrument);
  }

  /** Returns true if the provider refused a channel of an instrument. */
  boolean isRefused(Channel channel, Instrument instrument) {
    return is(channel, instrument, TopicStatus.State.REFUSED);
  }

  private boolean is(Channel channel, Instrument instrument, TopicStatus.State state) {
    TopicStatus status = states.get(new Topic(channel, instrument));
    return status != null && status.state() == state;
  }

  private long refusedAggregates(Instrument instrument) {
    return CHART.stream().filter(channel -> isRefused(channel, instrument)).count();
  }

  /** Returns the refused channels of a chart. */
  List<String> refused(Instrument instrument) {
    List<String> refused = new ArrayList<>();
    for (Channel channel : List.of(Channel.MINUTES, Channel.SECONDS, Channel.TRADES)) {
      if (is(channel, instrument, TopicStatus.State.REFUSED)) {
        refused.add(channel.wireName());
      }
    }
    return refused;
  }
}
