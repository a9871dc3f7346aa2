package io.candlehub.hub.history;

import io.candlehub.hub.candle.HistoryPart;
import io.candlehub.hub.candle.Range;
import io.candlehub.hub.history.ProviderHistory.Priority;
import io.candlehub.hub.store.StoreUnit;
import io.candlehub.hub.store.StoredBar;
import io.candlehub.model.BarBlock;
import io.candlehub.model.BarSource;
import io.candlehub.model.Instrument;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Raw bars of a range from the store as far as it knows whole days, from the provider for the rest; whole finished
 * days that the provider gave are kept. Confined to the hub's event loop.
 */
public final class HistoryLoader {
  private static final Map<StoreUnit, String> UNITS =
      Map.of(StoreUnit.SECOND, "second", StoreUnit.MINUTE, "minute", StoreUnit.DAY, "day");

  private final ProviderHistory provider;
  private final DataStore data;
  private final HistoryMeters meters;
  private final Map<Instrument, Long> versions = new HashMap<>();

  /** Creates a loader over a store and the provider. */
  public HistoryLoader(ProviderHistory provider, DataStore data, HistoryMeters meters) {
    this.provider = provider;
    this.data = data;
    this.meters = meters;
  }

  /**
   * What the store has of a range and what it lacks.
   *
   * @param cached the stored parts, ascending
   * @param missing ranges of whole days the store does not know completely, ascending
   */
  public record Plan(List<HistoryPart> cached, List<Range> missing) {
    /** Copies the lists. */
    public Plan {
      cached = List.copyOf(cached);
      missing = List.copyOf(missing);
    }
  }

  /** Returns what the store has of a range; a database that is down knows no whole day. */
  public Future<Plan> plan(Instrument instrument, StoreUnit unit, Range range) {
    TradingCalendar calendar = TradingCalendar.of(instrument);
    LocalDate first = calendar.dateOf(range.fromMillis());
    LocalDate last = calendar.dateOf(range.toMillis());
    List<TradingDay> days = calendar.between(first, last);
    if (days.isEmpty()) {
      return Future.succeededFuture(new Plan(List.of(), List.of()));
    }
    return data.getBars(instrument, unit, range.fromMillis(), range.toMillis())
        .map(kept -> plan(calendar, days, kept.completeDays(), kept.bars(), range));
  }

  private Plan plan(
      TradingCalendar calendar,
      List<TradingDay> days,
      Set<LocalDate> complete,
      BarBlock block,
      Range range) {
    List<HistoryPart> cached = new ArrayList<>();
    List<Range> missing = new ArrayList<>();
    boolean open = false;
    for (TradingDay day : days) {
      long from = calendar.beginOf(day.date());
      long to = calendar.beginOf(day.date().plusDays(1)) - 1;
      boolean known = complete.contains(day.date());
      BarBlock bars = block.between(from, to);
      if (known || bars.size() > 0) {
        long askedAt = known ? Long.MAX_VALUE : Long.MIN_VALUE;
        long partFrom = Math.max(from, range.fromMillis());
        long partTo = Math.min(to, range.toMillis());
        cached.add(new HistoryPart(bars, partFrom, partTo, askedAt, BarSource.CACHE));
      }
      if (!known) {
        Range whole = new Range(from, to);
        if (open) {
          whole = new Range(missing.remove(missing.size() - 1).fromMillis(), to);
        }
        missing.add(whole);
      }
      open = !known;
    }
    if (!cached.isEmpty()) {
      meters.store().increment();
    }
    return new Plan(cached, missing);
  }

  /**
   * Asks the provider for a range and keeps the whole days in it that were finished then, unless another provider than
   * the first one answered or the answer is doubted: what is kept is not asked for again.
   *
   * @param unit what kind of bars
   */
  public Future<HistoryPart> fetch(
      Instrument instrument, StoreUnit unit, Range range, Priority priority, long delayMillis) {
    meters.provider().increment();
    return provider
        .ask(instrument, UNITS.get(unit), range, priority, delayMillis)
        .onSuccess(part -> {
          if (!part.isOwed()) {
            keep(instrument, unit, part);
          }
        });
  }

