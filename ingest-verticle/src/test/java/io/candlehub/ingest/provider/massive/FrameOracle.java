package io.candlehub.ingest.provider.massive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.Ohlc;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.AggregateEvent.Span;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.HaltEvent;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TradeEvent;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says what a frame says, slowly: by a tree of the whole text, with nothing in common with the parser but the model. A
 * field that cannot be what it must be makes its event refused.
 */
final class FrameOracle {
  private static final long EXACT = Long.MAX_VALUE / 1_000_000;
  private static final double LONGS = 0x1p63;

  private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(StreamReadConstraints.builder()
              .maxNestingDepth(64)
              .maxNumberLength(Integer.MAX_VALUE)
              .build())
          .build())
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  /** What a readable frame says. */
  record Reading(List<FeedEvent> events, List<WireStatus> statuses, int refused) {}

  /** Is thrown for what an event must not be. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String reason) {
      super(reason, null, false, false);
    }
  }

  /** Reads a frame; empty if it is no JSON array. */
  Optional<Reading> read(byte[] frame) {
    JsonNode root;
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(frame)).toString();
      root = mapper.readTree(text.startsWith("\ufeff") ? text.substring(1) : text);
    } catch (CharacterCodingException | JsonProcessingException e) {
      return Optional.empty();
    }
    if (root == null || !root.isArray()) {
      return Optional.empty();
    }
    List<FeedEvent> events = new ArrayList<>();
    List<WireStatus> statuses = new ArrayList<>();
    int refused = 0;
    for (JsonNode element : root) {
      try {
        if (element.path("ev").asText("").equals("status") && element.path("ev").isTextual()) {
          statuses.add(new WireStatus(
              element.path("status").textValue() == null
                  ? ""
                  : element.path("status").textValue(),
              element.path("message").textValue() == null
                  ? ""
                  : element.path("message").textValue(),
              events.size()));
        } else {
          event(element).ifPresent(events::add);
        }
      } catch (Refused e) {
        refused++;
      }
    }
    return Optional.of(new Reading(events, statuses, refused));
  }

  private static Optional<FeedEvent> event(JsonNode event) throws Refused {
    if (!event.path("ev").isTextual()) {
      throw new Refused("no kind");
    }
    return switch (event.path("ev").textValue()) {
      case "A" -> Optional.of(aggregate(event, Span.SECOND));
      case "AM" -> Optional.of(aggregate(event, Span.MINUTE));
      case "T" -> Optional.of(trade(event));
      case "Q" -> Optional.of(quote(event));
      case "V" -> Optional.of(value(event));
      case "LULD" -> band(event);
      default -> Optional.empty();
    };
  }

  private static FeedEvent aggregate(JsonNode event, Span span) throws Refused {
    Instrument instrument = instrument(event.path("sym"));
    double volume = isGiven(event.path("dv")) ? decimal(event.path("dv")) : Double.NaN;
    if (Double.isNaN(volume)) {
      boolean optional = instrument.assetClass() == AssetClass.INDEX && !isGiven(event.path("v"));
      volume = optional ? 0 : number(event.path("v"));
    }
    double open = number(event.path("o"));
    double high = number(event.path("h"));
    double low = number(event.path("l"));
    double close = number(event.path("c"));
    long start = time(event.path("s"), EXACT);
    long end = time(event.path("e"), EXACT);
    double vwap = isGiven(event.path("vw")) ? number(event.path("vw")) : Double.NaN;
    double plainDay = isGiven(event.path("av")) ? number(event.path("av")) : Double.NaN;
    double day = isGiven(event.path("dav")) ? decimal(event.path("dav")) : plainDay;
    require(Ohlc.problem(open, high, low, close, volume).isEmpty(), "no bar");
    require(start % span.millis() == 0 && start < end, "no window");
    return new AggregateEvent(
        span,
        instrument,
        start,
        end,
        open,
        high,
        low,
        close,
        volume + 0.0,
        known(vwap),
        known(day));
  }

  private static FeedEvent trade(JsonNode event) throws Refused {
    double size = isGiven(event.path("ds")) ? decimal(event.path("ds")) : number(event.path("s"));
    double price = number(event.path("p"));
    require(price > 0 && price <= Double.MAX_VALUE, "price");
    require(size >= 0 && size <= Double.MAX_VALUE, "size");
    long sequence = isGiven(event.path("q")) ? whole(event.path("q")) : 0;
    long exchange = isGiven(event.path("x")) ? whole(event.path("x")) : 0;
    require(sequence >= 0, "sequence");
    require(exchange >= 0 && exchange <= Integer.MAX_VALUE, "exchange");
    return new TradeEvent(
        instrument(event.path("sym")),
        time(event.path("t"), EXACT),
        sequence,
        (int) exchange,
        price,
        size + 0.0,
        ids(event.path("c")));
  }

  private static FeedEvent quote(JsonNode event) throws Refused {
    double bid = atLeastZero(event.path("bp"));
    double ask = atLeastZero(event.path("ap"));
    long sequence = isGiven(event.path("q")) ? whole(event.path("q")) : 0;
    require(sequence >= 0, "sequence");
    return new QuoteEvent(
        instrument(event.path("sym")),
        time(event.path("t"), EXACT),
        0,
        sequence,
        bid == 0 ? Double.NaN : bid,
        atLeastZero(event.path("bs")) + 0.0,
        ask == 0 ? Double.NaN : ask,
        atLeastZero(event.path("as")) + 0.0);
  }

  private static FeedEvent value(JsonNode event) throws Refused {
    Instrument instrument = instrument(event.path("T"));
    require(instrument.assetClass() == AssetClass.INDEX, "no index");
    double price = number(event.path("val"));
    require(price > 0 && price <= Double.MAX_VALUE, "value");
    return new TradeEvent(instrument, time(event.path("t"), EXACT), 0, 0, price, 0, List.of());
  }

  private static Optional<FeedEvent> band(JsonNode event) throws Refused {
    List<Integer> ids = ids(event.path("i"));
    require(!ids.contains(17) || !ids.contains(18), "contradiction");
    if (!ids.contains(17) && !ids.contains(18)) {
      return Optional.empty();
    }
    long time = time(event.path("t"), Long.MAX_VALUE);
    long millis = time < 100_000_000_000_000L
        ? time
        : time < 100_000_000_000_000_000L ? time / 1_000 : time / 1_000_000;
    return Optional.of(new HaltEvent(instrument(event.path("T")), millis, ids.contains(17)));
  }

  private static boolean isGiven(JsonNode node) {
    return !node.isMissingNode() && !node.isNull();
  }

  private static Instrument instrument(JsonNode node) throws Refused {
    require(node.isTextual(), "symbol");
    return Instrument.parse(node.textValue()).orElseThrow(() -> new Refused("symbol"));
  }

  private static double number(JsonNode node) throws Refused {
    require(node.isNumber(), "number");
    return node.doubleValue();
  }

  private static double decimal(JsonNode node) throws Refused {
    if (node.isTextual()) {
      String text = node.textValue();
      require(text.matches("-?([0-9]+\\.?[0-9]*|\\.[0-9]+)") && text.length() <= 40, "decimal");
      double value = new BigDecimal(text).doubleValue();
      return value == 0 && text.startsWith("-") ? -0.0 : value;
    }
    return number(node);
  }

  private static double atLeastZero(JsonNode node) throws Refused {
    if (!isGiven(node)) {
      return Double.NaN;
    }
    double value = number(node);
    require(value >= 0 && value <= Double.MAX_VALUE, "below zero or without end");
    return value;
  }

  private static long time(JsonNode node, long limit) throws Refused {
    long time = whole(node);
    require(time > 0 && time <= limit, "time");
    return time;
  }

  private static long whole(JsonNode node) throws Refused {
    double value = number(node);
    if (node.isIntegralNumber()) {
      require(node.canConvertToLong(), "too long");
      return node.longValue();
    }
    require(value == Math.rint(value) && Math.abs(value) < LONGS, "not whole");
    return (long) value;
  }

  private static List<Integer> ids(JsonNode node) throws Refused {
    if (!isGiven(node)) {
      return List.of();
    }
    require(node.isArray(), "list");
    List<Integer> ids = new ArrayList<>();
    for (JsonNode id : node) {
      long whole = whole(id);
      require(Math.abs(whole) <= Integer.MAX_VALUE, "id");
      ids.add((int) whole);
    }
    return ids;
  }

  private static double known(double value) {
    return value > 0 && value <= Double.MAX_VALUE ? value : Double.NaN;
  }

  private static void require(boolean condition, String what) throws Refused {
    if (!condition) {
      throw new Refused(what);
    }
  }
}
