package io.candlehub.ingest.provider.massive;

/** What an event of the stream says it is by its field {@code ev} (WebSocket specification, stocks and indices). */
enum WireKind {
  /** Not told. */
  NONE(0, ""),
  /** A quote. */
  QUOTE(1, "Q"),
  /** A trade. */
  TRADE(2, "T"),
  /** A second's bar. */
  SECOND(3, "A"),
  /** A minute's bar. */
  MINUTE(4, "AM"),
  /** A value of an index. */
  VALUE(5, "V"),
  /** Price bands, and by them pauses of trading. */
  BAND(6, "LULD"),
  /** A word about the connection. */
  STATUS(7, "status"),
  /** Something nobody asked for. */
  OTHER(8, "");

  /** How many kinds there are. */
  static final int COUNT = 9;

  private static final WireKind[] NAMED = {QUOTE, TRADE, SECOND, MINUTE, VALUE, BAND, STATUS};

  private final int row;
  private final String wireName;
  private final long word;

  WireKind(int number, String wireName) {
    this.row = number * WireNames.COUNT;
    this.wireName = wireName;
    this.word = JsonText.word(wireName);
  }

  /** Returns where the names of the kind begin in a table of names by kinds. */
  int row() {
    return row;
  }

  /** Returns the kind named by a string that was found in a text. */
  static WireKind of(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length <= Long.BYTES) {
      long word = JsonText.head(JsonText.word(bytes, from), length);
      for (WireKind kind : NAMED) {
        if (kind.word == word) {
          return kind;
        }
      }
    }
    return ofDecoded(JsonText.decode(bytes, from, to));
  }

  private static WireKind ofDecoded(String text) {
    for (WireKind kind : NAMED) {
      if (kind.wireName.equals(text)) {
        return kind;
      }
    }
    return OTHER;
  }
}
