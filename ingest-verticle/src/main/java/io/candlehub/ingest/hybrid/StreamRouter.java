package io.candlehub.ingest.hybrid;

import io.candlehub.ingest.FeedSink;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Origin;
import io.candlehub.model.Scheduler;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.HaltEvent;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.candlehub.model.feed.TradeEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Makes one feed of several accounts' streams: each topic comes from one account at a time ({@link TopicRoutes}), each
 * market has one status ({@link MarketVoice}).
 *
 * <p>An account is asked for the topics it carries and for those it should carry but for its failure, so that it is
 * heard when it is back; what it sends of the latter is dropped. While the one that carries a topic refuses it or streams
 * it wrongly, all are asked, so that another can take it and a refusal is remembered.
 *
 * <p>A topic that changes its account is lost first, then
 * ready again, so that the hub asks the history for what may lie between; this is no end of an epoch. One that stays where
 * it is, though for another reason than was told, is told ready again and not lost. A topic nobody carries is refused.
 * Quotes are judged, whoever carries their topics; bars and trades are not, for no value of theirs alone is known to be
 * wrong.
 *
 * <p>Accounts are called from {@link #demand} and from a task of its own, never from within their own calls. Confined to
 * one event loop.
 */
final class StreamRouter {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final List<String> ids;
  private final FeedSink out;
  private final LongSupplier nanoClock;
  private final Scheduler scheduler;
  private final TopicRoutes routes;
  private final MarketVoice voice;
  private final List<Account> accounts = new ArrayList<>();
  private final List<List<Topic>> asked = new ArrayList<>();
  private Map<Topic, Integer> carriers = Map.of();

  /** Who carries each topic that was told to be ready, and why, as it was told. */
  private final Map<Topic, Origin> origins = new HashMap<>();

  /** The account that carries all there is, if one does: its events need no look. */
  private int sole = TopicRoutes.NOBODY;

  private boolean planned;
  private boolean closed;
  private Scheduler.Cancellable look = () -> {};

  /**
   * Creates a router.
   *
   * @param ids the accounts' ids, the preferred first
   * @param out where the one feed goes
   */
  StreamRouter(List<String> ids, FeedSink out, LongSupplier nanoClock, Scheduler scheduler) {
    this.ids = List.copyOf(ids);
    this.out = out;
    this.nanoClock = nanoClock;
    this.scheduler = scheduler;
    this.routes = new TopicRoutes(ids.size(), nanoClock.getAsLong());
    this.voice = new MarketVoice(ids, routes, this::moved);
  }

  /** Returns where an account's feed goes. */
  FeedSink sink(int account) {
    return events -> accept(account, events);
  }

  /** Sets the accounts, in the order of their ids. */
  void open(List<Account> opened) {
    for (Account account : opened) {
      routes.quotes(accounts.size()).open(account);
      accounts.add(account);
      asked.add(List.of());
    }
    routes.open(opened.stream().map(Account::capabilities).toList());
  }

  /** Sets the complete set of wanted topics, the most important first; each account is told in that order. */
  void demand(Set<Topic> topics) {
    Map<Topic, Integer> kept = new HashMap<>(carriers);
    kept.keySet().retainAll(topics);
    carriers = kept;
    origins.keySet().retainAll(topics);
    apply(topics);
    look.cancel();
    if (!closed && !topics.isEmpty()) {
      look();
    }
  }

  /** Ends it: nothing goes out any more. */
  void close() {
    closed = true;
    look.cancel();
  }

  /** Returns what an account's connections do, by market. */
  Map<String, String> states(int account) {
    Map<String, String> states = new HashMap<>();
    routes
        .links(account)
        .forEach((market, link) -> link.status()
            .ifPresent(
                status -> states.put(market, status.state().name().toLowerCase(Locale.ROOT))));
    return states;
  }

  private void look() {
    look = scheduler.after(LOOK, () -> {
      apply(carriers.keySet());
      look();
    });
  }

  private void applySoon() {
    if (!planned) {
      planned = true;
      scheduler.after(Duration.ZERO, () -> {
        planned = false;
        apply(carriers.keySet());
      });
    }
  }

  private void apply(Set<Topic> topics) {
    if (closed) {
      return;
    }
    long now = nanoClock.getAsLong();
    routes.judge(now);
    List<FeedEvent> events = new ArrayList<>();
    Map<Topic, Integer> next = new LinkedHashMap<>();
    Map<Lane, Integer> lanes = new HashMap<>();
    carriers.forEach((topic, carrier) -> lanes.put(Lane.of(topic), carrier));
    for (Topic topic : topics) {
      Integer current = carriers.getOrDefault(topic, lanes.get(Lane.of(topic)));
      int carrier = current == null ? routes.first(topic, now) : routes.next(topic, current, now);
      next.put(topic, carrier);
      if (!Objects.equals(carriers.get(topic), carrier)) {
        change(topic, carrier, now, events);
      }
    }
    carriers = Collections.unmodifiableMap(next);
    renew(now, events);
    Set<Integer> all = Set.copyOf(next.values());
    sole = all.size() == 1 ? all.iterator().next() : TopicRoutes.NOBODY;
    events.addAll(0, voice.say(carriers, now));
    send(events);
    ask(now);
  }

  private void moved(FeedStatus status) {
    accounts.stream()
        .filter(account -> account.id().equals(status.provider()))
        .forEach(account -> account.meters().streamTaken(status.market()));
  }

  private void change(Topic topic, int carrier, long now, List<FeedEvent> events) {
    origins.remove(topic);
    if (carriers.containsKey(topic)) {
      events.add(new TopicStatus(topic, TopicStatus.State.LOST));
    }
    if (carrier == TopicRoutes.NOBODY) {
      events.add(new TopicStatus(topic, TopicStatus.State.REFUSED));
    } else {
      routes
          .state(carrier, topic)
          .ifPresent(state -> events.add(told(carrier, new TopicStatus(topic, state), now)));
    }
  }

  /** Tells again who carries the topics that another account than the first one does for another reason by now. */
  private void renew(long now, List<FeedEvent> events) {
    origins.replaceAll((topic, before) -> {
      if (before.fallbackReason().isEmpty()) {
        return before;
      }
      Origin present = origin(carriers.get(topic), topic, now);
      if (!present.equals(before)) {
        events.add(new TopicStatus(topic, TopicStatus.State.READY, present));
      }
      return present;
    });
  }

  private void ask(long now) {
    for (int i = 0; i < accounts.size(); i++) {
      Set<Topic> wanted = new LinkedHashSet<>();
      for (Map.Entry<Topic, Integer> entry : carriers.entrySet()) {
        Topic topic = entry.getKey();
        int carrier = entry.getValue();
        if ((carrier == TopicRoutes.NOBODY || i <= carrier || routes.isPoor(carrier, topic))
            && routes.able(topic).contains(i)) {
          wanted.add(topic);
          if (!routes.isRefused(i, topic)) {
            routes.link(i, topic.instrument().assetClass().market()).wanted(now);
          }
        }
      }
      List<Topic> ordered = List.copyOf(wanted);
      if (!ordered.equals(asked.get(i))) {
        asked.set(i, ordered);
        routes.retain(i, wanted);
        accounts.get(i).provider().demand(Collections.unmodifiableSet(wanted));
      }
    }
  }

  private void accept(int account, List<FeedEvent> events) {
    if (closed) {
      return;
    }
    List<FeedEvent> passed = new ArrayList<>(events.size());
    long now = nanoClock.getAsLong();
    for (FeedEvent event : events) {
      if (event instanceof FeedStatus status) {
        routes.put(account, status, now);
        passed.addAll(voice.say(carriers, now));
        applySoon();
      } else if (event instanceof TopicStatus status) {
        routes.put(account, status);
        if (concerns(account, status)) {
          passed.add(told(account, status, now));
        }
        applySoon();
      } else {
        if (event instanceof QuoteEvent quote) {
          routes.quotes(account).see(quote);
        }
        if (account == sole || isCarried(account, topic(event))) {
          passed.add(event);
        }
      }
    }
    send(passed);
  }

  private TopicStatus told(int account, TopicStatus status, long now) {
    TopicStatus told = status.of(origin(account, status.topic(), now));
    if (told.state() == TopicStatus.State.READY) {
      origins.put(told.topic(), told.origin());
    } else {
      origins.remove(told.topic());
    }
    return told;
  }

  private Origin origin(int account, Topic topic, long now) {
    String reason = routes.reason(account, topic, now).map(FallbackReason::word).orElse("");
    return new Origin(ids.get(account), reason);
  }

  private boolean isCarried(int account, Topic topic) {
    Integer carrier = carriers.get(topic);
    return carrier != null && carrier == account;
  }

  /** An account tells the fate of what it carries, and when it has let go of what nobody wants any more. */
  private boolean concerns(int account, TopicStatus status) {
    return isCarried(account, status.topic())
        || (status.state() == TopicStatus.State.LOST && !carriers.containsKey(status.topic()));
  }

  private void send(List<FeedEvent> events) {
    if (!events.isEmpty()) {
      out.accept(events);
    }
  }

  private static Topic topic(FeedEvent event) {
    if (event instanceof AggregateEvent bar) {
      boolean second = bar.span() == AggregateEvent.Span.SECOND;
      return new Topic(second ? Channel.SECONDS : Channel.MINUTES, bar.instrument());
    }
    if (event instanceof QuoteEvent quote) {
      return new Topic(Channel.QUOTES, quote.instrument());
    }
    if (event instanceof TradeEvent trade) {
      return new Topic(Channel.TRADES, trade.instrument());
    }
    if (event instanceof HaltEvent halt) {
      return new Topic(Channel.HALTS, halt.instrument());
    }
    throw new AssertionError(event);
  }

  /** Topics of a kind, which go the same way unless an account refuses one. */
  private record Lane(Channel channel, AssetClass assetClass) {
    static Lane of(Topic topic) {
      return new Lane(topic.channel(), topic.instrument().assetClass());
    }
  }
}
