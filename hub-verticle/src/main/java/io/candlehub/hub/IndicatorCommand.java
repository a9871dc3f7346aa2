package io.candlehub.hub;

import io.candlehub.bus.ChartedBars;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.hub.history.HistoryAnswer;
import io.candlehub.hub.history.HistoryQuestion;
import io.candlehub.hub.indicator.IndicatorPoint;
import io.candlehub.hub.indicator.IndicatorSeries;
import io.candlehub.hub.indicator.IndicatorSpec;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Bar;
import io.candlehub.model.IndicatorKind;
import io.candlehub.model.IndicatorValues;
import io.candlehub.model.Instrument;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers the command for an indicator: of the bars that charts of the symbol show, read far enough back that its values
 * are settled. Where it is asked, a provider's own figures are a check. Asking is demand for a while, as reading those
 * bars is. Confined to the hub's event loop.
 */
final class IndicatorCommand {
  private static final int USUAL_LIMIT = 200;
  private static final int HIGHEST_LIMIT = 5_000;

  /** More bars than any question below asks for. */
  private static final int MOST_BARS = 50_000;

  private static final double BANDS_DEVIATIONS = 2;
  private static final int SESSION_MINUTES = 390;
  private static final int MOST_SESSIONS = 250;
  private static final int MOST_DAYS = 7_300;
  private static final long SECONDS_AT_LEAST = Duration.ofMinutes(30).toMillis();
  private static final long SECONDS_AT_MOST = Duration.ofHours(16).toMillis();

  private final ChartedHistory charted;
  private final MarketQuestions questions;
  private final SeriesParts parts;

  IndicatorCommand(ChartedHistory charted, MarketQuestions questions, SeriesParts parts) {
    this.charted = charted;
    this.questions = questions;
    this.parts = parts;
  }

  /** Answers one question. */
  void indicator(Message<JsonObject> message) {
    JsonObject question = message.body();
    StreamKey key = ChartCommands.key(question);
    IndicatorSpec spec = spec(question);
    if (!spec.suits(key.timeframe())) {
      throw invalid("timeframe must be shorter than a day for " + spec.kind().wireName());
    }
    int limit = limit(question);
    Instrument barsOf = ChartedBars.of(key).instrument();
    if (spec.needsVolume() && barsOf.assetClass() == AssetClass.INDEX) {
      throw Failure.UNSUPPORTED.because(
          spec.kind().wireName() + " needs volume, and bars of an index have none");
    }
    TradingCalendar calendar = TradingCalendar.of(barsOf);
    long now = parts.now(barsOf.assetClass());
    long from = start(key.timeframe(), IndicatorSeries.enoughBars(spec) + limit, now, calendar);
    charted
        .follow(
            new HistoryQuestion(key, OptionalLong.of(from), OptionalLong.empty(), MOST_BARS, true))
        .compose(answer -> {
          IndicatorSeries series = series(key, spec, answer);
          return checks(question, key, series)
              .map(checks -> IndicatorJson.body(
                  key,
                  spec,
                  series.points(Long.MIN_VALUE, Long.MAX_VALUE, limit),
                  checks,
                  charted.health(key, answer).health(),
                  parts.clock().millis()));
        })
        .onSuccess(message::reply)
        .onFailure(cause -> FailureException.of(cause).replyTo(message));
  }

  private static IndicatorSeries series(StreamKey key, IndicatorSpec spec, HistoryAnswer answer) {
    List<Bar> bars = ChartedHistory.bars(answer);
    if (bars.isEmpty()) {
      throw Failure.NO_DATA.because("no bars of " + key.instrument().symbol());
    }
    IndicatorSeries series = new IndicatorSeries(
        spec,
        TradingCalendar.of(ChartedBars.of(key).instrument()),
        Math.max(bars.size(), IndicatorSeries.enoughBars(spec)));
    series.put(bars);
    return series;
  }

  /** Returns what a provider's own figures say, if that is asked. */
  private Future<List<IndicatorCheck>> checks(
      JsonObject question, StreamKey key, IndicatorSeries series) {
    return question.getValue("check") == Boolean.TRUE
        ? check(key, series).map(List::of)
        : Future.succeededFuture(List.of());
  }

