package io.candlehub.bench;

import io.candlehub.bus.ChartJson;
import io.candlehub.bus.Json;
import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import io.candlehub.model.HealthSource;
import io.candlehub.model.Instrument;
import io.candlehub.model.SessionInfo;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The chart updates every server of the fan-out measurement sends: one live minute bar of a stream, in the very bytes of
 * Candlehub. The bar's volume is the time of the update, so that whoever receives it knows how old it is.
 */
final class ChartUpdates {
  static final String EPOCH = "bench";
  static final int MINUTES = 60;
  /** How many of the last minutes {@link #walking} updates change. */
  static final int WALKED = 5;

  private static final int FIRST_WALKED = MINUTES - WALKED;
  private static final long TRADES = 4_321;
  private static final long FIRST_MINUTE = LocalDateTime.of(2024, 6, 14, 10, 0)
      .atZone(ZoneId.of("America/New_York"))
      .toInstant()
      .toEpochMilli();
  private static final SessionInfo SESSION = new SessionInfo(false, false, false, "1m", "");

  private ChartUpdates() {}

  /** Returns the symbol of a stream. */
  static String symbol(int stream) {
    return "BENCH" + stream;
  }

  static StreamKey key(String symbol) {
    return new StreamKey(Instrument.of(symbol), Timeframe.M1, SessionMode.EXTENDED);
  }

  /** Returns an hour of minutes at a position. */
  static Buffer snapshot(String symbol, long seq) {
    List<Bar> bars = LongStream.range(0, MINUTES)
        .mapToObj(minute -> bar(minute, seq, 12_345, TRADES, BarState.FINAL))
        .toList();
    return ChartJson.body(new ChartSnapshot(
        key(symbol),
        symbol,
        bars,
        List.of(),
        health(),
        SESSION,
        EPOCH,
        seq,
        FIRST_MINUTE,
        List.of()));
  }

  /** Returns an update as the hub publishes it. */
  static String onBus(String symbol, long seq, long micros) {
    return ChartJson.body(update(symbol, seq, micros)).toString();
  }

  /** Returns an update as the argument of {@code chart:update}. */
  static String inEvent(String symbol, long seq, long micros) {
    ChartUpdate update = update(symbol, seq, micros);
    return Json.buffer(ChartJson.expectedBytes(update), out -> {
          out.writeStartObject();
          out.writeStringField("chartId", "main");
          ChartJson.writeFields(out, update);
          out.writeEndObject();
        })
        .toString();
  }

  /**
   * Returns an update as the hub publishes it, of another of the last minutes than the one before: number {@code seq}
   * changes the one at {@code seq % }{@value #WALKED} and is the number of trades in it, so that the series at every
   * position is known.
   */
  static String walking(String symbol, long seq, long micros) {
    long minute = FIRST_WALKED + seq % WALKED;
    Bar bar = bar(minute, seq, (double) micros, seq, BarState.LIVE);
    return ChartJson.body(update(symbol, seq, bar)).toString();
  }

  /** Returns the trades of a minute in the series that {@link #walking} updates have brought to a position. */
  static long trades(int minute, long position) {
    int place = minute - FIRST_WALKED;
    long last = position - Math.floorMod(position - place, (long) WALKED);
    return place >= 0 && last > 0 ? last : TRADES;
  }

  /** Returns which minute of the hour begins at a time. */
  static int minute(long startMillis) {
    return Math.toIntExact((startMillis - FIRST_MINUTE) / 60_000);
  }

  private static ChartUpdate update(String symbol, long seq, long micros) {
    return update(symbol, seq, bar(MINUTES - 1, seq, (double) micros, TRADES, BarState.LIVE));
  }

  private static ChartUpdate update(String symbol, long seq, Bar bar) {
    return new ChartUpdate(
        key(symbol), List.of(bar), List.of(), health(), SESSION, EPOCH, seq - 1, seq);
  }

  private static Bar bar(long minute, long seq, double volume, long trades, BarState state) {
    double close = 187.5 + seq % 100 / 100.0;
    return new Bar(
        FIRST_MINUTE + minute * 60_000,
        187.51,
        189.25,
        186.75,
        close,
        volume,
        188.1234,
        trades,
        state,
        0,
        BarSource.LIVE,
        Double.NaN);
  }

  private static Health health() {
    return new Health(
        HealthMode.LIVE, HealthSource.WS, "massive", 12, 0, false, 0, 0, List.of(), "open", "");
  }
}
