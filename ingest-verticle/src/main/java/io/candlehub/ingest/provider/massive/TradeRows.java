package io.candlehub.ingest.provider.massive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.model.Instrument;
import io.candlehub.model.Violation;
import io.candlehub.model.feed.TradeEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Turns the rows of the trades endpoint into trades (OpenAPI document, {@code /v3/trades}). Times are nanoseconds. Trades
 * that were cancelled or found erroneous later, and the messages that said so, are left out. Confined to one event loop.
 */
final class TradeRows implements Rows {
  /**
   * Corrections after which a row is no trade: erroneous, cancelled, and the records of a cancellation, an error and a
   * correction (glossary "Conditions and indicators", trade corrections).
   */
  private static final Set<Long> VOID = Set.of(7L, 8L, 10L, 11L, 12L);

  private static final int NANOS_PER_MILLI = 1_000_000;

  private final Instrument instrument;
  private final FeedMeters meters;
  private final List<TradeEvent> trades = new ArrayList<>();
  private List<Integer> conditions = List.of();
  private long nanos;
  private long participantNanos;
  private long sequence;
  private long exchange;
  private long correction;
  private double price;
  private double size;
  private double decimalSize;
  private boolean wrong;

  TradeRows(Instrument instrument, FeedMeters meters) {
    this.instrument = instrument;
    this.meters = meters;
  }

  List<TradeEvent> oldestFirst() {
    return trades.stream()
        .sorted(
            Comparator.comparingLong(TradeEvent::atNanos).thenComparingLong(TradeEvent::sequence))
        .toList();
  }

  @Override
  public void begin() {
    conditions = List.of();
    nanos = 0;
    participantNanos = 0;
    sequence = 0;
    exchange = 0;
    correction = 0;
    price = Double.NaN;
    size = Double.NaN;
    decimalSize = Double.NaN;
    wrong = false;
  }

  @Override
  public void field(String name, JsonToken token, JsonParser parser) throws IOException {
    switch (name) {
      case "sip_timestamp" -> nanos = whole(token, parser);
      case "participant_timestamp" -> participantNanos = whole(token, parser);
      case "sequence_number" -> sequence = whole(token, parser);
      case "exchange" -> exchange = whole(token, parser);
      case "correction" -> correction = whole(token, parser);
      case "price" -> price = number(token, parser);
      case "size" -> size = number(token, parser);
      case "decimal_size" ->
        decimalSize = token == JsonToken.VALUE_STRING
            ? Decimals.parse(parser.getText())
            : number(token, parser);
      case "conditions" -> {
        conditions = new ArrayList<>();
        wrong |= token != JsonToken.START_ARRAY && token != JsonToken.VALUE_NULL;
      }
      default -> {
        return;
      }
    }
  }

  @Override
  public void member(String field, String name, JsonToken token, JsonParser parser)
      throws IOException {
    if (field.equals("conditions")) {
      long condition = whole(token, parser);
      wrong |= condition > Integer.MAX_VALUE;
      conditions.add((int) condition);
    }
  }

  @Override
  public void end() {
    long at = nanos > 0 ? nanos : participantNanos;
    double traded = Double.isNaN(decimalSize) ? size : decimalSize;
    if (wrong || exchange > Integer.MAX_VALUE) {
      meters.violation(Violation.WRONG_TYPE);
    } else if (at <= 0 || Double.isNaN(price) || Double.isNaN(traded)) {
      meters.violation(Violation.MISSING_FIELD);
    } else if (Double.isInfinite(price) || Double.isInfinite(traded)) {
      meters.violation(Violation.NOT_FINITE);
    } else if (price <= 0) {
      meters.violation(Violation.NOT_POSITIVE);
    } else if (traded < 0) {
      meters.violation(Violation.NEGATIVE_VOLUME);
    } else if (!VOID.contains(correction)) {
      trades.add(new TradeEvent(
          instrument,
          at / NANOS_PER_MILLI,
          (int) (at % NANOS_PER_MILLI),
          sequence,
          (int) exchange,
          price,
          traded,
          conditions,
          true));
    }
  }

  @Override
  public void malformed() {
    meters.violation(Violation.MALFORMED);
  }

  private double number(JsonToken token, JsonParser parser) throws IOException {
    if (token.isNumeric()) {
      return parser.getDoubleValue();
    }
    wrong |= token != JsonToken.VALUE_NULL;
    return Double.NaN;
  }

  /** Returns a whole number of 0 or more. */
  private long whole(JsonToken token, JsonParser parser) throws IOException {
    long whole = SnapshotRow.whole(token, parser);
    wrong |= whole < 0 || !(token.isNumeric() || token == JsonToken.VALUE_NULL);
    return whole;
  }
}
