package io.candlehub.hub;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.hub.candle.AnswerWorth;
import io.candlehub.hub.candle.CandleSeries;
import io.candlehub.hub.candle.HistoryPart;
import io.candlehub.hub.candle.Range;
import io.candlehub.hub.candle.RollUps;
import io.candlehub.hub.history.Backoff;
import io.candlehub.hub.history.HistoryBars;
import io.candlehub.hub.history.HistoryWindows;
import io.candlehub.hub.history.ProviderHistory.Priority;
import io.candlehub.hub.store.StoreUnit;
import io.candlehub.model.Bar;
import io.candlehub.model.BarBlock;
import io.candlehub.model.BarSource;
import io.candlehub.model.Instrument;
import io.candlehub.model.Origin;
import io.candlehub.model.Scheduler;
import io.candlehub.model.SessionMode;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of a series that is longer than its minutes: bars of one and four hours of the last 30 days, and days and
 * weeks of two years, loaded when a chart of them is first demanded. A day that ended is asked for again until the
 * provider has confirmed it. Confined to the hub's event loop.
 */
final class LongHistory {
  private static final Logger LOG = LoggerFactory.getLogger(LongHistory.class);

  private final Instrument instrument;
  private final CandleSeries series;
  private final SeriesParts parts;
  private final Runnable changed;
  private final Set<LocalDate> answeredDays = new HashSet<>();
  private final Part hours;
  private final Part days;
  private boolean stopped;

  /** Creates the loader of a series; {@code changed} is called after the series changed. */
  LongHistory(Instrument instrument, CandleSeries series, SeriesParts parts, Runnable changed) {
    this.instrument = instrument;
    this.series = series;
    this.parts = parts;
    this.changed = changed;
    hours = new Part("hours", StoreUnit.MINUTE, this::loadHours);
    days = new Part("days", StoreUnit.DAY, this::loadDays);
  }

  /** One load that is repeated until it succeeds. */
  private final class Part {
    private final String name;
    private final StoreUnit unit;
    private final Supplier<Future<Void>> load;
    private final Backoff backoff = new Backoff(parts.random());
    private final Patience patience = new Patience(parts.provider()::returns);
    private Optional<Future<Void>> attempt = Optional.empty();
    private Scheduler.Cancellable retry = () -> {};
    private boolean failed;
    private boolean loaded;
    private AnswerWorth worth = AnswerWorth.WHOLE;

    Part(String name, StoreUnit unit, Supplier<Future<Void>> load) {
      this.name = name;
      this.unit = unit;
      this.load = load;
    }

    /** Returns true if no provider has such bars, so that nobody is asked and nothing is missing. */
    boolean isHopeless() {
      return parts.offer().lacks(instrument.assetClass(), unit);
    }

    Future<Void> ensure() {
      if (isHopeless()) {
        return Future.succeededFuture();
      }
      if (attempt.isEmpty()) {
        attempt = Optional.of(load.get().onSuccess(done -> {
          failed = false;
          loaded = true;
          changed.run();
        }));
        attempt.get().onFailure(this::failed);
      }
      return attempt.get();
    }

    void adopt(boolean wasLoaded, AnswerWorth told) {
      loaded = wasLoaded;
      worth = told;
      patience.adopt();
      attempt = wasLoaded ? Optional.of(Future.succeededFuture()) : Optional.empty();
    }

    private void failed(Throwable cause) {
      FailureException failure = FailureException.of(cause);
      if (!failed) {
        LOG.warn("no {} [symbol: {}, code: {}]", name, instrument, failure.code());
      }
      failed = true;
      changed.run();
      if (!stopped && failure.code() != Failure.UNSUPPORTED) {
        retry.cancel();
        retry = parts.scheduler().after(backoff.failed(failure.retryAfterMillis()), this::again);
      }
    }

    private void again() {
      attempt = Optional.empty();
      ensure();
    }

    /** Gives up what failed, until it is wanted again. */
    void stop() {
      retry.cancel();
      if (failed) {
        attempt = Optional.empty();
      }
    }

    /** Asks the first provider now and then for what another one told in its place, or nobody told. */
    void askFirst() {
      boolean idle = attempt.filter(Future::succeeded).isPresent();
      if (worth.isOwed() && idle && patience.isOver()) {
        again();
      }
    }

    /** Takes note of what an answer is worth. */
    void told(List<HistoryPart> answer) {
      if (!worth.isOwed()) {
        patience.begin();
      }
      worth = AnswerWorth.of(answer);
    }
  }

  /** Asks for nothing more until something is wanted again. */
  void stop() {
    stopped = true;
    hours.stop();
    days.stop();
  }

