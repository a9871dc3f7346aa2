package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.QuoteJson;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Member;
import io.candlehub.cluster.Shards;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the state of this node's shards on the nodes that stand by for them: every 50 ms at most one message a node
 * with the deltas of all series that changed, and the next when that is acknowledged. Confined to the hub's event loop.
 */
final class StandbySender {
  private static final Logger LOG = LoggerFactory.getLogger(StandbySender.class);
  private static final Duration PERIOD = Duration.ofMillis(50);
  private static final Duration LONGEST_HAND_OVER = Duration.ofSeconds(8);
  private static final long TIMEOUT_MILLIS = 1_000;
  private static final int MOST_BYTES = 512 * 1_024;

  private final Cluster cluster;
  private final EventBus bus;
  private final Scheduler scheduler;
  private final InstantSource wall;
  private final OwnedShards shards;
  private final Hub hub;
  private final FeedInbox inbox;
  private final StandbyMeters meters;
  private final StandbyLink[] links = new StandbyLink[Shards.COUNT];
  private final Set<String> busy = new HashSet<>();
  private final Map<String, Boolean> failing = new HashMap<>();
  private long lastSession;
  private boolean retargeting;
  private boolean ticking;
  private boolean stopped;

  StandbySender(
      Cluster cluster,
      EventBus bus,
      Scheduler scheduler,
      InstantSource wall,
      OwnedShards shards,
      Hub hub,
      FeedInbox inbox,
      StandbyMeters meters) {
    this.cluster = cluster;
    this.bus = bus;
    this.scheduler = scheduler;
    this.wall = wall;
    this.shards = shards;
    this.hub = hub;
    this.inbox = inbox;
    this.meters = meters;
    hub.quotes().onChange(this::quoteChanged);
  }

  private void quoteChanged(Instrument instrument) {
    StandbyLink link = links[shards.of(instrument)];
    if (link != null) {
      link.quotes().add(instrument);
    }
  }

  /** Takes note of the nodes there are: nothing can be handed over to one that is gone. */
  void membersChanged(List<Member> now) {
    Set<String> nodes = now.stream().map(Member::nodeId).collect(Collectors.toSet());
    for (StandbyLink link : links) {
      if (link != null && link.isHandOver() && !nodes.contains(link.node())) {
        link.end();
      }
    }
    retarget();
  }

  /** Looks who stands by for each shard, once after all that changes now. */
  void retarget() {
    if (!retargeting && !stopped) {
      retargeting = true;
      scheduler.after(Duration.ZERO, () -> {
        retargeting = false;
        look();
      });
    }
  }

  private void look() {
    for (int shard : shards.all()) {
      StandbyLink link = links[shard];
      if (link == null || !link.isHandOver()) {
        String node = cluster.standby(shard).orElse("");
        if (link == null ? !node.isEmpty() : !link.node().equals(node)) {
          drop(shard);
          if (!node.isEmpty()) {
            links[shard] = link(shard, node);
          }
        }
      }
    }
    meters.owned(shards.all().length);
    if (Arrays.stream(links).anyMatch(Objects::nonNull)) {
      tick();
    }
  }

  private StandbyLink link(int shard, String node) {
    lastSession = Math.max(lastSession + 1, wall.millis());
    inbox.backed(shard, true);
    StandbyLink opened = new StandbyLink(shard, node, lastSession);
    addQuotes(opened);
    return opened;
  }

  private void addQuotes(StandbyLink link) {
    hub.quotes().instruments().stream()
        .filter(instrument -> shards.of(instrument) == link.shard())
        .forEach(link.quotes()::add);
  }

  /** Tells nobody any more of a shard. */
  void drop(int shard) {
    StandbyLink link = links[shard];
    links[shard] = null;
    inbox.backed(shard, false);
    if (link != null) {
      link.end();
    }
  }

  /**
   * Brings a shard's successor up to date, has the shard stopped, and tells the last change.
   *
   * @param stop stops the shard; nothing may change in it afterwards
   */
  Future<Void> handOver(int shard, String successor, Runnable stop) {
    StandbyLink link = links[shard];
    if (link == null || !link.node().equals(successor)) {
      drop(shard);
      link = link(shard, successor);
      links[shard] = link;
    }
    StandbyLink handed = link;
    Future<Void> done = link.handOver(stop);
    Scheduler.Cancellable limit = scheduler.after(LONGEST_HAND_OVER, handed::end);
    tick();
    return done.onComplete(any -> limit.cancel());
  }

