package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class Utf8CheckTest {

  @Test
  void shouldAgreeWithTheDecoderOnEveryCharacter() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        assertThat(isValid(Character.toString(point).getBytes(StandardCharsets.UTF_8), 1))
            .isTrue();
      }
    }
  }

  @Test
  void shouldAgreeWithTheDecoderOnNoiseHoweverItIsCut() {
    Random random = new Random(20261121);
    byte[] leads = {
      0x41, (byte) 0xc2, (byte) 0xe0, (byte) 0xed, (byte) 0xef, (byte) 0xf0, (byte) 0xf4
    };
    for (int i = 0; i < 200_000; i++) {
      byte[] octets = new byte[1 + random.nextInt(6)];
      for (int n = 0; n < octets.length; n++) {
        octets[n] = random.nextInt(3) == 0
            ? leads[random.nextInt(leads.length)]
            : (byte) (0x80 + random.nextInt(0x40));
      }
      boolean expected = decodes(octets);
      assertThat(isValid(octets, 1 + random.nextInt(octets.length)))
          .as(() -> Arrays.toString(octets))
          .isEqualTo(expected);
    }
  }

  private static boolean isValid(byte[] octets, int cut) {
    Utf8Check check = new Utf8Check();
    return check.accepts(Arrays.copyOf(octets, cut))
        && check.accepts(Arrays.copyOfRange(octets, Math.min(cut, octets.length), octets.length))
        && check.complete();
  }

  private static boolean decodes(byte[] octets) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
