package io.candlehub.ingest.provider.massive;

import java.util.List;

/** What an event of the stream says it is by its field {@code ev} (WebSocket specification, stocks and indices). */
enum WireKind {
  /** A second's bar. */
  SECOND("A"),
  /** A minute's bar. */
  MINUTE("AM"),
  /** A trade. */
  TRADE("T"),
  /** A quote. */
  QUOTE("Q"),
  /** A value of an index. */
  VALUE("V"),
  /** Price bands, and by them pauses of trading. */
  BAND("LULD"),
  /** A word about the connection. */
  STATUS("status"),
  /** Something nobody asked for. */
  OTHER(""),
  /** Not told. */
  NONE("");

  private static final List<WireKind> NAMED =
      List.of(QUOTE, TRADE, SECOND, MINUTE, VALUE, BAND, STATUS);

  private final String wireName;
  private final long word;

  WireKind(String wireName) {
    this.wireName = wireName;
    this.word = JsonText.word(wireName);
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
