package io.candlehub.simulator.stream;

import io.candlehub.simulator.fault.Fault;
import io.candlehub.simulator.fault.FaultBoard;
import io.candlehub.simulator.fault.FaultKind;
import io.candlehub.simulator.market.Listing;
import io.candlehub.simulator.market.MarketTime;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.option.Contract;
import io.candlehub.simulator.stats.ConnectionStats;
import io.vertx.core.Context;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The provider's WebSocket server: accepts sockets, keeps the limit of connections, and hands each event to those who
 * want it. Confined to one event loop.
 */
public final class StreamServer implements EventPump.EventSink, StreamSession.Gate, Sockets {
  private static final Logger LOG = LoggerFactory.getLogger(StreamServer.class);
  private static final long DELAY_MILLIS = 15 * 60_000L;
  private static final Map<String, String> MARKETS = Map.of(
      "/stocks",
      "stocks",
      "/options",
      "options",
      "/indices",
      "indices",
      "/delayed/stocks",
      "stocks",
      "/delayed/options",
      "options",
      "/delayed/indices",
      "indices");
  private static final String TOO_MANY =
      "Maximum number of websocket connections exceeded. You have"
          + " reached the connection limit for your account. Please contact support to increase it.";

  private final StreamRules rules;
  private final FaultBoard faults;
  private final ConnectionStats stats;
  private final EventFaults eventFaults;
  private final EventPump pump;
  private final MarketView view;
  private final MarketTime time;
  private final Context context;
  private final Set<StreamSession> sessions = new LinkedHashSet<>();

  /** Creates the server. */
  public StreamServer(
      Context context,
      MarketView view,
      MarketTime time,
      LongSupplier nanoClock,
      StreamRules rules,
      FaultBoard faults,
      ConnectionStats stats) {
    this.context = context;
    this.view = view;
    this.time = time;
    this.rules = rules;
    this.faults = faults;
    this.stats = stats;
    this.eventFaults = new EventFaults(faults);
    this.pump = new EventPump(context, view, time, nanoClock, new MassiveTopics(), this);
  }

  /** Returns true if sockets are accepted on a path. */
  public static boolean serves(String path) {
    return MARKETS.containsKey(path);
  }

  /** Takes over a socket that was opened on one of the paths served. */
  public void accept(ServerWebSocket socket) {
    String market = MARKETS.get(socket.path());
    long delay = socket.path().startsWith("/delayed") ? DELAY_MILLIS : 0;
    StreamSession session = new StreamSession(socket, market, delay, this);
    stats.opened(market);
    if (faults
        .strike(FaultKind.DISCONNECT, fault -> fault.concernsMarket(market))
        .isPresent()) {
      session.cut();
      return;
    }
    sessions.add(session);
    Handshake handshake = new Handshake(session, rules, faults, this);
    long timer = context.owner().setTimer(rules.authTimeoutMillis(), fired -> handshake.timedOut());
    socket.textMessageHandler(handshake::received);
    socket.exceptionHandler(e -> LOG.debug("socket failed [market: {}]", market, e));
    socket.closeHandler(closed -> {
      context.owner().cancelTimer(timer);
      left(session);
    });
    session.status("connected", "Connected Successfully");
  }

  /** Counts a session as connected and evicts the oldest one beyond the limit. */
  void joined(StreamSession session) {
    session.authenticated();
    stats.joined(session.market());
    List<StreamSession> sharing = sessions.stream()
        .filter(other -> other.isAuthenticated() && other.market().equals(session.market()))
        .toList();
    boolean fault = faults
        .strike(FaultKind.MAX_CONNECTIONS, f -> f.concernsMarket(session.market()))
        .isPresent();
    if (fault) {
      evict(session);
    } else if (sharing.size() > rules.maxConnections()) {
      evict(sharing.get(0));
    }
  }

  void refused(StreamSession session) {
    stats.refused(session.market());
  }

  private void evict(StreamSession session) {
    stats.evicted(session.market());
    session.evict("max_connections", TOO_MANY);
    left(session);
  }

  private void left(StreamSession session) {
    session.gone();
    if (!sessions.remove(session)) {
      return;
    }
    if (session.isAuthenticated()) {
      stats.left(session.market());
    }
    eventFaults.forget(session);
    List.copyOf(session.topics()).forEach(topic -> dropped(session, topic));
  }

