package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FeedAcks;
import io.candlehub.bus.FeedReplay;
import io.candlehub.cluster.Lease;
import io.candlehub.cluster.ScriptedCluster;
import io.candlehub.cluster.Shards;
import io.candlehub.demand.ToldTopics;
import io.candlehub.model.BarBlock;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketClock;
import io.candlehub.model.feed.FeedBatch;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedParcel;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.candlehub.model.feed.TradeEvent;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An ingest that streams the made-up market of {@link HubRig} to whoever owns its instruments' shards, and remembers
 * everything.
 */
final class ScriptedIngest {
  static final long TERM = 7;
  private static final String PROVIDER = "massive";

  final Set<String> hubs = new TreeSet<>();
  final List<FeedAcks> acks = new CopyOnWriteArrayList<>();
  final List<JsonObject> questions = new CopyOnWriteArrayList<>();
  private final Vertx vertx;
  private final MarketClock clock;
  private final InstantSource wall = InstantSource.system();
  private final ScriptedCluster cluster;
  private final Map<Integer, Lane> lanes = new TreeMap<>();
  private final List<FeedEvent> status = new ArrayList<>();
  private final ToldTopics told = new ToldTopics();
  private long streamedMillis;
  private boolean streaming = true;
  private boolean answering = true;
  volatile boolean trading;

  /** True if it streams quotes and refuses all else. */
  volatile boolean onlyQuotes;

  /** Why another provider tells the bars that are asked for; empty while the first one does. */
  volatile String fallbackReason = "";

  /** What was streamed of one instrument. */
  private static final class Lane {
    private final Instrument instrument;
    private final List<FeedEvent> journal = new ArrayList<>();
    private final List<Long> received = new ArrayList<>();
    private long forgotten;
    private String lastOwner = "";
    private long safeSeq;

    Lane(Instrument instrument) {
      this.instrument = instrument;
    }
  }

