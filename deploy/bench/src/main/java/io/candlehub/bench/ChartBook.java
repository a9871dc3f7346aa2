package io.candlehub.bench;

import java.nio.charset.StandardCharsets;

/**
 * What a client holds of one chart whose minutes change in turn ({@link ChartUpdates#walking}), and whether that is what
 * it should hold: a snapshot replaces everything, an update continues the position and brings each minute that changed
 * after it. Confined to its client's event loop.
 */
final class ChartBook {
  private static final byte[] START = ascii("\"t\":");
  private static final byte[] VOLUME = ascii("\"v\":");
  private static final byte[] TRADES = ascii("\"n\":");
  private static final byte[] SEQ = ascii(",\"seq\":");
  private static final long NOTHING = -1;

  private final long[] trades = new long[ChartUpdates.MINUTES];
  private long position = NOTHING;

  /** What a message meant. */
  enum Meaning {
    /** The chart as a whole. */
    SNAPSHOT,
    /** What followed the position. */
    CONTINUED,
    /** Nothing new at the same position. */
    UNCHANGED,
    /** Something of it was there before. */
    DUPLICATE,
    /** Something between it and the position is missing. */
    LOSS,
    /** Bars that are not those of the position that it names. */
    WRONG
  }

  /**
   * What a message was.
   *
   * @param meaning what it meant
   * @param carried how many changes it stands for
   * @param micros when its newest change was due, 0 if it has none
   */
  record Taken(Meaning meaning, long carried, long micros) {}

  /** Takes a chart's message. */
  Taken take(byte[] text, int from, int to) {
    int seqAt = lastIndexOf(text, from, to, SEQ);
    if (seqAt < 0) {
      return new Taken(Meaning.WRONG, 0, 0);
    }
    long seq = number(text, seqAt + SEQ.length);
    if (!Character.isDigit(text[seqAt - 1])) {
      bars(text, from, seqAt, seq);
      position = seq;
      return new Taken(isCanonical() ? Meaning.SNAPSHOT : Meaning.WRONG, 0, 0);
    }
    long fromSeq = number(text, digitsBefore(text, seqAt));
    if (position == NOTHING || fromSeq > position) {
      return new Taken(Meaning.LOSS, 0, 0);
    }
    if (seq <= position || fromSeq < position) {
      return new Taken(seq == fromSeq ? Meaning.UNCHANGED : Meaning.DUPLICATE, 0, 0);
    }
    long micros = bars(text, from, seqAt, seq);
    long carried = seq - position;
    position = seq;
    return new Taken(isWalked() ? Meaning.CONTINUED : Meaning.WRONG, carried, micros);
  }

  /** Puts the bars of a message and returns the volume of the one that changed last. */
  private long bars(byte[] text, int from, int to, long seq) {
    long micros = 0;
    for (int at = indexOf(text, from, to, START); at >= 0; at = indexOf(text, at, to, START)) {
      int minute = ChartUpdates.minute(number(text, at + START.length));
      int volumeAt = indexOf(text, at, to, VOLUME);
      at = indexOf(text, volumeAt, to, TRADES);
      long changed = number(text, at + TRADES.length);
      trades[minute] = changed;
      if (changed == seq) {
        micros = number(text, volumeAt + VOLUME.length);
      }
    }
    return micros;
  }

  /** Returns true if every minute that changes is that of the position. */
  private boolean isWalked() {
    return isCanonicalFrom(trades.length - ChartUpdates.WALKED);
  }

  /** Returns true if every minute is that of the position. */
  boolean isCanonical() {
    return isCanonicalFrom(0);
  }

  private boolean isCanonicalFrom(int first) {
    for (int minute = first; minute < trades.length; minute++) {
      if (trades[minute] != ChartUpdates.trades(minute, position)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the position, negative before the first snapshot. */
  long position() {
    return position;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static int digitsBefore(byte[] text, int end) {
    int at = end;
    while (Character.isDigit(text[at - 1])) {
      at--;
    }
    return at;
  }

  static long number(byte[] text, int from) {
    long value = 0;
    for (int at = from; Character.isDigit(text[at]); at++) {
      value = value * 10 + text[at] - '0';
    }
    return value;
  }

  static int indexOf(byte[] text, int from, int to, byte[] wanted) {
    for (int at = from; at <= to - wanted.length; at++) {
      if (text[at] == wanted[0] && matches(text, at, wanted)) {
        return at;
      }
    }
    return -1;
  }

  private static int lastIndexOf(byte[] text, int from, int to, byte[] wanted) {
    for (int at = to - wanted.length; at >= from; at--) {
      if (text[at] == wanted[0] && matches(text, at, wanted)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] text, int at, byte[] wanted) {
    for (int i = 1; i < wanted.length; i++) {
      if (text[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
