package io.candlehub.gateway.udf;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChartJson;
import io.candlehub.bus.Failure;
import io.candlehub.gateway.Charts;
import io.candlehub.gateway.GatewayFixture;
import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.Instrument;
import io.candlehub.model.Interval;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Answers a gateway's questions for bars and reference data from what a test puts here, by the rules of the hub: bars from
 * the range's start on, oldest first. Symbols that begin with {@code NO} do not exist, those with {@code BLIND} cannot be
 * looked up.
 */
public final class UdfMarket {
  private final Map<StreamKey, NavigableMap<Long, Bar>> bars = new ConcurrentHashMap<>();
  private final List<Interval> intervals = new CopyOnWriteArrayList<>();

  /** Answers from now on. */
  public UdfMarket(GatewayFixture gateway) {
    gateway.hub().answerHistory(this::history, request -> "");
    gateway.vertx().eventBus().<JsonObject>consumer(Addresses.INGEST_INSTRUMENT, this::listing);
    gateway.vertx().eventBus().<JsonObject>consumer(Addresses.INGEST_SPLITS, this::splits);
  }

  static long millis(String text) {
    return OffsetDateTime.parse(text).toInstant().toEpochMilli();
  }

  static long seconds(String text) {
    return millis(text) / 1_000;
  }

  /** Puts bars of one symbol, the first at a time, the others at distances of a number of seconds. */
  public void put(String symbol, Timeframe timeframe, String first, int count, long stepSeconds) {
    for (int i = 0; i < count; i++) {
      put(symbol, timeframe, bar(millis(first) + i * stepSeconds * 1_000, 10 + i, 0));
    }
  }

  void put(String symbol, Timeframe timeframe, Bar bar) {
    bars.computeIfAbsent(key(symbol, timeframe), absent -> new TreeMap<>())
        .put(bar.startMillis(), bar);
  }

  void put(Interval interval) {
    intervals.add(interval);
  }

  static Bar bar(long startMillis, double open, int revision) {
    return new Bar(
        startMillis,
        open,
        open + 0.5,
        open - 0.25,
        open + 0.125,
        100,
        Double.NaN,
        7,
        revision > 0 ? BarState.REVISED : BarState.FINAL,
        revision,
        BarSource.CACHE,
        Double.NaN);
  }

  private static StreamKey key(String symbol, Timeframe timeframe) {
    return new StreamKey(Instrument.of(symbol), timeframe, SessionMode.EXTENDED);
  }

  private Buffer history(JsonObject request) {
    String symbol = request.getString("symbol");
    if (symbol.startsWith("NO")) {
      throw Failure.UNKNOWN_INSTRUMENT.because("no instrument " + symbol);
    }
    if (symbol.startsWith("SLOW")) {
      throw Failure.RATE_LIMITED.because("the provider throttles", 2_500);
    }
    StreamKey key = key(symbol, Timeframe.parse(request.getString("timeframe")).orElseThrow());
    long from = request.getLong("from", 0L);
    long to = request.getLong("to", Long.MAX_VALUE);
    List<Bar> found =
        bars.getOrDefault(key, new TreeMap<>()).subMap(from, true, to, true).values().stream()
            .limit(request.getInteger("limit"))
            .toList();
    ChartSnapshot snapshot = new ChartSnapshot(
        key,
        symbol,
        found,
        intervals.stream()
            .filter(it -> it.fromMillis() <= to && it.toMillis() > from)
            .toList(),
        Charts.health(),
        Charts.session(),
        "e1",
        1,
        Charts.START,
        List.of());
    JsonObject answer = ChartJson.body(snapshot).toJsonObject();
    answer.remove("kind");
    return answer.toBuffer();
  }

  private void listing(Message<JsonObject> message) {
    String symbol = message.body().getString("symbol");
    if (symbol.startsWith("NO") || symbol.startsWith("O:NO")) {
      Failure.UNKNOWN_INSTRUMENT.because("no instrument " + symbol).replyTo(message);
    } else if (symbol.startsWith("BLIND")) {
      Failure.PROVIDER_ERROR.because("the provider does not answer").replyTo(message);
    } else {
      message.reply(new JsonObject()
          .put("symbol", symbol)
          .put("name", symbol + " Incorporated")
          .put("type", symbol.equals("SPY") ? "ETF" : "CS")
          .put("exchange", "XNAS"));
    }
  }

  private void splits(Message<JsonObject> message) {
    switch (message.body().getString("symbol")) {
      case "SPLIT" ->
        message.reply(new JsonArray()
            .add(new JsonObject()
                .put("date", "2023-06-12")
                .put("from", 1)
                .put("to", 4)
                .put("source", "tradier")
                .put("fallbackReason", "error")));
      case "PLAN" -> Failure.NOT_ENTITLED.because("not in the plan").replyTo(message);
      case "BLIND" -> Failure.PROVIDER_ERROR.because("no answer").replyTo(message);
      default -> message.reply(new JsonArray());
    }
  }
}
