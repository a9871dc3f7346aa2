package io.candlehub.gateway.stream;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.CarrierState;
import io.candlehub.bus.ChartJsonReader;
import io.candlehub.bus.EncodedHistory;
import io.candlehub.bus.EventBusCarrier;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.FanoutCarrier;
import io.candlehub.bus.FanoutMessage;
import io.candlehub.bus.FanoutSubscription;
import io.candlehub.cluster.Registration;
import io.candlehub.model.Instrument;
import io.candlehub.model.StreamKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;

/**
 * Asks the hub and hears what it publishes. Every request has a time limit, and every failure is a {@link
 * FailureException}.
 */
public final class HubClient implements HubWatch.Hub {
  private static final Duration CHART = Duration.ofSeconds(10);
  private static final Duration HISTORY = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofSeconds(5);
  private static final Duration SYMBOLS = Duration.ofSeconds(12);
  private static final Duration DEMAND = Duration.ofSeconds(2);

  private final EventBus bus;
  private final FanoutCarrier carrier;
  private long messages;

  /** Creates a client of the hubs on an event bus, which carries the streams too. */
  public HubClient(EventBus bus) {
    this(bus, new EventBusCarrier(bus));
  }

  /** Creates a client of the hubs on an event bus whose streams come by a carrier. */
  public HubClient(EventBus bus, FanoutCarrier carrier) {
    this.bus = bus;
    this.carrier = carrier;
  }

  /** Asks for a snapshot that carries the change position of every bar. */
  Future<ChartAnswer> replica(StreamKey key) {
    return chart(chartRequest(key).put("replica", true));
  }

  /** Asks for what followed a position: one update, or a snapshot if the hub cannot continue it. */
  Future<ChartAnswer> replicaSince(StreamKey key, Position since) {
    JsonObject position = new JsonObject().put("epoch", since.epoch()).put("seq", since.seq());
    return chart(chartRequest(key).put("replica", true).put("since", position));
  }

  private static JsonObject chartRequest(StreamKey key) {
    return new JsonObject()
        .put("symbol", key.instrument().symbol())
        .put("timeframe", key.timeframe().wireName())
        .put("sessionMode", key.sessionMode().wireName());
  }

  private Future<ChartAnswer> chart(JsonObject request) {
    return this.<Buffer>request(Addresses.COMMAND_CHART, request, CHART).map(answer -> {
      String demand = answer.headers().get("demand");
      try {
        return new ChartAnswer(
            ChartJsonReader.read(answer.body()), demand == null ? "pending" : demand);
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

  /** Asks for the last quote of an instrument, as JSON. */
  public Future<Buffer> quote(Instrument instrument) {
    JsonObject request = new JsonObject().put("symbol", instrument.symbol());
    return this.<Buffer>request(Addresses.COMMAND_QUOTE, request, SHORT).map(Message::body);
  }

  /** Asks for bars of symbols and timeframes to be loaded ahead; returns what was queued. */
  public Future<JsonObject> warm(JsonObject question) {
    return this.<JsonObject>request(Addresses.COMMAND_WARM, question, SHORT).map(Message::body);
  }

  /** Asks for the market's status. */
  @Override
  public Future<JsonObject> status() {
    return this.<JsonObject>request(Addresses.COMMAND_STATUS, new JsonObject(), SHORT)
        .map(Message::body);
  }

  /** Asks for the state of feeds and stores; the carrier's is that of this node if it fails here. */
  public Future<JsonObject> health() {
    return this.<JsonObject>request(Addresses.COMMAND_HEALTH, new JsonObject(), SHORT)
        .map(answer -> {
          CarrierState own = carrier.state();
          return own.connected()
              ? answer.body()
              : answer.body().copy().put("carrier", own.toJson()).put("status", "degraded");
        });
  }

  /** Searches the provider's reference data. */
  public Future<JsonArray> symbols(String query, int limit) {
    JsonObject request = new JsonObject().put("query", query).put("limit", limit);
    return this.<JsonArray>request(Addresses.INGEST_SYMBOLS, request, SYMBOLS).map(Message::body);
  }

  /** Sets the demand of one owner, which lapses after a while. */
  Future<Void> demand(String owner, Collection<String> topics, Duration lease) {
    JsonObject request = new JsonObject()
        .put("owner", owner)
        .put("topics", new JsonArray(topics.stream().sorted().toList()))
        .put("leaseMs", lease.toMillis());
    return request(Addresses.COMMAND_DEMAND, request, DEMAND).mapEmpty();
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

  @Override
  public long messages() {
    return messages;
  }

  private <B> Future<Message<B>> request(String address, JsonObject body, Duration timeout) {
    DeliveryOptions options = new DeliveryOptions().setSendTimeout(timeout.toMillis());
    return bus.<B>request(address, body, options)
        .recover(failure -> Future.failedFuture(FailureException.of(failure)));
  }
}
