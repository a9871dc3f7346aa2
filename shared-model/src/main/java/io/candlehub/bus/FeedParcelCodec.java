package io.candlehub.bus;

import io.candlehub.model.feed.FeedBatch;
import io.candlehub.model.feed.FeedParcel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.util.ArrayList;
import java.util.List;

/**
 * Binary form of a {@link FeedParcel}: version byte, count of frames (int), then each frame: provider, term (long),
 * shard (byte), first number (long), wall time of receipt (long), count of events (int), the events. Local consumers
 * get the same immutable object.
 */
public final class FeedParcelCodec implements MessageCodec<FeedParcel, FeedParcel> {
  private static final byte VERSION = 5;

  @Override
  public void encodeToWire(Buffer buffer, FeedParcel parcel) {
    buffer.appendByte(VERSION).appendInt(parcel.batches().size());
    for (FeedBatch batch : parcel.batches()) {
      FeedEventCodec.text(buffer, batch.provider());
      buffer
          .appendLong(batch.ingestTerm())
          .appendByte((byte) batch.shard())
          .appendLong(batch.firstSeq())
          .appendLong(batch.receivedMillis())
          .appendInt(batch.events().size());
      batch.events().forEach(event -> FeedEventCodec.write(buffer, event));
    }
  }

  @Override
  public FeedParcel decodeFromWire(int position, Buffer buffer) {
    BufferCursor in = new BufferCursor(buffer, position);
    WireVersions.check(VERSION, in.one(), name());
    int count = in.four();
    List<FeedBatch> batches = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String provider = in.text();
      long ingestTerm = in.eight();
      int shard = in.one();
      long firstSeq = in.eight();
      long receivedMillis = in.eight();
      batches.add(new FeedBatch(
          provider,
          ingestTerm,
          shard,
          firstSeq,
          receivedMillis,
          FeedEventCodec.read(in, in.four())));
    }
    return new FeedParcel(batches);
  }

  @Override
  public FeedParcel transform(FeedParcel parcel) {
    return parcel;
  }

  @Override
  public String name() {
    return "feed-parcel";
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
