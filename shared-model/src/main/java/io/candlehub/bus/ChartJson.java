package io.candlehub.bus;

import com.fasterxml.jackson.core.JsonGenerator;
import io.candlehub.model.Bar;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.Health;
import io.candlehub.model.Interval;
import io.candlehub.model.SessionInfo;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** Writes chart messages as the JSON of contract §§3-5. {@link ChartJsonReader} reads them back. */
public final class ChartJson {
  private static final int BYTES_PER_BAR = 140;
  private static final int BYTES_PER_MESSAGE = 700;

  private ChartJson() {}

  /** Returns a message as it travels on the bus and to bridge clients, with its {@code kind}. */
  public static Buffer body(ChartMessage message) {
    return Json.buffer(expectedBytes(message), out -> {
      out.writeStartObject();
      out.writeStringField("kind", message instanceof ChartSnapshot ? "snapshot" : "update");
      writeFields(out, message);
      out.writeEndObject();
    });
  }

  /** Returns a guess of a message's size in bytes. */
  public static int expectedBytes(ChartMessage message) {
    return BYTES_PER_MESSAGE + message.bars().size() * BYTES_PER_BAR;
  }

  /** Writes a message's fields into an object the caller has opened and closes. */
  public static void writeFields(JsonGenerator out, ChartMessage message) throws IOException {
    writeHead(out, message);
    for (Bar bar : message.bars()) {
      writeBar(out, bar);
    }
    out.writeEndArray();
    if (message instanceof ChartSnapshot || !message.intervals().isEmpty()) {
      out.writeArrayFieldStart("intervals");
      for (Interval interval : message.intervals()) {
        writeInterval(out, interval);
      }
      out.writeEndArray();
    }
    writeTail(out, message);
  }

  /** Writes the fields before the bars and opens their array. */
  private static void writeHead(JsonGenerator out, ChartMessage message) throws IOException {
    out.writeStringField("symbol", message.key().instrument().symbol());
    if (message instanceof ChartSnapshot snapshot) {
      out.writeStringField("barsOf", snapshot.barsOf());
    }
    out.writeStringField("timeframe", message.key().timeframe().wireName());
    out.writeStringField("sessionMode", message.key().sessionMode().wireName());
    out.writeStringField("resultGranularity", message.session().resultGranularity());
    out.writeArrayFieldStart("bars");
  }

  /** Writes the fields behind bars and intervals. */
  private static void writeTail(JsonGenerator out, ChartMessage message) throws IOException {
    writeHealth(out, message.health());
    writeSession(out, message.session());
    writeStream(out, message);
    if (message instanceof ChartSnapshot snapshot) {
      out.writeNumberField("lastUpdatedAt", snapshot.lastUpdatedAtMillis());
      writeChangeSeqs(out, snapshot);
    }
  }

  /**
   * Returns the answer whose bars and intervals are encoded already.
   *
   * @param frame everything else; its bars and intervals are not looked at
   */
  public static EncodedHistory history(
      ChartSnapshot frame, List<Buffer> bars, List<Buffer> intervals, OptionalLong next) {
    Buffer head = Json.buffer(BYTES_PER_MESSAGE, out -> {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
      out.writeStartObject();
      writeHead(out, frame);
    });
    Buffer tail = Json.buffer(BYTES_PER_MESSAGE, out -> {
      out.writeStartObject();
      writeTail(out, frame);
      out.writeEndObject();
    });
    return new EncodedHistory(head, bars, intervals, tail.getBuffer(1, tail.length() - 1), next);
  }

  private static void writeStream(JsonGenerator out, ChartMessage message) throws IOException {
    out.writeObjectFieldStart("stream");
    out.writeStringField("epoch", message.epoch());
    if (message instanceof ChartUpdate update) {
      out.writeNumberField("fromSeq", update.fromSeq());
    }
    out.writeNumberField("seq", message.seq());
    out.writeEndObject();
  }

  private static void writeChangeSeqs(JsonGenerator out, ChartSnapshot snapshot)
      throws IOException {
    if (snapshot.changeSeqs().isEmpty()) {
      return;
    }
    out.writeArrayFieldStart("changeSeqs");
    for (long seq : snapshot.changeSeqs()) {
      out.writeNumber(seq);
    }
    out.writeEndArray();
  }

  /** Writes one BAR object (contract §3). */
  public static void writeBar(JsonGenerator out, Bar bar) throws IOException {
    out.writeStartObject();
    out.writeNumberField("t", bar.startMillis());
    Json.number(out, "o", bar.open());
    Json.number(out, "h", bar.high());
    Json.number(out, "l", bar.low());
    Json.number(out, "c", bar.close());
    Json.number(out, "v", bar.volume());
    Json.number(out, "vw", bar.vwap());
    if (bar.trades() >= 0) {
      out.writeNumberField("n", bar.trades());
    }
    out.writeStringField("state", bar.state().wireName());
    out.writeBooleanField("isFinal", bar.isFinal());
    out.writeNumberField("revision", bar.revision());
    out.writeStringField("source", bar.source().wireName());
    Json.number(out, "coverage", bar.coverage());
    out.writeEndObject();
  }

  /** Writes one interval (contract §3). */
  public static void writeInterval(JsonGenerator out, Interval interval) throws IOException {
    out.writeStartObject();
    out.writeNumberField("from", interval.fromMillis());
    out.writeNumberField("to", interval.toMillis());
    out.writeStringField("state", interval.state().wireName());
    out.writeEndObject();
  }

  /** Writes the health field (contract §3). */
  public static void writeHealth(JsonGenerator out, Health health) throws IOException {
    out.writeObjectFieldStart("health");
    out.writeStringField("mode", health.mode().wireName());
    out.writeStringField("source", health.source().wireName());
    out.writeStringField("provider", health.provider());
    if (health.lastUpdateMillisAgo() >= 0) {
      out.writeNumberField("lastUpdateMsAgo", health.lastUpdateMillisAgo());
    } else {
      out.writeNullField("lastUpdateMsAgo");
    }
    out.writeNumberField("delayMs", health.delayMillis());
    out.writeBooleanField("providerThrottled", health.throttled());
    out.writeNumberField("cooldownMs", health.cooldownMillis());
    out.writeNumberField("gapsDetected", health.gapsDetected());
    out.writeArrayFieldStart("missing");
    for (String channel : health.missing()) {
      out.writeString(channel);
    }
    out.writeEndArray();
    out.writeStringField("state", health.state());
    if (!health.reason().isEmpty()) {
      out.writeStringField("reason", health.reason());
    }
    out.writeEndObject();
  }

  private static void writeSession(JsonGenerator out, SessionInfo session) throws IOException {
    out.writeObjectFieldStart("session");
    out.writeBooleanField("marketClosed", session.marketClosed());
    out.writeBooleanField("afterHours", session.afterHours());
    out.writeBooleanField("usingLastSession", session.usingLastSession());
    out.writeStringField("resultGranularity", session.resultGranularity());
    if (!session.note().isEmpty()) {
      out.writeStringField("note", session.note());
    }
    out.writeEndObject();
  }
}
