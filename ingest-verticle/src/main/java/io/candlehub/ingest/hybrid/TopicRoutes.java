package io.candlehub.ingest.hybrid;

import io.candlehub.ingest.Capabilities;
import io.candlehub.model.AssetClass;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Decides which account carries a topic: the first that streams its channel, does not refuse it, whose connection has not
 * failed and, of quotes, that is trusted ({@link QuoteTrust}); if none of them is trusted, the first of them. Quotes stay
 * where they are until one that is trusted can stream them. A topic goes back to an earlier account only when that one's
 * connection is stable. Charts that nobody streams as bars for now are
 * nobody's if another account streams the trades to build them from. Accounts are numbers, the preferred one first.
 * Confined to one event loop.
 */
final class TopicRoutes {
  /** Who carries a topic that nobody does. */
  static final int NOBODY = -1;

  private static final Set<Channel> BARS = Set.of(Channel.MINUTES, Channel.SECONDS);

  private final List<Capabilities> capabilities = new ArrayList<>();
  private final Map<AssetClass, Map<Channel, List<Integer>>> able = new EnumMap<>(AssetClass.class);
  private final List<Map<String, Link>> links;
  private final List<Map<Topic, TopicStatus.State>> states;
  private final List<TrustedQuotes> trusted;

  TopicRoutes(int accounts, long now) {
    links = IntStream.range(0, accounts)
        .<Map<String, Link>>mapToObj(i -> new HashMap<>())
        .toList();
    states = IntStream.range(0, accounts)
        .<Map<Topic, TopicStatus.State>>mapToObj(i -> new HashMap<>())
        .toList();
    trusted = IntStream.range(0, accounts).mapToObj(i -> new TrustedQuotes(now)).toList();
  }

  /** Sets what the accounts stream. */
  void open(List<Capabilities> accounts) {
    capabilities.addAll(accounts);
  }

  Link link(int account, String market) {
    return links.get(account).computeIfAbsent(market, unknown -> new Link());
  }

  /** Returns the connections of an account by market. */
  Map<String, Link> links(int account) {
    return Map.copyOf(links.get(account));
  }

  /** Returns what is thought of the quotes of an account. */
  TrustedQuotes quotes(int account) {
    return trusted.get(account);
  }

  /** Judges the quotes that came. */
  void judge(long now) {
    trusted.forEach(quotes -> quotes.look(now));
  }

  /** Returns true if a topic is of quotes that an account streams wrongly. */
  boolean isDistrusted(int account, Topic topic) {
    return topic.channel() == Channel.QUOTES
        && quotes(account).isDistrusted(topic.instrument().assetClass());
  }

  /** Returns true if an account refuses a topic or streams it wrongly, so that others should stand by. */
  boolean isPoor(int account, Topic topic) {
    return isRefused(account, topic) || isDistrusted(account, topic);
  }

  boolean isRefused(int account, Topic topic) {
    return states.get(account).get(topic) == TopicStatus.State.REFUSED;
  }

  void put(int account, FeedStatus status, long now) {
    link(account, status.market()).put(status, now);
  }

  void put(int account, TopicStatus status) {
    if (status.state() == TopicStatus.State.LOST) {
      states.get(account).remove(status.topic());
    } else {
      states.get(account).put(status.topic(), status.state());
    }
  }

  /** Forgets what an account said of topics it is not asked for. */
  void retain(int account, Set<Topic> asked) {
    states.get(account).keySet().retainAll(asked);
  }

  /** Returns where a topic stands with an account, empty if it is not subscribed. */
  Optional<TopicStatus.State> state(int account, Topic topic) {
    return Optional.ofNullable(states.get(account).get(topic));
  }

  /** Returns the accounts that stream a topic's channel, in order. */
  List<Integer> able(Topic topic) {
    return able.computeIfAbsent(
            topic.instrument().assetClass(), none -> new EnumMap<>(Channel.class))
        .computeIfAbsent(
            topic.channel(), channel -> able(topic.instrument().assetClass(), channel));
  }

  private List<Integer> able(AssetClass assetClass, Channel channel) {
    return IntStream.range(0, capabilities.size())
        .filter(i -> capabilities.get(i).streams(assetClass, channel))
        .boxed()
        .toList();
  }

  /** Returns who carries a topic from now on that nobody carried so far. */
  int first(Topic topic, long now) {
    List<Integer> able = able(topic);
    return usable(able, topic, now).orElseGet(() -> unusable(able, topic, now));
  }

  /**
   * Returns who carries a topic from now on.
   *
   * @param current who does now
   */
  int next(Topic topic, int current, long now) {
    List<Integer> able = able(topic);
    Optional<Integer> best = usable(able, topic, now);
    if (best.isEmpty()) {
      return unusable(able, topic, now);
    }
    boolean holds = current == NOBODY
        ? substitute(topic, now).isPresent()
        : best.get() < current && isUsable(current, topic, now) && !isDistrusted(current, topic);
    boolean better = link(best.get(), topic).isStable(now) && !isDistrusted(best.get(), topic);
    return holds && !better ? current : best.get();
  }

  private Optional<Integer> usable(List<Integer> able, Topic topic, long now) {
    List<Integer> usable = able.stream().filter(i -> isUsable(i, topic, now)).toList();
    boolean heard =
        usable.stream().anyMatch(i -> isDistrusted(i, topic) && link(i, topic).isUp());
    return usable.stream()
        .filter(i -> !isDistrusted(i, topic) && (!heard || link(i, topic).isReady(now)))
        .findFirst()
        .or(() -> usable.stream().findFirst());
  }

  private boolean isUsable(int account, Topic topic, long now) {
    return !hasFailed(account, topic, now) && !isRefused(account, topic);
  }

  private boolean hasFailed(int account, Topic topic, long now) {
    return link(account, topic).hasFailed(now);
  }

  private Link link(int account, Topic topic) {
    return link(account, topic.instrument().assetClass().market());
  }

  /** Returns who tells the fate of a topic that nobody streams: who refuses it, else the first one. */
  private int unusable(List<Integer> able, Topic topic, long now) {
    Optional<Integer> refusing =
        able.stream().filter(account -> !hasFailed(account, topic, now)).findFirst();
    if (refusing.isPresent()) {
      return refusing.get();
    }
    return able.isEmpty() || substitute(topic, now).isPresent() ? NOBODY : able.get(0);
  }

  /**
   * Returns why an account carries a topic that is not the preferred one; empty if it is. Quotes that are not to be trusted are
   * the reason until the connection that tells them has failed.
   */
  Optional<FallbackReason> reason(int account, Topic topic, long now) {
    if (account == 0) {
      return Optional.empty();
    }
    if (!able(topic).contains(0)) {
      return Optional.of(FallbackReason.UNSUPPORTED);
    }
    if (isRefused(0, topic)) {
      return Optional.of(FallbackReason.NOT_ENTITLED);
    }
    boolean isPoor = isDistrusted(0, topic) && !hasFailed(0, topic, now);
    return Optional.of(isPoor ? FallbackReason.LOW_CONFIDENCE : FallbackReason.UNHEALTHY);
  }

  /** Returns who streams the trades to build a chart from while those who stream its bars do not. */
  Optional<Integer> substitute(Topic topic, long now) {
    if (!BARS.contains(topic.channel())) {
      return Optional.empty();
    }
    Topic trades = new Topic(Channel.TRADES, topic.instrument());
    List<Integer> others =
        able(trades).stream().filter(account -> !able(topic).contains(account)).toList();
    return usable(others, trades, now);
  }
}
