package io.candlehub.ingest.provider.massive;

import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.FeedMeters.EventKind;
import io.candlehub.ingest.provider.massive.EventFields.Field;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.Ohlc;
import io.candlehub.model.Violation;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.AggregateEvent.Span;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.HaltEvent;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TradeEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads frames of the stream: JSON arrays whose elements are told apart by {@code ev} and may be of mixed kinds
 * (WebSocket specification, stocks and indices). Unknown kinds and fields are ignored. An event that is not as documented
 * is a counted violation and the rest of its frame stands; a frame that is no valid JSON array is one violation and
 * stands for nothing. No input makes it throw. It goes over the bytes once and creates nothing but the events. Confined
 * to one event loop.
 */
final class FrameParser {
  private static final int BAD = JsonText.BAD;
  private static final int FRAME_DEPTH = 1;

  /**
   * Indicator of a band: trading is suspended, halted or paused. Only listings of Nasdaq have this one and the next
   * (glossary "Conditions and indicators", LULD indicators; WebSocket documentation, LULD).
   */
  private static final int PAUSED = 17;

  /** Indicator of a band: trading has opened again. */
  private static final int REOPENED = 18;

  private final EventReader event = new EventReader();
  private final EventFields fields = event.fields();
  private final ParsedFrame frame = new ParsedFrame();
  private final List<Violation> violations = new ArrayList<>();
  private final FeedMeters meters;
  private int ignored;

  FrameParser(FeedMeters meters) {
    this.meters = meters;
  }

  /**
   * Reads one frame.
   *
   * @param bytes starts with the frame; {@link JsonText#SPARE} bytes behind it may be overwritten if there are so many
   * @param length the frame's length
   * @return what it held, valid until the next frame is read
   */
  ParsedFrame parse(byte[] bytes, int length) {
    byte[] text = bytes.length - length < JsonText.SPARE
        ? Arrays.copyOf(bytes, length + JsonText.SPARE)
        : bytes;
    text[length] = 0;
    frame.clear();
    violations.clear();
    ignored = 0;
    if (readArray(text) == length) {
      count();
    } else {
      frame.clear();
      meters.violation(Violation.MALFORMED);
    }
    return frame;
  }

  private void count() {
    int seconds = 0;
    int minutes = 0;
    int quotes = 0;
    int trades = 0;
    for (FeedEvent taken : frame.events()) {
      if (taken instanceof AggregateEvent aggregate) {
        seconds += aggregate.span() == Span.SECOND ? 1 : 0;
        minutes += aggregate.span() == Span.MINUTE ? 1 : 0;
      } else {
        quotes += taken instanceof QuoteEvent ? 1 : 0;
        trades += taken instanceof TradeEvent ? 1 : 0;
      }
    }
    meters.events(EventKind.SECOND, seconds);
    meters.events(EventKind.MINUTE, minutes);
    meters.events(EventKind.QUOTE, quotes);
    meters.events(EventKind.TRADE, trades);
    meters.events(EventKind.HALT, frame.events().size() - seconds - minutes - quotes - trades);
    meters.events(EventKind.STATUS, frame.statuses().size());
    meters.events(EventKind.IGNORED, ignored);
    violations.forEach(meters::violation);
  }

  /** Returns the position behind the array and the white space that follows it, or {@link JsonText#BAD}. */
  private int readArray(byte[] bytes) {
    int at = JsonSkip.blank(bytes, JsonSkip.byteOrderMark(bytes));
    if (bytes[at] != '[') {
      return BAD;
    }
    at = JsonSkip.blank(bytes, at + 1);
    if (bytes[at] == ']') {
      return JsonSkip.blank(bytes, at + 1);
    }
    while (true) {
      at = readElement(bytes, at);
      if (at < 0) {
        return BAD;
      }
      at = JsonSkip.blank(bytes, at);
      if (bytes[at] != ',') {
        return bytes[at] == ']' ? JsonSkip.blank(bytes, at + 1) : BAD;
      }
      at = JsonSkip.blank(bytes, at + 1);
    }
  }

  private int readElement(byte[] bytes, int from) {
    if (bytes[from] != '{') {
      violations.add(Violation.MALFORMED);
      return JsonSkip.value(bytes, from, FRAME_DEPTH);
    }
    int at = event.read(bytes, from);
    if (at > 0) {
      take(event.kind());
      if (fields.isBad()) {
        violations.add(fields.problem());
      }
    }
    return at;
  }

  private void take(WireKind kind) {
    switch (kind) {
      case SECOND -> aggregate(Span.SECOND);
      case MINUTE -> aggregate(Span.MINUTE);
      case TRADE -> trade();
      case QUOTE -> quote();
      case VALUE -> indexValue();
      case BAND -> band();
      case STATUS -> frame.addStatus(event.text(WireNames.STATUS), event.text(WireNames.MESSAGE));
      case OTHER -> ignored++;
      case NONE -> {
        return;
      }
    }
  }

