package io.candlehub.bus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Streaming JSON with shortest exact numbers, shared by all that write or read on a hot path. */
public final class Json {
  private static final int MAX_DEPTH = 64;
  private static final double MAX_EXACT = 1L << 53;

  /** Reads and writes doubles by their shortest exact decimal form. */
  public static final JsonFactory FACTORY = JsonFactory.builder()
      .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
      .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
      .streamReadConstraints(
          StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
      .build();

  private Json() {}

  /** Writes JSON into a buffer. */
  @FunctionalInterface
  public interface Writer {
    /** Writes one JSON value. */
    void write(JsonGenerator out) throws IOException;
  }

  /** Returns what a writer wrote, as UTF-8. */
  public static Buffer buffer(int expectedBytes, Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(expectedBytes);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      writer.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  /** Writes a number field; whole numbers without a fraction, NaN not at all. */
  public static void number(JsonGenerator out, String name, double value) throws IOException {
    if (Double.isNaN(value)) {
      return;
    }
    out.writeFieldName(name);
    if (value == Math.rint(value) && Math.abs(value) < MAX_EXACT) {
      out.writeNumber((long) value);
    } else {
      out.writeNumber(value);
    }
  }
}
