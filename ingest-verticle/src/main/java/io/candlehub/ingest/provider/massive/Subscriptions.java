package io.candlehub.ingest.provider.massive;

import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The topics of one connection and what became of them.
 *
 * <p>The provider answers a request with one acknowledgement per accepted topic, but says nothing about an unknown
 * channel or a topic already held, and {@code not authorized} names no topic and comes before the acknowledgements of
 * the same request (observed on the wire). So a topic is ready when it is acknowledged, when its data arrive, or when
 * the grace time of its request passes in silence; if a refusal came within that time, the topics then still open are
 * the refused ones, and a channel of which none was ever accepted is missing from the plan. Confined to one event loop.
 */
final class Subscriptions {
  private final Map<Topic, TopicStatus.State> held = new LinkedHashMap<>();
  private final Set<Topic> pending = new LinkedHashSet<>();
  private final Set<Channel> missing = EnumSet.noneOf(Channel.class);
  private final Set<Channel> accepted = EnumSet.noneOf(Channel.class);
  private final List<Request> open = new ArrayList<>();
  private final Consumer<FeedEvent> events;

  /** Topics asked for together, waiting for their acknowledgements. */
  static final class Request {
    private final List<Topic> subscribe;
    private final List<Topic> unsubscribe;
    private boolean refusalSeen;

    private Request(List<Topic> subscribe, List<Topic> unsubscribe) {
      this.subscribe = subscribe;
      this.unsubscribe = unsubscribe;
    }

    List<Topic> subscribe() {
      return subscribe;
    }

    List<Topic> unsubscribe() {
      return unsubscribe;
    }
  }

  /**
   * Creates an empty book.
   *
   * @param events takes what becomes of topics
   */
  Subscriptions(Consumer<FeedEvent> events) {
    this.events = events;
  }

  /** Sets the complete set and returns what must be asked of the provider. */
  Request want(Set<Topic> wanted) {
    List<Topic> gone =
        held.keySet().stream().filter(topic -> !wanted.contains(topic)).toList();
    List<Topic> unsubscribe = gone.stream()
        .filter(topic -> held.get(topic) != TopicStatus.State.REFUSED)
        .toList();
    gone.forEach(topic -> {
      held.remove(topic);
      pending.remove(topic);
    });
    unsubscribe.forEach(topic -> events.accept(new TopicStatus(topic, TopicStatus.State.LOST)));
    List<Topic> subscribe = new ArrayList<>();
    for (Topic topic : wanted) {
      if (held.containsKey(topic) || pending.contains(topic)) {
        continue;
      }
      if (missing.contains(topic.channel())) {
        settle(topic, TopicStatus.State.REFUSED);
      } else {
        subscribe.add(topic);
        pending.add(topic);
        held.put(topic, TopicStatus.State.LOST);
      }
    }
    Request request = new Request(List.copyOf(subscribe), unsubscribe);
    if (!subscribe.isEmpty()) {
      open.add(request);
    }
    return request;
  }

  /** Takes an acknowledgement. */
  void acknowledged(Topic topic) {
    accepted.add(topic.channel());
    missing.remove(topic.channel());
    if (held.containsKey(topic) && held.get(topic) != TopicStatus.State.READY) {
      settle(topic, TopicStatus.State.READY);
    }
  }

  /** Takes a refusal that names no topic. */
  void refused() {
    open.forEach(request -> request.refusalSeen = true);
  }

  /** Ends the grace time of a request. */
  void graceOver(Request request) {
    open.remove(request);
    List<Topic> silent = request.subscribe.stream().filter(pending::contains).toList();
    for (Topic topic : silent) {
      if (request.refusalSeen && !accepted.contains(topic.channel())) {
        missing.add(topic.channel());
      }
      settle(topic, request.refusalSeen ? TopicStatus.State.REFUSED : TopicStatus.State.READY);
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
    pending.clear();
    open.clear();
  }

  /** Returns true while a topic waits for its acknowledgement. */
  boolean isPending() {
    return !pending.isEmpty();
  }

  /** Returns the channels that the provider refused as a whole. */
  Set<Channel> missing() {
    return missing;
  }

  /** Returns the topics whose data may arrive. */
  List<Topic> ready() {
    return held.entrySet().stream()
        .filter(entry -> entry.getValue() == TopicStatus.State.READY)
        .map(Map.Entry::getKey)
        .toList();
  }

  private void settle(Topic topic, TopicStatus.State state) {
    pending.remove(topic);
    held.put(topic, state);
    events.accept(new TopicStatus(topic, state));
  }
}
