package io.candlehub.ingest.provider.massive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.candlehub.bus.Json;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.FeedMeters.EventKind;
import io.candlehub.ingest.provider.massive.EventFields.Field;
import io.candlehub.model.Instrument;
import io.candlehub.model.Ohlc;
import io.candlehub.model.Violation;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.AggregateEvent.Span;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.QuoteEvent;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads frames of the stocks stream: JSON arrays whose elements are told apart by {@code ev} and may be of mixed kinds
 * (WebSocket specification, stocks). Unknown kinds and fields are ignored. An event that is not as documented is a
 * counted violation and the rest of its frame stands; a frame that is no valid JSON array is one violation and stands
 * for nothing. No input makes it throw. Confined to one event loop.
 */
final class FrameParser {
  private final SymbolTable symbols = new SymbolTable();
  private final EventFields fields = new EventFields();
  private final FeedMeters meters;
  private Kind kind = Kind.NONE;
  private Optional<Instrument> instrument = Optional.empty();
  private boolean symbolGiven;
  private boolean symbolIsText;
  private String status = "";
  private String message = "";
  private int ignored;

  private enum Kind {
    NONE,
    NO_TEXT,
    SECOND,
    MINUTE,
    QUOTE,
    STATUS,
    OTHER
  }

  FrameParser(FeedMeters meters) {
    this.meters = meters;
  }

  /** Reads one frame. */
  ParsedFrame parse(byte[] bytes, int length) {
    ParsedFrame frame = new ParsedFrame();
    ignored = 0;
    try (JsonParser parser = Json.FACTORY.createParser(bytes, 0, length)) {
      if (!readArray(parser, frame)) {
        return malformed();
      }
    } catch (IOException | RuntimeException e) {
      return malformed();
    }
    count(frame);
    return frame;
  }

  private ParsedFrame malformed() {
    meters.violation(Violation.MALFORMED);
    return new ParsedFrame();
  }

  private void count(ParsedFrame frame) {
    int seconds = 0;
    int minutes = 0;
    for (FeedEvent event : frame.events()) {
      if (event instanceof AggregateEvent aggregate) {
        seconds += aggregate.span() == Span.SECOND ? 1 : 0;
        minutes += aggregate.span() == Span.MINUTE ? 1 : 0;
      }
    }
    meters.events(EventKind.SECOND, seconds);
    meters.events(EventKind.MINUTE, minutes);
    meters.events(EventKind.QUOTE, frame.events().size() - seconds - minutes);
    meters.events(EventKind.STATUS, frame.statuses().size());
    meters.events(EventKind.IGNORED, ignored);
  }

