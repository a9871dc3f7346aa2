package io.candlehub.gateway;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.AlertJson;
import io.candlehub.bus.CarrierState;
import io.candlehub.bus.ChartJson;
import io.candlehub.bus.EncodedHistory;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.StreamPositions;
import io.candlehub.cluster.SingleNode;
import io.candlehub.demand.ToldTopics;
import io.candlehub.model.Alert;
import io.candlehub.model.Bar;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.Instrument;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A hub on the bus that holds what a test puts there. Unknown symbols are those that begin with {@code NO}; those that begin with
 * {@code MUTE} have no quote yet; those that contain {@code OLD} have an old one.
 */
public final class FakeHub {
  /** The hubs it stands for. */
  private static final List<String> NODES = List.of(SingleNode.NODE_ID, "hub-1", "hub-2");

  private final EventBus bus;
  private final Map<StreamKey, FakeSeries> series = new ConcurrentHashMap<>();
  private final List<JsonObject> chartRequests = new CopyOnWriteArrayList<>();
  private final List<JsonObject> historyRequests = new CopyOnWriteArrayList<>();
  private final List<Message<JsonObject>> heldBack = new CopyOnWriteArrayList<>();
  private final List<MessageConsumer<JsonObject>> consumers = new CopyOnWriteArrayList<>();
  private final ToldTopics demand = new ToldTopics();
  private final Map<String, Buffer> quotes = new ConcurrentHashMap<>();
  private volatile long term = 1;
  private volatile boolean moving;
  private volatile boolean holding;
  private volatile boolean empty;
  private volatile Function<JsonObject, Buffer> history = FakeHub::emptyHistory;
  private volatile Function<JsonObject, String> nextFrom = request -> "";

  /** Starts to answer. */
  public FakeHub(Vertx vertx) {
    bus = vertx.eventBus();
    appear();
  }

  /** Answers from now on. */
  public void appear() {
    answer(Addresses.COMMAND_CHART, this::chart);
    answer(Addresses.COMMAND_HISTORY, this::history);
    answer(Addresses.COMMAND_QUOTE, this::quote);
    answer(Addresses.COMMAND_STATUS, message -> message.reply(status("open")));
    answer(Addresses.COMMAND_WARM, FakeHub::warm);
    answer(Addresses.COMMAND_HEALTH, message -> message.reply(health()));
    answer(Addresses.INGEST_SYMBOLS, FakeHub::search);
    NODES.forEach(node -> answer(Addresses.hubLease(node), this::demand));
  }

  private void demand(Message<JsonObject> message) {
    JsonObject body = message.body();
    message.reply(demand.take(message.address(), body));
    if (body.getBoolean("positions", false) && !empty) {
      bus.send(Addresses.gatewayPositions(body.getString("node")), positions().toJson());
    }
  }

  private StreamPositions positions() {
    return new StreamPositions(
        "hub-1",
        0,
        series.values().stream()
            .filter(one -> demand.topics().contains(Addresses.chart(one.key())))
            .map(one -> one.position(term))
            .toList(),
        quotes.entrySet().stream()
            .map(quote -> new StreamPositions.Quote(
                Instrument.of(quote.getKey()), term, StreamPositions.digest(quote.getValue())))
            .toList());
  }

  private void answer(String address, Handler<Message<JsonObject>> handler) {
    consumers.add(bus.consumer(address, handler));
  }

  /** Answers no more and forgets what was demanded, as if it had died. */
  public void vanish() {
    consumers.forEach(consumer -> GatewayFixture.await(consumer.unregister()));
    consumers.clear();
    demand.forget();
  }

  /** Returns the series of a stream. */
  public FakeSeries series(StreamKey key) {
    return series.computeIfAbsent(key, FakeSeries::new);
  }

  /** Changes bars and publishes the update. */
  public void put(StreamKey key, Bar... bars) {
    publish(series(key).put(bars), term);
  }

  /** Publishes an update under a term. */
  public void publish(ChartUpdate update, long underTerm) {
    bus.publish(Addresses.chart(update.key()), ChartJson.body(update), headers(underTerm));
  }

  private static DeliveryOptions headers(long underTerm) {
    return new DeliveryOptions().addHeader("term", Long.toString(underTerm));
  }

  /** Publishes a quote. */
  public void quote(String symbol, double bid) {
    quote(symbol, bid, term);
  }

