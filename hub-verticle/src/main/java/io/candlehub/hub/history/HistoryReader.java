package io.candlehub.hub.history;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.hub.candle.AnswerWorth;
import io.candlehub.hub.candle.HistoryPart;
import io.candlehub.hub.candle.Range;
import io.candlehub.hub.candle.Reading;
import io.candlehub.hub.candle.RollUps;
import io.candlehub.hub.candle.Splits;
import io.candlehub.hub.history.ProviderHistory.Priority;
import io.candlehub.hub.store.StoreUnit;
import io.candlehub.model.Bar;
import io.candlehub.model.Interval;
import io.candlehub.model.IntervalState;
import io.candlehub.model.MarketClock;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.Future;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Stitches bars of a range: the recent part from a series in memory, the rest from store and provider in pieces,
 * rolled up and adjusted on read, without seam or duplicate. Confined to the hub's event loop.
 */
public final class HistoryReader {
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final long SESSIONS_END = Duration.ofHours(20).toMillis();

  private final HistoryLoader loader;
  private final ReferenceData reference;
  private final MarketClock clock;
  private final HistoryMeters meters;
  private final Duration confirmDelay;
  private final PieceCache cache;

  /** Creates a reader; {@code confirmDelay} is how long after its end a bar is final. */
  public HistoryReader(
      HistoryLoader loader,
      ReferenceData reference,
      MarketClock clock,
      HistoryMeters meters,
      Duration confirmDelay,
      PieceCache cache) {
    this.cache = cache;
    this.loader = loader;
    this.reference = reference;
    this.clock = clock;
    this.meters = meters;
    this.confirmDelay = confirmDelay;
  }

  /**
   * What a series in memory has of a stream.
   *
   * @param reading reads all of it
   * @param position changes whenever the reading does
   * @param fromMillis the reading is complete from here on
   */
  public record Recent(Supplier<Reading> reading, String position, long fromMillis) {}

  private record RecentKey(StreamKey key, boolean adjusted) {}

  private record PieceKey(StreamKey key, Range range) {}

  private record PieceVersion(Splits splits, long storeVersion) {}

  /**
   * Reads a range.
   *
   * @param recent what is in memory, if anything
   * @param delayMillis how far the provider's data lag
   * @return the answer, cut to the limit; fails with what the provider failed with
   */
  public Future<HistoryAnswer> read(
      HistoryQuestion question, Optional<Recent> recent, long delayMillis) {
    StreamKey key = question.key();
    long to = question.to().orElse(clock.millis());
    long from =
        question.from().orElseGet(() -> HistoryWindows.start(key.timeframe(), to, calendar(key)));
    if (from > to) {
      return Future.succeededFuture(new Collected().answer(question, from, to));
    }
    long olderTo = Math.min(to, recent.map(part -> part.fromMillis - 1).orElse(Long.MAX_VALUE));
    Collected collected = new Collected();
    Future<Void> older = olderTo < from
        ? Future.succeededFuture()
        : older(question, new Range(from, olderTo), delayMillis, collected);
    return older
        .recover(failure -> {
          collected.lacks(FailureException.of(failure), new Range(from, Math.max(from, olderTo)));
          return Future.succeededFuture();
        })
        .map(done -> {
          recent.filter(part -> to >= part.fromMillis).ifPresent(part -> {
            meters.ring().increment();
            collected.pieces.add(recent(question, part));
          });
          return collected.answer(question, from, to);
        });
  }

  /** The pieces of an answer, and why some could not be had. */
  private static final class Collected {
    private final List<EncodedPiece> pieces = new ArrayList<>();
    private Optional<FailureException> problem = Optional.empty();
    private AnswerWorth worth = AnswerWorth.WHOLE;

    /** Takes note of who told bars. */
    void told(List<HistoryPart> parts) {
      worth = AnswerWorth.of(parts).with(worth);
    }

