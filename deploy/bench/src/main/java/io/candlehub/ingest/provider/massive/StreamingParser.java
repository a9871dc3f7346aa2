package io.candlehub.ingest.provider.massive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.candlehub.bus.Json;
import io.candlehub.model.Instrument;
import io.candlehub.model.Ohlc;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.AggregateEvent.Span;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TradeEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads frames with Jackson's streaming parser, without a tree and without strings for what is known: the parser that the
 * product had before its own, with trades. What cannot be an event is left out.
 */
final class StreamingParser {
  private static final int MAX_IDS = 16;

  private final StreamingTables tables = new StreamingTables();
  private final StreamingFields fields = new StreamingFields();
  private final int[] ids = new int[MAX_IDS];
  private Kind kind = Kind.OTHER;
  private Instrument instrument;
  private List<Integer> conditions = List.of();

  private enum Kind {
    SECOND,
    MINUTE,
    TRADE,
    QUOTE,
    OTHER
  }

  /** Reads one frame. */
  List<FeedEvent> parse(byte[] bytes, int length) throws IOException {
    List<FeedEvent> events = new ArrayList<>();
    try (JsonParser parser = Json.FACTORY.createParser(bytes, 0, length)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new IOException("no array");
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        readEvent(parser);
        add(events);
      }
      if (parser.currentToken() != JsonToken.END_ARRAY || parser.nextToken() != null) {
        throw new IOException("no end");
      }
    }
    return events;
  }

  private void readEvent(JsonParser parser) throws IOException {
    fields.clear();
    kind = Kind.OTHER;
    instrument = null;
    conditions = List.of();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (name) {
        case "ev" -> kind = kindOf(parser);
        case "sym" ->
          instrument = tables.instrument(
              parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        case "v" -> fields.read(StreamingFields.V, token, parser);
        case "dv" -> fields.read(StreamingFields.DV, token, parser);
        case "av" -> fields.read(StreamingFields.AV, token, parser);
        case "dav" -> fields.read(StreamingFields.DAV, token, parser);
        case "vw" -> fields.read(StreamingFields.VW, token, parser);
        case "o" -> fields.read(StreamingFields.O, token, parser);
        case "c" -> readClose(token, parser);
        case "h" -> fields.read(StreamingFields.H, token, parser);
        case "l" -> fields.read(StreamingFields.L, token, parser);
        case "s" -> fields.read(StreamingFields.S, token, parser);
        case "e" -> fields.read(StreamingFields.E, token, parser);
        case "bp" -> fields.read(StreamingFields.BP, token, parser);
        case "bs" -> fields.read(StreamingFields.BS, token, parser);
        case "ap" -> fields.read(StreamingFields.AP, token, parser);
        case "as" -> fields.read(StreamingFields.AS, token, parser);
        case "t" -> fields.read(StreamingFields.T, token, parser);
        case "p" -> fields.read(StreamingFields.P, token, parser);
        case "ds" -> fields.read(StreamingFields.DS, token, parser);
        case "x" -> fields.read(StreamingFields.X, token, parser);
        case "q" -> fields.read(StreamingFields.Q, token, parser);
        default -> parser.skipChildren();
      }
    }
  }

  /** A close price, or a trade's conditions. */
  private void readClose(JsonToken token, JsonParser parser) throws IOException {
    if (token != JsonToken.START_ARRAY) {
      fields.read(StreamingFields.C, token, parser);
      return;
    }
    int size = 0;
    while (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && size < MAX_IDS) {
      ids[size++] = parser.getIntValue();
    }
    conditions = tables.list(ids, size);
  }

  private static Kind kindOf(JsonParser parser) throws IOException {
    char[] text = parser.getTextCharacters();
    int at = parser.getTextOffset();
    int length = parser.getTextLength();
    if (length == 1) {
      return switch (text[at]) {
        case 'A' -> Kind.SECOND;
        case 'T' -> Kind.TRADE;
        case 'Q' -> Kind.QUOTE;
        default -> Kind.OTHER;
      };
    }
    return length == 2 && text[at] == 'A' && text[at + 1] == 'M' ? Kind.MINUTE : Kind.OTHER;
  }

  private void add(List<FeedEvent> events) {
    switch (kind) {
      case SECOND -> aggregate(Span.SECOND, events);
      case MINUTE -> aggregate(Span.MINUTE, events);
      case TRADE -> trade(events);
      case QUOTE -> quote(events);
      case OTHER -> Arrays.fill(ids, 0);
    }
  }

  private void aggregate(Span span, List<FeedEvent> events) {
    long start = fields.millis(StreamingFields.S);
    long end = fields.millis(StreamingFields.E);
    double open = fields.required(StreamingFields.O);
    double high = fields.required(StreamingFields.H);
    double low = fields.required(StreamingFields.L);
    double close = fields.required(StreamingFields.C);
    double volume = fields.decimalOr(StreamingFields.DV, StreamingFields.V);
    double vwap = fields.optional(StreamingFields.VW);
    double dayVolume = fields.optional(StreamingFields.DAV);
    double plainDayVolume = fields.optional(StreamingFields.AV);
    if (Ohlc.problem(open, high, low, close, volume).isPresent()
        || start % span.millis() != 0
        || end <= start) {
      fields.refuse();
    }
    if (!fields.isBad() && instrument != null) {
      double day = Double.isNaN(dayVolume) ? plainDayVolume : dayVolume;
      events.add(new AggregateEvent(
          span, instrument, start, end, open, high, low, close, volume, known(vwap), known(day)));
    }
  }

  private void trade(List<FeedEvent> events) {
    long at = fields.millis(StreamingFields.T);
    double price = fields.required(StreamingFields.P);
    double size = fields.decimalOr(StreamingFields.DS, StreamingFields.S);
    long sequence = fields.whole(StreamingFields.Q);
    int exchange = (int) fields.whole(StreamingFields.X);
    if (!fields.isBad() && instrument != null && isPositive(price) && isSize(size)) {
      events.add(new TradeEvent(instrument, at, sequence, exchange, price, size, conditions));
    }
  }

  private void quote(List<FeedEvent> events) {
    long at = fields.millis(StreamingFields.T);
    long sequence = fields.whole(StreamingFields.Q);
    double bid = fields.optional(StreamingFields.BP);
    double ask = fields.optional(StreamingFields.AP);
    double bidSize = fields.optional(StreamingFields.BS);
    double askSize = fields.optional(StreamingFields.AS);
    if (!fields.isBad() && instrument != null && bid >= 0 && ask >= 0) {
      events.add(
          new QuoteEvent(instrument, at, 0, sequence, side(bid), bidSize, side(ask), askSize));
    }
  }

  private static boolean isPositive(double value) {
    return value > 0 && !Double.isInfinite(value);
  }

  private static boolean isSize(double value) {
    return value >= 0 && !Double.isInfinite(value);
  }

  private static double side(double price) {
    return price == 0 ? Double.NaN : price;
  }

  private static double known(double value) {
    return isPositive(value) ? value : Double.NaN;
  }
}