  /** Publishes a quote under a term. */
  public void quote(String symbol, double bid, long underTerm) {
    bus.publish(Addresses.quote(Instrument.of(symbol)), quoteJson(symbol, bid), headers(underTerm));
  }

  /** Has a quote that it does not publish. */
  public void keepQuote(String symbol, double bid) {
    quotes.put(symbol, quoteJson(symbol, bid));
  }

  /** Says that a hub serves a shard from now on, as this one does. */
  public void own(int shard, long newTerm) {
    term = newTerm;
    bus.publish(
        Addresses.HUB_OWNER,
        new JsonObject()
            .put("shards", new JsonArray().add(shard))
            .put("terms", new JsonArray().add(newTerm))
            .put("term", newTerm)
            .put("node", "hub-" + newTerm));
  }

  /** Has moved everything to a hub that nobody knows yet, or has not any more. */
  public void moving(boolean isMoving) {
    moving = isMoving;
  }

  /** Publishes an alert. */
  public void alert(Alert alert) {
    bus.publish(Addresses.ALERTS, AlertJson.body(alert));
  }

  /** Publishes a status. */
  public void publishStatus(String market) {
    bus.publish(Addresses.STATUS, status(market));
  }

  /** Answers chart commands as long as nothing is loaded: with nothing but the reason. */
  public void startsEmpty() {
    empty = true;
  }

  /** Answers chart commands with what is there. */
  public void hasLoaded() {
    empty = false;
  }

  /** Makes chart commands wait. */
  public void holdCharts() {
    holding = true;
  }

  /** Answers the chart commands that wait. */
  public synchronized void releaseCharts() {
    holding = false;
    List<Message<JsonObject>> waiting = List.copyOf(heldBack);
    heldBack.clear();
    waiting.forEach(this::chart);
  }

  /** Returns how many chart commands wait. */
  public int heldCharts() {
    return heldBack.size();
  }

  /** Never answers the chart commands that wait, but those to come. */
  public synchronized void forgetCharts() {
    holding = false;
    heldBack.clear();
  }

  /** Forgets what was demanded. */
  public void forgetDemand() {
    demand.forget();
  }

  /** Sets the answer to requests for bars. */
  public void answerHistory(
      Function<JsonObject, Buffer> answer, Function<JsonObject, String> next) {
    history = answer;
    nextFrom = next;
  }

  /** Returns the chart commands so far. */
  public List<JsonObject> chartRequests() {
    return chartRequests;
  }

  /** Returns the requests for bars so far. */
  public List<JsonObject> historyRequests() {
    return historyRequests;
  }

  /** Returns the topics wanted now; what a client has just asked for may still be on its way. */
  public Set<String> demand() {
    return demand.topics();
  }

  private synchronized void chart(Message<JsonObject> message) {
    if (moving) {
      Failure.UNAVAILABLE.because("about to be served by another node", 250).replyTo(message);
      return;
    }
    if (holding) {
      heldBack.add(message);
      return;
    }
    JsonObject request = message.body();
    chartRequests.add(request);
    if (request.getString("symbol").startsWith("NO")) {
      Failure.UNKNOWN_INSTRUMENT
          .because("no such symbol " + request.getString("symbol"))
          .replyTo(message);
      return;
    }
    FakeSeries found = series(new StreamKey(
        Instrument.of(request.getString("symbol")),
        Timeframe.parse(request.getString("timeframe")).orElseThrow(),
        SessionMode.parse(request.getString("sessionMode")).orElseThrow()));
    if (empty) {
      reply(message, new FakeSeries(found.key()).loading(), "pending");
      return;
    }
    JsonObject since = request.getJsonObject("since");
    ChartMessage answer = since == null
        ? found.snapshot(true)
        : found.since(since.getString("epoch"), since.getLong("seq"));
    reply(message, answer, "live");
  }

  private void reply(Message<JsonObject> message, ChartMessage answer, String state) {
    message.reply(
        ChartJson.body(answer),
        headers(term).addHeader("demand", state).addHeader("epoch", answer.epoch()));
  }