  /** Creates an ingest of instruments in shards of their own. */
  ScriptedIngest(
      Vertx vertx, MarketClock clock, ScriptedCluster cluster, List<Instrument> instruments) {
    this.vertx = vertx;
    this.clock = clock;
    this.cluster = cluster;
    instruments.forEach(one -> lanes.put(Shards.of(one), new Lane(one)));
    streamedMillis = clock.millis() / 1_000 * 1_000;
    vertx.eventBus().<JsonObject>consumer(Addresses.INGEST_DEMAND, this::demand);
    vertx.eventBus().<JsonObject>consumer(Addresses.INGEST_HISTORY, this::history);
    vertx.eventBus().<JsonObject>consumer(Addresses.INGEST_REPLAY, this::replay);
    vertx.eventBus().<JsonObject>consumer(Addresses.INGEST_ACK, this::acknowledged);
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.INGEST_INSTRUMENT,
            message -> message.reply(ProviderAnswers.listing(message.body().getString("symbol"))));
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.INGEST_MARKET_STATUS,
            message -> message.reply(ProviderAnswers.marketStatus("", clock.millis())));
    vertx
        .eventBus()
        .<JsonObject>consumer(Addresses.INGEST_SPLITS, message -> message.reply(new JsonArray()));
    status.add(new FeedStatus(
        PROVIDER, "stocks", FeedStatus.State.STREAMING, "", 0, Set.of(), clock.millis()));
    vertx.setPeriodic(10, timer -> stream());
  }

  synchronized void join(String node) {
    hubs.add(node);
    sendStatus(0);
  }

  synchronized void leave(String node) {
    hubs.remove(node);
  }

  /** Forgets what was streamed so far, as a journal does that is too small. */
  synchronized void forget() {
    lanes.values().forEach(lane -> lane.forgotten = lane.journal.size());
  }

  /** Lets the history fail, or answer again. */
  synchronized void answering(boolean now) {
    answering = now;
  }

  /** Streams no more; returns the end of the last minute that was streamed completely. */
  synchronized long stop() {
    streaming = false;
    return (streamedMillis - 3_000) / HubRig.MINUTE * HubRig.MINUTE;
  }

  private synchronized void acknowledged(Message<JsonObject> message) {
    FeedAcks ack = FeedAcks.of(message.body());
    acks.add(ack);
    ack.shards().forEach(one -> {
      Lane lane = lanes.get(one.shard());
      lane.safeSeq = Math.max(lane.safeSeq, one.safeSeq());
    });
  }

  private synchronized void demand(Message<JsonObject> message) {
    JsonObject answer = told.take("", message.body());
    int from = status.size();
    for (String topic : told.topics()) {
      boolean refused = onlyQuotes && !topic.startsWith("quotes:");
      TopicStatus.State state = refused ? TopicStatus.State.REFUSED : TopicStatus.State.READY;
      TopicStatus next = new TopicStatus(Topic.parse(topic).orElseThrow(), state);
      if (!status.contains(next)) {
        status.add(next);
      }
    }
    message.reply(answer);
    sendStatus(from);
  }

  private void sendStatus(int from) {
    List<FeedEvent> events = List.copyOf(status.subList(from, status.size()));
    FeedBatch batch =
        new FeedBatch(PROVIDER, TERM, FeedBatch.EVERY_SHARD, from, wall.millis(), events);
    for (String node : hubs) {
      vertx.eventBus().send(Addresses.hubInbox(node), new FeedParcel(List.of(batch)));
    }
  }

  private synchronized void stream() {
    Map<Integer, Integer> from = new TreeMap<>();
    lanes.forEach((shard, lane) -> {
      String owner = cluster.owner(shard).map(Lease::nodeId).orElse("");
      boolean isNew = !owner.equals(lane.lastOwner);
      lane.lastOwner = owner;
      from.put(shard, isNew ? (int) lane.safeSeq : lane.journal.size());
    });
    while (streaming && streamedMillis + 2_000 <= clock.millis()) {
      lanes.values().forEach(lane -> add(lane, streamedMillis));
      streamedMillis += 1_000;
    }
    lanes.forEach((shard, lane) -> {
      if (!lane.lastOwner.isEmpty() && from.get(shard) < lane.journal.size()) {
        FeedBatch batch = frame(lane, from.get(shard), lane.journal.size());
        vertx.eventBus().send(Addresses.hubInbox(lane.lastOwner), new FeedParcel(List.of(batch)));
      }
    });
  }

  private void add(Lane lane, long second) {
    if (HubRig.isTraded(second)) {
      if (!onlyQuotes) {
        lane.journal.add(HubRig.second(lane.instrument, second));
      }
      double price = HubRig.price(second);
      lane.journal.add(
          new QuoteEvent(lane.instrument, second, 0, 0, price - 0.01, 1, price + 0.01, 1));
      if (trading) {
        lane.journal.add(new TradeEvent(
            lane.instrument, second + 500, second / 1_000, 11, price + 0.01, 1, List.of()));
      }
    }
    long minute = second - HubRig.MINUTE;
    if (!onlyQuotes && minute % HubRig.MINUTE == 0 && HubRig.isTraded(minute)) {
      lane.journal.add(HubRig.minute(lane.instrument, minute, Long.MAX_VALUE));
    }
    while (lane.received.size() < lane.journal.size()) {
      lane.received.add(wall.millis());
    }
  }

  private static FeedBatch frame(Lane lane, int from, int to) {
    return new FeedBatch(
        PROVIDER,
        TERM,
        Shards.of(lane.instrument),
        from,
        lane.received.get(from),
        List.copyOf(lane.journal.subList(from, to)));
  }

  private synchronized void replay(Message<JsonObject> message) {
    FeedReplay.Question question = FeedReplay.Question.of(message.body());
    if (question.shard() == FeedBatch.EVERY_SHARD) {
      FeedBatch all = new FeedBatch(
          PROVIDER, TERM, FeedBatch.EVERY_SHARD, 0, wall.millis(), List.copyOf(status));
      new FeedReplay.Answer(TERM, 0, status.size(), false, new FeedParcel(List.of(all)))
          .replyTo(message);
      return;
    }
    Lane lane = lanes.get(question.shard());
    long from = question.fromSeq().orElseThrow();
    boolean gone = from < lane.forgotten;
    List<FeedBatch> frames = new ArrayList<>();
    for (int seq = (int) from; !gone && seq < lane.journal.size(); seq += 50) {
      frames.add(frame(lane, seq, Math.min(lane.journal.size(), seq + 50)));
    }
    new FeedReplay.Answer(TERM, lane.forgotten, lane.journal.size(), gone, new FeedParcel(frames))
        .replyTo(message);
  }

  private synchronized void history(Message<JsonObject> message) {
    questions.add(message.body());
    if (!answering) {
      Failure.PROVIDER_ERROR.because("scripted").replyTo(message);
      return;
    }
    long from = message.body().getLong("from");
    long to = Math.min(message.body().getLong("to"), clock.millis());
    BarBlock bars =
        ProviderAnswers.bars(message.body().getString("unit"), from, to, clock.millis(), 0);
    message.reply(bars, ProviderAnswers.headers(clock.millis(), fallbackReason, false));
  }
}
