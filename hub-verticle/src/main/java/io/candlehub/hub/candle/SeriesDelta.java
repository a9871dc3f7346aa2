package io.candlehub.hub.candle;

import java.util.List;

/**
 * The form in which a series travels to the node that would take it over: everything that changed after a position, or
 * everything there is. Seconds are not part of it.
 *
 * <p>Minutes, days, weeks and what a day's minutes without bars are called go with the positions of their last changes.
 * Of longer intraday bars only those go along that cannot be derived from the minutes: bars that are final, for their
 * revisions, and those older than the minutes. What is small goes along as a whole each time.
 */
final class SeriesDelta {
  private static final int VERSION = 1;

  private SeriesDelta() {}

  /**
   * What a delta says of itself.
   *
   * @param fromSeq position after which it tells everything; -1 if that is all there is
   * @param seq position up to which it does
   */
  record Head(long fromSeq, long seq, String epoch, long nowMillis, long floorSeq) {
    boolean isFull() {
      return fromSeq < 0;
    }
  }

  static byte[] write(Head head, MinuteBook book, Sight sight) {
    DeltaWriter out = new DeltaWriter();
    out.number(VERSION);
    out.signed(head.fromSeq);
    out.number(head.seq);
    out.text(head.epoch);
    out.signed(head.nowMillis);
    out.number(head.floorSeq);
    sight.writeTo(out);
    List<DaySlots> days = book.ring().days();
    out.number(days.size());
    for (DaySlots slots : days) {
      out.signed(slots.day().date().toEpochDay());
      slots.writeTo(out, head.fromSeq);
    }
    book.ring().bars().writeTo(out, head.fromSeq, i -> true);
    book.views().writeTo(out, head.fromSeq, head.fromSeq < head.floorSeq);
    return out.toBytes();
  }

  /**
   * Reads the head.
   *
   * @throws IllegalArgumentException if another version of the program has written the delta
   */
  static Head head(DeltaReader in) {
    long version = in.number();
    if (version != VERSION) {
      throw new IllegalArgumentException("delta has version " + version + ", not " + VERSION);
    }
    return new Head(in.signed(), in.number(), in.text(), in.signed(), in.number());
  }

  /** Reads what follows the head. */
  static void read(DeltaReader in, Head head, MinuteBook book, Sight sight) {
    sight.readFrom(in);
    long[] dates = new long[in.count()];
    MinuteRing ring = book.ring();
    for (int i = 0; i < dates.length; i++) {
      dates[i] = in.signed();
      ring.hold(dates[i]).readFrom(in);
    }
    ring.holdOnly(dates);
    book.views().dropBefore(ring.firstMillis());
    ring.bars().readFrom(in);
    book.views().readFrom(in);
    book.restored(head.seq, head.nowMillis);
  }
}
