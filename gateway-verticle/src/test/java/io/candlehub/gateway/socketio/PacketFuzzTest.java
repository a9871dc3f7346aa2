package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class PacketFuzzTest {

  private static final List<String> SEEDS = List.of(
      "0{\"token\":\"1\"}",
      "0/admin,{}",
      "1/admin",
      "212[\"e\",{\"a\":[1,2.5,null,true,\"\\u00e9\\ud83d\\ude00\"]}]",
      "3/admin,13[\"r\"]",
      "4{\"message\":\"m\"}",
      "52-/x,7[\"e\",{\"_placeholder\":true,\"num\":0},[{\"_placeholder\":true,\"num\":1}]]",
      "61-9[{\"_placeholder\":true,\"num\":0}]");

  private static final String ALPHABET =
      "0123456789-/,[]{}\":_placeholdernumtrue \\u\u0000\uD83D.eE";

  @Test
  void shouldRefuseOrDecodeWhateverArrives() {
    Random random = new Random(20261121);
    int decoded = 0;
    for (int i = 0; i < 20_000; i++) {
      PacketDecoder decoder = new PacketDecoder();
      String message = i % 4 == 0 ? noise(random) : mutated(random);
      try {
        Optional<Packet> packet = decoder.text(message, 0);
        for (int n = 0; packet.isEmpty() && n < PacketDecoder.MAX_ATTACHMENTS; n++) {
          packet = decoder.binary(Buffer.buffer("b" + n));
        }
        decoded += packet.isPresent() ? 1 : 0;
      } catch (MalformedPacketException expected) {
        assertThat(expected).hasMessageNotContaining("admin");
      } catch (RuntimeException e) {
        fail("escaped for " + message, e);
      }
    }
    assertThat(decoded).isPositive();
  }

  private static String noise(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(40);
    for (int i = 0; i < length; i++) {
      text.append(
          random.nextInt(10) == 0
              ? (char) random.nextInt(0x10000)
              : ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private static String mutated(Random random) {
    StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
    for (int changes = random.nextInt(4); changes >= 0 && text.length() > 0; changes--) {
      int at = random.nextInt(text.length());
      char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, c);
        case 1 -> text.insert(at, c);
        case 2 -> text.deleteCharAt(at);
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }
}
