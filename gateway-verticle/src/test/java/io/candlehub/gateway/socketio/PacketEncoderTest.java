package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class PacketEncoderTest {

  @Test
  void shouldEncodeAsTheProtocolWritesIt() {
    assertThat(PacketEncoder.event("/", Packet.NO_ID, "e", 1).text()).isEqualTo("42[\"e\",1]");
    assertThat(PacketEncoder.event("/admin", 12, "e", (Object) null).text())
        .isEqualTo("42/admin,12[\"e\",null]");
    assertThat(PacketEncoder.ack("/admin", 13, "r").text()).isEqualTo("43/admin,13[\"r\"]");
    assertThat(PacketEncoder.disconnected("/admin")).isEqualTo("41/admin,");
    assertThat(PacketEncoder.connected("/", "id", Optional.empty()))
        .isEqualTo("40{\"sid\":\"id\"}");
    assertThat(PacketEncoder.refused("/admin", new JsonObject().put("message", "Not authorized")))
        .isEqualTo("44/admin,{\"message\":\"Not authorized\"}");
  }

  @Test
  void shouldCountEveryOccurrenceOfBytes() {
    Buffer bytes = Buffer.buffer("b");
    EncodedPacket packet = PacketEncoder.event(
        "/", 3, "e", new JsonObject().put("a", bytes), List.of(bytes), new byte[] {'c'});
    assertThat(packet.text())
        .isEqualTo("453-3[\"e\",{\"a\":{\"_placeholder\":true,\"num\":0}},"
            + "[{\"_placeholder\":true,\"num\":1}],{\"_placeholder\":true,\"num\":2}]");
    assertThat(packet.attachments()).containsExactly(bytes, bytes, Buffer.buffer("c"));
    assertThat(PacketEncoder.ack("/", 9, bytes).text())
        .isEqualTo("461-9[{\"_placeholder\":true,\"num\":0}]");
  }

  @Test
  void shouldAddTheIdLater() {
    EncodedPacket plain = PacketEncoder.event("/a", Packet.NO_ID, "e", 1);
    assertThat(PacketEncoder.withId(plain, "/a", 0))
        .isEqualTo(PacketEncoder.event("/a", 0, "e", 1));
    EncodedPacket binary = PacketEncoder.event("/", Packet.NO_ID, "e", Buffer.buffer("b"));
    assertThat(PacketEncoder.withId(binary, "/", 7))
        .isEqualTo(PacketEncoder.event("/", 7, "e", Buffer.buffer("b")));
  }

  @Test
  void shouldRefuseWhatJsonDoesNotKnow() {
    List<Object> self = new ArrayList<>();
    self.add(self);
    for (Object value : List.of(Double.NaN, Float.POSITIVE_INFINITY, new Object(), self)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PacketEncoder.event("/", Packet.NO_ID, "e", value));
    }
  }

  @Test
  void shouldWrapRawJson() {
    assertThat(EncodedEvent.of("/", "a\"b", "{\"x\":1}").packet())
        .isEqualTo("42[\"a\\\"b\",{\"x\":1}]");
    assertThat(EncodedEvent.of("/n", "e", Buffer.buffer("[1,\"\u00e9\"]")).packet())
        .isEqualTo("42/n,[\"e\",[1,\"\u00e9\"]]");
    assertThatIllegalArgumentException().isThrownBy(() -> EncodedEvent.of("/", "disconnect", "1"));
  }

  @Test
  void shouldEncodeMapsAndListsLikeJson() {
    assertThat(PacketEncoder.event("/", Packet.NO_ID, "e", Map.of("k", List.of(1L, 2.5f)))
            .text())
        .isEqualTo("42[\"e\",{\"k\":[1,2.5]}]");
  }
}
