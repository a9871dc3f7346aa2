package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.FanoutCarrier;
import io.candlehub.bus.StreamPositions;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.ClusterListener;
import io.candlehub.cluster.Member;
import io.candlehub.cluster.Registration;
import io.candlehub.cluster.Role;
import io.candlehub.gateway.stream.Interruptions.Cause;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Everything this gateway follows on behalf of its clients, under one demand lease, and what it does when hubs come and
 * go or cannot be heard.
 *
 * <p>Confined to the gateway's event loop.
 */
public final class Streams {
  /** After this the owners of all streams have told where they are, if they could. */
  private static final Duration POSITIONS_TOLD = Duration.ofMillis(500);

  private final HubClient hub;
  private final Pace pace;
  private final Cluster cluster;
  private final Terms terms;
  private final Interruptions interruptions;
  private final DemandRoutes routes;
  private final DemandLease demand;
  private final MarketStatus status;
  private final ChartStreams charts;
  private final QuoteStreams quotes;
  private final TradeStreams trades;
  private final ChainStreams chains;
  private final Notices alerts;
  private final OptionFlow flow;
  private final PositionCheck positions;
  private final List<MessageConsumer<JsonObject>> consumers = new ArrayList<>();
  private final List<Registration> registrations = new ArrayList<>();
  private Set<String> hubs = Set.of();
  private boolean stopped;

  /**
   * Creates the streams; nothing is followed yet.
   *
   * @param hub where they come from
   * @param pace by which times they are served
   * @param cluster tells which hubs there are, and whether this node hears the majority
   * @param registry where they are counted
   */
  public Streams(HubClient hub, Pace pace, Cluster cluster, MeterRegistry registry) {
    StreamMeters meters = new StreamMeters(registry);
    this.hub = hub;
    this.pace = pace;
    this.cluster = cluster;
    this.terms = new Terms(cluster::isFenced, meters);
    this.interruptions = new Interruptions(this::interrupted, this::repairAll);
    StreamParts parts = new StreamParts(hub, pace, meters, terms, new Repairs(), interruptions);
    this.status = new MarketStatus(
        parts, () -> interruptions.begin(Cause.HUB_LOST), () -> interruptions.end(Cause.HUB_LOST));
    this.routes = new DemandRoutes(cluster, hub);
    this.demand =
        new DemandLease(routes, "gateway-" + UUID.randomUUID(), pace.scheduler(), status::doubt);
    this.charts = new ChartStreams(parts, demand, status.marketMillis());
    this.quotes = new QuoteStreams(parts, demand, status::feedMillis);
    HeldTopics held = new HeldTopics(demand);
    this.trades = new TradeStreams(parts, demand);
    this.chains = new ChainStreams(parts, demand, held, status.marketMillis());
    this.alerts = new Notices(Addresses.ALERTS, alert -> "", hub, meters, terms);
    this.flow = new OptionFlow(hub, meters, terms);
    this.positions = new PositionCheck(charts, quotes, demand, pace.scheduler());
  }

  private void interrupted(String reason) {
    each(stream -> stream.interrupted(reason));
  }

  private void each(Consumer<SharedStream<?>> task) {
    charts.each(task);
    quotes.each(task);
    trades.each(task);
    chains.each(task);
  }

  /**
   * Finds out what all streams have missed and asks for it; to be called when messages may have been lost. The hubs tell
   * where the streams are, and only those behind, or not told of, are asked for, a limited number at a time.
   */
  public void repairAll() {
    each(SharedStream::doubt);
    demand.renew();
    pace.scheduler().after(POSITIONS_TOLD, () -> {
      if (!stopped && interruptions.reason().isEmpty()) {
        each(SharedStream::settle);
      }
    });
  }

  /** What the carrier does not deliver is missed, whoever could tell it. */
  private final class Carrier implements FanoutCarrier.Listener {
    @Override
    public void lost() {
      interruptions.begin(Cause.UNDELIVERED);
    }

