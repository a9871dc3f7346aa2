package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class PacketDecoderTest {

  private final PacketDecoder decoder = new PacketDecoder();

  @Test
  void shouldDecodePacketsOfTheProtocolsExamples() throws MalformedPacketException {
    assertThat(one("0")).isEqualTo(packet(PacketType.CONNECT, "/", -1, Packet.NO_DATA));
    assertThat(one("0/,")).isEqualTo(packet(PacketType.CONNECT, "/", -1, Packet.NO_DATA));
    assertThat(one("0/admin,{\"token\":\"1\"}"))
        .isEqualTo(packet(PacketType.CONNECT, "/admin", -1, new JsonObject().put("token", "1")));
    assertThat(one("2[\"e\",1]"))
        .isEqualTo(packet(PacketType.EVENT, "/", -1, JsonArray.of("e", 1)));
    assertThat(one("212[\"e\"]")).isEqualTo(packet(PacketType.EVENT, "/", 12, JsonArray.of("e")));
    assertThat(one("3/admin,13[\"r\"]"))
        .isEqualTo(packet(PacketType.ACK, "/admin", 13, JsonArray.of("r")));
    assertThat(one("1/admin,"))
        .isEqualTo(packet(PacketType.DISCONNECT, "/admin", -1, Packet.NO_DATA));
    assertThat(one("4/admin,{\"message\":\"Not authorized\"}").type())
        .isEqualTo(PacketType.CONNECT_ERROR);
  }

  @Test
  void shouldTakeNamespaceWithoutComma() throws MalformedPacketException {
    assertThat(one("0/custom").namespace()).isEqualTo("/custom");
    assertThat(one("1/custom").namespace()).isEqualTo("/custom");
    assertThat(one("0/custom?x=1").namespace()).isEqualTo("/custom?x=1");
  }

  @Test
  void shouldKeepAckIdsUpTo53Bits() throws MalformedPacketException {
    assertThat(one("20[\"e\"]").id()).isZero();
    assertThat(one("29007199254740991[\"e\"]").id()).isEqualTo(9007199254740991L);
    assertMalformed("29007199254740992[\"e\"]");
    assertMalformed("2" + "9".repeat(400) + "[\"e\"]");
  }

  @Test
  void shouldPutAttachmentsInNestedPlacesInAnyOrder() throws MalformedPacketException {
    assertThat(decoder.text(
            "52-[\"e\",{\"a\":[{\"_placeholder\":true,\"num\":1}]},"
                + "{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
            0))
        .isEmpty();
    assertThat(decoder.binary(Buffer.buffer("zero"))).isEmpty();
    Packet packet = decoder.binary(Buffer.buffer("one")).orElseThrow();
    assertThat(packet.type()).isEqualTo(PacketType.BINARY_EVENT);
    assertThat(packet.array().getJsonObject(1).getJsonArray("a").getBuffer(0))
        .isEqualTo(Buffer.buffer("one"));
    assertThat(packet.array().getBuffer(2)).isEqualTo(Buffer.buffer("zero"));
    assertThat(packet.array().getBuffer(3)).isEqualTo(Buffer.buffer("one"));
    assertThat(one("2[\"next\"]").array()).isEqualTo(JsonArray.of("next"));
  }

  @Test
  void shouldTakeBinaryPacketWithoutAttachments() throws MalformedPacketException {
    assertThat(one("50-[\"e\"]").array()).isEqualTo(JsonArray.of("e"));
    assertThat(one("60-7[]").id()).isEqualTo(7);
  }

  @Test
  void shouldLeavePlaceholdersOfPlainEventsAlone() throws MalformedPacketException {
    assertThat(one("2[\"e\",{\"_placeholder\":true,\"num\":5}]").array().getJsonObject(1))
        .isEqualTo(new JsonObject().put("_placeholder", true).put("num", 5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "x",
        "-1",
        "0[]",
        "0\"a\"",
        "0null",
        "0{",
        "0{}x",
        "0{} {}",
        "012{}",
        "1{}",
        "1/a,[]",
        "2",
        "2[]",
        "2{}",
        "2[1]",
        "2[null]",
        "2[\"connect\"]",
        "2[\"connect_error\"]",
        "2[\"disconnect\"]",
        "2[\"disconnecting\"]",
        "2[\"newListener\"]",
        "2[\"removeListener\"]",
        "2-1[\"e\"]",
        "2[\"e\"",
        "2[\"e\",]",
        "2[\"e\",NaN]",
        "2[\"e\",1e999]",
        "2[\"e\"]]",
        "2['e']",
        "2/a[\"e\"]",
        "3",
        "3{}",
        "3\"a\"",
        "4",
        "4[]",
        "41",
        "5[\"e\"]",
        "5-[\"e\"]",
        "5-1-[\"e\"]",
        "5x-[\"e\"]",
        "51[\"e\"]",
        "511-[\"e\"]",
        "51-[\"e\",{\"_placeholder\":true,\"num\":1}]",
        "51-[\"e\",{\"_placeholder\":true,\"num\":-1}]",
        "51-[\"e\",{\"_placeholder\":true,\"num\":\"0\"}]",
        "51-[\"e\",{\"_placeholder\":true,\"num\":0.5}]",
        "51-[\"e\",{\"_placeholder\":true}]",
        "51-[{\"_placeholder\":true,\"num\":0}]"
      })
  void shouldRefuse(String message) {
    assertMalformed(message);
  }

  @Test
  void shouldRefuseDeepNesting() throws MalformedPacketException {
    int inside = JsonReader.MAX_DEPTH - 1;
    assertThat(one("2[\"e\"," + "[".repeat(inside) + "]".repeat(inside) + "]").array())
        .hasSize(2);
    assertMalformed("2[\"e\"," + "[".repeat(100_000));
    assertMalformed("2[\"e\"," + "{\"a\":".repeat(inside + 1));
  }

  @Test
  void shouldRefuseMessagesThatAttachmentsDoNotAllow() throws MalformedPacketException {
    assertThatThrownBy(() -> decoder.binary(Buffer.buffer("x")))
        .isInstanceOf(MalformedPacketException.class);
    assertThat(decoder.text("51-[\"e\",{\"_placeholder\":true,\"num\":0}]", 0)).isEmpty();
    assertMalformed("2[\"e\"]");
  }

  @Test
  void shouldReadNumbersAsTheyAre() throws MalformedPacketException {
    assertThat(one("2[\"e\",1,1.5,9007199254740993,123456789012345678901234567890]")
            .array())
        .isEqualTo(JsonArray.of(
            "e", 1, 1.5, 9007199254740993L, new BigInteger("123456789012345678901234567890")));
  }

  private Packet one(String message) throws MalformedPacketException {
    return decoder.text(message, 0).orElseThrow();
  }

  private void assertMalformed(String message) {
    assertThatThrownBy(() -> decoder.text(message, 0)).isInstanceOf(MalformedPacketException.class);
  }

  private static Packet packet(PacketType type, String namespace, long id, Object data) {
    return new Packet(type, namespace, id, data);
  }
}