  private void history(Message<JsonObject> message) {
    historyRequests.add(message.body());
    try {
      JsonObject answer = history.apply(message.body()).toJsonObject();
      String next = nextFrom.apply(message.body());
      message.reply(encoded(
          answer, next.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(next))));
    } catch (FailureException e) {
      e.replyTo(message);
    }
  }

  private static EncodedHistory encoded(JsonObject answer, OptionalLong next) {
    JsonObject head = new JsonObject();
    JsonObject fields = new JsonObject();
    for (String name : answer.fieldNames()) {
      boolean isArray = name.equals("bars") || name.equals("intervals");
      boolean isHead = answer.getValue(name) instanceof String;
      if (!isArray) {
        (isHead ? head : fields).put(name, answer.getValue(name));
      }
    }
    String opened = head.encode();
    String inside = fields.encode();
    return new EncodedHistory(
        Buffer.buffer(opened.substring(0, opened.length() - 1) + ",\"bars\":["),
        rows(answer.getJsonArray("bars", new JsonArray())),
        rows(answer.getJsonArray("intervals", new JsonArray())),
        Buffer.buffer(inside.substring(1, inside.length() - 1)),
        next);
  }

  private static List<Buffer> rows(JsonArray rows) {
    return rows.stream().map(row -> ((JsonObject) row).toBuffer()).toList();
  }

  private void quote(Message<JsonObject> message) {
    String symbol = message.body().getString("symbol");
    if (symbol.startsWith("NO")) {
      Failure.UNKNOWN_INSTRUMENT.because("no such symbol " + symbol).replyTo(message);
    } else if (symbol.startsWith("MUTE")) {
      Failure.NO_DATA.because("no quote yet").replyTo(message);
    } else if (quotes.containsKey(symbol)) {
      message.reply(quotes.get(symbol));
    } else {
      JsonObject quote = quoteJson(symbol, 1).toJsonObject();
      long age = symbol.contains("OLD") ? 600_000 : 0;
      message.reply(quote.put("t", Charts.START - age).toBuffer());
    }
  }

  private static Buffer quoteJson(String symbol, double bid) {
    return new JsonObject()
        .put("symbol", symbol)
        .put("bid", bid)
        .put("t", Charts.START)
        .toBuffer();
  }

  private static JsonObject status(String market) {
    return new JsonObject()
        .put("market", market)
        .put("marketTime", "2023-11-14T17:14:00-05:00")
        .put("marketMillis", Charts.START)
        .put("speed", 1)
        .put("simulated", true)
        .put("mode", "synthetic")
        .put("marketId", "sim-1")
        .put("provider", "fake")
        .put("feeds", new JsonArray());
  }

  private static JsonObject health() {
    return new JsonObject()
        .put("status", "ok")
        .put("feeds", new JsonArray())
        .put(
            "store",
            new JsonObject()
                .put("kind", "fake")
                .put("state", "ok")
                .put("pendingWrites", 0)
                .put("lostWrites", 0))
        .put("carrier", new CarrierState("eventbus", true, "").toJson())
        .put("series", 1)
        .put("gaps", 0)
        .put("parity", new JsonObject().put("equal", 0).put("different", new JsonObject()))
        .put("throttled", false)
        .put("cooldownMs", 0);
  }

  private static void warm(Message<JsonObject> message) {
    if (!(message.body().getValue("symbols") instanceof JsonArray symbols)
        || !(message.body().getValue("timeframes") instanceof JsonArray timeframes)) {
      Failure.INVALID_PARAMETER.because("symbols and timeframes must be lists").replyTo(message);
      return;
    }
    JsonArray queued = new JsonArray();
    for (Object symbol : symbols) {
      for (Object timeframe : timeframes) {
        queued.add(new JsonObject().put("symbol", symbol).put("timeframe", timeframe));
      }
    }
    message.reply(new JsonObject().put("queued", queued));
  }

  private static void search(Message<JsonObject> message) {
    JsonArray found = new JsonArray();
    Instrument.parse(message.body().getString("query"))
        .ifPresent(instrument -> found.add(new JsonObject()
            .put("symbol", instrument.symbol())
            .put("name", "")
            .put("type", "CS")
            .put("exchange", "XNAS")));
    message.reply(found);
  }

  /** Returns an answer without bars. */
  public static Buffer emptyHistory(JsonObject request) {
    StreamKey key = Charts.key(
        request.getString("symbol"),
        Timeframe.parse(request.getString("timeframe")).orElseThrow());
    JsonObject snapshot = ChartJson.body(new FakeSeries(key).snapshot(false)).toJsonObject();
    snapshot.remove("kind");
    return snapshot.toBuffer();
  }
}
