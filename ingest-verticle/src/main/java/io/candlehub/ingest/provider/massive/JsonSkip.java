package io.candlehub.ingest.provider.massive;

/**
 * Steps over JSON values of which only the form matters (RFC 8259), in a text as {@link JsonText} wants it. Every method
 * returns the position behind what it stepped over, or {@link JsonText#BAD}.
 */
final class JsonSkip {
  private static final int BAD = JsonText.BAD;
  private static final int MAX_DEPTH = 64;
  private static final long TRUE = JsonText.word("true");
  private static final long FALSE = JsonText.word("false");
  private static final long NULL = JsonText.word("null");

  private JsonSkip() {}

  /** Steps over the mark that some put before UTF-8, at the start of a text only. */
  static int byteOrderMark(byte[] bytes) {
    boolean marked = bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  /** Steps over white space. */
  static int blank(byte[] bytes, int from) {
    int at = from;
    while (isBlank(bytes[at])) {
      at++;
    }
    return at;
  }

  /** Steps over the colon behind a name and the white space around it. */
  static int colon(byte[] bytes, int from) {
    int at = bytes[from] == ':' ? from : blank(bytes, from);
    if (bytes[at] != ':') {
      return BAD;
    }
    at++;
    return bytes[at] > ' ' ? at : blank(bytes, at);
  }

  /**
   * Steps over a value.
   *
   * @param depth how many arrays and objects it stands in
   */
  static int value(byte[] bytes, int at, int depth) {
    byte first = bytes[at];
    return first >= '0' && first <= '9' ? Decimals.skip(bytes, at) : other(bytes, at, depth);
  }

  private static int other(byte[] bytes, int at, int depth) {
    return switch (bytes[at]) {
      case '"' -> string(bytes, at);
      case '{' -> depth < MAX_DEPTH ? object(bytes, at, depth + 1) : BAD;
      case '[' -> depth < MAX_DEPTH ? array(bytes, at, depth + 1) : BAD;
      case 't' -> literal(bytes, at, TRUE, 4);
      case 'f' -> literal(bytes, at, FALSE, 5);
      case 'n' -> literal(bytes, at, NULL, 4);
      default -> Decimals.skip(bytes, at);
    };
  }

  private static int string(byte[] bytes, int at) {
    int end = JsonText.end(bytes, at + 1);
    return end < 0 ? BAD : end + 1;
  }

  private static int array(byte[] bytes, int from, int depth) {
    int at = blank(bytes, from + 1);
    if (bytes[at] == ']') {
      return at + 1;
    }
    while (true) {
      at = value(bytes, at, depth);
      if (at < 0) {
        return BAD;
      }
      at = blank(bytes, at);
      if (bytes[at] == ']') {
        return at + 1;
      }
      if (bytes[at] != ',') {
        return BAD;
      }
      at = blank(bytes, at + 1);
    }
  }

  private static int object(byte[] bytes, int from, int depth) {
    int at = blank(bytes, from + 1);
    if (bytes[at] == '}') {
      return at + 1;
    }
    while (true) {
      at = member(bytes, at, depth);
      if (at < 0) {
        return BAD;
      }
      at = blank(bytes, at);
      if (bytes[at] == '}') {
        return at + 1;
      }
      if (bytes[at] != ',') {
        return BAD;
      }
      at = blank(bytes, at + 1);
    }
  }

  private static int member(byte[] bytes, int from, int depth) {
    int at = bytes[from] == '"' ? string(bytes, from) : BAD;
    at = at < 0 ? BAD : colon(bytes, at);
    return at < 0 ? BAD : value(bytes, at, depth);
  }

  private static int literal(byte[] bytes, int at, long word, int length) {
    return JsonText.head(JsonText.word(bytes, at), length) == word ? at + length : BAD;
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }
}
