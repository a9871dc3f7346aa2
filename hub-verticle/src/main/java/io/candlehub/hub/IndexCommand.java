package io.candlehub.hub;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.Json;
import io.candlehub.hub.history.HistoryQuestion;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Bar;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.MissingReason;
import io.candlehub.model.Quality;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.quality.QualityRules;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Answers with one index: its value and day's range as the provider says them, and the last bars of several timeframes
 * as charts show them. Asking is no demand; bars of an index that nobody charts are read once a minute. Confined to the
 * hub's event loop.
 */
final class IndexCommand {
  /** Which bars are told. */
  static final List<Timeframe> TIMEFRAMES =
      List.of(Timeframe.M1, Timeframe.M5, Timeframe.H1, Timeframe.D1);

  private static final int BARS = 20;
  private static final int SESSIONS = 4;
  private static final int DAYS = 45;
  private static final int MOST_BARS = 50_000;
  private static final int BYTES = 15_000;
  private static final Duration KEEP = Duration.ofMinutes(1);

  private final MarketQuestions questions;
  private final ChartedHistory charted;
  private final SeriesParts parts;
  private final Map<StreamKey, Future<List<Bar>>> kept = new HashMap<>();

  IndexCommand(MarketQuestions questions, ChartedHistory charted, SeriesParts parts) {
    this.questions = questions;
    this.charted = charted;
    this.parts = parts;
  }

  /** Answers one question. */
  void index(Message<JsonObject> message) {
    Instrument index = ChartCommands.instrument(message.body());
    if (index.assetClass() != AssetClass.INDEX) {
      throw ChartCommands.invalid("symbol");
    }
    Future<Optional<MarketSnapshot>> told = questions
        .snapshots(List.of(index))
        .map(answers ->
            answers.stream().filter(answer -> answer.instrument().equals(index)).findFirst());
    Map<Timeframe, Future<List<Bar>>> bars = new EnumMap<>(Timeframe.class);
    for (Timeframe timeframe : TIMEFRAMES) {
      bars.put(timeframe, bars(new StreamKey(index, timeframe, SessionMode.EXTENDED)));
    }
    Future.join(List.copyOf(bars.values()))
        .transform(read -> told)
        .recover(failure -> Future.failedFuture(FailureException.of(failure)))
        .compose(answer -> answer.map(Future::succeededFuture).orElseGet(() -> absent(index)))
        .map(answer -> body(answer, bars))
        .onSuccess(message::reply)
        .onFailure(cause -> FailureException.of(cause).replyTo(message));
  }

  /** An index of which nothing is told may not exist. */
  private Future<MarketSnapshot> absent(Instrument index) {
    return parts
        .reference()
        .check(index)
        .compose(
            exists -> Future.failedFuture(Failure.NO_DATA.because("no data of " + index.symbol())));
  }

  private Future<List<Bar>> bars(StreamKey key) {
    if (charted.isFollowed(key)) {
      return read(key);
    }
    Future<List<Bar>> known = kept.get(key);
    if (known != null) {
      return known;
    }
    Future<List<Bar>> answer = read(key);
    kept.put(key, answer);
    answer.onFailure(failure -> kept.remove(key, answer));
    parts.scheduler().after(KEEP, () -> kept.remove(key, answer));
    return answer;
  }

  private Future<List<Bar>> read(StreamKey key) {
    return charted
        .read(new HistoryQuestion(
            key, OptionalLong.of(start(key)), OptionalLong.empty(), MOST_BARS, true))
        .map(ChartedHistory::bars)
        .map(bars -> bars.subList(Math.max(0, bars.size() - BARS), bars.size()));
  }

  /** All minutes are read from one instant on, so that their questions are one at the provider. */
  private long start(StreamKey key) {
    TradingCalendar calendar = TradingCalendar.of(key.instrument());
    LocalDate date = calendar.todayAt(parts.now(AssetClass.INDEX));
    if (!key.timeframe().isIntraday()) {
      return calendar.startOf(date.minusDays(DAYS));
    }
    for (int i = 0; i < SESSIONS; i++) {
      date = calendar.previous(date).date();
    }
    return calendar.beginOf(date);
  }

  private Buffer body(MarketSnapshot told, Map<Timeframe, Future<List<Bar>>> read) {
    Map<Timeframe, List<Bar>> bars = new EnumMap<>(Timeframe.class);
    Map<Timeframe, MissingReason> missing = new EnumMap<>(Timeframe.class);
    read.forEach((timeframe, answer) -> {
      bars.put(timeframe, answer.succeeded() ? answer.result() : List.of());
      if (bars.get(timeframe).isEmpty()) {
        missing.put(timeframe, reason(answer));
      }
    });
    Quality quality = QualityRules.index(
            told.last(), told.low(), told.high(), bars, Set.copyOf(TIMEFRAMES))
        .quality(
            told.source(), told.atMillis(), parts.now(AssetClass.INDEX), told.fallbackReason());
    return Json.buffer(
        BYTES, out -> CardJson.index(out, told, new IndexBars(bars, missing), quality));
  }

  private static MissingReason reason(Future<List<Bar>> read) {
    if (read.succeeded()) {
      return MissingReason.NOT_PROVIDED;
    }
    return switch (FailureException.of(read.cause()).code()) {
      case UNSUPPORTED -> MissingReason.UNSUPPORTED;
      case NOT_ENTITLED -> MissingReason.NOT_ENTITLED;
      case NO_DATA -> MissingReason.NOT_PROVIDED;
      case UNAVAILABLE -> MissingReason.PENDING;
      default -> MissingReason.ERROR;
    };
  }
}