  private boolean readArray(JsonParser parser, ParsedFrame frame) throws IOException {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      return false;
    }
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      if (token == null) {
        return false;
      }
      if (token == JsonToken.START_OBJECT) {
        readEvent(parser);
        add(frame);
      } else {
        parser.skipChildren();
        meters.violation(Violation.MALFORMED);
      }
      token = parser.nextToken();
    }
    return parser.nextToken() == null;
  }

  private void readEvent(JsonParser parser) throws IOException {
    clear();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (name) {
        case "ev" -> kind = token == JsonToken.VALUE_STRING ? kindOf(parser) : Kind.NO_TEXT;
        case "sym" -> readSymbol(parser, token);
        case "status" -> status = text(parser, token);
        case "message" -> message = text(parser, token);
        case "v" -> fields.read(Field.V, token, parser);
        case "dv" -> fields.read(Field.DV, token, parser);
        case "av" -> fields.read(Field.AV, token, parser);
        case "dav" -> fields.read(Field.DAV, token, parser);
        case "vw" -> fields.read(Field.VW, token, parser);
        case "o" -> fields.read(Field.O, token, parser);
        case "c" -> fields.read(Field.C, token, parser);
        case "h" -> fields.read(Field.H, token, parser);
        case "l" -> fields.read(Field.L, token, parser);
        case "s" -> fields.read(Field.S, token, parser);
        case "e" -> fields.read(Field.E, token, parser);
        case "bp" -> fields.read(Field.BP, token, parser);
        case "bs" -> fields.read(Field.BS, token, parser);
        case "ap" -> fields.read(Field.AP, token, parser);
        case "as" -> fields.read(Field.AS, token, parser);
        case "t" -> fields.read(Field.T, token, parser);
        default -> parser.skipChildren();
      }
      parser.skipChildren();
    }
  }

  private void clear() {
    fields.clear();
    kind = Kind.NONE;
    instrument = Optional.empty();
    symbolGiven = false;
    symbolIsText = false;
    status = "";
    message = "";
  }

  private static Kind kindOf(JsonParser parser) throws IOException {
    char[] text = parser.getTextCharacters();
    int at = parser.getTextOffset();
    int length = parser.getTextLength();
    if (length == 1 && text[at] == 'A') {
      return Kind.SECOND;
    }
    if (length == 2 && text[at] == 'A' && text[at + 1] == 'M') {
      return Kind.MINUTE;
    }
    if (length == 1 && text[at] == 'Q') {
      return Kind.QUOTE;
    }
    return length == 6 && "status".equals(parser.getText()) ? Kind.STATUS : Kind.OTHER;
  }

  private void readSymbol(JsonParser parser, JsonToken token) throws IOException {
    symbolGiven = token != JsonToken.VALUE_NULL;
    symbolIsText = token == JsonToken.VALUE_STRING;
    if (symbolIsText) {
      instrument =
          symbols.find(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    } else {
      parser.skipChildren();
    }
  }

  private static String text(JsonParser parser, JsonToken token) throws IOException {
    return token == JsonToken.VALUE_STRING ? parser.getText() : "";
  }

  private void add(ParsedFrame frame) {
    switch (kind) {
      case SECOND -> aggregate(Span.SECOND, frame);
      case MINUTE -> aggregate(Span.MINUTE, frame);
      case QUOTE -> quote(frame);
      case STATUS -> frame.addStatus(status, message);
      case OTHER -> ignored++;
      case NONE -> meters.violation(Violation.MISSING_FIELD);
      case NO_TEXT -> meters.violation(Violation.WRONG_TYPE);
    }
  }

  private void aggregate(Span span, ParsedFrame frame) {
    checkSymbol();
    long start = fields.millis(Field.S);
    long end = fields.millis(Field.E);
    double open = fields.required(Field.O);
    double high = fields.required(Field.H);
    double low = fields.required(Field.L);
    double close = fields.required(Field.C);
    double volume = fields.decimalOr(Field.DV, Field.V);
    double vwap = positive(fields.optional(Field.VW));
    double dayVolume = fields.optional(Field.DAV);
    double plainDayVolume = fields.optional(Field.AV);
    Ohlc.problem(open, high, low, close, volume).ifPresent(fields::note);
    if (start % span.millis() != 0 || end <= start) {
      fields.note(Violation.BAD_TIME);
    }
    if (fields.isBad()) {
      meters.violation(fields.problem());
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
        volume,
        vwap,
        positive(Double.isNaN(dayVolume) ? plainDayVolume : dayVolume)));
  }

  private void quote(ParsedFrame frame) {
    checkSymbol();
    long at = fields.millis(Field.T);
    double bid = side(Field.BP);
    double ask = side(Field.AP);
    double bidSize = size(Field.BS);
    double askSize = size(Field.AS);
    if (fields.isBad()) {
      meters.violation(fields.problem());
      return;
    }
    frame.add(new QuoteEvent(instrument.orElseThrow(), at, bid, bidSize, ask, askSize));
  }

  private void checkSymbol() {
    if (instrument.isEmpty()) {
      fields.note(
          symbolIsText
              ? Violation.BAD_SYMBOL
              : symbolGiven ? Violation.WRONG_TYPE : Violation.MISSING_FIELD);
    }
  }

  /** A side without price, or with price 0, is not quoted. */
  private double side(Field field) {
    double price = fields.optional(field);
    if (Double.isInfinite(price)) {
      fields.note(Violation.NOT_FINITE);
    } else if (price < 0) {
      fields.note(Violation.NOT_POSITIVE);
    }
    return price == 0 ? Double.NaN : price;
  }

  private double size(Field field) {
    double size = fields.optional(field);
    if (Double.isInfinite(size)) {
      fields.note(Violation.NOT_FINITE);
    } else if (size < 0) {
      fields.note(Violation.NEGATIVE_VOLUME);
    }
    return size;
  }

  /** An auxiliary value that says nothing is as good as absent. */
  private static double positive(double value) {
    return value > 0 && !Double.isInfinite(value) ? value : Double.NaN;
  }
}
