package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class PacketPropertyTest {

  @Property(tries = 500)
  void shouldDecodeWhatItEncodes(
      @ForAll("namespaces") String namespace,
      @ForAll @LongRange(min = -1, max = PacketDecoder.MAX_ID) long id,
      @ForAll("names") String event,
      @ForAll("values") @Size(max = 4) List<Object> args)
      throws MalformedPacketException {
    Packet packet = decode(PacketEncoder.event(namespace, id, event, args.toArray()));
    assertThat(packet.type()).isIn(PacketType.EVENT, PacketType.BINARY_EVENT);
    assertThat(packet.namespace()).isEqualTo(namespace);
    assertThat(packet.id()).isEqualTo(id);
    assertThat(packet.array().getList().get(0)).isEqualTo(event);
    assertThat(new JsonArray(packet.array().getList().subList(1, args.size() + 1)))
        .isEqualTo(new JsonArray(args));
  }

  @Property(tries = 200)
  void shouldDecodeTheAcksItEncodes(
      @ForAll("namespaces") String namespace, @ForAll("values") @Size(max = 4) List<Object> args)
      throws MalformedPacketException {
    Packet packet = decode(PacketEncoder.ack(namespace, 5, args.toArray()));
    assertThat(packet.type()).isIn(PacketType.ACK, PacketType.BINARY_ACK);
    assertThat(packet.array()).isEqualTo(new JsonArray(args));
  }

  @Provide
  Arbitrary<String> namespaces() {
    return Arbitraries.of("/", "/a", "/admin/x", "/?q=1", "/\u00e9");
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().ofMaxLength(12).filter(name -> !EventNames.isReserved(name));
  }

  @Provide
  Arbitrary<List<Object>> values() {
    Arbitrary<Object> leaf = Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(10).map(Object.class::cast),
        Arbitraries.integers().map(Object.class::cast),
        Arbitraries.longs().greaterOrEqual(1L << 40).map(Object.class::cast),
        Arbitraries.doubles().map(Object.class::cast),
        Arbitraries.of(true, false).map(Object.class::cast),
        Arbitraries.of("x", "yz").map(Buffer::buffer).map(Object.class::cast));
    Arbitrary<Object> nested =
        leaf.list().ofMaxSize(2).map(items -> new JsonArray(new ArrayList<>(items)));
    Arbitrary<Object> object = leaf.map(value -> new JsonObject().put("k", value));
    return Arbitraries.oneOf(leaf, nested, object).list().ofMaxSize(4);
  }

  private static Packet decode(EncodedPacket encoded) throws MalformedPacketException {
    PacketDecoder decoder = new PacketDecoder();
    Optional<Packet> packet = decoder.text(encoded.text(), 1);
    for (Buffer attachment : encoded.attachments()) {
      assertThat(packet).isEmpty();
      packet = decoder.binary(attachment);
    }
    return packet.orElseThrow();
  }
}