    /** Takes note of a range that nobody could give: its time counts as not seen. */
    void lacks(FailureException failure, Range range) {
      problem = Optional.of(failure);
      long from = pieces.stream()
          .mapToLong(piece -> piece.bars().size() == 0
              ? range.fromMillis()
              : piece.bars().key(piece.bars().size() - 1) + 1)
          .reduce(range.fromMillis(), Math::max);
      if (from <= range.toMillis()) {
        Interval unseen = new Interval(from, range.toMillis() + 1, IntervalState.OUTAGE);
        pieces.add(new EncodedPiece(List.of(), List.of(unseen)));
      }
    }

    boolean isEmpty() {
      return pieces.stream().allMatch(piece -> piece.bars().size() == 0);
    }

    /** Returns the answer, which lacks something if there is a problem; throws the problem if there is nothing else. */
    HistoryAnswer answer(HistoryQuestion question, long from, long to) {
      if (problem.isPresent() && isEmpty()) {
        throw problem.get();
      }
      return new HistoryAnswer.Assembly(pieces, from, to)
          .cut(question.limit(), question.from().isPresent())
          .answer(problem, worth.standIn());
    }
  }

  private EncodedPiece recent(HistoryQuestion question, Recent recent) {
    RecentKey key = new RecentKey(question.key(), question.adjusted());
    return cache.find(key, recent.position).orElseGet(() -> {
      Reading reading = recent.reading.get();
      EncodedPiece piece = new EncodedPiece(reading.bars(), reading.intervals());
      cache.put(key, recent.position, piece);
      return piece;
    });
  }

  private Future<Void> older(
      HistoryQuestion question, Range range, long delayMillis, Collected collected) {
    if (!question.adjusted()) {
      return bars(question, range, delayMillis, Splits.none(), collected);
    }
    return splits(question.key(), delayMillis)
        .transform(told -> told.succeeded()
            ? bars(question, range, delayMillis, told.result(), collected)
            : refused(question, range, delayMillis, told.cause()));
  }

  /**
   * Fails with why there are no bars, which counts more than why there are no splits, because more providers have them. Asks
   * for the last day only: bars without their splits are not told.
   */
  private Future<Void> refused(
      HistoryQuestion question, Range range, long delayMillis, Throwable noSplits) {
    StreamKey key = question.key();
    StoreUnit unit = key.timeframe().isIntraday() ? StoreUnit.MINUTE : StoreUnit.DAY;
    Range last =
        new Range(Math.max(range.fromMillis(), range.toMillis() - DAY_MILLIS), range.toMillis());
    return loader
        .load(key.instrument(), unit, last, Priority.READER, delayMillis)
        .compose(bars -> Future.failedFuture(noSplits));
  }

  private Future<Void> bars(
      HistoryQuestion question, Range range, long delayMillis, Splits splits, Collected collected) {
    return question.key().timeframe().isIntraday()
        ? pieces(question, range, delayMillis, splits, collected)
        : days(question, range, delayMillis, splits, collected);
  }

  private Future<Splits> splits(StreamKey key, long delayMillis) {
    LocalDate today = calendar(key).todayAt(clock.millis() - delayMillis);
    return reference
        .splits(key.instrument(), today)
        .map(all -> Splits.executed(all, today, calendar(key)))
        .recover(failure -> {
          Failure code = FailureException.of(failure).code();
          return code == Failure.NOT_ENTITLED || code == Failure.UNSUPPORTED
              ? Future.succeededFuture(Splits.none())
              : Future.failedFuture(failure);
        });
  }

  /** Reads the range month by month, seconds day by day, until it ends or there are more bars than wanted. */
  private Future<Void> pieces(
      HistoryQuestion question, Range range, long delayMillis, Splits splits, Collected collected) {
    TradingCalendar calendar = calendar(question.key());
    LocalDate first = calendar.dateOf(range.fromMillis());
    LocalDate last = calendar.dateOf(range.toMillis());
    boolean seconds = question.key().timeframe().isSeconds();
    LocalDate next = seconds ? first.plusDays(1) : first.plusMonths(1).withDayOfMonth(1);
    LocalDate after = next.isAfter(last) ? last.plusDays(1) : next;
    Range month = seconds
        ? new Range(range.fromMillis(), Math.min(range.toMillis(), calendar.beginOf(after) - 1))
        : new Range(calendar.beginOf(first), calendar.beginOf(after) - 1);
    return piece(question.key(), month, delayMillis, splits, collected).compose(piece -> {
      collected.pieces.add(piece);
      boolean enough = question.from().isPresent()
          && collected.pieces.stream()
                  .mapToInt(done -> done.bars().size()
                      - done.bars().lowerBound(question.from().getAsLong()))
                  .sum()
              > question.limit();
      return enough || month.toMillis() >= range.toMillis()
          ? Future.succeededFuture()
          : pieces(
              question,
              new Range(month.toMillis() + 1, range.toMillis()),
              delayMillis,
              splits,
              collected);
    });
  }

