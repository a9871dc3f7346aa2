package io.candlehub.simulator.stream;

import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.MarketTime;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.market.SymbolDay;
import io.vertx.core.Context;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out the events of all wanted topics in the order in which they are due in market time.
 *
 * <p>A timer fires when the next event is due; nothing is dropped when the clock is faster than the reader, the events of
 * one topic always keep their order. Confined to one event loop; days are loaded on worker threads.
 */
public final class EventPump {
  private static final Logger LOG = LoggerFactory.getLogger(EventPump.class);
  private static final long LONGEST_SLEEP_MILLIS = 250;
  private static final long SHORTEST_SLEEP_MILLIS = 2;
  private static final long LOAD_AHEAD_MILLIS = 3_600_000;
  private static final int LOOK_BACK_DAYS = 4;
  private static final long TURN_NANOS = 15_000_000;

  private final Context context;
  private final MarketView view;
  private final MarketTime time;
  private final LongSupplier nanoClock;
  private final EventSink sink;
  private final Topics topics;
  private final Map<StreamId, TopicStream> streams = new HashMap<>();
  private final PriorityQueue<Entry> queue = new PriorityQueue<>(
      Comparator.comparingLong(Entry::dueMillis).thenComparingLong(Entry::order));
  private long order;
  private long timer = -1;
  private long turnedAtMillis = Long.MIN_VALUE;
  private boolean stopped;

  /** Creates a pump without topics. */
  public EventPump(
      Context context,
      MarketView view,
      MarketTime time,
      LongSupplier nanoClock,
      Topics topics,
      EventSink sink) {
    this.context = context;
    this.view = view;
    this.time = time;
    this.nanoClock = nanoClock;
    this.topics = topics;
    this.sink = sink;
  }

  /** Starts a topic's events after now; does nothing if they run already or there is no such symbol. */
  public void want(Topic topic, long delayMillis) {
    StreamId id = new StreamId(topic, delayMillis);
    if (streams.containsKey(id) || view.market().listing(topic.ticker()).isEmpty()) {
      return;
    }
    Optional<TopicStream> made = topics.make(topic, delayMillis);
    made.ifPresent(stream -> {
      streams.put(id, stream);
      restart(stream, time.millis());
    });
  }

  /** Returns the topics that run with a delay. */
  public List<Topic> running(long delayMillis) {
    return streams.keySet().stream()
        .filter(id -> id.delayMillis == delayMillis)
        .map(StreamId::topic)
        .toList();
  }

  /** Ends a topic's events. */
  public void forget(Topic topic, long delayMillis) {
    TopicStream stream = streams.remove(new StreamId(topic, delayMillis));
    if (stream != null) {
      stream.reset(0);
    }
  }

  /** Starts all topics again after now, as after a jump of the clock. */
  public void restartAll() {
    queue.clear();
    turnedAtMillis = Long.MIN_VALUE;
    streams.values().forEach(stream -> restart(stream, time.millis()));
  }

  /**
   * Reads the topics of some symbols again, as after their days have changed.
   *
   * @param fromMillis since when they are other days: what is due by then is sent as it was, however late it is now
   */
  public void reload(Predicate<String> tickers, long fromMillis) {
    long before = Math.max(turnedAtMillis, Math.min(time.millis(), fromMillis - 1));
    turn(before);
    for (TopicStream stream : streams.values()) {
      if (tickers.test(stream.topic().ticker())) {
        queue.removeIf(entry -> entry.stream == stream);
        restart(stream, before);
      }
    }
  }

  /** Sleeps anew, as after a change of the clock's speed. */
  public void rearm() {
    arm(0);
  }

  /** Stops for good. */
  public void stop() {
    stopped = true;
    streams.clear();
    queue.clear();
    cancelTimer();
  }

  private void restart(TopicStream stream, long afterMillis) {
    int generation = stream.reset(afterMillis);
    LocalDate date = view.calendar().dateOf(stream.positionMillis());
    Optional<TradingDay> day = view.market().nextIntraday(date.minusDays(LOOK_BACK_DAYS));
    while (day.isPresent() && isOver(day.get(), stream)) {
      day = view.market().nextIntraday(day.get().date());
    }
    day.ifPresent(first -> awaitDay(stream, generation, first));
  }

