package io.candlehub.bus;

import io.candlehub.model.Instrument;
import io.candlehub.model.Origin;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.HaltEvent;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.candlehub.model.feed.TradeEvent;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Binary form of a {@link FeedEvent}: a byte that tells its kind, then its fields. Texts are a short length and UTF-8.
 */
public final class FeedEventCodec {
  private static final byte SECOND_BAR = 1;
  private static final byte MINUTE_BAR = 2;
  private static final byte QUOTE = 3;
  private static final byte STATUS = 4;
  private static final byte TOPIC = 5;
  private static final byte TRADE = 6;
  private static final byte HALT = 7;

  private FeedEventCodec() {}

  /** Appends an event. */
  public static void write(Buffer buffer, FeedEvent event) {
    if (event instanceof AggregateEvent bar) {
      buffer.appendByte(bar.span() == AggregateEvent.Span.SECOND ? SECOND_BAR : MINUTE_BAR);
      text(buffer, bar.instrument().symbol());
      buffer
          .appendLong(bar.startMillis())
          .appendLong(bar.endMillis())
          .appendDouble(bar.open())
          .appendDouble(bar.high())
          .appendDouble(bar.low())
          .appendDouble(bar.close())
          .appendDouble(bar.volume())
          .appendDouble(bar.vwap())
          .appendDouble(bar.dayVolume());
    } else if (event instanceof QuoteEvent quote) {
      buffer.appendByte(QUOTE);
      text(buffer, quote.instrument().symbol());
      buffer
          .appendLong(quote.atMillis())
          .appendInt(quote.nanoOfMilli())
          .appendLong(quote.sequence())
          .appendDouble(quote.bid())
          .appendDouble(quote.bidSize())
          .appendDouble(quote.ask())
          .appendDouble(quote.askSize());
    } else if (event instanceof TradeEvent trade) {
      write(buffer, trade);
    } else if (event instanceof HaltEvent halt) {
      buffer.appendByte(HALT);
      text(buffer, halt.instrument().symbol());
      buffer.appendLong(halt.atMillis()).appendByte((byte) (halt.halted() ? 1 : 0));
    } else if (event instanceof FeedStatus status) {
      buffer.appendByte(STATUS);
      text(buffer, status.state().name());
      text(buffer, status.provider());
      text(buffer, status.market());
      text(buffer, status.reason());
      buffer.appendLong(status.delayMillis()).appendLong(status.lastFrameMillis());
      buffer.appendShort((short) status.missing().size());
      status.missing().forEach(channel -> text(buffer, channel));
    } else if (event instanceof TopicStatus topic) {
      buffer.appendByte(TOPIC);
      text(buffer, topic.state().name());
      text(buffer, topic.topic().toString());
      text(buffer, topic.origin().source());
      text(buffer, topic.origin().fallbackReason());
    } else {
      throw new AssertionError(event);
    }
  }

  private static void write(Buffer buffer, TradeEvent trade) {
    buffer.appendByte(TRADE);
    text(buffer, trade.instrument().symbol());
    buffer
        .appendLong(trade.atMillis())
        .appendInt(trade.nanoOfMilli())
        .appendLong(trade.sequence())
        .appendInt(trade.exchange())
        .appendDouble(trade.price())
        .appendDouble(trade.size())
        .appendByte((byte) (trade.conditionsTold() ? 1 : 0))
        .appendShort((short) trade.conditions().size());
    trade.conditions().forEach(buffer::appendInt);
  }

  static void text(Buffer buffer, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    buffer.appendShort((short) bytes.length).appendBytes(bytes);
  }

  /** Reads events that were appended one after another. */
  public static List<FeedEvent> read(Buffer buffer, int position, int count) {
    return read(new BufferCursor(buffer, position), count);
  }

  static List<FeedEvent> read(BufferCursor in, int count) {
    List<FeedEvent> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(read(in));
    }
    return events;
  }

  static FeedEvent read(BufferCursor in) {
    byte kind = in.one();
    return switch (kind) {
      case SECOND_BAR -> bar(AggregateEvent.Span.SECOND, in);
      case MINUTE_BAR -> bar(AggregateEvent.Span.MINUTE, in);
      case QUOTE ->
        new QuoteEvent(
            Instrument.of(in.text()),
            in.eight(),
            in.four(),
            in.eight(),
            in.real(),
            in.real(),
            in.real(),
            in.real());
      case TRADE -> trade(in);
      case HALT -> new HaltEvent(Instrument.of(in.text()), in.eight(), in.one() != 0);
      case STATUS -> status(in);
      case TOPIC -> topic(in);
      default -> throw new IllegalStateException("unknown feed event kind " + kind);
    };
  }

  private static TradeEvent trade(BufferCursor in) {
    Instrument instrument = Instrument.of(in.text());
    long atMillis = in.eight();
    int nanoOfMilli = in.four();
    long sequence = in.eight();
    int exchange = in.four();
    double price = in.real();
    double size = in.real();
    boolean told = in.one() != 0;
    int count = in.two();
    List<Integer> conditions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      conditions.add(in.four());
    }
    return new TradeEvent(
        instrument, atMillis, nanoOfMilli, sequence, exchange, price, size, conditions, told);
  }

  private static TopicStatus topic(BufferCursor in) {
    TopicStatus.State state = TopicStatus.State.valueOf(in.text());
    Topic topic = Topic.parse(in.text()).orElseThrow();
    return new TopicStatus(topic, state, new Origin(in.text(), in.text()));
  }

  private static AggregateEvent bar(AggregateEvent.Span span, BufferCursor in) {
    return new AggregateEvent(
        span,
        Instrument.of(in.text()),
        in.eight(),
        in.eight(),
        in.real(),
        in.real(),
        in.real(),
        in.real(),
        in.real(),
        in.real(),
        in.real());
  }

  private static FeedStatus status(BufferCursor in) {
    FeedStatus.State state = FeedStatus.State.valueOf(in.text());
    String provider = in.text();
    String market = in.text();
    String reason = in.text();
    long delayMillis = in.eight();
    long lastFrameMillis = in.eight();
    int count = in.two();
    Set<String> missing = new LinkedHashSet<>();
    for (int i = 0; i < count; i++) {
      missing.add(in.text());
    }
    return new FeedStatus(provider, market, state, reason, delayMillis, missing, lastFrameMillis);
  }
}
