package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.BusHeaders;
import io.candlehub.bus.CarrierState;
import io.candlehub.bus.ChartJsonReader;
import io.candlehub.bus.EncodedHistory;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FanoutCarrier;
import io.candlehub.bus.FanoutMessage;
import io.candlehub.bus.FanoutSubscription;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.Member;
import io.candlehub.cluster.Registration;
import io.candlehub.cluster.Role;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import io.candlehub.model.StreamKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Asks the hub and hears what it publishes. Every request has a time limit, and every failure is a {@link
 * FailureException}.
 */
public final class HubClient implements HubWatch.Hub {
  private static final Duration CHART = Duration.ofSeconds(5);
  private static final Duration HISTORY = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofSeconds(5);
  private static final Duration SYMBOLS = Duration.ofSeconds(12);
  private static final Duration DEMAND = Duration.ofSeconds(2);
  private static final Duration PROBE = Duration.ofSeconds(2);

  /** What a take-over takes, and a little more. */
  private static final Duration TAKE_OVER = Duration.ofSeconds(2);

  /** How long a client that has just come is worth waiting for. */
  private static final Duration ARRIVAL = Duration.ofSeconds(10);

  private final EventBus bus;
  private final FanoutCarrier carrier;
  private final Cluster cluster;
  private final Questions questions;
  private long messages;

  /**
   * Creates a client of the hubs.
   *
   * @param bus where they are asked
   * @param carrier brings what they publish about streams
   * @param cluster tells which hubs there are
   * @param scheduler runs what is due on the caller's event loop
   * @param nanoClock elapsed wall time
   */
  public HubClient(
      EventBus bus,
      FanoutCarrier carrier,
      Cluster cluster,
      Scheduler scheduler,
      LongSupplier nanoClock) {
    this.bus = bus;
    this.carrier = carrier;
    this.cluster = cluster;
    this.questions = new Questions(bus::request, scheduler, nanoClock);
  }

  /** Asks for a snapshot that carries the change position of every bar. */
  Future<ChartAnswer> replica(StreamKey key) {
    return chart(chartRequest(key).put("replica", true), ARRIVAL);
  }

  /** Asks for what followed a position: one update, or a snapshot if the hub cannot continue it. */
  Future<ChartAnswer> replicaSince(StreamKey key, Position since) {
    JsonObject position = new JsonObject().put("epoch", since.epoch()).put("seq", since.seq());
    return chart(chartRequest(key).put("replica", true).put("since", position), TAKE_OVER);
  }

  private static JsonObject chartRequest(StreamKey key) {
    return new JsonObject()
        .put("symbol", key.instrument().symbol())
        .put("timeframe", key.timeframe().wireName())
        .put("sessionMode", key.sessionMode().wireName());
  }

  private Future<ChartAnswer> chart(JsonObject request, Duration patience) {
    return this.<Buffer>request(Addresses.COMMAND_CHART, request, CHART, patience)
        .map(answer -> {
          String demand = answer.headers().get("demand");
          try {
            return new ChartAnswer(
                ChartJsonReader.read(answer.body()),
                demand == null ? "pending" : demand,
                answer.headers().contains("term") ? answer.headers().get("term") : "");
          } catch (IllegalArgumentException e) {
            throw Failure.INTERNAL.because("the chart cannot be read");
          }
        });
  }

  /**
   * Asks for the bars of a range.
   *
   * @param request symbol, timeframe, sessionMode, from, to, limit, adjusted
   */
  public Future<EncodedHistory> history(JsonObject request) {
    return this.<EncodedHistory>request(Addresses.COMMAND_HISTORY, request, HISTORY)
        .map(Message::body);
  }

  /** Asks for the last quote of an instrument and how good it is, as JSON. */
  public Future<Buffer> quote(Instrument instrument) {
    return quote(new JsonObject().put("symbol", instrument.symbol()), TAKE_OVER);
  }

  /** Asks for the last quote of an instrument as its stream carries it. */
  Future<Buffer> replicaQuote(Instrument instrument) {
    return quote(replicaRequest(instrument), TAKE_OVER);
  }

  /** Asks for the last quote of an instrument whose first client has just come, as its stream carries it. */
  Future<Buffer> firstQuote(Instrument instrument) {
    return quote(replicaRequest(instrument), ARRIVAL);
  }

  private static JsonObject replicaRequest(Instrument instrument) {
    return new JsonObject().put("symbol", instrument.symbol()).put("replica", true);
  }

  private Future<Buffer> quote(JsonObject request, Duration patience) {
    return this.<Buffer>request(Addresses.COMMAND_QUOTE, request, SHORT, patience)
        .map(Message::body);
  }

  /**
   * Asks a command whose answer is JSON as its readers get it.
   *
   * @param command its address
   */
  public Future<Buffer> answer(String command, JsonObject question) {
    return this.<Buffer>request(command, question, HISTORY).map(Message::body);
  }

  /**
   * What a hub told.
   *
   * @param body as it was told; not to be changed
   * @param term the term its sender owns the shard under; empty if it knows of none
   */
  record Told(JsonObject body, String term) {}

  /** Asks for the newest trades of an instrument, as its readers get them: {@code {symbol, trades}}. */
  public Future<JsonObject> trades(Instrument instrument, int limit) {
    return tradesTold(instrument, limit).map(told -> {
      JsonObject body = told.body().copy();
      body.remove("position");
      return body;
    });
  }

