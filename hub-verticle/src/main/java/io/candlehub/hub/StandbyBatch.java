package io.candlehub.hub;

import io.candlehub.hub.candle.AnswerWorth;
import io.candlehub.model.Origin;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the owner of shards tells the node that stands by for them: in one message whatever changed in any of them.
 *
 * @param node the owner
 * @param sections one for each shard
 */
record StandbyBatch(String node, List<Section> sections) {
  private static final byte VERSION = 3;

  /**
   * What changed in one shard.
   *
   * @param session names the sequence of messages this one belongs to; rises
   * @param first true if it begins the sequence: what was known of the shard counts no more
   * @param complete true if the state told so far is all of it as of the positions
   */
  record Section(
      int shard,
      long term,
      long session,
      boolean first,
      boolean complete,
      List<LanePosition> positions,
      List<Entry> entries,
      List<Buffer> quotes) {}

  /**
   * What changed in one series.
   *
   * @param delta its candles' delta; empty if the series is gone
   */
  record Entry(String symbol, SeriesState state, Buffer delta) {}

  Buffer toBuffer() {
    Buffer out = Buffer.buffer(4_096).appendByte(VERSION);
    text(out, node);
    out.appendInt(sections.size());
    for (Section section : sections) {
      out.appendInt(section.shard)
          .appendLong(section.term)
          .appendLong(section.session)
          .appendByte((byte) ((section.first ? 1 : 0) | (section.complete ? 2 : 0)));
      out.appendInt(section.positions.size());
      section.positions.forEach(position -> write(out, position));
      out.appendInt(section.entries.size());
      section.entries.forEach(entry -> write(out, entry));
      out.appendInt(section.quotes.size());
      section.quotes.forEach(quote -> out.appendInt(quote.length()).appendBuffer(quote));
    }
    return out;
  }

  private static void text(Buffer out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.appendInt(bytes.length).appendBytes(bytes);
  }

  private static void write(Buffer out, LanePosition position) {
    text(out, position.provider());
    out.appendLong(position.ingestTerm())
        .appendLong(position.appliedSeq())
        .appendLong(position.rebuildSeq())
        .appendLong(position.rebuildMillis())
        .appendLong(position.receivedMillis());
  }

  private static void write(Buffer out, Entry entry) {
    text(out, entry.symbol);
    out.appendByte((byte) entry.state.flags())
        .appendLong(entry.state.lastInputMillis())
        .appendLong(entry.state.parityMillis())
        .appendLong(entry.state.splitsDay());
    write(out, entry.state.standIns());
    out.appendInt(entry.state.streams()).appendInt(entry.state.published().size());
    entry.state.published().forEach(out::appendLong);
    out.appendInt(entry.delta.length()).appendBuffer(entry.delta);
  }

  /** Nearly always the first provider told everything, which takes one byte. */
  private static void write(Buffer out, StandIns standIns) {
    boolean isAny = !standIns.equals(StandIns.NONE);
    out.appendByte((byte) (isAny ? 1 : 0));
    if (isAny) {
      write(out, standIns.minutes().who());
      out.appendLong(standIns.minutes().fromMillis())
          .appendLong(standIns.minutes().toMillis());
      write(out, standIns.hours());
      write(out, standIns.days());
    }
  }

  private static void write(Buffer out, AnswerWorth worth) {
    out.appendByte((byte) (worth.isOwed() ? 1 : 0));
    write(out, worth.standIn());
  }

  private static void write(Buffer out, Origin origin) {
    text(out, origin.source());
    text(out, origin.fallbackReason());
  }

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException if another version of the program has written it
   */
  static StandbyBatch of(Buffer buffer) {
    Cursor in = new Cursor(buffer);
    byte version = in.one();
    if (version != VERSION) {
      throw new IllegalArgumentException("standby message has version " + version);
    }
    String node = in.text();
    List<Section> sections = new ArrayList<>();
    for (int left = in.four(); left > 0; left--) {
      int shard = in.four();
      long term = in.eight();
      long session = in.eight();
      byte flags = in.one();
      List<LanePosition> positions = new ArrayList<>();
      for (int i = in.four(); i > 0; i--) {
        positions.add(new LanePosition(
            in.text(), in.eight(), in.eight(), in.eight(), in.eight(), in.eight()));
      }
      List<Entry> entries = new ArrayList<>();
      for (int i = in.four(); i > 0; i--) {
        String symbol = in.text();
        SeriesState state = state(in);
        entries.add(new Entry(symbol, state, Buffer.buffer(in.bytes())));
      }
      List<Buffer> quotes = new ArrayList<>();
      for (int i = in.four(); i > 0; i--) {
        quotes.add(Buffer.buffer(in.bytes()));
      }
      sections.add(new Section(
          shard, term, session, (flags & 1) != 0, (flags & 2) != 0, positions, entries, quotes));
    }
    return new StandbyBatch(node, sections);
  }

  private static SeriesState state(Cursor in) {
    int flags = in.one();
    long lastInputMillis = in.eight();
    long parityMillis = in.eight();
    long splitsDay = in.eight();
    StandIns standIns = in.one() == 0
        ? StandIns.NONE
        : new StandIns(new StandIn(in.origin(), in.eight(), in.eight()), in.worth(), in.worth());
    int streams = in.four();
    List<Long> published = new ArrayList<>();
    for (int left = in.four(); left > 0; left--) {
      published.add(in.eight());
    }
    return new SeriesState(
        flags, lastInputMillis, parityMillis, splitsDay, standIns, streams, List.copyOf(published));
  }

  /** Reads a buffer from front to back. */
  private static final class Cursor {
    private final Buffer buffer;
    private int at;

    Cursor(Buffer buffer) {
      this.buffer = buffer;
    }

    byte one() {
      return buffer.getByte(at++);
    }

    int four() {
      at += Integer.BYTES;
      return buffer.getInt(at - Integer.BYTES);
    }

    long eight() {
      at += Long.BYTES;
      return buffer.getLong(at - Long.BYTES);
    }

    byte[] bytes() {
      int length = four();
      at += length;
      return buffer.getBytes(at - length, at);
    }

    String text() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }

    Origin origin() {
      return new Origin(text(), text());
    }

    AnswerWorth worth() {
      return new AnswerWorth(one() != 0, origin());
    }
  }
}