  /** Returns all there is of a shard, as its standby is told it. */
  StandbyBatch.Section state(int shard) {
    StandbyLink all = new StandbyLink(shard, "", 0);
    addQuotes(all);
    StandbyLink.Round round = all.begin();
    hub.all().stream()
        .filter(live -> shards.of(live.instrument()) == shard)
        .forEach(live -> round.add(live, true));
    return round.end(shards.term(shard), inbox.positions(shard), this::quote).section();
  }

  private void tick() {
    if (!ticking && !stopped) {
      ticking = true;
      scheduler.after(PERIOD, () -> {
        ticking = false;
        round();
      });
    }
  }

  private void round() {
    if (stopped) {
      return;
    }
    Map<String, Map<Integer, StandbyLink.Round>> rounds = new HashMap<>();
    for (StandbyLink link : links) {
      if (link != null) {
        link.pass();
        if (!busy.contains(link.node()) && !cluster.isFenced()) {
          rounds
              .computeIfAbsent(link.node(), node -> new HashMap<>())
              .put(link.shard(), link.begin());
        }
      }
    }
    if (!rounds.isEmpty()) {
      collect(rounds);
      rounds.forEach(this::send);
    }
    if (Arrays.stream(links).anyMatch(Objects::nonNull)) {
      tick();
    }
  }

  private void collect(Map<String, Map<Integer, StandbyLink.Round>> rounds) {
    Map<String, Integer> bytes = new HashMap<>();
    for (LiveSeries live : hub.all()) {
      StandbyLink link = links[shards.of(live.instrument())];
      StandbyLink.Round round = link == null || !rounds.containsKey(link.node())
          ? null
          : rounds.get(link.node()).get(link.shard());
      if (round != null) {
        int before = bytes.getOrDefault(link.node(), 0);
        bytes.put(link.node(), before + round.add(live, before < MOST_BYTES));
      }
    }
  }

  private void send(String node, Map<Integer, StandbyLink.Round> rounds) {
    List<StandbyBatch.Section> sections = rounds.values().stream()
        .map(round ->
            round.end(shards.term(round.shard()), inbox.positions(round.shard()), this::quote))
        .filter(StandbyLink::isNews)
        .map(StandbyLink.News::section)
        .toList();
    if (sections.isEmpty()) {
      return;
    }
    Buffer body = new StandbyBatch(cluster.nodeId(), sections).toBuffer();
    busy.add(node);
    meters.sent(
        body.length(),
        sections.stream().mapToInt(section -> section.entries().size()).sum());
    long sentMillis = wall.millis();
    bus.<JsonObject>request(
            Addresses.hubStandby(node), body, new DeliveryOptions().setSendTimeout(TIMEOUT_MILLIS))
        .onComplete(answer -> {
          busy.remove(node);
          failing(node, answer.failed());
          if (answer.succeeded()) {
            meters.taken(Duration.ofMillis(Math.max(0, wall.millis() - sentMillis)));
            taken(node, sections, answer.result().body().getJsonArray("missing"));
          } else {
            meters.failed();
            sections.forEach(section -> again(node, section));
          }
        });
  }

  private void failing(String node, boolean isFailing) {
    if (isFailing != failing.getOrDefault(node, false)) {
      failing.put(node, isFailing);
      LOG.info("standby {} [node: {}]", isFailing ? "does not answer" : "answers", node);
    }
  }

  private Buffer quote(Instrument instrument) {
    return hub.quotes()
        .quote(instrument)
        .map(QuoteJson::kept)
        .orElseGet(() -> new JsonObject().put("symbol", instrument.symbol()).toBuffer());
  }

  private void taken(String node, List<StandbyBatch.Section> sections, JsonArray missing) {
    for (StandbyBatch.Section section : sections) {
      StandbyLink link = links[section.shard()];
      if (missing.contains(section.shard())) {
        again(node, section);
      } else if (link != null && link.session() == section.session() && section.complete()) {
        inbox.safe(section.shard(), section.positions());
        link.told();
      }
    }
  }

  /** Begins again: what the standby has of a shard is not known. */
  private void again(String node, StandbyBatch.Section section) {
    StandbyLink link = links[section.shard()];
    if (link != null && link.node().equals(node) && link.session() == section.session()) {
      lastSession = Math.max(lastSession + 1, wall.millis());
      link.restart(lastSession);
      addQuotes(link);
    }
  }

  void stop() {
    stopped = true;
  }
}
