package io.candlehub.bus;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what {@link ChartJson} writes, as it streams by: a gateway reads every update of every stream. Fields may come in
 * any order; unknown ones are skipped.
 */
public final class ChartJsonReader {
  private final JsonParser in;
  private String kind = "";
  private String symbol = "";
  private String barsOf = "";
  private String timeframe = "";
  private String sessionMode = "";
  private final List<Bar> bars = new ArrayList<>();
  private final List<Interval> intervals = new ArrayList<>();
  private final List<Long> changeSeqs = new ArrayList<>();
  private Optional<Health> health = Optional.empty();
  private Optional<SessionInfo> session = Optional.empty();
  private String epoch = "";
  private long fromSeq;
  private long seq;
  private long lastUpdatedAtMillis;

  private ChartJsonReader(JsonParser in) {
    this.in = in;
  }

  /**
   * Returns the message of a bus body.
   *
   * @throws IllegalArgumentException if the body is not a chart message
   */
  public static ChartMessage read(Buffer body) {
    try (JsonParser in = Json.FACTORY.createParser(body.getBytes())) {
      in.nextToken();
      ChartJsonReader reader = new ChartJsonReader(in);
      reader.fields(reader::message);
      return reader.toMessage();
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("not a chart message: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the bars of rows as {@link ChartJson#writeBar} writes them, with commas between them.
   *
   * @throws IllegalArgumentException if a row is no bar
   */
  public static List<Bar> readBars(Buffer rows) {
    Buffer list = Buffer.buffer(rows.length() + 2)
        .appendByte((byte) '[')
        .appendBuffer(rows)
        .appendByte((byte) ']');
    try (JsonParser in = Json.FACTORY.createParser(list.getBytes())) {
      in.nextToken();
      ChartJsonReader reader = new ChartJsonReader(in);
      reader.items(item -> reader.bars.add(reader.new BarFields().read()));
      return List.copyOf(reader.bars);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("not rows of bars: " + e.getMessage(), e);
    }
  }

  private ChartMessage toMessage() {
    StreamKey key = new StreamKey(
        Instrument.of(symbol),
        known(Timeframe.parse(timeframe)),
        known(SessionMode.parse(sessionMode)));
    if (kind.equals("snapshot")) {
      return new ChartSnapshot(
          key,
          barsOf,
          bars,
          intervals,
          known(health),
          known(session),
          epoch,
          seq,
          lastUpdatedAtMillis,
          changeSeqs);
    }
    return new ChartUpdate(
        key, bars, intervals, known(health), known(session), epoch, fromSeq, seq);
  }

  private void fields(JsonWalk.Field field) throws IOException {
    JsonWalk.fields(in, field);
  }

  private void items(JsonWalk.Field item) throws IOException {
    JsonWalk.items(in, item);
  }

  private void message(String name) throws IOException {
    switch (name) {
      case "kind" -> kind = in.getText();
      case "symbol" -> symbol = in.getText();
      case "barsOf" -> barsOf = in.getText();
      case "timeframe" -> timeframe = in.getText();
      case "sessionMode" -> sessionMode = in.getText();
      case "bars" -> items(item -> bars.add(new BarFields().read()));
      case "intervals" -> items(item -> intervals.add(new IntervalFields().read()));
      case "changeSeqs" -> items(item -> changeSeqs.add(in.getLongValue()));
      case "health" -> health = Optional.of(new HealthFields().read());
      case "session" -> session = Optional.of(new SessionFields().read());
      case "stream" -> fields(this::stream);
      case "lastUpdatedAt" -> lastUpdatedAtMillis = in.getLongValue();
      default -> in.skipChildren();
    }
  }

  private void stream(String name) throws IOException {
    switch (name) {
      case "epoch" -> epoch = in.getText();
      case "fromSeq" -> fromSeq = in.getLongValue();
      case "seq" -> seq = in.getLongValue();
      default -> in.skipChildren();
    }
  }

  private static <T> T known(Optional<T> value) {
    return value.orElseThrow(() -> new IllegalArgumentException("unknown or missing word"));
  }

  private final class BarFields {
    private long start;
    private double open;
    private double high;
    private double low;
    private double close;
    private double volume;
    private double vwap = Double.NaN;
    private long trades = -1;
    private String state = "";
    private int revision;
    private String source = "";
    private double coverage = Double.NaN;

    Bar read() throws IOException {
      fields(this::take);
      return new Bar(
          start,
          open,
          high,
          low,
          close,
          volume,
          vwap,
          trades,
          known(BarState.parse(state)),
          revision,
          known(BarSource.parse(source)),
          coverage);
    }

    private void take(String name) throws IOException {
      switch (name) {
        case "t" -> start = in.getLongValue();
        case "o" -> open = in.getDoubleValue();
        case "h" -> high = in.getDoubleValue();
        case "l" -> low = in.getDoubleValue();
        case "c" -> close = in.getDoubleValue();
        case "v" -> volume = in.getDoubleValue();
        case "vw" -> vwap = in.getDoubleValue();
        case "n" -> trades = in.getLongValue();
        case "state" -> state = in.getText();
        case "revision" -> revision = in.getIntValue();
        case "source" -> source = in.getText();
        case "coverage" -> coverage = in.getDoubleValue();
        default -> in.skipChildren();
      }
    }
  }

  private final class IntervalFields {
    private long from;
    private long to;
    private String state = "";

    Interval read() throws IOException {
      fields(this::take);
      return new Interval(from, to, known(IntervalState.parse(state)));
    }

    private void take(String name) throws IOException {
      switch (name) {
        case "from" -> from = in.getLongValue();
        case "to" -> to = in.getLongValue();
        case "state" -> state = in.getText();
        default -> in.skipChildren();
      }
    }
  }

  private final class HealthFields {
    private String mode = "";
    private String source = "";
    private String provider = "";
    private long lastUpdateMillisAgo = -1;
    private long delayMillis;
    private boolean throttled;
    private long cooldownMillis;
    private int gaps;
    private final List<String> missing = new ArrayList<>();
    private String state = "";
    private String reason = "";

    Health read() throws IOException {
      fields(this::take);
      return new Health(
          known(HealthMode.parse(mode)),
          known(HealthSource.parse(source)),
          provider,
          lastUpdateMillisAgo,
          delayMillis,
          throttled,
          cooldownMillis,
          gaps,
          missing,
          state,
          reason);
    }

    private void take(String name) throws IOException {
      switch (name) {
        case "mode" -> mode = in.getText();
        case "source" -> source = in.getText();
        case "provider" -> provider = in.getText();
        case "lastUpdateMsAgo" ->
          lastUpdateMillisAgo = in.currentToken() == JsonToken.VALUE_NULL ? -1 : in.getLongValue();
        case "delayMs" -> delayMillis = in.getLongValue();
        case "providerThrottled" -> throttled = in.getBooleanValue();
        case "cooldownMs" -> cooldownMillis = in.getLongValue();
        case "gapsDetected" -> gaps = in.getIntValue();
        case "missing" -> items(item -> missing.add(in.getText()));
        case "state" -> state = in.getText();
        case "reason" -> reason = in.getText();
        default -> in.skipChildren();
      }
    }
  }

  private final class SessionFields {
    private boolean marketClosed;
    private boolean afterHours;
    private boolean usingLastSession;
    private String resultGranularity = "";
    private String note = "";

    SessionInfo read() throws IOException {
      fields(this::take);
      return new SessionInfo(marketClosed, afterHours, usingLastSession, resultGranularity, note);
    }

    private void take(String name) throws IOException {
      switch (name) {
        case "marketClosed" -> marketClosed = in.getBooleanValue();
        case "afterHours" -> afterHours = in.getBooleanValue();
        case "usingLastSession" -> usingLastSession = in.getBooleanValue();
        case "resultGranularity" -> resultGranularity = in.getText();
        case "note" -> note = in.getText();
        default -> in.skipChildren();
      }
    }
  }
}