  private static boolean isOver(TradingDay day, TopicStream stream) {
    return day.postCloseMillis() + stream.tailMillis() <= stream.positionMillis();
  }

  private void awaitDay(TopicStream stream, int generation, TradingDay day) {
    long when = day.preOpenMillis() + stream.delayMillis() - LOAD_AHEAD_MILLIS;
    queue.add(new Entry(when, order++, stream, generation, day, true));
    arm(0);
  }

  private void load(Entry entry) {
    TopicStream stream = entry.stream;
    context
        .executeBlocking(() -> view.day(stream.topic().ticker(), entry.day, stream.detail()), false)
        .onFailure(e ->
            LOG.error("day not loaded [topic: {}, date: {}]", stream.topic(), entry.day.date(), e))
        .onSuccess(data -> loaded(stream, entry.generation, data));
  }

  private void loaded(TopicStream stream, int generation, SymbolDay data) {
    if (stopped || !stream.awaits(generation)) {
      return;
    }
    stream.begin(data);
    enqueue(stream, generation, data.day());
    arm(0);
  }

  private void enqueue(TopicStream stream, int generation, TradingDay day) {
    long due = stream.nextDueMillis();
    if (due == TopicStream.NEVER) {
      view.market().nextIntraday(day.date()).ifPresent(next -> awaitDay(stream, generation, next));
    } else {
      queue.add(new Entry(due, order++, stream, generation, day, false));
    }
  }

  private void arm(long atLeastMillis) {
    cancelTimer();
    if (stopped) {
      return;
    }
    long next = Math.min(
        queue.isEmpty() ? Long.MAX_VALUE : queue.peek().dueMillis, sink.nextReleaseMillis());
    long sleep = next == Long.MAX_VALUE ? LONGEST_SLEEP_MILLIS : time.wallMillisUntil(next);
    long millis = Math.min(LONGEST_SLEEP_MILLIS, Math.max(SHORTEST_SLEEP_MILLIS, sleep));
    timer = context.owner().setTimer(Math.max(millis, atLeastMillis), fired -> {
      timer = -1;
      turn(time.millis());
    });
  }

  private void cancelTimer() {
    if (timer >= 0) {
      context.owner().cancelTimer(timer);
      timer = -1;
    }
  }

  private void turn(long now) {
    turnedAtMillis = now;
    long until = nanoClock.getAsLong() + TURN_NANOS;
    int taken = 0;
    sink.beginTurn(now);
    while (!queue.isEmpty() && queue.peek().dueMillis <= now) {
      Entry entry = queue.poll();
      if (!entry.stream.awaits(entry.generation)) {
        continue;
      }
      if (entry.isLoad) {
        load(entry);
        continue;
      }
      sink.event(entry.stream.topic(), entry.stream.delayMillis(), entry.stream.take());
      enqueue(entry.stream, entry.generation, entry.day);
      if ((++taken & 63) == 0 && nanoClock.getAsLong() - until > 0) {
        break;
      }
    }
    sink.endTurn();
    arm(0);
  }

  private record StreamId(Topic topic, long delayMillis) {}

  private record Entry(
      long dueMillis,
      long order,
      TopicStream stream,
      int generation,
      TradingDay day,
      boolean isLoad) {}

  /** Makes the events of topics. */
  public interface Topics {
    /** Returns a topic's events; empty if there are none. */
    Optional<TopicStream> make(Topic topic, long delayMillis);
  }

  /** Takes the events. */
  public interface EventSink {
    /** Says that events up to an instant of market time follow. */
    void beginTurn(long nowMillis);

    /** Takes an event. */
    void event(Topic topic, long delayMillis, String json);

    /** Says that no more events follow for the moment. */
    void endTurn();

    /** Returns when the sink wants a turn even without events; {@link Long#MAX_VALUE} if it does not. */
    long nextReleaseMillis();
  }
}
