package io.candlehub.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Binary form of an {@link EncodedHistory}: version byte, next start or {@link Long#MIN_VALUE} (long), then head,
 * fields, bars and intervals, each run behind its length (int), lists behind their size (int). Local consumers get the
 * same object.
 */
public final class EncodedHistoryCodec implements MessageCodec<EncodedHistory, EncodedHistory> {
  private static final byte VERSION = 1;

  @Override
  public void encodeToWire(Buffer buffer, EncodedHistory history) {
    buffer.appendByte(VERSION).appendLong(history.next().orElse(Long.MIN_VALUE));
    run(buffer, history.head());
    run(buffer, history.fields());
    runs(buffer, history.bars());
    runs(buffer, history.intervals());
  }

  private static void run(Buffer buffer, Buffer run) {
    buffer.appendInt(run.length()).appendBuffer(run);
  }

  private static void runs(Buffer buffer, List<Buffer> runs) {
    buffer.appendInt(runs.size());
    runs.forEach(one -> run(buffer, one));
  }

  @Override
  public EncodedHistory decodeFromWire(int position, Buffer buffer) {
    WireVersions.check(VERSION, buffer.getByte(position), name());
    long next = buffer.getLong(position + 1);
    int[] at = {position + 1 + Long.BYTES};
    Buffer head = run(buffer, at);
    Buffer fields = run(buffer, at);
    return new EncodedHistory(
        head,
        runs(buffer, at),
        runs(buffer, at),
        fields,
        next == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(next));
  }

  private static Buffer run(Buffer buffer, int[] at) {
    int length = buffer.getInt(at[0]);
    int from = at[0] + Integer.BYTES;
    at[0] = from + length;
    return buffer.getBuffer(from, from + length);
  }

  private static List<Buffer> runs(Buffer buffer, int[] at) {
    int size = buffer.getInt(at[0]);
    at[0] += Integer.BYTES;
    List<Buffer> runs = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      runs.add(run(buffer, at));
    }
    return runs;
  }

  @Override
  public EncodedHistory transform(EncodedHistory history) {
    return history;
  }

  @Override
  public String name() {
    return "encoded-history";
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
