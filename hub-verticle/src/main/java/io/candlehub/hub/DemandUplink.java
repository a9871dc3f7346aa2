package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.IngestLink;
import io.candlehub.demand.DemandReport;
import io.candlehub.demand.DemandTeller;
import io.candlehub.demand.TopicSet;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.Topic;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Tells ingest which provider topics this node wants: what changes at once, and the versions every few seconds. Confined
 * to the hub's event loop.
 */
final class DemandUplink {
  private static final Duration REPEAT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final Scheduler scheduler;
  private final TopicSet ranked = new TopicSet();
  private final TopicSet others = new TopicSet();
  private final Map<Instrument, Set<Channel>> channels = new HashMap<>();
  private final DemandTeller teller;
  private long reports;
  private boolean changed;
  private Scheduler.Cancellable repeat = () -> {};

  DemandUplink(String node, IngestLink ingest, Scheduler scheduler) {
    this.scheduler = scheduler;
    teller = new DemandTeller(
        "hub-" + UUID.randomUUID(),
        node,
        "ingest",
        report ->
            ingest.<JsonObject>request(Addresses.INGEST_DEMAND, report, TIMEOUT).map(Message::body),
        scheduler,
        () -> ++reports,
        () -> {});
    teller.sets(Map.of(DemandReport.RANKED, ranked, DemandReport.OTHERS, others));
  }

  /** Begins to repeat the demand. */
  void start() {
    repeat = scheduler.after(REPEAT, () -> {
      send();
      start();
    });
  }

  /** Ends the demand. */
  void stop() {
    teller.stop();
    repeat.cancel();
  }

  /** Sets which channels of an instrument are wanted; to be told afterwards. */
  void put(Instrument instrument, Set<Channel> wanted) {
    Set<Channel> former = channels.getOrDefault(instrument, Set.of());
    if (former.equals(wanted)) {
      return;
    }
    changed = true;
    former.stream()
        .filter(channel -> !wanted.contains(channel))
        .forEach(channel -> others.remove(new Topic(channel, instrument).toString()));
    wanted.forEach(channel -> others.add(new Topic(channel, instrument).toString()));
    if (wanted.isEmpty()) {
      channels.remove(instrument);
    } else {
      channels.put(instrument, Set.copyOf(wanted));
    }
  }

  /** Sets which topics are wanted whose number providers limit, the most important first; to be told afterwards. */
  void rank(Collection<Topic> wanted) {
    changed |= ranked.replace(wanted.stream().map(Topic::toString).toList());
  }

  /** Tells what has changed. */
  void tell() {
    if (changed) {
      changed = false;
      teller.changed();
    }
  }

  /** Tells the demand now: there may be another ingest that does not know it. */
  void send() {
    teller.renew();
  }
}
