package io.candlehub.ingest.provider.massive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Damages frames in the ways in which bytes, tokens and structure can be damaged. */
final class FrameMutator {
  private static final byte[] STRUCTURE = ascii("[]{},:\"\\0123456789.eE+-ntfu \t\n/");
  private static final byte[][] NUMBERS = texts(
      "0",
      "-0",
      "-0.0",
      "01",
      "1.",
      ".5",
      "-",
      "+1",
      "1e5",
      "1E+5",
      "1e-5",
      "1e",
      "1e+",
      "1e308",
      "1e309",
      "1e999",
      "-1e999",
      "1e-400",
      "1e99999999999",
      "4.9e-324",
      "2.2250738585072011e-308",
      "9007199254740993",
      "9007199254740992.5",
      "9223372036854775807",
      "9223372036854775808",
      "9999999999999999999",
      "99999999999999999999",
      "0.1",
      "0.30000000000000004",
      "123456789012345678",
      "1764600605123456789",
      "1764600605123456",
      "1764600605123",
      "1764600600000.5",
      "1.7646006E12",
      "17",
      "18",
      "-17",
      "2147483647",
      "2147483648",
      "NaN",
      "Infinity",
      "0x10",
      "1_000",
      "1,5",
      "0.000000000000000000000001",
      "100000000000000000000000",
      "8.5",
      "1".repeat(400),
      "7".repeat(1_200),
      "0." + "3".repeat(1_200),
      "0." + "0".repeat(300) + "1");
  private static final byte[][] VALUES = texts(
      "null",
      "true",
      "false",
      "\"\"",
      "\"A\"",
      "\"12.5\"",
      "\"1e5\"",
      "\".5\"",
      "\"5.\"",
      "\".\"",
      "\"-1\"",
      "\"1\\u0030\"",
      "[]",
      "[17]",
      "[18]",
      "[17,18]",
      "[1,\"2\"]",
      "[[1]]",
      "{}",
      "{\"a\":1}",
      "[1.5]",
      "[2147483648]",
      "[-3]",
      "nul",
      "tru",
      "nulll",
      "\"\\ud800\"",
      "\"I:SPX\"");
  private static final byte[][] NAMES = texts(
      "\"ev\"",
      "\"sym\"",
      "\"T\"",
      "\"t\"",
      "\"c\"",
      "\"i\"",
      "\"s\"",
      "\"e\"",
      "\"o\"",
      "\"v\"",
      "\"dv\"",
      "\"p\"",
      "\"val\"",
      "\"status\"",
      "\"message\"",
      "\"\"",
      "\"\\u0065v\"",
      "\"e\\u0076\"",
      "\"symb\"",
      "\"a long name\"",
      "\"ev\u0000\"",
      "\"ev\\u0000\"",
      "\"\u00e9\"",
      "\"x\"",
      "\"q\"");
  private static final byte[][] KINDS =
      texts("\"A\"", "\"AM\"", "\"T\"", "\"Q\"", "\"V\"", "\"LULD\"", "\"\\u0041M\"", "\"status\"");
  private static final byte[][] UNICODE = {
    ascii("\\u00e9"),
    ascii("\\uD83D\\uDE00"),
    ascii("\\u12"),
    ascii("\\x"),
    "\u00e9".getBytes(StandardCharsets.UTF_8),
    "\u20ac\ud83d\ude00".getBytes(StandardCharsets.UTF_8),
    {(byte) 0xC0, (byte) 0x80},
    {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
    {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
    {(byte) 0xE2, (byte) 0x82},
    {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
    {(byte) 0xFF},
    {0x7F},
    {0},
    {0x1F}
  };

  private final Random random;

  FrameMutator(Random random) {
    this.random = random;
  }

  /** Returns a frame damaged one to three times; some damages take from another frame. */
  byte[] mutate(byte[] frame, byte[] other) {
    byte[] mutated = frame;
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times; i++) {
      mutated = mutated.length == 0 ? other : once(mutated, other);
    }
    return mutated;
  }

  private byte[] once(byte[] frame, byte[] other) {
    int at = random.nextInt(frame.length);
    return switch (random.nextInt(18)) {
      case 0 -> replace(frame, at, at + 1, (byte) (frame[at] ^ 1 << random.nextInt(8)));
      case 1 -> replace(frame, at, at + 1, STRUCTURE[random.nextInt(STRUCTURE.length)]);
      case 2 -> replace(frame, at, at, STRUCTURE[random.nextInt(STRUCTURE.length)]);
      case 3 -> replace(frame, at, Math.min(frame.length, at + 1 + random.nextInt(20)));
      case 4 -> Arrays.copyOf(frame, at);
      case 5 -> splice(frame, at, other, random.nextInt(other.length));
      case 6, 7 -> number(frame, at);
      case 8 -> value(frame, at, VALUES);
      case 9 -> name(frame, at);
      case 10, 11 -> insertMember(frame, at, member(other, random.nextInt(other.length)));
      case 12 -> deleteMember(frame, at);
      case 13 -> replace(frame, at, at, UNICODE[random.nextInt(UNICODE.length)]);
      case 14 -> escape(frame, at);
      case 15 -> nest(frame, at);
      case 16 -> insertMember(frame, at, member(frame, random.nextInt(frame.length)));
      default -> kind(frame, at);
    };
  }

  private byte[] number(byte[] frame, int near) {
    int from = after(frame, near, ':');
    int to = from;
    while (to < frame.length && "0123456789.eE+-".indexOf(frame[to]) >= 0) {
      to++;
    }
    return replace(frame, from, to, NUMBERS[random.nextInt(NUMBERS.length)]);
  }

  private byte[] value(byte[] frame, int near, byte[][] values) {
    int from = after(frame, near, ':');
    return replace(frame, from, valueEnd(frame, from), values[random.nextInt(values.length)]);
  }

  private byte[] name(byte[] frame, int near) {
    int colon = after(frame, near, ':') - 1;
    int from = colon - 1;
    while (from > 0 && frame[from] != ',' && frame[from] != '{') {
      from--;
    }
    return colon <= 0 || from < 0
        ? frame
        : replace(frame, from + 1, colon, NAMES[random.nextInt(NAMES.length)]);
  }

  private byte[] kind(byte[] frame, int near) {
    for (int i = 0; i < frame.length - 6; i++) {
      int at = (near + i) % (frame.length - 5);
      if (frame[at] == '"'
          && frame[at + 1] == 'e'
          && frame[at + 2] == 'v'
          && frame[at + 4] == ':') {
        return replace(frame, at + 5, valueEnd(frame, at + 5), KINDS[random.nextInt(KINDS.length)]);
      }
    }
    return frame;
  }

  private static byte[] member(byte[] frame, int near) {
    int from = after(frame, near, ',');
    return Arrays.copyOfRange(frame, from, valueEnd(frame, from));
  }

  private byte[] insertMember(byte[] frame, int near, byte[] member) {
    byte[] separated = Arrays.copyOf(member, member.length + 1);
    separated[member.length] = ',';
    int at = after(frame, near, random.nextBoolean() ? ',' : '{');
    return replace(frame, at, at, separated);
  }

  private static byte[] deleteMember(byte[] frame, int near) {
    int from = after(frame, near, ',');
    return replace(frame, from, Math.min(frame.length, valueEnd(frame, from) + 1));
  }

  private byte[] nest(byte[] frame, int near) {
    int from = after(frame, near, ':');
    int to = valueEnd(frame, from);
    int depth = 1 + random.nextInt(random.nextBoolean() ? 4 : 70);
    boolean objects = random.nextBoolean();
    byte[] open = ascii((objects ? "{\"x\":" : "[").repeat(depth));
    byte[] close = ascii((objects ? "}" : "]").repeat(random.nextInt(10) == 0 ? depth - 1 : depth));
    return replace(replace(frame, to, to, close), from, from, open);
  }

  private static byte[] escape(byte[] frame, int at) {
    byte[] text = ascii(String.format("\\u%04x", frame[at] & 0x7F));
    return replace(frame, at, at + 1, text);
  }

  private static byte[] splice(byte[] frame, int to, byte[] other, int from) {
    return replace(frame, to, frame.length, Arrays.copyOfRange(other, from, other.length));
  }

  private static int valueEnd(byte[] frame, int from) {
    int to = from;
    while (to < frame.length && frame[to] != ',' && frame[to] != '}') {
      to++;
    }
    return to;
  }

  /** Returns the position behind the next such character, searched around the end; 0 if there is none. */
  private static int after(byte[] frame, int near, char wanted) {
    for (int i = 0; i < frame.length; i++) {
      int at = (near + i) % frame.length;
      if (frame[at] == wanted) {
        return at + 1;
      }
    }
    return 0;
  }

  private static byte[] replace(byte[] frame, int from, int to, byte... by) {
    byte[] replaced = new byte[frame.length - (to - from) + by.length];
    System.arraycopy(frame, 0, replaced, 0, from);
    System.arraycopy(by, 0, replaced, from, by.length);
    System.arraycopy(frame, to, replaced, from + by.length, frame.length - to);
    return replaced;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[][] texts(String... texts) {
    return Arrays.stream(texts)
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }
}
