package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.BusCodecs;
import io.candlehub.bus.ChartJsonReader;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.SingleNode;
import io.candlehub.contract.BusWatch;
import io.candlehub.demand.ToldTopics;
import io.candlehub.model.BarBlock;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import io.candlehub.model.MarketDescriptor;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.FeedBatch;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedParcel;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.candlehub.model.feed.TradeEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A hub on a real Vert.x with a hand-driven clock, and an ingest on the bus that plays a made-up market: in each
 * session minute but every seventh, a trade of 1 share per second at a price that follows from the second.
 */
final class HubRig implements AutoCloseable {
  static final TradingCalendar NYSE = TradingCalendar.nyse();
  static final Instrument SPY = Instrument.of("SPY");
  static final long MINUTE = 60_000;

  /** An option on SPY that the provider does not know. */
  static final String UNLISTED = "O:SPY131018C09999000";

  final Vertx vertx = Vertx.vertx();
  private final BusWatch bus = BusWatch.over(vertx.eventBus(), to -> to.startsWith("md.command."));
  final ManualClock clock;
  final ManualScheduler scheduler;
  private final ToldTopics told = new ToldTopics();
  final Set<String> demanded = new TreeSet<>();
  final List<JsonObject> questions = new CopyOnWriteArrayList<>();
  final List<ChartUpdate> updates = new CopyOnWriteArrayList<>();
  final List<JsonObject> alerts = hear(Addresses.ALERTS);
  volatile boolean ready = true;
  volatile boolean answering = true;
  volatile Optional<FailureException> failure = Optional.empty();
  volatile Set<String> failing = Set.of("second", "minute", "day");
  volatile double correction;
  volatile String fallbackReason = "";
  volatile boolean doubted;
  volatile String providerMarket = "";
  final List<String> cancelled = new CopyOnWriteArrayList<>();
  volatile Set<String> refusedChannels = Set.of();
  volatile JsonArray splits = new JsonArray();
  volatile Optional<FailureException> splitsFailure = Optional.empty();
  private long sent;
  private Context context;
  private String deployment;

  HubRig(String newYork, Path dataDir) {
    this(newYork, dataDir, HubVerticle::alone);
  }

  /** Creates a rig whose hub lives in a cluster, as node {@link SingleNode#NODE_ID}. */
  HubRig(String newYork, Path dataDir, Function<ManualClock, Cluster> cluster) {
    clock = new ManualClock(at(newYork));
    scheduler = new ManualScheduler(clock);
    BusCodecs.register(vertx);
    ingest();
    HubConfig config = HubConfig.from(Map.of("store.data-dir", dataDir.toString()));
    MarketDescriptor market =
        new MarketDescriptor("live-test", MarketDescriptor.Mode.LIVE, "massive");
    deployment = vertx
        .deployVerticle(new HubVerticle(
            config,
            clock,
            market,
            new SimpleMeterRegistry(),
            cluster.apply(clock),
            clock,
            owner -> {
              context = owner.getOrCreateContext();
              return scheduler;
            }))
        .await();
  }

  static long at(String newYork) {
    return LocalDateTime.parse(newYork).atZone(NYSE.zone()).toInstant().toEpochMilli();
  }