  /** Asks for the newest trades with their position. */
  Future<Told> tradesTold(Instrument instrument, int limit) {
    return told(Addresses.COMMAND_TRADES, tradesQuestion(instrument, limit), TAKE_OVER);
  }

  /** Asks for the newest trades of an instrument whose first client has just come. */
  Future<Told> firstTrades(Instrument instrument, int limit) {
    return told(Addresses.COMMAND_TRADES, tradesQuestion(instrument, limit), ARRIVAL);
  }

  private static JsonObject tradesQuestion(Instrument instrument, int limit) {
    return new JsonObject().put("symbol", instrument.symbol()).put("limit", limit);
  }

  /** Asks for a chain, or an expiration of it, with the term it is told under. */
  Future<Told> chain(JsonObject question) {
    return told(Addresses.COMMAND_CHAIN, question, ARRIVAL);
  }

  /** Asks for the dates on which options on an underlying expire: {@code {underlying, expirations}}. */
  Future<JsonObject> expirations(Instrument underlying) {
    JsonObject question = new JsonObject().put("underlying", underlying.symbol());
    return told(Addresses.COMMAND_EXPIRATIONS, question, ARRIVAL).map(Told::body);
  }

  private Future<Told> told(String command, JsonObject question, Duration patience) {
    return this.<Buffer>request(command, question, HISTORY, patience).map(answer -> {
      String term = answer.headers().get("term");
      try {
        return new Told(answer.body().toJsonObject(), term == null ? "" : term);
      } catch (DecodeException e) {
        throw Failure.INTERNAL.because("the answer cannot be read");
      }
    });
  }

  /** Asks for bars of symbols and timeframes to be loaded ahead; returns what was queued. */
  public Future<JsonObject> warm(JsonObject question) {
    return this.<JsonObject>request(Addresses.COMMAND_WARM, question, SHORT).map(Message::body);
  }

  /** Asks for the market's status. */
  public Future<JsonObject> status() {
    return this.<JsonObject>request(Addresses.COMMAND_STATUS, new JsonObject(), SHORT)
        .map(Message::body);
  }

  @Override
  public Future<JsonObject> probe() {
    return this.<JsonObject>request(
            Addresses.COMMAND_STATUS, new JsonObject(), PROBE, Duration.ZERO)
        .map(Message::body);
  }

  /**
   * Asks for the state of feeds and stores: of this node's hub, or else of any. The carrier's is that of this node if it
   * fails here.
   */
  public Future<JsonObject> health() {
    return askHealth().map(answer -> {
      CarrierState own = carrier.state();
      return own.connected()
          ? answer.body()
          : answer.body().copy().put("carrier", own.toJson()).put("status", "degraded");
    });
  }

  private Future<Message<JsonObject>> askHealth() {
    List<Member> members = cluster.members();
    boolean own = (members.size() > 1 || cluster.isFenced())
        && members.stream()
            .anyMatch(node -> node.nodeId().equals(cluster.nodeId()) && node.has(Role.HUB));
    if (!own) {
      return request(Addresses.COMMAND_HEALTH, new JsonObject(), SHORT);
    }
    DeliveryOptions options = new DeliveryOptions()
        .setSendTimeout(SHORT.toMillis())
        .addHeader(BusHeaders.COMMAND, Addresses.COMMAND_HEALTH);
    return typed(questions.ask(
        Addresses.hubCommand(cluster.nodeId()), new JsonObject(), options, TAKE_OVER));
  }

  /** Searches the provider's reference data. */
  public Future<JsonArray> symbols(String query, int limit) {
    JsonObject request = new JsonObject().put("query", query).put("limit", limit);
    return this.<JsonArray>request(Addresses.INGEST_SYMBOLS, request, SYMBOLS).map(Message::body);
  }

  /** Brings a demand report to a hub; done with its answer. */
  Future<JsonObject> tellDemand(String hub, JsonObject report) {
    return this.<JsonObject>request(Addresses.hubLease(hub), report, DEMAND, Duration.ZERO)
        .map(Message::body);
  }

  /** Takes note that hubs that may have been asked something are gone, or others are there. */
  void hubGone() {
    questions.hubGone();
  }

  /** Hears everything published on an address, from the moment the consumer's completion is done. */
  <B> MessageConsumer<B> listen(String address, Consumer<Message<B>> handler) {
    return bus.consumer(address, message -> {
      messages++;
      handler.accept(message);
    });
  }

  /** Hears every update of a stream, from the moment the subscription's completion is done. */
  FanoutSubscription follow(String address, Consumer<FanoutMessage> handler) {
    return carrier.subscribe(address, message -> {
      messages++;
      handler.accept(message);
    });
  }

  /** Hears when this node's streams are interrupted and when they are back. */
  Registration onCarrier(FanoutCarrier.Listener listener) {
    return carrier.listen(listener);
  }

  /** Returns whether streams are delivered to this node. */
  boolean delivers() {
    return carrier.delivers();
  }

  @Override
  public long messages() {
    return messages;
  }

  private <B> Future<Message<B>> request(String address, JsonObject body, Duration timeout) {
    return request(address, body, timeout, TAKE_OVER);
  }

  private <B> Future<Message<B>> request(
      String address, JsonObject body, Duration timeout, Duration patience) {
    DeliveryOptions options = new DeliveryOptions().setSendTimeout(timeout.toMillis());
    return typed(questions.ask(address, body, options, patience));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an address has answers of one type
  private static <B> Future<Message<B>> typed(Future<Message<Object>> answer) {
    return (Future) answer;
  }
}
