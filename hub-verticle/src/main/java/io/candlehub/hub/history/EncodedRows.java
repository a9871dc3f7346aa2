package io.candlehub.hub.history;

import com.fasterxml.jackson.core.JsonGenerator;
import io.candlehub.bus.Json;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Rows of JSON, ascending by a key, joined by commas and cut without reading them. Immutable.
 */
final class EncodedRows {
  private static final EncodedRows NONE = new EncodedRows(new long[0], new int[0], Buffer.buffer());

  private final long[] keys;
  private final int[] ends;
  private final Buffer json;

  private EncodedRows(long[] keys, int[] ends, Buffer json) {
    this.keys = keys;
    this.ends = ends;
    this.json = json;
  }

  /** Writes one row. */
  @FunctionalInterface
  interface RowWriter<T> {
    void write(JsonGenerator out, T row) throws IOException;
  }

  /** Encodes rows; their keys must ascend. */
  static <T> EncodedRows of(
      List<T> rows, ToLongFunction<T> key, RowWriter<T> writer, int bytesPerRow) {
    if (rows.isEmpty()) {
      return NONE;
    }
    long[] keys = new long[rows.size()];
    int[] ends = new int[rows.size()];
    GrowingBytes bytes = new GrowingBytes(rows.size() * bytesPerRow);
    try (JsonGenerator out = Json.FACTORY.createGenerator(bytes)) {
      out.writeStartArray();
      for (int i = 0; i < keys.length; i++) {
        keys[i] = key.applyAsLong(rows.get(i));
        writer.write(out, rows.get(i));
        out.flush();
        ends[i] = bytes.size() - 1;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new EncodedRows(keys, ends, bytes.buffer(1, ends[keys.length - 1] + 1));
  }

  int size() {
    return keys.length;
  }

  long key(int i) {
    return keys[i];
  }

  int bytes() {
    return json.length() + keys.length * (Long.BYTES + Integer.BYTES);
  }

  /** Returns the index of the first row whose key is not below a value. */
  int lowerBound(long value) {
    int found = Arrays.binarySearch(keys, value);
    return found >= 0 ? found : -found - 1;
  }

  /** Returns rows [from, to), which must not be none, with commas between them only. */
  Buffer rows(int from, int to) {
    return json.slice(from == 0 ? 0 : ends[from - 1] + 1, ends[to - 1]);
  }
}