  /** Returns a run of days from the cache, or loads and encodes it; kept is what no day can change any more. */
  private Future<EncodedPiece> piece(
      StreamKey key, Range range, long delayMillis, Splits splits, Collected collected) {
    PieceKey name = new PieceKey(key, range);
    PieceVersion version = new PieceVersion(splits, loader.version(key.instrument()));
    Optional<EncodedPiece> known = cache.find(name, version);
    if (known.isPresent()) {
      return Future.succeededFuture(known.get());
    }
    Future<List<HistoryPart>> loaded = key.timeframe().isSeconds()
        ? loader.seconds(key.instrument(), range, Priority.READER, delayMillis)
        : loader.load(key.instrument(), StoreUnit.MINUTE, range, Priority.READER, delayMillis);
    return loaded.map(parts -> {
      collected.told(parts);
      EncodedPiece piece = piece(key, parts, splits, range);
      if (parts.stream().allMatch(part -> loader.isFinished(key.instrument(), part))) {
        PieceVersion now = new PieceVersion(splits, loader.version(key.instrument()));
        cache.put(name, now, piece);
      }
      return piece;
    });
  }

  private EncodedPiece piece(StreamKey key, List<HistoryPart> parts, Splits splits, Range range) {
    List<Bar> minutes = HistoryBars.of(parts);
    List<Bar> bars = RollUps.intraday(minutes, key.timeframe(), key.sessionMode(), calendar(key));
    long known = Math.min(
        range.toMillis(),
        parts.stream().mapToLong(HistoryPart::askedAtMillis).min().orElse(range.toMillis()));
    List<Interval> intervals = known < range.fromMillis()
        ? List.of()
        : RollUps.intervals(
            minutes,
            bars,
            key.timeframe(),
            key.sessionMode(),
            new Range(range.fromMillis(), known),
            calendar(key));
    List<Bar> shown = bars.stream()
        .map(bar -> RollUps.asOf(bar, bar.startMillis() + key.timeframe().millis(), trusted(parts)))
        .map(splits::adjust)
        .toList();
    return new EncodedPiece(shown, intervals);
  }

  private static TradingCalendar calendar(StreamKey key) {
    return TradingCalendar.of(key.instrument());
  }

  /** What was over so long before the last question is final. */
  private long trusted(List<HistoryPart> parts) {
    long asked = parts.stream().mapToLong(HistoryPart::askedAtMillis).min().orElse(Long.MAX_VALUE);
    return asked - confirmDelay.toMillis();
  }

  private Future<Void> days(
      HistoryQuestion question, Range range, long delayMillis, Splits splits, Collected collected) {
    TradingCalendar calendar = calendar(question.key());
    boolean weekly = question.key().timeframe() == Timeframe.W1;
    LocalDate first = calendar.dateOf(range.fromMillis());
    LocalDate last = calendar.dateOf(range.toMillis());
    if (weekly) {
      first = first.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      last = last.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
    }
    Range whole = new Range(calendar.beginOf(first), calendar.beginOf(last.plusDays(1)) - 1);
    return loader
        .load(question.key().instrument(), StoreUnit.DAY, whole, Priority.READER, delayMillis)
        .map(parts -> {
          collected.told(parts);
          List<Bar> days = HistoryBars.of(parts).stream()
              .map(bar -> RollUps.asOf(bar, bar.startMillis() + SESSIONS_END, trusted(parts)))
              .map(splits::adjust)
              .toList();
          List<Bar> bars = weekly ? RollUps.weeks(days, calendar, clock.millis()) : days;
          collected.pieces.add(new EncodedPiece(bars, List.of()));
          return null;
        });
  }
}
