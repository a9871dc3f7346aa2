package io.candlehub.simulator.tradier;

import io.candlehub.simulator.fault.Fault;
import io.candlehub.simulator.fault.FaultBoard;
import io.candlehub.simulator.fault.FaultKind;
import io.candlehub.simulator.market.MarketTime;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.stats.ConnectionStats;
import io.candlehub.simulator.stream.EventFaults;
import io.candlehub.simulator.stream.EventPump;
import io.candlehub.simulator.stream.Sockets;
import io.candlehub.simulator.stream.Topic;
import io.vertx.core.Context;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second provider's streaming sessions: an id by REST, good for one socket within five minutes, one socket at a time;
 * each message of the client replaces all it had asked for. Confined to one event loop.
 */
public final class TradierSockets implements Sockets, EventPump.EventSink, TradierSession.Gate {
  /** Where sockets are accepted. */
  public static final String PATH = "/v1/markets/events";

  static final String MARKET = "tradier";

  private static final Logger LOG = LoggerFactory.getLogger(TradierSockets.class);
  private static final long SESSION_NANOS = 300_000_000_000L;
  private static final Set<String> KINDS =
      Set.of("quote", "trade", "timesale", "summary", "tradex");

  private final LongSupplier nanoClock;
  private final TradierRules rules;
  private final FaultBoard faults;
  private final ConnectionStats stats;
  private final EventFaults eventFaults;
  private final EventPump pump;
  private final Symbols symbols;
  private final Map<String, Long> unused = new HashMap<>();
  private final Set<TradierSession> sessions = new LinkedHashSet<>();

  /** Creates the server. */
  public TradierSockets(
      Context context,
      MarketView view,
      MarketTime time,
      LongSupplier nanoClock,
      TradierRules rules,
      FaultBoard faults,
      ConnectionStats stats) {
    this.nanoClock = nanoClock;
    this.rules = rules;
    this.faults = faults;
    this.stats = stats;
    this.eventFaults = new EventFaults(faults);
    this.pump = new EventPump(context, view, time, nanoClock, new TradierTopics(view), this);
    this.symbols = new Symbols(view.market());
  }

  /** Returns the id of a new session. */
  String newSession() {
    String id = UUID.randomUUID().toString();
    unused.values().removeIf(end -> nanoClock.getAsLong() - end > 0);
    unused.put(id, nanoClock.getAsLong() + SESSION_NANOS);
    return id;
  }

  /** Takes over a socket. */
  public void accept(ServerWebSocket socket) {
    TradierSession session = new TradierSession(socket, this);
    stats.opened(MARKET);
    if (faults.strike(FaultKind.DISCONNECT, f -> f.concernsMarket(MARKET)).isPresent()) {
      session.cut();
      return;
    }
    sessions.add(session);
    socket.textMessageHandler(text -> received(session, text));
    socket.exceptionHandler(e -> LOG.debug("socket failed [market: {}]", MARKET, e));
    socket.closeHandler(closed -> left(session));
  }

  private void received(TradierSession session, String text) {
    if (session.isClosed()) {
      return;
    }
    JsonObject message;
    try {
      message = new JsonObject(text);
    } catch (DecodeException e) {
      session.error("the payload is not valid");
      return;
    }
    Object id = message.getValue("sessionid");
    if (!(id instanceof String sessionId) || !mayUse(session, sessionId)) {
      stats.refused(MARKET);
      session.error("Session not found");
      session.close();
      return;
    }
    boolean joins = !session.isJoined();
    TradierSession.Wish before = session.wish();
    session.wants(sessionId, wish(session, message));
    start(session, before);
    if (joins) {
      joined(session);
    }
  }

  private boolean mayUse(TradierSession session, String id) {
    if (session.isJoined()) {
      return session.sessionId().equals(id);
    }
    Long end = unused.remove(id);
    return end != null && nanoClock.getAsLong() - end <= 0;
  }

