package io.candlehub.ingest.provider.tradier;

import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The topics of one connection and what became of them.
 *
 * <p>A request replaces all symbols and all kinds of events, and the provider acknowledges nothing. So a topic is ready
 * when its data arrive or when the grace time of its request passes in silence, and refused when the provider says that
 * its symbol is not valid; such a symbol is not asked for again as long as it is wanted. Kinds apply to all symbols:
 * what comes of a kind that is not wanted of a symbol has no topic here. Confined to one event loop.
 */
final class StreamTopics {
  private final Map<Topic, TopicStatus.State> held = new LinkedHashMap<>();
  private final Map<String, Map<Channel, Topic>> bySymbol = new HashMap<>();
  private final Consumer<FeedEvent> events;

  /**
   * Creates an empty book.
   *
   * @param events takes what becomes of topics
   */
  StreamTopics(Consumer<FeedEvent> events) {
    this.events = events;
  }

  /**
   * Sets the complete set, the most important first.
   *
   * @return the topics that are new
   */
  Set<Topic> want(Set<Topic> wanted) {
    List<Topic> gone =
        held.keySet().stream().filter(topic -> !wanted.contains(topic)).toList();
    gone.forEach(topic -> {
      held.remove(topic);
      events.accept(new TopicStatus(topic, TopicStatus.State.LOST));
    });
    Set<Topic> fresh = new LinkedHashSet<>();
    for (Topic topic : wanted) {
      TopicStatus.State known = held.remove(topic);
      held.put(topic, known == null ? TopicStatus.State.LOST : known);
      if (known == null) {
        fresh.add(topic);
      }
    }
    bySymbol.clear();
    held.keySet()
        .forEach(topic -> bySymbol
            .computeIfAbsent(symbol(topic.instrument()), absent -> new EnumMap<>(Channel.class))
            .put(topic.channel(), topic));
    return fresh;
  }

  /** Returns the symbols to be asked for, the most important first. */
  Set<String> symbols() {
    Set<String> symbols = new LinkedHashSet<>();
    held.forEach((topic, state) -> {
      if (state != TopicStatus.State.REFUSED) {
        symbols.add(symbol(topic.instrument()));
      }
    });
    return symbols;
  }

  /** Returns the kinds of events to be asked for. */
  Set<String> kinds() {
    Set<String> kinds = new TreeSet<>();
    held.keySet().forEach(topic -> kinds.add(kind(topic)));
    return kinds;
  }

  /** Returns the kind that carries a topic: of trades the one that tells numbers and cancellations, of indices values. */
  private static String kind(Topic topic) {
    if (topic.channel() == Channel.QUOTES) {
      return EventParser.QUOTE;
    }
    return topic.instrument().assetClass() == AssetClass.INDEX
        ? EventParser.TRADE
        : EventParser.TIME_SALE;
  }

  /** Returns the instrument of an event if that kind of event is wanted of it. */
  Optional<Instrument> instrument(String symbol, String kind) {
    return bySymbol.getOrDefault(symbol, Map.of()).values().stream()
        .filter(topic -> kind(topic).equals(kind) && held.get(topic) != TopicStatus.State.REFUSED)
        .map(Topic::instrument)
        .findFirst();
  }

  /** Takes the arrival of data. */
  void arrived(Topic topic) {
    if (held.get(topic) == TopicStatus.State.LOST) {
      settle(topic, TopicStatus.State.READY);
    }
  }

  /**
   * Takes that a symbol is not valid.
   *
   * @return true if it was asked for
   */
  boolean refused(String symbol) {
    List<Topic> topics = bySymbol.getOrDefault(symbol, Map.of()).values().stream()
        .filter(topic -> held.get(topic) != TopicStatus.State.REFUSED)
        .toList();
    topics.forEach(topic -> settle(topic, TopicStatus.State.REFUSED));
    return !topics.isEmpty();
  }

  /** Ends the grace time of topics that were asked for together. */
  void graceOver(Set<Topic> asked) {
    asked.forEach(this::arrived);
  }

  /** Makes a topic wait again; it is asked for anew. */
  void renew(Topic topic) {
    if (held.get(topic) == TopicStatus.State.READY) {
      settle(topic, TopicStatus.State.LOST);
    }
  }

  /** Ends the connection: every topic not refused is lost. */
  void lost() {
    held.forEach((topic, state) -> {
      if (state != TopicStatus.State.REFUSED) {
        events.accept(new TopicStatus(topic, TopicStatus.State.LOST));
      }
    });
    held.clear();
    bySymbol.clear();
  }

  /** Returns true if at least one topic found its fate, or there is none. */
  boolean isSettled() {
    return held.isEmpty()
        || held.values().stream().anyMatch(state -> state != TopicStatus.State.LOST);
  }

  private static String symbol(Instrument instrument) {
    return TradierSymbols.write(instrument).orElseThrow();
  }

  private void settle(Topic topic, TopicStatus.State state) {
    held.put(topic, state);
    events.accept(new TopicStatus(topic, state));
  }
}
