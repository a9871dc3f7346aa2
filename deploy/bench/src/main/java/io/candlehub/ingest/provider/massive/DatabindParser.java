package io.candlehub.ingest.provider.massive;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.AggregateEvent.Span;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TradeEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads frames with Jackson's databind, by a tree or bound to a class, as one would without special care. */
final class DatabindParser {
  private final JsonMapper mapper = JsonMapper.builder(
          JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build())
      .build();
  private final ObjectReader trees = mapper.reader();
  private final ObjectReader wires = mapper.readerFor(Wire[].class);
  private final Map<String, Instrument> instruments = new HashMap<>();

  /** An event of whatever kind, bound by the names of its fields. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Wire(
      String ev,
      String sym,
      String dv,
      String dav,
      double vw,
      double o,
      JsonNode c,
      double h,
      double l,
      double s,
      long e,
      double bp,
      double bs,
      double ap,
      @JsonProperty("as") double askSize,
      long t,
      double p,
      String ds,
      int x,
      long q) {}

  /** Reads one frame by a tree. */
  List<FeedEvent> parseTree(byte[] bytes, int length) throws IOException {
    JsonNode root = trees.readTree(bytes, 0, length);
    List<FeedEvent> events = new ArrayList<>(root.size());
    for (JsonNode event : root) {
      switch (event.path("ev").asText()) {
        case "A" -> events.add(aggregate(Span.SECOND, event));
        case "AM" -> events.add(aggregate(Span.MINUTE, event));
        case "T" -> events.add(trade(event));
        case "Q" -> events.add(quote(event));
        default -> throw new IOException("not of these frames");
      }
    }
    return events;
  }

  /** Reads one frame bound to a class. */
  List<FeedEvent> parseBound(byte[] bytes, int length) throws IOException {
    Wire[] read = wires.readValue(bytes, 0, length);
    List<FeedEvent> events = new ArrayList<>(read.length);
    for (Wire event : read) {
      switch (event.ev()) {
        case "A" -> events.add(aggregate(Span.SECOND, event));
        case "AM" -> events.add(aggregate(Span.MINUTE, event));
        case "T" -> events.add(trade(event));
        case "Q" -> events.add(quote(event));
        default -> throw new IOException("not of these frames");
      }
    }
    return events;
  }

  private AggregateEvent aggregate(Span span, JsonNode event) {
    return new AggregateEvent(
        span,
        instrument(event.path("sym").asText()),
        event.path("s").longValue(),
        event.path("e").longValue(),
        event.path("o").doubleValue(),
        event.path("h").doubleValue(),
        event.path("l").doubleValue(),
        event.path("c").doubleValue(),
        Double.parseDouble(event.path("dv").asText()),
        event.path("vw").doubleValue(),
        known(Double.parseDouble(event.path("dav").asText())));
  }

  private TradeEvent trade(JsonNode event) {
    return new TradeEvent(
        instrument(event.path("sym").asText()),
        event.path("t").longValue(),
        event.path("q").longValue(),
        event.path("x").intValue(),
        event.path("p").doubleValue(),
        Double.parseDouble(event.path("ds").asText()),
        ids(event.path("c")));
  }

  private QuoteEvent quote(JsonNode event) {
    return new QuoteEvent(
        instrument(event.path("sym").asText()),
        event.path("t").longValue(),
        0,
        event.path("q").longValue(),
        event.path("bp").doubleValue(),
        event.path("bs").doubleValue(),
        event.path("ap").doubleValue(),
        event.path("as").doubleValue());
  }

  private AggregateEvent aggregate(Span span, Wire event) {
    return new AggregateEvent(
        span,
        instrument(event.sym()),
        (long) event.s(),
        event.e(),
        event.o(),
        event.h(),
        event.l(),
        event.c().doubleValue(),
        Double.parseDouble(event.dv()),
        event.vw(),
        known(Double.parseDouble(event.dav())));
  }

  private TradeEvent trade(Wire event) {
    return new TradeEvent(
        instrument(event.sym()),
        event.t(),
        event.q(),
        event.x(),
        event.p(),
        Double.parseDouble(event.ds()),
        event.c() == null ? List.of() : ids(event.c()));
  }

  private QuoteEvent quote(Wire event) {
    return new QuoteEvent(
        instrument(event.sym()),
        event.t(),
        0,
        event.q(),
        event.bp(),
        event.bs(),
        event.ap(),
        event.askSize());
  }

  private Instrument instrument(String symbol) {
    return instruments.computeIfAbsent(symbol, Instrument::of);
  }

  private static double known(double value) {
    return value > 0 ? value : Double.NaN;
  }

  private static List<Integer> ids(JsonNode nodes) {
    List<Integer> ids = new ArrayList<>(nodes.size());
    for (JsonNode id : nodes) {
      ids.add(id.intValue());
    }
    return ids;
  }
}
