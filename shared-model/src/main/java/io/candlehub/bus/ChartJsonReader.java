package io.candlehub.bus;

import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import io.candlehub.model.HealthSource;
import io.candlehub.model.Instrument;
import io.candlehub.model.Interval;
import io.candlehub.model.IntervalState;
import io.candlehub.model.SessionInfo;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what {@link ChartJson} writes. */
public final class ChartJsonReader {
  private ChartJsonReader() {}

  /**
   * Returns the message of a bus body.
   *
   * @throws IllegalArgumentException if the body is not a chart message
   */
  public static ChartMessage read(Buffer body) {
    try {
      JsonObject json = body.toJsonObject();
      return "snapshot".equals(json.getString("kind")) ? snapshot(json) : update(json);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not a chart message: " + e.getMessage(), e);
    }
  }

  private static ChartSnapshot snapshot(JsonObject json) {
    JsonObject stream = json.getJsonObject("stream");
    List<Long> changeSeqs = new ArrayList<>();
    for (Object seq : json.getJsonArray("changeSeqs", new JsonArray())) {
      changeSeqs.add(((Number) seq).longValue());
    }
    return new ChartSnapshot(
        key(json),
        json.getString("barsOf"),
        bars(json),
        intervals(json),
        health(json.getJsonObject("health")),
        session(json.getJsonObject("session")),
        stream.getString("epoch"),
        stream.getLong("seq"),
        json.getLong("lastUpdatedAt"),
        changeSeqs);
  }

  private static ChartUpdate update(JsonObject json) {
    JsonObject stream = json.getJsonObject("stream");
    return new ChartUpdate(
        key(json),
        bars(json),
        intervals(json),
        health(json.getJsonObject("health")),
        session(json.getJsonObject("session")),
        stream.getString("epoch"),
        stream.getLong("fromSeq"),
        stream.getLong("seq"));
  }

  private static StreamKey key(JsonObject json) {
    return new StreamKey(
        Instrument.of(json.getString("symbol")),
        known(Timeframe.parse(json.getString("timeframe"))),
        known(SessionMode.parse(json.getString("sessionMode"))));
  }

  private static List<Bar> bars(JsonObject json) {
    JsonArray array = json.getJsonArray("bars");
    List<Bar> bars = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      bars.add(bar(array.getJsonObject(i)));
    }
    return bars;
  }

  private static Bar bar(JsonObject json) {
    return new Bar(
        json.getLong("t"),
        json.getDouble("o"),
        json.getDouble("h"),
        json.getDouble("l"),
        json.getDouble("c"),
        json.getDouble("v"),
        json.getDouble("vw", Double.NaN),
        json.getLong("n", -1L),
        known(BarState.parse(json.getString("state"))),
        json.getInteger("revision"),
        known(BarSource.parse(json.getString("source"))),
        json.getDouble("coverage", Double.NaN));
  }

  private static List<Interval> intervals(JsonObject json) {
    JsonArray array = json.getJsonArray("intervals", new JsonArray());
    List<Interval> intervals = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      JsonObject interval = array.getJsonObject(i);
      intervals.add(new Interval(
          interval.getLong("from"),
          interval.getLong("to"),
          known(IntervalState.parse(interval.getString("state")))));
    }
    return intervals;
  }

  private static Health health(JsonObject json) {
    List<String> missing = new ArrayList<>();
    for (Object channel : json.getJsonArray("missing")) {
      missing.add((String) channel);
    }
    Long ago = json.getLong("lastUpdateMsAgo");
    return new Health(
        known(HealthMode.parse(json.getString("mode"))),
        known(HealthSource.parse(json.getString("source"))),
        json.getString("provider"),
        ago == null ? -1 : ago,
        json.getLong("delayMs"),
        json.getBoolean("providerThrottled"),
        json.getLong("cooldownMs"),
        json.getInteger("gapsDetected"),
        missing,
        json.getString("state"),
        json.getString("reason", ""));
  }

  private static SessionInfo session(JsonObject json) {
    return new SessionInfo(
        json.getBoolean("marketClosed"),
        json.getBoolean("afterHours"),
        json.getBoolean("usingLastSession"),
        json.getString("resultGranularity"),
        json.getString("note", ""));
  }

  private static <T> T known(Optional<T> value) {
    return value.orElseThrow(() -> new IllegalArgumentException("unknown word"));
  }
}