  private void ingest() {
    vertx.eventBus().<JsonObject>consumer(Addresses.INGEST_DEMAND, this::demand);
    vertx.eventBus().<JsonObject>consumer(Addresses.INGEST_HISTORY, this::history);
    vertx.eventBus().<JsonObject>consumer(Addresses.INGEST_INSTRUMENT, message -> {
      String symbol = message.body().getString("symbol");
      if (symbol.startsWith("NOPE") || symbol.equals(UNLISTED)) {
        Failure.UNKNOWN_INSTRUMENT.because("no such").replyTo(message);
      } else if (symbol.startsWith("F:")) {
        Failure.UNSUPPORTED
            .because("no provider here has reference data of futures")
            .replyTo(message);
      } else {
        message.reply(ProviderAnswers.listing(symbol));
      }
    });
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.INGEST_MARKET_STATUS,
            message -> message.reply(ProviderAnswers.marketStatus(providerMarket, clock.millis())));
    vertx.eventBus().<JsonObject>consumer(Addresses.INGEST_CANCEL, message -> {
      cancelled.add(message.body().getString("ticket"));
    });
    vertx
        .eventBus()
        .consumer(
            Addresses.INGEST_SPLITS,
            message -> splitsFailure.ifPresentOrElse(
                failed -> failed.replyTo(message), () -> message.reply(splits)));
  }

  private void demand(Message<JsonObject> message) {
    JsonObject answer = told.take("", message.body());
    Set<String> next = told.topics();
    List<FeedEvent> events = new ArrayList<>();
    synchronized (demanded) {
      for (String topic : next) {
        if (!demanded.contains(topic) && ready) {
          boolean refused = refusedChannels.contains(topic.substring(0, topic.indexOf(':')));
          TopicStatus.State state = refused ? TopicStatus.State.REFUSED : TopicStatus.State.READY;
          events.add(new TopicStatus(Topic.parse(topic).orElseThrow(), state));
        }
      }
      for (String topic : demanded) {
        if (!next.contains(topic)) {
          events.add(new TopicStatus(Topic.parse(topic).orElseThrow(), TopicStatus.State.LOST));
        }
      }
      demanded.clear();
      demanded.addAll(next);
    }
    message.reply(answer);
    if (!events.isEmpty()) {
      send(events);
    }
  }

  private void history(Message<JsonObject> message) {
    questions.add(message.body());
    if (failure.isPresent() && failing.contains(message.body().getString("unit"))) {
      failure.get().replyTo(message);
    } else if (answering) {
      long from = message.body().getLong("from");
      long to = message.body().getLong("to");
      BarBlock block = doubted
          ? BarBlock.empty()
          : ProviderAnswers.bars(
              message.body().getString("unit"),
              from,
              Math.min(to, clock.millis()),
              clock.millis(),
              correction);
      message.reply(block, ProviderAnswers.headers(clock.millis(), fallbackReason, doubted));
    }
  }

  static boolean isTraded(long millis) {
    return NYSE.day(NYSE.dateOf(millis))
            .filter(day -> millis >= day.openMillis() && millis < day.closeMillis())
            .isPresent()
        && millis / MINUTE % 7 != 3;
  }

  static double price(long second) {
    return 100 + second / 1_000 % 97;
  }

  /** Returns a minute's bar as of a time. */
  static AggregateEvent minute(long start, long nowMillis) {
    return minute(SPY, start, nowMillis);
  }

  static AggregateEvent minute(Instrument instrument, long start, long nowMillis) {
    double high = 0;
    double low = Double.MAX_VALUE;
    int seconds = 0;
    for (long s = start; s < start + MINUTE && s <= nowMillis; s += 1_000) {
      high = Math.max(high, price(s));
      low = Math.min(low, price(s));
      seconds++;
    }
    double close = price(start + (seconds - 1) * 1_000L);
    return new AggregateEvent(
        AggregateEvent.Span.MINUTE,
        instrument,
        start,
        start + MINUTE,
        price(start),
        high,
        low,
        close,
        seconds,
        Double.NaN,
        Double.NaN);
  }

  static AggregateEvent second(long start) {
    return second(SPY, start);
  }

  static AggregateEvent second(Instrument instrument, long start) {
    double price = price(start);
    return new AggregateEvent(
        AggregateEvent.Span.SECOND,
        instrument,
        start,
        start + 1_000,
        price,
        price,
        price,
        price,
        1,
        Double.NaN,
        Double.NaN);
  }

  private static TradeEvent trade(long at) {
    return new TradeEvent(SPY, at, at, 11, price(at), 1, List.of());
  }

  synchronized void send(Collection<? extends FeedEvent> events) {
    FeedBatch batch = new FeedBatch(
        "massive", 1, FeedBatch.EVERY_SHARD, sent, clock.millis(), List.copyOf(events));
    sent += events.size();
    vertx.eventBus().send(Addresses.hubInbox(SingleNode.NODE_ID), new FeedParcel(List.of(batch)));
  }

  void feed(FeedStatus.State state, String reason, long lastFrame) {
    tell(new FeedStatus("massive", "stocks", state, reason, 0, Set.of(), lastFrame));
  }

  /** Lets events of the feed arrive. */
  void tell(FeedEvent... events) {
    send(List.of(events));
    settle();
  }

  void topics(TopicStatus.State state) {
    List<FeedEvent> events = new ArrayList<>();
    synchronized (demanded) {
      demanded.forEach(
          topic -> events.add(new TopicStatus(Topic.parse(topic).orElseThrow(), state)));
    }
    send(events);
    settle();
  }

  /** Lets market and wall time pass, second by second; streams the market if told so. */
  void advance(Duration duration, boolean streaming) {
    for (long i = 0; i < duration.toSeconds(); i++) {
      runOnHub(() -> scheduler.advance(Duration.ofSeconds(1)));
      if (streaming) {
        stream();
      }
      settle();
    }
  }

  private void stream() {
    long now = clock.millis() / 1_000 * 1_000;
    List<FeedEvent> events = new ArrayList<>();
    if (isTraded(now - 2_000)) {
      events.add(refusedChannels.contains("seconds") ? trade(now - 2_000) : second(now - 2_000));
    }
    long minute = now - 1_000 - MINUTE;
    boolean streamed = !refusedChannels.contains("minutes");
    if (minute % MINUTE == 0 && isTraded(minute) && streamed) {
      events.add(minute(minute, now));
    }
    if (!events.isEmpty()) {
      send(events);
    }
  }

  void runOnHub(Runnable task) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(ignored -> {
      task.run();
      done.complete();
    });
    done.future().await();
  }

  /** Lets messages under way arrive: a few rounds over the bus. */
  void settle() {
    for (int i = 0; i < 4; i++) {
      request(Addresses.COMMAND_STATUS, new JsonObject());
    }
  }

  /** Waits, without letting market time pass, until something has become true. */
  void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      vertx.timer(2, TimeUnit.MILLISECONDS).await();
    }
  }

  <T> Message<T> request(String address, JsonObject body) {
    return vertx.eventBus().<T>request(address, body).await();
  }

  /** Returns what a command answers about an instrument. */
  JsonObject ask(String command, Instrument instrument) {
    JsonObject question = new JsonObject().put("symbol", instrument.symbol());
    return this.<Buffer>request(command, question).body().toJsonObject();
  }

  Message<Buffer> chart(String timeframe) {
    JsonObject body = new JsonObject().put("symbol", "SPY").put("timeframe", timeframe);
    return request(Addresses.COMMAND_CHART, body);
  }

  ChartMessage snapshot(String timeframe) {
    return ChartJsonReader.read(chart(timeframe).body());
  }

  void demand(Duration lease, String... topics) {
    request(
        Addresses.COMMAND_DEMAND,
        new JsonObject()
            .put("owner", "test")
            .put("topics", new JsonArray(List.of(topics)))
            .put("leaseMs", lease.toMillis()));
    settle();
  }

  /** Returns what is said on an address from now on. */
  List<JsonObject> hear(String address) {
    List<JsonObject> heard = new CopyOnWriteArrayList<>();
    vertx
        .eventBus()
        .<Buffer>consumer(address, message -> heard.add(message.body().toJsonObject()));
    return heard;
  }

  /** Returns how often the provider was asked for bars of a unit. */
  long asked(String unit) {
    return questions.stream()
        .filter(question -> question.getString("unit").equals(unit))
        .count();
  }

  void listen(String address) {
    vertx
        .eventBus()
        .<Buffer>consumer(
            address, message -> updates.add((ChartUpdate) ChartJsonReader.read(message.body())));
  }

  @Override
  public void close() {
    vertx.undeploy(deployment).await();
    vertx.close().await();
    bus.check();
  }
}
