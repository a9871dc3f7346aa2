package io.candlehub.ingest.hybrid;

import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says one status for each market, whoever carries its topics: that of the account that carries its charts, or else what
 * else is wanted of it. While another account than the preferred one streams, the reason says so. Confined to one event
 * loop.
 */
final class MarketVoice {
  private static final Logger LOG = LoggerFactory.getLogger(MarketVoice.class);
  private static final List<Channel> WEIGHT =
      List.of(Channel.MINUTES, Channel.SECONDS, Channel.TRADES, Channel.QUOTES, Channel.HALTS);

  private final List<String> ids;
  private final TopicRoutes routes;
  private final Consumer<FeedStatus> moved;
  private final Map<String, FeedStatus> said = new HashMap<>();

  /**
   * Creates a voice that has said nothing.
   *
   * @param moved is told the first status of a market that another account has taken over
   */
  MarketVoice(List<String> ids, TopicRoutes routes, Consumer<FeedStatus> moved) {
    this.ids = List.copyOf(ids);
    this.routes = routes;
    this.moved = moved;
  }

  /** Returns the statuses that differ from what was said last. */
  List<FeedEvent> say(Map<Topic, Integer> carriers, long now) {
    Map<String, Market> markets = new TreeMap<>();
    for (int i = 0; i < ids.size(); i++) {
      routes.links(i).keySet().forEach(name -> markets.put(name, new Market(name, now)));
    }
    carriers.forEach((topic, carrier) -> markets
        .computeIfAbsent(topic.instrument().assetClass().market(), name -> new Market(name, now))
        .add(topic, carrier, carriers));
    List<FeedEvent> changed = new ArrayList<>();
    for (Market market : markets.values()) {
      market.status().filter(this::isNew).ifPresent(status -> {
        said.put(status.market(), status);
        changed.add(status);
      });
    }
    return changed;
  }

  private boolean isNew(FeedStatus status) {
    FeedStatus last = said.get(status.market());
    if (last != null && !last.provider().equals(status.provider())) {
      LOG.warn(
          "stream changed its provider [market: {}, from: {}, to: {}, reason: {}]",
          status.market(),
          last.provider(),
          status.provider(),
          why(last, status));
      moved.accept(status);
    }
    return last == null || !timeless(last).equals(timeless(status));
  }

  /** A provider that connects, or that has its place again, gives no reason of its own. */
  private String why(FeedStatus last, FeedStatus status) {
    if (!status.reason().isEmpty()) {
      return status.reason();
    }
    return ids.indexOf(status.provider()) < ids.indexOf(last.provider())
        ? status.provider() + " comes first"
        : "the stream of " + last.provider() + " does not carry it";
  }

  private static FeedStatus timeless(FeedStatus status) {
    return new FeedStatus(
        status.provider(),
        status.market(),
        status.state(),
        status.reason(),
        status.delayMillis(),
        status.missing(),
        -1);
  }

  /** What is carried of one market. */
  private final class Market {
    private final String name;
    private final long now;
    private final Map<Channel, Set<Integer>> preferred = new HashMap<>();
    private final Map<Channel, Set<Integer>> carrying = new HashMap<>();
    private final Set<String> elsewhere = new TreeSet<>();
    private final Set<String> others = new TreeSet<>();
    private final Set<String> distrusted = new TreeSet<>();

    Market(String name, long now) {
      this.name = name;
      this.now = now;
    }

    void add(Topic topic, int carrier, Map<Topic, Integer> carriers) {
      Optional<Integer> first = routes.able(topic).stream().findFirst();
      first.ifPresent(account -> put(preferred, topic.channel(), account));
      Stream.concat(first.stream(), Stream.of(carrier))
          .filter(account -> account != TopicRoutes.NOBODY)
          .filter(account -> routes.isDistrusted(account, topic))
          .forEach(account -> distrusted.add(ids.get(account)));
      if (carrier != TopicRoutes.NOBODY) {
        put(carrying, topic.channel(), carrier);
        if (first.filter(account -> account == carrier).isEmpty()) {
          elsewhere.add(topic.channel().wireName());
          others.add(ids.get(carrier));
        }
      } else if (first.isPresent()) {
        Topic trades = new Topic(Channel.TRADES, topic.instrument());
        Optional.ofNullable(carriers.get(trades))
            .filter(account -> account != TopicRoutes.NOBODY)
            .or(() -> routes.substitute(topic, now))
            .ifPresent(account -> put(carrying, topic.channel(), account));
      }
    }

    private void put(Map<Channel, Set<Integer>> into, Channel channel, int account) {
      into.computeIfAbsent(channel, none -> new TreeSet<>()).add(account);
    }

    private Optional<Integer> heaviest(Map<Channel, Set<Integer>> of) {
      return WEIGHT.stream()
          .filter(of::containsKey)
          .flatMap(channel -> of.get(channel).stream())
          .findFirst();
    }

    /** Returns the status, or empty while nobody has said anything of this market. */
    Optional<FeedStatus> status() {
      Optional<Integer> speaker = heaviest(carrying);
      if (speaker.isEmpty()) {
        for (int i = 0; i < ids.size(); i++) {
          Optional<FeedStatus> status = routes.link(i, name).status();
          if (status.isPresent()) {
            return status;
          }
        }
        return Optional.empty();
      }
      int first = heaviest(preferred).orElse(speaker.get());
      FeedStatus status = routes
          .link(speaker.get(), name)
          .status()
          .orElseGet(() -> connecting(ids.get(speaker.get())));
      return Optional.of(new FeedStatus(
          status.provider(),
          name,
          status.state(),
          status.state() == FeedStatus.State.STREAMING
              ? reason(first, speaker.get())
              : status.reason(),
          status.delayMillis(),
          missing(status),
          status.lastFrameMillis()));
    }

    private FeedStatus connecting(String id) {
      return new FeedStatus(id, name, FeedStatus.State.CONNECTING, "", 0, Set.of(), -1);
    }

    private String reason(int first, int speaker) {
      List<String> reasons = new ArrayList<>();
      if (!distrusted.isEmpty()) {
        reasons.add(TrustedQuotes.words(distrusted));
      }
      if (first != speaker) {
        if (distrusted.isEmpty() || !routes.link(first, name).isUp()) {
          reasons.add("the stream of " + ids.get(first) + " is down");
        }
        reasons.add(ids.get(speaker) + " takes its place");
      } else if (!elsewhere.isEmpty()) {
        reasons.add(String.join(", ", elsewhere) + " come from " + String.join(", ", others));
      }
      return String.join("; ", reasons);
    }

    private Set<String> missing(FeedStatus status) {
      Set<String> missing = new TreeSet<>(status.missing());
      missing.removeAll(elsewhere);
      return missing;
    }
  }
}
