package io.candlehub.bus;

import io.candlehub.model.BarBlock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Binary form of a {@link BarBlock}: version byte, number of bars (int), then per bar start (long), o, h, l, c, v, vw
 * (doubles) and number of trades (long). Big endian. Blocks are immutable, so local consumers get the same object.
 */
public final class BarBlockCodec implements MessageCodec<BarBlock, BarBlock> {
  private static final byte VERSION = 1;
  private static final int BYTES_PER_BAR = 64;

  @Override
  public void encodeToWire(Buffer buffer, BarBlock block) {
    buffer.appendByte(VERSION).appendInt(block.size());
    for (int i = 0; i < block.size(); i++) {
      buffer
          .appendLong(block.startMillis(i))
          .appendDouble(block.open(i))
          .appendDouble(block.high(i))
          .appendDouble(block.low(i))
          .appendDouble(block.close(i))
          .appendDouble(block.volume(i))
          .appendDouble(block.vwap(i))
          .appendLong(block.trades(i));
    }
  }

  @Override
  public BarBlock decodeFromWire(int position, Buffer buffer) {
    WireVersions.check(VERSION, buffer.getByte(position), name());
    int size = buffer.getInt(position + 1);
    BarBlock.Builder builder = new BarBlock.Builder(size);
    int at = position + 5;
    for (int i = 0; i < size; i++) {
      builder.add(
          buffer.getLong(at),
          buffer.getDouble(at + 8),
          buffer.getDouble(at + 16),
          buffer.getDouble(at + 24),
          buffer.getDouble(at + 32),
          buffer.getDouble(at + 40),
          buffer.getDouble(at + 48),
          buffer.getLong(at + 56));
      at += BYTES_PER_BAR;
    }
    return builder.build();
  }

  @Override
  public BarBlock transform(BarBlock block) {
    return block;
  }

  @Override
  public String name() {
    return "bar-block";
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
