package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PayloadCodecTest {

  @Example
  void shouldEncodeAsTheProtocolShows() {
    Buffer body = PayloadCodec.encode(
        List.of("4hello", "2", "4\u20ac", Buffer.buffer(new byte[] {1, 2, 3, 4}), Buffer.buffer()));
    assertThat(body.toString(StandardCharsets.UTF_8))
        .isEqualTo("4hello\u001e2\u001e4\u20ac\u001ebAQIDBA==\u001eb");
  }

  @Example
  void shouldReadPacketByPacket() throws MalformedPacketException {
    PayloadCodec.Reader reader = PayloadCodec.read(Buffer.buffer("4a\u001e\u001eb!\u001e4late"));
    assertThat(reader.next()).isEqualTo("4a");
    assertThat(reader.next()).isEqualTo("");
    assertThatThrownBy(reader::next).isInstanceOf(MalformedPacketException.class);
    assertThatThrownBy(() -> PayloadCodec.read(Buffer.buffer(new byte[] {'4', (byte) 0xff})))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Example
  void shouldReadBase64InLines() throws MalformedPacketException {
    assertThat(PayloadCodec.read(Buffer.buffer("bAQID\r\nBA==\n")).next())
        .isEqualTo(Buffer.buffer(new byte[] {1, 2, 3, 4}));
  }

  @Property(tries = 2_000)
  void shouldReadWhatItWrites(@ForAll("packets") List<Object> packets)
      throws MalformedPacketException {
    assertThat(all(PayloadCodec.encode(packets))).isEqualTo(packets);
  }

  @Property(tries = 2_000)
  void shouldReadOrRefuseAnyBytes(@ForAll byte[] body) {
    try {
      assertThat(all(Buffer.buffer(body))).isNotEmpty();
    } catch (MalformedPacketException expected) {
      assertThat(expected).hasNoCause();
    }
  }

  @Property(tries = 500)
  void shouldTellTheSizeOfBytesAhead(@ForAll byte[] bytes) {
    Buffer message = Buffer.buffer(bytes);
    assertThat(PayloadCodec.encode(List.of(message)).length())
        .isEqualTo(PayloadCodec.encodedBytes(message));
  }

  @Provide
  Arbitrary<List<Object>> packets() {
    Arbitrary<Object> text = Arbitraries.strings()
        .ofMaxLength(20)
        .map(chars -> "4" + wellFormed(chars).replace('\u001e', ' '))
        .map(Object.class::cast);
    Arbitrary<Object> bytes = Arbitraries.bytes()
        .array(byte[].class)
        .ofMaxSize(20)
        .map(Buffer::buffer)
        .map(Object.class::cast);
    return Arbitraries.oneOf(text, bytes).list().ofMinSize(1).ofMaxSize(8);
  }

  /** Replaces lone surrogates, which UTF-8 cannot carry. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static List<Object> all(Buffer body) throws MalformedPacketException {
    PayloadCodec.Reader reader = PayloadCodec.read(body);
    List<Object> packets = new ArrayList<>();
    while (reader.hasNext()) {
      packets.add(reader.next());
    }
    return packets;
  }
}