    @Override
    public void restored() {
      interruptions.end(Cause.UNDELIVERED);
    }
  }

  private final class Changes implements ClusterListener {
    @Override
    public void membersChanged(List<Member> members) {
      Set<String> before = hubs;
      hubs = hubsOf(members);
      if (stopped || hubs.equals(before)) {
        return;
      }
      if (!hubs.containsAll(before)) {
        hub.hubGone();
      }
      demand.renew();
      status.doubt();
    }

    @Override
    public void fenced() {
      if (!stopped) {
        hub.hubGone();
        interruptions.begin(Cause.CUT_OFF);
      }
    }

    /** Whatever was heard or told since the others were lost, or before two halves met, may be lost. */
    @Override
    public void restored() {
      if (stopped) {
        return;
      }
      hub.hubGone();
      status.doubt();
      if (interruptions.has(Cause.CUT_OFF)) {
        interruptions.end(Cause.CUT_OFF);
      } else {
        repairAll();
      }
    }
  }

  private static Set<String> hubsOf(List<Member> members) {
    return members.stream()
        .filter(member -> member.has(Role.HUB))
        .map(Member::nodeId)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Begins to follow the hubs; done when the node listens and has looked for them, whether or not it found one. */
  public Future<Void> start() {
    hubs = hubsOf(cluster.members());
    registrations.add(cluster.listen(new Changes()));
    registrations.add(hub.onCarrier(new Carrier()));
    if (!hub.delivers()) {
      interruptions.begin(Cause.UNDELIVERED);
    }
    if (cluster.isFenced()) {
      interruptions.begin(Cause.CUT_OFF);
    }
    consumers.add(hub.listen(
        Addresses.HUB_OWNER, (Message<JsonObject> message) -> ownerChanged(message.body())));
    consumers.add(hub.listen(
        Addresses.gatewayPositions(cluster.nodeId()),
        (Message<JsonObject> message) -> told(StreamPositions.from(message.body()))));
    return Future.join(consumers.stream().map(MessageConsumer::completion).toList())
        .compose(listening -> Future.join(status.start(), alerts.start(), flow.start()))
        .mapEmpty();
  }

  private void ownerChanged(JsonObject announcement) {
    Map<Integer, Long> shards = terms.announced(announcement);
    if (announcement.getValue("node") instanceof String node) {
      routes.announced(node, shards);
    }
    demand.renew();
    trades.ownerChanged(shards.keySet());
    chains.ownerChanged(shards.keySet());
  }

  /** While nobody may be believed nothing is taken; afterwards all is told again. */
  private void told(StreamPositions told) {
    if (!terms.isCutOff()) {
      positions.told(told);
    }
  }

  /** Ends every stream and gives the demand up. */
  public Future<Void> stop() {
    stopped = true;
    registrations.forEach(Registration::cancel);
    Future<Void> released = demand.release();
    charts.closeAll();
    quotes.closeAll();
    trades.closeAll();
    chains.closeAll();
    List<Future<?>> ended =
        new ArrayList<>(List.of(released, status.stop(), alerts.stop(), flow.stop()));
    consumers.forEach(consumer -> ended.add(consumer.unregister()));
    return Future.join(ended).mapEmpty();
  }

  /** Returns the way to the hub. */
  public HubClient hub() {
    return hub;
  }

  /** Returns the market's status. */
  public MarketStatus status() {
    return status;
  }

  /** Returns the hub's alerts. */
  public Notices alerts() {
    return alerts;
  }

  /** Returns the unusual trades in options. */
  public OptionFlow flow() {
    return flow;
  }

  /** Returns the chart streams. */
  public ChartStreams charts() {
    return charts;
  }

  /** Returns the streams of trades. */
  public TradeStreams trades() {
    return trades;
  }

  /** Returns the streams of option chains. */
  public ChainStreams chains() {
    return chains;
  }

  /** Returns the quote streams. */
  public QuoteStreams quotes() {
    return quotes;
  }
}
