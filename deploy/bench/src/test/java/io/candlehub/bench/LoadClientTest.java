package io.candlehub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class LoadClientTest {
  private final LoadCounts counts = new LoadCounts();
  private final LoadClient client =
      new LoadClient(LoadDialect.SOCKET_IO, "BENCH0", counts, () -> {});
  private final EmbeddedChannel channel = new EmbeddedChannel(client);

  @Test
  void shouldJoinAfterTheHandshake() {
    upgrade();
    frame("0{\"sid\":\"a\"}");
    frame("40{\"sid\":\"b\"}");

    assertThat(sent()).startsWith("GET /socket.io/?EIO=4&transport=websocket ").endsWith("40");
    assertThat(counts.toJson().getInteger("joined")).isEqualTo(1);
  }

  @Test
  void shouldAnswerAPing() {
    upgrade();
    sent();
    frame("2");

    assertThat(sent()).endsWith("3");
  }

  @Test
  void shouldCountWhatAMessageCarriesWhereverItIsCut() {
    upgrade();
    ByteBuf bytes = Unpooled.buffer();
    bytes.writeBytes(encoded(update(7))).writeBytes(encoded(update(8)));
    while (bytes.isReadable()) {
      channel.writeInbound(bytes.readBytes(Math.min(11, bytes.readableBytes())));
    }

    assertThat(counts.toJson().getLong("messages")).isEqualTo(2);
    assertThat(counts.toJson().getLong("updates")).isEqualTo(2);
    assertThat(counts.toJson().getLong("gaps")).isZero();
    assertThat(counts.toJson().getInteger("served")).isEqualTo(1);
    assertThat(counts.toJson().getLong("p99")).isBetween(0L, TimeUnit.SECONDS.toMicros(10));
  }

  @Test
  void shouldNoticeAGap() {
    upgrade();
    frame(update(7));
    frame(update(9));

    assertThat(counts.toJson().getLong("gaps")).isEqualTo(1);
  }

  private static String update(long seq) {
    long now = TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
    return "42[\"chart:update\"," + ChartUpdates.inEvent("BENCH0", seq, now) + "]";
  }

  private void upgrade() {
    channel.writeInbound(Unpooled.copiedBuffer(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
        StandardCharsets.US_ASCII));
  }

  private void frame(String text) {
    channel.writeInbound(encoded(text));
  }

  private static ByteBuf encoded(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteBuf frame = Unpooled.buffer().writeByte(0x81);
    if (payload.length < 126) {
      frame.writeByte(payload.length);
    } else {
      frame.writeByte(126).writeShort(payload.length);
    }
    return frame.writeBytes(payload);
  }

  private String sent() {
    StringBuilder text = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      text.append(out.toString(StandardCharsets.ISO_8859_1));
      out.release();
    }
    return text.toString();
  }
}
