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
    out.writeStringField("symbol", message.key().instrument().symbol());
    if (message instanceof ChartSnapshot snapshot) {
      out.writeStringField("barsOf", snapshot.barsOf());
    }
    out.writeStringField("timeframe", message.key().timeframe().wireName());
    out.writeStringField("sessionMode", message.key().sessionMode().wireName());
    out.writeStringField("resultGranularity", message.session().resultGranularity());
    out.writeArrayFieldStart("bars");
    for (Bar bar : message.bars()) {
      writeBar(out, bar);
    }
    out.writeEndArray();
    if (message instanceof ChartSnapshot || !message.intervals().isEmpty()) {
      writeIntervals(out, message);
    }
    writeHealth(out, message.health());
    writeSession(out, message.session());
    writeStream(out, message);
    if (message instanceof ChartSnapshot snapshot) {
      out.writeNumberField("lastUpdatedAt", snapshot.lastUpdatedAtMillis());
      writeChangeSeqs(out, snapshot);
    }
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

  private static void writeIntervals(JsonGenerator out, ChartMessage message) throws IOException {
    out.writeArrayFieldStart("intervals");
    for (Interval interval : message.intervals()) {
      out.writeStartObject();
      out.writeNumberField("from", interval.fromMillis());
      out.writeNumberField("to", interval.toMillis());
      out.writeStringField("state", interval.state().wireName());
      out.writeEndObject();
    }
    out.writeEndArray();
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
