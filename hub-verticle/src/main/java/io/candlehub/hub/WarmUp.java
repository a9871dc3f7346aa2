package io.candlehub.hub;

import io.candlehub.bus.ChartedBars;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.hub.candle.Range;
import io.candlehub.hub.history.HistoryWindows;
import io.candlehub.hub.history.ProviderHistory.Priority;
import io.candlehub.hub.store.StoreUnit;
import io.candlehub.model.Instrument;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads bars into the store before somebody asks for them: one question at a time, behind everything else, and none
 * while the provider limits our requests. Confined to the hub's event loop.
 */
final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
  private static final int MOST_SYMBOLS = 50;
  private static final int MOST_TIMEFRAMES = 5;
  private static final int MOST_QUEUED = 1_000;
  private static final int ATTEMPTS = 3;
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final SeriesParts parts;
  private final boolean enabled;
  private final Set<Task> queue = new LinkedHashSet<>();
  private final Counter loaded;
  private final Counter failed;
  private final AtomicInteger waiting;
  private boolean busy;
  private int attempt;

  private record Task(Instrument instrument, Timeframe timeframe) {
    /** Returns whose bars are loaded. */
    Instrument charted() {
      return timeframe.isIntraday() ? ChartedBars.intraday(instrument) : instrument;
    }

    StoreUnit unit() {
      return timeframe.isIntraday() ? StoreUnit.MINUTE : StoreUnit.DAY;
    }
  }

  WarmUp(SeriesParts parts, boolean enabled, MeterRegistry registry) {
    this.parts = parts;
    this.enabled = enabled;
    DescribedMeters described = new DescribedMeters(registry);
    loaded = described.counter("warm", "Symbols and timeframes loaded ahead", "result", "loaded");
    failed = described.counter("warm", "Symbols and timeframes loaded ahead", "result", "failed");
    waiting = described.gauge("warm.waiting", "Symbols and timeframes waiting to be loaded ahead");
  }

  /**
   * Queues symbols and timeframes and answers what was queued.
   *
   * @throws FailureException if the question is not valid or the queue is full
   */
  JsonObject warm(JsonObject question) {
    return queued(instruments(question), timeframes(question));
  }

  /**
   * Checks a question.
   *
   * @throws FailureException if it is not valid or the worker is off
   */
  void check(JsonObject question) {
    if (!enabled) {
      throw Failure.UNSUPPORTED.because("loading ahead is switched off");
    }
    instruments(question);
    timeframes(question);
  }

  private static Set<Instrument> instruments(JsonObject question) {
    Set<Instrument> instruments = new LinkedHashSet<>();
    for (Object symbol : list(question, "symbols", MOST_SYMBOLS)) {
      instruments.add(Instrument.parse(String.valueOf(symbol))
          .orElseThrow(() -> ChartCommands.invalid("symbols")));
    }
    return instruments;
  }

  private static Set<Timeframe> timeframes(JsonObject question) {
    Set<Timeframe> timeframes = new LinkedHashSet<>();
    for (Object name : list(question, "timeframes", MOST_TIMEFRAMES)) {
      timeframes.add(Timeframe.parse(String.valueOf(name))
          .filter(timeframe -> !timeframe.isSeconds())
          .orElseThrow(() -> ChartCommands.invalid("timeframes")));
    }
    return timeframes;
  }

  private static JsonArray list(JsonObject question, String name, int most) {
    if (question.getValue(name) instanceof JsonArray list
        && !list.isEmpty()
        && list.size() <= most) {
      return list;
    }
    throw ChartCommands.invalid(name);
  }

  private JsonObject queued(Set<Instrument> instruments, Set<Timeframe> timeframes) {
    if (queue.size() + instruments.size() * timeframes.size() > MOST_QUEUED) {
      throw Failure.LIMIT_EXCEEDED.because("too much is waiting to be loaded already");
    }
    JsonArray added = new JsonArray();
    for (Instrument instrument : instruments) {
      for (Timeframe timeframe : timeframes) {
        if (queue.add(new Task(instrument, timeframe))) {
          added.add(new JsonObject()
              .put("symbol", instrument.symbol())
              .put("timeframe", timeframe.wireName()));
        }
      }
    }
    LOG.info("loading ahead [queued: {}, waiting: {}]", added.size(), queue.size());
    pump();
    return new JsonObject().put("queued", added);
  }

  private void pump() {
    waiting.set(queue.size());
    if (busy || queue.isEmpty()) {
      return;
    }
    busy = true;
    long cooldown = parts.provider().cooldownMillis();
    if (cooldown > 0) {
      again(Duration.ofMillis(cooldown));
      return;
    }
    Task task = queue.iterator().next();
    Instrument instrument = task.charted();
    TradingCalendar calendar = TradingCalendar.of(instrument);
    long now = parts.now(instrument.assetClass());
    long from = HistoryWindows.start(task.timeframe, now, calendar);
    long to = calendar.beginOf(calendar.todayAt(now)) - 1;
    parts
        .reference()
        .check(task.instrument)
        .compose(known -> parts
            .loader()
            .load(
                instrument,
                task.unit(),
                new Range(from, Math.max(from, to)),
                Priority.WARM,
                parts.delayMillis(instrument.assetClass())))
        .onSuccess(done -> {
          loaded.increment();
          finished(task);
        })
        .onFailure(cause -> failed(task, FailureException.of(cause)));
  }

  private void failed(Task task, FailureException failure) {
    attempt++;
    if (failure.code().isRetryable() && attempt < ATTEMPTS) {
      again(Duration.ofMillis(Math.max(PAUSE.toMillis(), failure.retryAfterMillis())));
      return;
    }
    failed.increment();
    LOG.warn(
        "not loaded ahead [symbol: {}, timeframe: {}, code: {}]",
        task.instrument,
        task.timeframe.wireName(),
        failure.code());
    finished(task);
  }

  private void finished(Task task) {
    attempt = 0;
    busy = false;
    queue.remove(task);
    if (queue.isEmpty()) {
      LOG.info("loading ahead is done [loaded: {}]", (long) loaded.count());
    }
    pump();
  }

  private void again(Duration wait) {
    parts.scheduler().after(wait, () -> {
      busy = false;
      pump();
    });
  }
}
