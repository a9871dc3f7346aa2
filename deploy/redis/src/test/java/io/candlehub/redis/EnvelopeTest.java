package io.candlehub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Joining and parting headers and body. */
@Timeout(60)
class EnvelopeTest {
  private static final JsonObject BODY =
      new JsonObject().put("symbol", "SPY").put("bars", new JsonObject().put("headers", "x"));

  @Test
  void shouldBeTheUpdateWithOneMemberMore() {
    Map<String, String> headers = Map.of("kind", "update", "seq", "17", "odd", "a\"b\\c\nd");

    byte[] joined =
        Envelope.join(MultiMap.caseInsensitiveMultiMap().addAll(headers), BODY.toBuffer());

    JsonObject read = new JsonObject(Buffer.buffer(joined));
    JsonObject told = (JsonObject) read.remove("headers");
    assertThat(read).isEqualTo(BODY);
    assertThat(told.getMap()).isEqualTo(headers);
  }

  @Test
  void shouldRefuseWhatIsNoObject() {
    for (String body : new String[] {"", "[]", "1", "{", "null"}) {
      assertThatThrownBy(
              () -> Envelope.join(MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(body)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldNotReadWhatIsNotOurs() {
    for (String text : new String[] {
      "",
      "{}",
      "hello",
      "{\"symbol\":\"SPY\"}",
      "{\"headers\":{",
      "{\"headers\":{}",
      "{\"headers\":{\"a\":1}}",
      "{\"headers\":{\"a\"}}",
      "{\"headers\":{\"a\":\"b}}",
      "{\"headers\":{\"a\":\"\\q\"},\"b\":1}",
      "{\"headers\":{\"a\":\"b\"}x\"b\":1}",
      "{\"headers\":[],\"b\":1}",
      "[\"headers\":{}}"
    }) {
      assertThat(Envelope.part(Buffer.buffer(text))).as(text).isEmpty();
    }
  }

  @Property
  void shouldPartWhatItJoined(
      @ForAll("headers") Map<String, String> headers, @ForAll("bodies") JsonObject body) {
    MultiMap map = MultiMap.caseInsensitiveMultiMap().addAll(headers);
    Buffer written = body.toBuffer();

    Envelope read = Envelope.part(Buffer.buffer(Envelope.join(map, written))).orElseThrow();

    assertThat(read.body().getBytes()).isEqualTo(written.getBytes());
    assertThat(read.headers().size()).isEqualTo(headers.size());
    headers.forEach((name, value) -> assertThat(read.headers().get(name)).isEqualTo(value));
  }

  @Property
  void shouldNeverFailOnAnything(@ForAll byte[] noise, @ForAll boolean headed) {
    Buffer message =
        headed ? Buffer.buffer("{\"headers\":{").appendBytes(noise) : Buffer.buffer(noise);

    Envelope.part(message)
        .ifPresent(read -> assertThat(read.body().length()).isGreaterThanOrEqualTo(2));
  }

  @Provide
  Arbitrary<Map<String, String>> headers() {
    return Arbitraries.maps(
            Arbitraries.strings()
                .alpha()
                .numeric()
                .ofMinLength(1)
                .map(name -> name.toLowerCase(Locale.ROOT)),
            Arbitraries.oneOf(
                Arbitraries.strings().ascii(),
                Arbitraries.of(
                    "", "\"", "\\", "\\\"", "}", "},\"a\":{", "\u20ac\ud83d\udd6f", "\n\u0000")))
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<JsonObject> bodies() {
    return Arbitraries.maps(
            Arbitraries.strings().alpha().ofMinLength(1).excludeChars(' '),
            Arbitraries.strings().ofMaxLength(20).filter(EnvelopeTest::isText))
        .ofMaxSize(4)
        .map(values -> {
          JsonObject body = new JsonObject();
          values.forEach(body::put);
          return body;
        });
  }

  private static boolean isText(String text) {
    return text.chars().noneMatch(c -> Character.isSurrogate((char) c));
  }
}
