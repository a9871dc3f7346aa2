package io.candlehub.ingest;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.AlertJson;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.FeedAcks;
import io.candlehub.bus.FeedReplay;
import io.candlehub.bus.IngestLink;
import io.candlehub.bus.VertxScheduler;
import io.candlehub.cluster.Candidacy;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.ClusterListener;
import io.candlehub.cluster.Member;
import io.candlehub.cluster.Registration;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.SingleNode;
import io.candlehub.demand.DemandReport;
import io.candlehub.model.Alert;
import io.candlehub.model.MarketClock;
import io.candlehub.model.Scheduler;
import io.candlehub.model.feed.FeedParcel;
import io.candlehub.model.feed.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a provider account's connections if this node is the one in the cluster that does: streams what the hubs demand
 * and asks what they request. Otherwise it stands by: it knows what is demanded and opens nothing.
 *
 * <p>Deploy one instance per account and node; on a node that leaves, undeploy it before {@link Cluster#leave}, so that
 * the connection is closed when the next node gets the lease. {@code BusCodecs.register} must have been called before.
 */
public final class IngestVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(IngestVerticle.class);
  private static final DeliveryOptions STANDBY_TIMEOUT =
      new DeliveryOptions().setSendTimeout(2_000);

  private final IngestConfig config;
  private final MarketClock marketClock;
  private final MeterRegistry meters;
  private final Cluster cluster;
  private final InstantSource wallClock = InstantSource.system();
  private final Map<String, MessageProducer<FeedParcel>> inboxes = new HashMap<>();
  private Scheduler scheduler;
  private FeedMeters feedMeters;
  private FeedHops hops;
  private DemandSets demand;
  private Leadership leadership;
  private Candidacy candidacy;
  private Registration membership;

  /**
   * Creates the verticle of a node alone.
   *
   * @param config the provider and its settings
   * @param marketClock the market's time
   * @param meters where counters are registered
   */
  public IngestVerticle(IngestConfig config, MarketClock marketClock, MeterRegistry meters) {
    this(
        config, marketClock, meters, new SingleNode(Set.of(Role.values()), InstantSource.system()));
  }

  /**
   * Creates the verticle of a node in a cluster.
   *
   * @param config the provider and its settings
   * @param marketClock the market's time
   * @param meters where counters are registered
   * @param cluster decides who holds the provider, and knows the hubs
   */
  public IngestVerticle(
      IngestConfig config, MarketClock marketClock, MeterRegistry meters, Cluster cluster) {
    this.config = Objects.requireNonNull(config, "config");
    this.marketClock = Objects.requireNonNull(marketClock, "marketClock");
    this.meters = Objects.requireNonNull(meters, "meters");
    this.cluster = Objects.requireNonNull(cluster, "cluster");
  }

  @Override
  public Future<?> start() {
    scheduler = new VertxScheduler(vertx);
    String id = config.provider().id();
    feedMeters = new FeedMeters(meters, id);
    hops = new FeedHops(meters, id);
    leadership = new Leadership(scheduler, hops, this::open);
    demand = new DemandSets(scheduler, this::demanded);
    membership = cluster.listen(new ClusterListener() {
      @Override
      public void membersChanged(List<Member> members) {
        List<String> nodes = members.stream().map(Member::nodeId).toList();
        demand.members(nodes);
        inboxes.keySet().retainAll(nodes);
      }
    });
    MessageConsumer<JsonObject> standby =
        vertx.eventBus().consumer(Addresses.standbyDemand(cluster.nodeId()), this::standBy);
    candidacy = cluster.compete(IngestLink.leaseKey(id), Role.INGEST, leadership);
    return Future.all(standby.completion(), leadership.served());
  }

  private void demanded(Set<Topic> topics) {
    hops.topics(topics.size());
    leadership.provider().ifPresent(provider -> provider.demand(topics));
  }

  private IngestSession open(long term) {
    return cluster instanceof SingleNode ? openAlone(term) : openInCluster(term);
  }

  private IngestSession openAlone(long term) {
    String id = config.provider().id();
    return open(new FeedOutbox(
        vertx.eventBus(), new FeedOutbox.Sender(cluster.nodeId(), id, term), clocks(), hops));
  }

  private IngestSession openInCluster(long term) {
    FeedJournal journal = new FeedJournal(config.journal(), wallClock.millis());
    FeedFlow.Feed feed = new FeedFlow.Feed(config.provider().id(), term, journal);
    FeedSender sender = new FeedSender(cluster, clocks(), hops, feed, this::send);
    sender.start();
    IngestSession session = open(sender);
    session.<JsonObject>serve(
        Addresses.INGEST_ACK, message -> sender.acknowledged(FeedAcks.of(message.body())));
    session.<JsonObject>serve(Addresses.INGEST_REPLAY, message -> replay(sender, message));
    session.atEnd(sender::stop);
    return session;
  }

  private FeedSender.Clocks clocks() {
    return new FeedSender.Clocks(marketClock, wallClock, System::nanoTime, scheduler);
  }

  private IngestSession open(FeedSink sink) {
    String id = config.provider().id();
    MarketDataProvider provider = config
        .provider()
        .open(new ProviderContext(
            vertx,
            marketClock,
            wallClock,
            System::nanoTime,
            scheduler,
            () -> ThreadLocalRandom.current().nextDouble(),
            sink,
            this::publish,
            feedMeters));
    ViolationWatch violations =
        new ViolationWatch(id, feedMeters::violations, marketClock, scheduler, this::publish);
    IngestService service = new IngestService(provider, this::demanded, clocks(), feedMeters);
    IngestSession session = new IngestSession(vertx.eventBus(), cluster.nodeId(), provider);
    session.atEnd(violations::stop);
    session.atEnd(service::close);
    session.serve(Addresses.INGEST_DEMAND, service::demand);
    session.serve(Addresses.INGEST_HISTORY, service::history);
    session.serve(Addresses.INGEST_CANCEL, service::cancel);
    session.serve(Addresses.INGEST_MARKET_STATUS, service::marketStatus);
    session.serve(Addresses.INGEST_SYMBOLS, service::symbols);
    session.serve(Addresses.INGEST_INSTRUMENT, service::instrument);
    session.serve(Addresses.INGEST_SPLITS, service::splits);
    session.serve(Addresses.INGEST_EXPIRATIONS, service::expirations);
    session.serve(Addresses.INGEST_CHAIN, service::chain);
    session.serve(Addresses.INGEST_CONTRACT, service::contract);
    session.serve(Addresses.INGEST_SNAPSHOTS, service::snapshots);
    session.serve(Addresses.INGEST_TRADES, service::trades);
    session.serve(Addresses.INGEST_INDICATOR, service::indicator);
    session.serve(Addresses.INGEST_PROVIDERS, service::providers);
    session.serve(Addresses.INGEST_CAPABILITIES, service::capabilities);
    violations.start();
    provider.demand(demand.union());
    return session;
  }

  /** Takes a hub's demand and passes it on to the nodes that stand by, so that they know it when they must take over. */
  private boolean demanded(DemandReport report) {
    boolean known = demand.take(report);
    if (known) {
      for (Member member : cluster.members()) {
        if (member.has(Role.INGEST) && !member.nodeId().equals(cluster.nodeId())) {
          passOn(report, member.nodeId());
        }
      }
    }
    return known;
  }

  /** A node that missed something is told everything; one that does not answer asks the hub when it leads. */
  private void passOn(DemandReport report, String node) {
    tellStandby(report, node).onSuccess(known -> {
      if (!known) {
        demand.whole(report.node()).ifPresent(whole -> tellStandby(whole, node));
      }
    });
  }

  private Future<Boolean> tellStandby(DemandReport report, String node) {
    return vertx
        .eventBus()
        .<JsonObject>request(Addresses.standbyDemand(node), report.toJson(), STANDBY_TIMEOUT)
        .map(answer -> DemandReport.isKnown(answer.body()))
        .onFailure(failure -> LOG.debug("demand not passed on [to: {}]", node, failure));
  }

  private void standBy(Message<JsonObject> message) {
    try {
      boolean known =
          leadership.provider().isPresent() || demand.take(DemandReport.from(message.body()));
      message.reply(DemandReport.answer(known));
    } catch (FailureException refused) {
      refused.replyTo(message);
    }
  }

  private static void replay(FeedSender sender, Message<JsonObject> message) {
    try {
      sender.replay(FeedReplay.Question.of(message.body())).replyTo(message);
    } catch (FailureException refused) {
      refused.replyTo(message);
    }
  }

  private Future<Void> send(String nodeId, FeedParcel parcel) {
    return inboxes
        .computeIfAbsent(nodeId, node -> vertx.eventBus().sender(Addresses.hubInbox(node)))
        .write(parcel);
  }

  private void publish(Alert alert) {
    vertx.eventBus().publish(Addresses.ALERTS, AlertJson.body(alert));
  }

  @Override
  public Future<?> stop() {
    membership.cancel();
    return leadership.close().eventually(candidacy::withdraw);
  }
}
