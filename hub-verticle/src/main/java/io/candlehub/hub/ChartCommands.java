package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChartJson;
import io.candlehub.bus.ChartedBars;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Answers the commands for charts and demand (contract §5). Confined to the hub's event loop. */
final class ChartCommands {
  private static final Duration LONGEST_WAIT = Duration.ofMillis(4_500);
  /** How long what was asked for stays demanded. */
  static final Duration ASKING_IS_DEMAND = Duration.ofSeconds(10);

  private static final long LONGEST_LEASE_MILLIS = 3_600_000;

  private final Hub hub;
  private final Scheduler scheduler;
  private final OwnedShards shards;

  ChartCommands(Hub hub, Scheduler scheduler, OwnedShards shards) {
    this.hub = hub;
    this.scheduler = scheduler;
    this.shards = shards;
  }

  /** Returns the stream that a question's fields name. */
  static StreamKey key(JsonObject question) {
    Instrument instrument = instrument(question);
    Timeframe timeframe =
        Timeframe.parse(text(question, "timeframe")).orElseThrow(() -> invalid("timeframe"));
    SessionMode mode = question.getValue("sessionMode") == null
        ? SessionMode.EXTENDED
        : SessionMode.parse(text(question, "sessionMode"))
            .orElseThrow(() -> invalid("sessionMode"));
    return new StreamKey(instrument, timeframe, mode);
  }

  /** Returns the instrument that a question names. */
  static Instrument instrument(JsonObject question) {
    return Instrument.parse(text(question, "symbol")).orElseThrow(() -> invalid("symbol"));
  }

  static String text(JsonObject question, String name) {
    if (question.getValue(name) instanceof String text) {
      return text;
    }
    throw invalid(name);
  }

  static FailureException invalid(String name) {
    return Failure.INVALID_PARAMETER.because("parameter " + name + " is missing or not valid");
  }

  /** What a consumer wants, for a while. */
  record Demand(String owner, String node, Set<String> topics, Duration lease) {}

  /** Returns the demand that a question's fields state. */
  static Demand demandOf(JsonObject question) {
    String owner = text(question, "owner");
    String node = question.containsKey("node") ? text(question, "node") : DemandLedger.NO_NODE;
    if (!(question.getValue("leaseMs") instanceof Number lease)
        || lease.longValue() <= 0
        || lease.longValue() > LONGEST_LEASE_MILLIS) {
      throw invalid("leaseMs");
    }
    if (!(question.getValue("topics") instanceof JsonArray topics)) {
      throw invalid("topics");
    }
    Set<String> wanted = new TreeSet<>();
    for (Object topic : topics) {
      if (!(topic instanceof String address)) {
        throw invalid("topics");
      }
      if (isServed(address)) {
        wanted.add(canonical(address));
      }
    }
    return new Demand(owner, node, wanted, Duration.ofMillis(lease.longValue()));
  }

  /** Returns the name of a consumer's lease. */
  static String leaseOf(Demand demand) {
    return "owner:" + demand.owner;
  }

  /** Replaces a consumer's demand. */
  void demand(Demand demand) {
    hub.ledger().set(leaseOf(demand), demand.node, demand.topics, demand.lease);
  }

  private static boolean isServed(String address) {
    return Addresses.parseQuote(address).isPresent()
        || Addresses.parseTrades(address).isPresent()
        || Addresses.parseChart(address).isPresent()
        || Addresses.parseChainFocus(address).isPresent();
  }

  private static String canonical(String address) {
    return Addresses.parseChart(address).map(Addresses::chart).orElse(address);
  }

  /** Keeps a stream demanded for a while, because somebody asked for it. */
  LiveSeries asked(StreamKey key, String owner, Duration lease) {
    String address = Addresses.chart(key);
    hub.ledger().set(owner + ":" + address, Set.of(address), lease);
    if (!shards.owns(key.instrument())) {
      throw CommandRouter.moving();
    }
    Instrument charted = ChartedBars.of(key).instrument();
    return hub.demanded(charted);
  }

  /**
   * Returns when a stream is loaded: true, or false if that takes longer than a client should wait. It fails if its symbol
   * does not exist, be the bars another one's or not.
   */
  Future<Boolean> loaded(LiveSeries live, StreamKey key) {
    Promise<Boolean> answer = Promise.promise();
    Scheduler.Cancellable limit = scheduler.after(LONGEST_WAIT, () -> answer.tryComplete(false));
    Future<Void> exists = live.instrument().equals(key.instrument())
        ? Future.succeededFuture()
        : hub.exists(key.instrument());
    live.loaded(key).compose(done -> exists).onComplete(done -> {
      limit.cancel();
      if (done.succeeded()) {
        answer.tryComplete(true);
      } else {
        answer.tryFail(done.cause());
      }
    });
    return answer.future();
  }

  /** Answers with a chart's snapshot, or with what changed after the position the client has. */
  void chart(Message<JsonObject> message) {
    StreamKey key = key(message.body());
    Optional<LiveSeries.Position> since = since(message.body());
    boolean replica = message.body().getValue("replica") == Boolean.TRUE;
    LiveSeries live = asked(key, "ask", ASKING_IS_DEMAND);
    loaded(live, key)
        .onSuccess(inTime -> {
          if (live.isNotEntitled(key.timeframe())) {
            Failure.NOT_ENTITLED
                .because(
                    "the provider's plan does not include " + live.instrument().symbol())
                .replyTo(message);
            return;
          }
          if (!shards.mayAnswer(key.instrument())) {
            CommandRouter.moving().replyTo(message);
            return;
          }
          ChartMessage answer = live.answer(key, since, replica);
          MultiMap headers = headers(answer)
              .add("term", shards.termText(shards.of(key.instrument())))
              .add("demand", inTime ? live.demandState(key.timeframe()) : "pending");
          message.reply(ChartJson.body(answer), new DeliveryOptions().setHeaders(headers));
        })
        .onFailure(cause -> FailureException.of(cause).replyTo(message));
  }

  private static Optional<LiveSeries.Position> since(JsonObject question) {
    Object since = question.getValue("since");
    if (since == null) {
      return Optional.empty();
    }
    if (since instanceof JsonObject position
        && position.getValue("epoch") instanceof String epoch
        && position.getValue("seq") instanceof Number seq) {
      return Optional.of(new LiveSeries.Position(epoch, seq.longValue()));
    }
    throw invalid("since");
  }

  /** Returns the headers of a chart message on the bus. */
  static MultiMap headers(ChartMessage message) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap()
        .add("kind", message instanceof ChartSnapshot ? "snapshot" : "update")
        .add("epoch", message.epoch())
        .add("seq", Long.toString(message.seq()));
    if (message instanceof ChartUpdate update) {
      headers.add("fromSeq", Long.toString(update.fromSeq()));
    }
    return headers;
  }
}
