package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class DecimalsTest {
  private final double[] value = new double[1];
  private final Decimals decimals = new Decimals(value);

  @Property(tries = 20_000)
  void shouldReadNumbersLikeTheJdk(@ForAll("numbers") String number) {
    assertThat(end(number)).as(number).isEqualTo(number.length());
    assertSameBits(value[0], number);
    assertThat(Decimals.skip(text(number), 0)).isEqualTo(number.length());
  }

  @Property(tries = 20_000)
  void shouldReadShortNumbersWithoutTheJdk(@ForAll("short numbers") String number) {
    assertThat(decimals.readShort(text(number + ","), 0, 0)).as(number).isEqualTo(number.length());
    assertSameBits(value[0], number);
  }

  @Property(tries = 20_000)
  void shouldReadDoublesAsTheyAreWritten(@ForAll double written) {
    String number = Double.toString(written);
    if (Double.isFinite(written)) {
      assertThat(end(number)).isEqualTo(number.length());
      assertSameBits(value[0], number);
    }
  }

  @Property(tries = 5_000)
  void shouldReadLongsExactly(@ForAll long whole) {
    String number = Long.toString(whole);

    assertThat(end(number)).isEqualTo(number.length());
    assertSameBits(value[0], number);
    assertThat(Decimals.whole(text(number), 0, number.length())).isEqualTo(whole);
  }

  @Property(tries = 10_000)
  void shouldReadDecimalStringsLikeTheJdk(@ForAll("plain") String number) {
    double read = Decimals.parse(number);
    if (number.length() > 40) {
      assertThat(read).isNaN();
    } else {
      assertSameBits(read, number);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740993",
        "9007199254740992.5",
        "9007199254740991e22",
        "9007199254740993e1",
        "0.1e1",
        "1e22",
        "1e23",
        "123e-22",
        "123e-23",
        "-0",
        "-0.0",
        "0e999999999999",
        "1e-999999999999",
        "4.9e-324",
        "2.4703282292062327e-324",
        "1.7976931348623157e308",
        "1.7976931348623159e308",
        "0.000000000000000000000000000001",
        "9223372036854775807",
        "9223372036854775808",
        "9999999999999999999",
        "99999999999999999999"
      })
  void shouldReadNumbersAtTheEdgesLikeTheJdk(String number) {
    assertThat(end(number)).isEqualTo(number.length());
    assertSameBits(value[0], number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", "+1", "01", "-01", "00", "1.", ".5", "1.e5", "1e", "1e+", "--1", "a"})
  void shouldRefuseWhatIsNoNumber(String text) {
    assertThat(end(text)).isEqualTo(JsonText.BAD);
    assertThat(Decimals.skip(text(text), 0)).isEqualTo(JsonText.BAD);
  }

  @Test
  void shouldStopWhereTheNumberEnds() {
    assertThat(end("12,5")).isEqualTo(2);
    assertThat(end("1.5}")).isEqualTo(3);
    assertThat(end("1e5x")).isEqualTo(3);
  }

  @Test
  void shouldReadNumbersOfAnyLength() {
    assertThat(end("1".repeat(1_001))).isEqualTo(1_001);
    assertThat(value[0]).isInfinite();
    assertThat(end("0." + "3".repeat(5_000))).isEqualTo(5_002);
    assertThat(value[0]).isEqualTo(1 / 3.0);
    assertThat(end("0." + "0".repeat(5_000) + "25e5001")).isEqualTo(5_009);
    assertThat(value[0]).isEqualTo(2.5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", ".", "-.", "1.2.3", "1e5", " 1", "0x1", "NaN", "1,5", "--1", "1-"})
  void shouldRefuseStringsThatAreNoDecimal(String text) {
    assertThat(Decimals.parse(text)).isNaN();
  }

  @Provide
  Arbitrary<String> numbers() {
    Arbitrary<String> exponent = Combinators.combine(
            Arbitraries.of("e", "E"),
            Arbitraries.of("", "+", "-"),
            Arbitraries.integers().between(0, 340))
        .as((e, sign, power) -> e + sign + power);
    return Combinators.combine(
            Arbitraries.of("", "-"),
            wholes(),
            digits(25).map(fraction -> "." + fraction).optional(0.7).map(f -> f.orElse("")),
            exponent.optional(0.3).map(e -> e.orElse("")))
        .as((sign, whole, fraction, power) -> sign + whole + fraction + power);
  }

  @Provide("short numbers")
  Arbitrary<String> shortNumbers() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 999_999_999),
            digits(6).map(fraction -> "." + fraction).optional(0.7).map(f -> f.orElse("")))
        .as((whole, fraction) -> whole + fraction);
  }

  @Provide
  Arbitrary<String> plain() {
    return Combinators.combine(
            Arbitraries.of("", "-"),
            digits(24),
            Arbitraries.of(".", ""),
            digits(20).optional())
        .as((sign, whole, point, rest) -> sign + whole + point + rest.orElse(""));
  }

  private static Arbitrary<String> wholes() {
    return digits(24).map(text -> {
      int first = 0;
      while (first < text.length() - 1 && text.charAt(first) == '0') {
        first++;
      }
      return text.substring(first);
    });
  }

  private static Arbitrary<String> digits(int longest) {
    return Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(longest);
  }

  private int end(String number) {
    return decimals.read(text(number), 0, 0);
  }

  private static void assertSameBits(double read, String number) {
    assertThat(Double.doubleToRawLongBits(read))
        .as(number)
        .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(number)));
  }

  private static byte[] text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(bytes, bytes.length + JsonText.SPARE);
  }
}