  private void aggregate(Span span) {
    Optional<Instrument> instrument = event.instrument(WireNames.SYMBOL);
    long start = fields.millis(Field.S);
    long end = fields.millis(Field.E);
    double open = fields.required(Field.O);
    double high = fields.required(Field.H);
    double low = fields.required(Field.L);
    double close = fields.required(Field.C);
    double volume = isIndex(instrument) ? volumeOfIndex() : fields.decimalOr(Field.DV, Field.V);
    double vwap = positive(fields.optional(Field.VW));
    double dayVolume = fields.optional(Field.DAV);
    double plainDayVolume = fields.optional(Field.AV);
    Ohlc.problem(open, high, low, close, volume).ifPresent(fields::note);
    if (!isAligned(start, span) || end <= start) {
      fields.note(Violation.BAD_TIME);
    }
    if (fields.isBad()) {
      return;
    }
    frame.add(new AggregateEvent(
        span,
        instrument.orElseThrow(),
        start,
        end,
        open,
        high,
        low,
        close,
        unsigned(volume),
        vwap,
        positive(Double.isNaN(dayVolume) ? plainDayVolume : dayVolume)));
  }

  /** Bars of indices have no volume fields. */
  private double volumeOfIndex() {
    boolean given = fields.has(Field.DV) || fields.has(Field.V);
    return given ? fields.decimalOr(Field.DV, Field.V) : 0;
  }

  private void trade() {
    Optional<Instrument> instrument = event.instrument(WireNames.SYMBOL);
    long at = fields.millis(Field.T);
    double price = price(Field.P);
    double size = size(fields.decimalOr(Field.DS, Field.S));
    long sequence = fields.wholeUpTo(Long.MAX_VALUE, Field.Q);
    int exchange = (int) fields.wholeUpTo(Integer.MAX_VALUE, Field.X);
    List<Integer> conditions = event.conditions();
    if (!fields.isBad()) {
      frame.add(new TradeEvent(
          instrument.orElseThrow(), at, sequence, exchange, price, size, conditions));
    }
  }

  /** Values of indices have neither size nor conditions nor a number of their own. */
  private void indexValue() {
    Optional<Instrument> instrument = event.instrument(WireNames.TICKER);
    if (instrument.isPresent() && !isIndex(instrument)) {
      fields.note(Violation.BAD_SYMBOL);
    }
    long at = fields.millis(Field.T);
    double price = price(Field.VAL);
    if (!fields.isBad()) {
      frame.add(new TradeEvent(instrument.orElseThrow(), at, 0, 0, price, 0, List.of()));
    }
  }

  private void quote() {
    Optional<Instrument> instrument = event.instrument(WireNames.SYMBOL);
    long at = fields.millis(Field.T);
    long sequence = fields.wholeUpTo(Long.MAX_VALUE, Field.Q);
    double bid = side(Field.BP);
    double ask = side(Field.AP);
    double bidSize = size(fields.optional(Field.BS));
    double askSize = size(fields.optional(Field.AS));
    if (!fields.isBad()) {
      frame.add(
          new QuoteEvent(instrument.orElseThrow(), at, 0, sequence, bid, bidSize, ask, askSize));
    }
  }

  /** Of the bands only what they say of pauses is of use; one that says both is believed in neither. */
  private void band() {
    List<Integer> indicators = event.indicators();
    boolean paused = indicators.contains(PAUSED);
    boolean reopened = indicators.contains(REOPENED);
    if (paused && reopened) {
      fields.note(Violation.MALFORMED);
    }
    if (!paused && !reopened) {
      ignored += fields.isBad() ? 0 : 1;
      return;
    }
    Optional<Instrument> instrument = event.instrument(WireNames.TICKER);
    long at = fields.millisByMagnitude(Field.T);
    if (!fields.isBad()) {
      frame.add(new HaltEvent(instrument.orElseThrow(), at, paused));
    }
  }

  /** Constant divisors make two multiplications of it. */
  private static boolean isAligned(long start, Span span) {
    return (span == Span.SECOND ? start % 1_000 : start % 60_000) == 0;
  }

  private static boolean isIndex(Optional<Instrument> instrument) {
    return instrument.isPresent() && instrument.get().assetClass() == AssetClass.INDEX;
  }

  private double price(int field) {
    double price = fields.required(field);
    if (Double.isInfinite(price)) {
      fields.note(Violation.NOT_FINITE);
    } else if (price <= 0) {
      fields.note(Violation.NOT_POSITIVE);
    }
    return price;
  }

  /** A side without price, or with price 0, is not quoted. */
  private double side(int field) {
    double price = fields.optional(field);
    if (Double.isInfinite(price)) {
      fields.note(Violation.NOT_FINITE);
    } else if (price < 0) {
      fields.note(Violation.NOT_POSITIVE);
    }
    return price == 0 ? Double.NaN : price;
  }

  private double size(double size) {
    if (Double.isInfinite(size)) {
      fields.note(Violation.NOT_FINITE);
    } else if (size < 0) {
      fields.note(Violation.NEGATIVE_VOLUME);
    }
    return unsigned(size);
  }

  /** Zero has no sign here. */
  private static double unsigned(double value) {
    return value + 0.0;
  }

  /** An auxiliary value that says nothing is as good as absent. */
  private static double positive(double value) {
    return value > 0 && !Double.isInfinite(value) ? value : Double.NaN;
  }
}
