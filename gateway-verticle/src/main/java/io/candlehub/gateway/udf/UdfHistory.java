package io.candlehub.gateway.udf;

import com.fasterxml.jackson.core.JsonGenerator;
import io.candlehub.bus.ChartedBars;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.Json;
import io.candlehub.gateway.stream.HubClient;
import io.candlehub.gateway.stream.StreamArguments;
import io.candlehub.model.Bar;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/** Answers requests for bars. Confined to the gateway's event loop. */
final class UdfHistory {
  private static final int BYTES_PER_BAR = 56;
  private static final double MOST_EXACT = 1L << 53;

  private final HubClient hub;

  UdfHistory(HubClient hub) {
    this.hub = hub;
  }

  /** Returns the bars of a request at a market time, or where the next older ones are. */
  Future<Buffer> answer(UdfQuery query, long nowMillis) {
    StreamKey key = key(query);
    TradingTime time = new TradingTime(calendar(key));
    long toSeconds = query.seconds("to");
    long toMillis = time.firstMillis(key.timeframe(), toSeconds) - 1;
    long endMillis = Math.min(toMillis, nowMillis) + 1;
    BarSearch search = new BarSearch(hub, key);
    OptionalLong countback = query.countback();
    Future<Buffer> answer;
    if (countback.isPresent()) {
      answer = search
          .newest(endMillis, toMillis, countback.getAsLong())
          .map(bars -> bars.isEmpty() ? nothing(OptionalLong.empty()) : bars(key, time, bars));
    } else {
      long fromSeconds = query.seconds("from");
      if (fromSeconds > toSeconds) {
        throw StreamArguments.invalid("from", "must not be after to");
      }
      long fromMillis = time.firstMillis(key.timeframe(), fromSeconds);
      answer = search
          .newestOf(fromMillis, endMillis, toMillis)
          .compose(bars -> bars.isEmpty()
              ? search
                  .newest(Math.min(fromMillis, nowMillis + 1), fromMillis - 1, 1)
                  .map(older -> nothing(older.stream()
                      .mapToLong(bar -> time.secondsOf(key.timeframe(), bar.startMillis()))
                      .findFirst()))
              : Future.succeededFuture(bars(key, time, bars)));
    }
    return answer.recover(UdfHistory::noData);
  }

  static StreamKey key(UdfQuery query) {
    return new StreamKey(query.instrument(), query.resolution(), SessionMode.EXTENDED);
  }

  /** Returns the calendar of the bars that a chart shows. */
  static TradingCalendar calendar(StreamKey key) {
    return TradingCalendar.of(ChartedBars.of(key).instrument());
  }

  private static Future<Buffer> noData(Throwable cause) {
    FailureException failure = FailureException.of(cause);
    return failure.code() == Failure.NO_DATA
        ? Future.succeededFuture(nothing(OptionalLong.empty()))
        : Future.failedFuture(failure);
  }

  private static Buffer nothing(OptionalLong nextSeconds) {
    JsonObject answer = new JsonObject().put("s", "no_data");
    nextSeconds.ifPresent(seconds -> answer.put("nextTime", seconds));
    return answer.toBuffer();
  }

  private static Buffer bars(StreamKey key, TradingTime time, List<Bar> bars) {
    Timeframe timeframe = key.timeframe();
    return Json.buffer(bars.size() * BYTES_PER_BAR + BYTES_PER_BAR, out -> {
      out.writeStartObject();
      out.writeStringField("s", "ok");
      column(out, "t", bars, bar -> time.secondsOf(timeframe, bar.startMillis()));
      column(out, "o", bars, Bar::open);
      column(out, "h", bars, Bar::high);
      column(out, "l", bars, Bar::low);
      column(out, "c", bars, Bar::close);
      column(out, "v", bars, Bar::volume);
      out.writeEndObject();
    });
  }

  private static void column(
      JsonGenerator out, String name, List<Bar> bars, ToDoubleFunction<Bar> value)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (Bar bar : bars) {
      double number = value.applyAsDouble(bar);
      if (number == Math.rint(number) && Math.abs(number) < MOST_EXACT) {
        out.writeNumber((long) number);
      } else {
        out.writeNumber(number);
      }
    }
    out.writeEndArray();
  }
}