  private TradierSession.Wish wish(TradierSession session, JsonObject message) {
    Set<String> tickers = new LinkedHashSet<>();
    for (String symbol : texts(message.getValue("symbols"))) {
      Optional<String> ticker = symbols.ticker(symbol);
      if (ticker.isPresent()) {
        tickers.add(ticker.get());
      } else {
        session.error(symbol + " is not a valid symbol");
      }
    }
    Set<String> filter = new LinkedHashSet<>(texts(message.getValue("filter")));
    filter.retainAll(KINDS);
    boolean linebreak = Boolean.TRUE.equals(message.getValue("linebreak"));
    return new TradierSession.Wish(tickers, filter.isEmpty() ? KINDS : filter, linebreak);
  }

  private static List<String> texts(Object value) {
    List<String> found = new ArrayList<>();
    if (value instanceof JsonArray list) {
      list.forEach(item -> found.add(String.valueOf(item)));
    }
    return found;
  }

  private void start(TradierSession session, TradierSession.Wish before) {
    for (String ticker : session.wish().tickers()) {
      for (String kind : session.wish().filter()) {
        pump.want(new Topic(kind, ticker), 0);
      }
    }
    forgetUnwanted(before);
  }

  private void forgetUnwanted(TradierSession.Wish before) {
    stats.holds(
        MARKET,
        sessions.stream()
            .mapToInt(session ->
                session.wish().tickers().size() * session.wish().filter().size())
            .sum());
    for (String ticker : before.tickers()) {
      for (String kind : before.filter()) {
        if (sessions.stream().noneMatch(other -> other.wish().holds(kind, ticker))) {
          pump.forget(new Topic(kind, ticker), 0);
        }
      }
    }
  }

  private void joined(TradierSession session) {
    stats.joined(MARKET);
    boolean refused =
        faults.strike(FaultKind.MAX_CONNECTIONS, f -> f.concernsMarket(MARKET)).isPresent();
    for (TradierSession other : List.copyOf(sessions)) {
      if (other.isJoined() && (other != session || refused)) {
        evict(other);
      }
    }
  }

  private void evict(TradierSession session) {
    stats.evicted(MARKET);
    session.flush();
    session.close();
    left(session);
  }

  private void left(TradierSession session) {
    session.gone();
    if (sessions.remove(session)) {
      if (session.isJoined()) {
        stats.left(MARKET);
      }
      eventFaults.forget(session);
      forgetUnwanted(session.wish());
    }
  }

  @Override
  public void beginTurn(long nowMillis) {
    eventFaults.moveTo(nowMillis);
  }

  @Override
  public void event(Topic topic, long delayMillis, String json) {
    for (TradierSession session : sessions) {
      if (!session.isClosed() && session.wish().holds(topic.channel(), topic.ticker())) {
        eventFaults.send(session, topic, json);
      }
    }
  }

  @Override
  public void endTurn() {
    List.copyOf(sessions).forEach(TradierSession::flush);
  }

  @Override
  public long nextReleaseMillis() {
    return eventFaults.nextReleaseMillis();
  }

  @Override
  public boolean mayWrite() {
    return faults.isEmpty()
        || faults.look(FaultKind.MUTE, f -> f.concernsMarket(MARKET)).isEmpty();
  }

  @Override
  public void wrote(int events, int bytes) {
    stats.sent(MARKET, events, bytes);
  }

  @Override
  public long mostUnsentBytes() {
    return rules.mostUnsentBytes();
  }

  @Override
  public void commit(Fault fault) {
    if (!fault.concernsMarket(MARKET)) {
      return;
    }
    if (fault.kind() == FaultKind.DISCONNECT) {
      List.copyOf(sessions).forEach(TradierSession::cut);
    } else if (fault.kind() == FaultKind.MAX_CONNECTIONS) {
      List.copyOf(sessions).stream().filter(TradierSession::isJoined).forEach(this::evict);
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
    JsonArray names = new JsonArray();
    for (TradierSession session : sessions) {
      for (String ticker : session.wish().tickers()) {
        for (String kind : session.wish().filter()) {
          names.add(kind + "." + Symbols.symbol(ticker));
        }
      }
    }
    return names.isEmpty() ? new JsonObject() : new JsonObject().put(MARKET, names);
  }

  @Override
  public void stop() {
    pump.stop();
    List.copyOf(sessions).forEach(TradierSession::cut);
  }
}