  /** Starts the events of a topic a session has just subscribed to. */
  void held(StreamSession session, Topic topic) {
    countTopics(session.market());
    if (!topic.isOn(session.market())) {
      return;
    }
    if (!topic.isWildcard()) {
      pump.want(topic, session.delayMillis());
      return;
    }
    context
        .executeBlocking(() -> all(session.market()), false)
        .onFailure(e -> LOG.error("symbols not listed [market: {}]", session.market(), e))
        .onSuccess(tickers -> {
          if (!session.isClosed() && session.topics().contains(topic)) {
            tickers.forEach(
                ticker -> pump.want(new Topic(topic.channel(), ticker), session.delayMillis()));
          }
        });
  }

  private void countTopics(String market) {
    int topics = sessions.stream()
        .filter(session -> session.market().equals(market))
        .mapToInt(session -> session.topics().size())
        .sum();
    stats.holds(market, topics);
  }

  private List<String> all(String market) {
    return switch (market) {
      case "stocks" -> view.market().listings().stream().map(Listing::ticker).toList();
      case "indices" -> view.market().indices().stream().map(Listing::ticker).toList();
      default -> nearest();
    };
  }

  /** Returns the contracts of the nearest expiration of each underlying: what a wildcard on options carries here. */
  private List<String> nearest() {
    LocalDate today = view.calendar().dateOf(time.millis());
    List<String> found = new ArrayList<>();
    for (String underlying : view.market().options().underlyings()) {
      List<Contract> contracts = view.market().options().contracts(underlying, today);
      contracts.stream()
          .map(Contract::expiration)
          .min(Comparator.naturalOrder())
          .ifPresent(first -> contracts.stream()
              .filter(contract -> contract.expiration().equals(first))
              .forEach(contract -> found.add(contract.ticker())));
    }
    return found;
  }

  /** Ends the events of a topic a session no longer holds unless another one wants them. */
  void dropped(StreamSession session, Topic topic) {
    session.remove(topic);
    countTopics(session.market());
    List<Topic> concerned = topic.isWildcard()
        ? pump.running(session.delayMillis()).stream()
            .filter(
                other -> other.channel().equals(topic.channel()) && other.isOn(session.market()))
            .toList()
        : List.of(topic);
    for (Topic single : concerned) {
      boolean wanted = sessions.stream()
          .anyMatch(other -> other.delayMillis() == session.delayMillis() && other.wants(single));
      if (!wanted) {
        pump.forget(single, session.delayMillis());
      }
    }
  }

  @Override
  public void beginTurn(long nowMillis) {
    eventFaults.moveTo(nowMillis);
  }

  @Override
  public void event(Topic topic, long delayMillis, String json) {
    for (StreamSession session : sessions) {
      if (session.delayMillis() == delayMillis && !session.isClosed() && session.wants(topic)) {
        eventFaults.send(session, topic, json);
      }
    }
  }

  @Override
  public void endTurn() {
    for (StreamSession session : List.copyOf(sessions)) {
      session.flush();
    }
  }

  @Override
  public long nextReleaseMillis() {
    return eventFaults.nextReleaseMillis();
  }

  @Override
  public boolean mayWrite(StreamSession session) {
    return faults.isEmpty()
        || faults.look(FaultKind.MUTE, f -> f.concernsMarket(session.market())).isEmpty();
  }

  @Override
  public void wrote(StreamSession session, int events, int bytes) {
    stats.sent(session.market(), events, bytes);
  }

  @Override
  public long mostUnsentBytes() {
    return rules.mostUnsentBytes();
  }

  @Override
  public void tooSlow(StreamSession session) {
    LOG.info("client reads too slowly [market: {}]", session.market());
    session.evictSlow("Disconnected as a slow consumer.");
  }

  @Override
  public void commit(Fault fault) {
    List<StreamSession> concerned = sessions.stream()
        .filter(session -> fault.concernsMarket(session.market()))
        .toList();
    if (fault.kind() == FaultKind.DISCONNECT) {
      concerned.forEach(StreamSession::cut);
    } else if (fault.kind() == FaultKind.MAX_CONNECTIONS) {
      concerned.stream().filter(StreamSession::isAuthenticated).forEach(this::evict);
    }
  }

  @Override
  public void clockJumped() {
    pump.restartAll();
  }

  @Override
  public void clockChanged() {
    pump.rearm();
  }

  @Override
  public void reload(Predicate<String> tickers, long fromMillis) {
    pump.reload(tickers, fromMillis);
  }

  @Override
  public JsonObject topics() {
    JsonObject all = new JsonObject();
    for (StreamSession session : sessions) {
      JsonArray names = all.getJsonArray(session.market(), new JsonArray());
      for (Topic topic : session.topics()) {
        if (!names.contains(topic.toString())) {
          names.add(topic.toString());
        }
      }
      all.put(session.market(), names);
    }
    return all;
  }

  @Override
  public void stop() {
    pump.stop();
    List.copyOf(sessions).forEach(StreamSession::cut);
  }
}