  private Future<IndicatorCheck> check(StreamKey key, IndicatorSeries series) {
    if (!series.spec().kind().isOfProviders()
        || !IndicatorValues.TIMEFRAMES.contains(key.timeframe())
        || key.sessionMode() != SessionMode.EXTENDED) {
      return Future.succeededFuture(IndicatorCheck.unsupported());
    }
    List<IndicatorPoint> settled =
        series.points(Long.MIN_VALUE, Long.MAX_VALUE, HIGHEST_LIMIT).stream()
            .filter(point -> point.settled() && point.isFinal())
            .toList();
    if (settled.isEmpty()) {
      return Future.succeededFuture(IndicatorCheck.notSettled());
    }
    long newest = settled.get(settled.size() - 1).startMillis();
    return questions
        .indicator(key, series.spec(), newest, IndicatorCheck.BARS)
        .map(told -> IndicatorCheck.of(settled, told))
        .otherwise(failure -> IndicatorCheck.failed(FailureException.of(failure)));
  }

  /** Returns where to begin to have so many bars, if something trades in every bar of the regular sessions. */
  private static long start(
      Timeframe timeframe, int bars, long nowMillis, TradingCalendar calendar) {
    if (timeframe.isSeconds()) {
      long wanted = Math.max(SECONDS_AT_LEAST, 2L * bars * timeframe.millis());
      return nowMillis - Math.min(SECONDS_AT_MOST, wanted);
    }
    LocalDate date = calendar.todayAt(nowMillis);
    if (!timeframe.isIntraday()) {
      long perBar = timeframe == Timeframe.W1 ? 7 : 1;
      long sessions = bars * perBar;
      return calendar.startOf(date.minusDays(Math.min(MOST_DAYS, 10 + sessions * 3 / 2)));
    }
    long minutes = bars * (timeframe.millis() / Timeframe.M1.millis());
    long sessions = Math.min(MOST_SESSIONS, 1 + minutes / SESSION_MINUTES);
    for (long i = 0; i < sessions; i++) {
      date = calendar.previous(date).date();
    }
    return calendar.beginOf(date);
  }

  private static IndicatorSpec spec(JsonObject question) {
    String name = ChartCommands.text(question, "name");
    IndicatorKind kind = IndicatorKind.parse(name)
        .orElseThrow(() -> invalid("name must be one of "
            + Stream.of(IndicatorKind.values())
                .map(IndicatorKind::wireName)
                .collect(Collectors.joining(" "))));
    List<Integer> windows = windows(question.getValue("window"));
    if (windows.isEmpty()) {
      return IndicatorSpec.usual(kind);
    }
    try {
      return new IndicatorSpec(
          kind, windows, kind == IndicatorKind.BOLLINGER ? BANDS_DEVIATIONS : 0);
    } catch (IllegalArgumentException e) {
      throw invalid("window: " + e.getMessage());
    }
  }

  /** Returns the windows of a question: one number, or a list of them. */
  private static List<Integer> windows(Object given) {
    JsonArray list = given instanceof JsonArray array
        ? array
        : given == null ? new JsonArray() : new JsonArray().add(given);
    List<Integer> windows = new ArrayList<>();
    for (Object window : list) {
      if (!(window instanceof Number number) || number.intValue() != number.doubleValue()) {
        throw invalid("window must be whole numbers");
      }
      windows.add(number.intValue());
    }
    return windows;
  }

  private static int limit(JsonObject question) {
    Object limit = question.getValue("limit");
    if (limit == null) {
      return USUAL_LIMIT;
    }
    if (limit instanceof Number number
        && number.longValue() >= 1
        && number.longValue() <= HIGHEST_LIMIT) {
      return number.intValue();
    }
    throw ChartCommands.invalid("limit");
  }

  private static FailureException invalid(String words) {
    return Failure.INVALID_PARAMETER.because("parameter " + words);
  }
}
