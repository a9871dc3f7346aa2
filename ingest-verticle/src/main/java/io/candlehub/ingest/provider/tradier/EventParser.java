package io.candlehub.ingest.provider.tradier;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.candlehub.bus.Json;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.FeedMeters.EventKind;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.Violation;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TradeEvent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Reads what the stream sends (page "Streaming", market events). A message holds one object or several, on lines of their
 * own or one behind the other; numbers are mostly texts. An object that breaks the rules is dropped and counted; where the
 * text is no JSON, the rest of its line is. Nothing makes it throw. Confined to one event loop.
 *
 * <p>A cancelled or corrected sale is no trade of now and is left out. Sale conditions, and exchanges by number, the
 * provider does not tell: what its {@code flag} means is not documented, so it is not translated.
 */
final class EventParser {
  /** Kind of event: best bid and offer changed. */
  static final String QUOTE = "quote";

  /** Kind of event: a trade, or a value of an index. */
  static final String TRADE = "trade";

  /** Kind of event: a trade with its number, and whether it was cancelled. */
  static final String TIME_SALE = "timesale";

  private static final String ERROR = "error";
  private static final byte LINE_END = '\n';

  private final FeedMeters meters;
  private final Row row = new Row();

  EventParser(FeedMeters meters) {
    this.meters = meters;
  }

  /** Takes what a message holds, in its order. */
  interface Listener {
    /** Returns the instrument of an event if that kind of event is wanted of its symbol. */
    Optional<Instrument> instrument(String symbol, String kind);

    /** A market event. */
    void event(FeedEvent event);

    /** A word about what was asked for. */
    void error(String text);
  }

  /** Reads a message. */
  void parse(byte[] message, Listener listener) {
    int from = 0;
    while (from < message.length) {
      int to = from;
      while (to < message.length && message[to] != LINE_END) {
        to++;
      }
      parseLine(message, from, to - from, listener);
      from = to + 1;
    }
  }

  private void parseLine(byte[] message, int from, int length, Listener listener) {
    try (JsonParser parser = Json.FACTORY.createParser(message, from, length)) {
      JsonToken token = parser.nextToken();
      while (token != null) {
        if (token == JsonToken.START_OBJECT) {
          read(parser);
          judge(listener);
        } else {
          parser.skipChildren();
          meters.violation(Violation.MALFORMED);
        }
        token = parser.nextToken();
      }
    } catch (IOException e) {
      meters.violation(Violation.MALFORMED);
    }
  }

  private void read(JsonParser parser) throws IOException {
    row.clear();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new IOException("object is cut off");
      }
      row.put(name, token, parser);
      parser.skipChildren();
    }
  }

  private void judge(Listener listener) {
    String kind = row.text("type");
    if (kind.isEmpty()) {
      if (row.has(ERROR)) {
        meters.events(EventKind.STATUS, 1);
        listener.error(row.text(ERROR));
      } else {
        meters.violation(Violation.MISSING_FIELD);
      }
      return;
    }
    Optional<Instrument> instrument = listener.instrument(row.text("symbol"), kind);
    if (instrument.isEmpty() || row.flag("cancel") || row.flag("correction")) {
      meters.events(EventKind.IGNORED, 1);
    } else if (kind.equals(QUOTE)) {
      quote(instrument.get(), listener);
    } else {
      trade(instrument.get(), kind.equals(TIME_SALE) ? "last" : "price", listener);
    }
  }

  private void quote(Instrument instrument, Listener listener) {
    meters.events(EventKind.QUOTE, 1);
    long at = Math.max(row.millis("biddate"), row.millis("askdate"));
    double bid = row.price("bid");
    double ask = row.price("ask");
    double bidSize = row.number("bidsz");
    double askSize = row.number("asksz");
    Optional<Violation> problem = problem(at, bid, bidSize).or(() -> problem(at, ask, askSize));
    problem.ifPresentOrElse(
        meters::violation,
        () -> listener.event(new QuoteEvent(instrument, at, 0, 0, bid, bidSize, ask, askSize)));
  }

  private void trade(Instrument instrument, String priceField, Listener listener) {
    meters.events(EventKind.TRADE, 1);
    long at = row.millis("date");
    double price = row.price(priceField);
    double told = row.number("size");
    double size = Double.isNaN(told) ? 0 : told;
    long sequence = row.whole("seq");
    Optional<Violation> problem = Double.isNaN(price) && !row.isWrong()
        ? Optional.of(Violation.MISSING_FIELD)
        : problem(at, price, size);
    problem.ifPresentOrElse(
        meters::violation,
        () -> listener.event(new TradeEvent(
            instrument,
            at,
            0,
            sequence,
            0,
            price,
            instrument.assetClass() == AssetClass.INDEX ? 0 : size,
            List.of(),
            instrument.assetClass() == AssetClass.INDEX)));
  }

  /** Returns what is wrong; an absent price or size is no fault here. */
  private Optional<Violation> problem(long atMillis, double price, double size) {
    if (row.isWrong()) {
      return Optional.of(Violation.WRONG_TYPE);
    }
    if (atMillis == 0) {
      return Optional.of(Violation.MISSING_FIELD);
    }
    if (price < 0) {
      return Optional.of(Violation.NOT_POSITIVE);
    }
    return size < 0 ? Optional.of(Violation.NEGATIVE_VOLUME) : Optional.empty();
  }
}