  /**
   * Returns all parts of a range, ascending: whole days from the store as far as it knows them, the rest from the
   * provider.
   */
  public Future<List<HistoryPart>> load(
      Instrument instrument, StoreUnit unit, Range range, Priority priority, long delayMillis) {
    return plan(instrument, unit, range).compose(plan -> {
      List<HistoryPart> parts = new ArrayList<>(plan.cached());
      parts.removeIf(part -> part.askedAtMillis() == Long.MIN_VALUE);
      Future<Void> chain = Future.succeededFuture();
      for (Range missing : plan.missing()) {
        chain = chain
            .compose(done -> fetch(instrument, unit, missing, priority, delayMillis))
            .map(part -> {
              parts.add(part);
              return null;
            });
      }
      return chain.map(done -> {
        parts.sort(Comparator.comparingLong(HistoryPart::fromMillis));
        return List.copyOf(parts);
      });
    });
  }

  /**
   * Returns the seconds of a part of a day: from the store if it knows the whole day, else from the provider, which is
   * asked for no more than the part.
   */
  public Future<List<HistoryPart>> seconds(
      Instrument instrument, Range range, Priority priority, long delayMillis) {
    return plan(instrument, StoreUnit.SECOND, range)
        .compose(plan -> plan.missing().isEmpty()
            ? Future.succeededFuture(plan.cached())
            : fetch(instrument, StoreUnit.SECOND, range, priority, delayMillis).map(List::of));
  }

  /** Returns a number that rises whenever days of an instrument are written. */
  long version(Instrument instrument) {
    return versions.getOrDefault(instrument, 0L);
  }

  /**
   * Returns true if nothing will change a part any more: the first provider told it, without a doubt, and it lies on days
   * that were finished when it was asked for.
   */
  boolean isFinished(Instrument instrument, HistoryPart part) {
    TradingCalendar calendar = TradingCalendar.of(instrument);
    boolean whole = part.source() == BarSource.CACHE && part.askedAtMillis() == Long.MAX_VALUE;
    return whole
        || (!part.isOwed()
            && calendar.dateOf(part.toMillis()).isBefore(calendar.todayAt(part.askedAtMillis())));
  }

  private void keep(Instrument instrument, StoreUnit unit, HistoryPart part) {
    TradingCalendar calendar = TradingCalendar.of(instrument);
    Set<LocalDate> finished = finishedDays(calendar, part);
    if (finished.isEmpty()) {
      return;
    }
    versions.merge(instrument, 1L, Long::sum);
    List<StoredBar> bars = new ArrayList<>();
    for (int i = 0; i < part.bars().size(); i++) {
      if (finished.contains(calendar.dateOf(part.bars().startMillis(i)))) {
        bars.add(stored(part.bars(), i));
      }
    }
    data.keepHistory(instrument, unit, bars, finished);
  }

  /** A day is finished when the next one began before the question: what the provider corrects overnight is in. */
  private static Set<LocalDate> finishedDays(TradingCalendar calendar, HistoryPart part) {
    LocalDate today = calendar.todayAt(part.askedAtMillis());
    Set<LocalDate> finished = new HashSet<>();
    for (TradingDay day :
        calendar.between(calendar.dateOf(part.fromMillis()), calendar.dateOf(part.toMillis()))) {
      boolean whole = part.fromMillis() <= calendar.beginOf(day.date())
          && part.toMillis() >= calendar.beginOf(day.date().plusDays(1)) - 1;
      if (whole && day.date().isBefore(today)) {
        finished.add(day.date());
      }
    }
    return finished;
  }

  private static StoredBar stored(BarBlock bars, int i) {
    return new StoredBar(
        bars.startMillis(i),
        bars.open(i),
        bars.high(i),
        bars.low(i),
        bars.close(i),
        bars.volume(i),
        bars.vwap(i),
        bars.trades(i),
        BarSource.BACKFILL,
        0);
  }
}
