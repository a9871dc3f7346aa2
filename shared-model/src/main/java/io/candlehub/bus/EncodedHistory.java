package io.candlehub.bus;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Bars of a range as the JSON of contract §3, in the pieces it was encoded in, so that whoever sends it on need neither
 * copy nor read it. Immutable by agreement: nobody writes into the buffers.
 *
 * @param head the object's begin up to and with the opening bracket of {@code bars}
 * @param bars runs of bars, each without a comma at its ends; none is empty
 * @param intervals runs of intervals, likewise
 * @param fields the fields behind bars and intervals, without braces
 * @param next start of the first bar left out because of the limit
 */
public record EncodedHistory(
    Buffer head, List<Buffer> bars, List<Buffer> intervals, Buffer fields, OptionalLong next) {
  private static final Buffer COMMA = Buffer.buffer(",");

  /** Copies the lists. */
  public EncodedHistory {
    Objects.requireNonNull(head, "head");
    bars = List.copyOf(bars);
    intervals = List.copyOf(intervals);
    Objects.requireNonNull(fields, "fields");
    Objects.requireNonNull(next, "next");
  }

  /** Says what to do with each piece. */
  @FunctionalInterface
  public interface Sink {
    /** Takes the next piece. */
    void accept(Buffer piece);
  }

  /** Hands the whole object to a sink, piece by piece. */
  public void forEach(Sink sink) {
    sink.accept(head);
    joined(bars, sink);
    sink.accept(Buffer.buffer("],\"intervals\":["));
    joined(intervals, sink);
    sink.accept(Buffer.buffer("],"));
    sink.accept(fields);
    sink.accept(Buffer.buffer(next.isPresent() ? ",\"nextFrom\":" + next.getAsLong() + "}" : "}"));
  }

  private static void joined(List<Buffer> runs, Sink sink) {
    for (int i = 0; i < runs.size(); i++) {
      if (i > 0) {
        sink.accept(COMMA);
      }
      sink.accept(runs.get(i));
    }
  }

  /** Returns the whole object's length in bytes. */
  public long length() {
    long[] sum = new long[1];
    forEach(piece -> sum[0] += piece.length());
    return sum[0];
  }

  /** Returns the whole object. */
  public Buffer toBuffer() {
    Buffer whole = Buffer.buffer((int) length());
    forEach(whole::appendBuffer);
    return whole;
  }
}