  /** Takes note of what a former owner has loaded, and what it is worth. */
  void adopt(SeriesState state) {
    hours.adopt(state.has(SeriesState.HOURS), state.standIns().hours());
    days.adopt(state.has(SeriesState.DAYS), state.standIns().days());
  }

  /** Returns what of it is loaded, as flags of {@link SeriesState}. */
  int flags() {
    return (hours.loaded ? SeriesState.HOURS : 0) | (days.loaded ? SeriesState.DAYS : 0);
  }

  /** Returns what it is worth, and the minutes. */
  StandIns standIns(StandIn minutes) {
    return new StandIns(minutes, hours.worth, days.worth);
  }

  /** Returns when a timeframe's bars beyond the minutes are loaded; fails if the first attempt did. */
  Future<Void> ensure(Timeframe timeframe) {
    stopped = false;
    return switch (timeframe) {
      case H1, H4 -> hours.ensure();
      case D1, W1 -> days.ensure();
      default -> Future.succeededFuture();
    };
  }

  /** Returns true if a timeframe's bars beyond the minutes are there. */
  boolean isLoaded(Timeframe timeframe) {
    return switch (timeframe) {
      case H1, H4 -> hours.loaded;
      case D1, W1 -> days.loaded;
      default -> true;
    };
  }

  /** Returns true while bars are missing because the history did not answer. */
  boolean isFailing(Timeframe timeframe) {
    return switch (timeframe) {
      case H1, H4 -> hours.failed && !hours.isHopeless();
      case D1, W1 -> days.failed && !days.isHopeless();
      default -> false;
    };
  }

  /** Returns who told a timeframe's bars beyond the minutes in place of the first provider; unknown if nobody did. */
  Origin standIn(Timeframe timeframe) {
    return switch (timeframe) {
      case H1, H4 -> hours.worth.standIn();
      case D1, W1 -> days.worth.standIn();
      default -> Origin.UNKNOWN;
    };
  }

  /** Asks again for what another provider than the first one told, and for days that ended and are not confirmed. */
  void tick() {
    hours.askFirst();
    days.askFirst();
    if (days.attempt.isEmpty() || !days.attempt.get().succeeded()) {
      return;
    }
    long now = now();
    TradingCalendar calendar = TradingCalendar.of(instrument);
    LocalDate today = calendar.dateOf(now);
    List<TradingDay> recent = calendar.between(calendar.previous(today).date(), today);
    for (TradingDay day : recent) {
      long over = day.postCloseMillis() + parts.config().confirmDelay().toMillis();
      boolean known = series.views().isConfirmed(day.date()) || answeredDays.contains(day.date());
      if (over <= now && !known) {
        days.attempt = Optional.empty();
        days.ensure();
        return;
      }
    }
  }

  private long now() {
    return parts.now(instrument.assetClass());
  }

  private Future<Void> loadHours() {
    long to = series.firstMillis() - 1;
    Range range =
        new Range(HistoryWindows.start(Timeframe.H1, now(), TradingCalendar.of(instrument)), to);
    return parts
        .loader()
        .load(instrument, StoreUnit.MINUTE, range, Priority.CHART, delay())
        .map(loaded -> {
          hours.told(loaded);
          List<Bar> minutes = HistoryBars.of(loaded);
          for (Timeframe timeframe : List.of(Timeframe.H1, Timeframe.H4)) {
            for (SessionMode mode : SessionMode.values()) {
              List<Bar> older =
                  RollUps.intraday(minutes, timeframe, mode, TradingCalendar.of(instrument));
              series.onOlder(timeframe, mode, older, now());
            }
          }
          return null;
        });
  }

  private Future<Void> loadDays() {
    long now = now();
    long from = HistoryWindows.start(Timeframe.D1, now, TradingCalendar.of(instrument));
    HistoryPart nothing = new HistoryPart(BarBlock.empty(), from, now, now, BarSource.CACHE);
    series.onDays(nothing, now);
    return parts
        .loader()
        .load(instrument, StoreUnit.DAY, new Range(from, now), Priority.CHART, delay())
        .map(loaded -> {
          days.told(loaded);
          loaded.forEach(part -> {
            series.onDays(part, now());
            noteAnswered(part);
          });
          return null;
        });
  }

  private void noteAnswered(HistoryPart part) {
    long trusted = part.askedAtMillis() - parts.config().confirmDelay().toMillis();
    TradingCalendar calendar = TradingCalendar.of(instrument);
    LocalDate last = calendar.dateOf(Math.min(part.toMillis(), now()));
    for (TradingDay day : calendar.between(last.minusDays(4), last)) {
      if (day.postCloseMillis() <= trusted) {
        answeredDays.add(day.date());
      }
    }
  }

  private long delay() {
    return parts.delayMillis(instrument.assetClass());
  }
}
