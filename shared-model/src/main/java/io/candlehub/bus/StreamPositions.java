package io.candlehub.bus;

import io.candlehub.model.Instrument;
import io.candlehub.model.StreamKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How far an owner has told streams that a gateway demands. A lost update is noticed by the next one; this is how
 * the loss of the last one is noticed.
 *
 * @param hub the owner's node
 * @param upTo the owner's number of the last publication that it tells of, together with what it told before: a gateway
 *     that has come to all of them need not be told these again; 0 if it does not say
 * @param charts the charts of the owner's shards
 * @param quotes the quotes of the owner's shards
 */
public record StreamPositions(String hub, long upTo, List<Chart> charts, List<Quote> quotes) {
  /** Copies the lists. */
  public StreamPositions {
    charts = List.copyOf(charts);
    quotes = List.copyOf(quotes);
  }

  /**
   * Where a chart is.
   *
   * @param term the owner's term
   * @param epoch the epoch of the last update
   * @param seq its position
   * @param verdict {@link io.candlehub.model.Health#verdictCode()} of its health; 0 if it is not known
   */
  public record Chart(StreamKey key, long term, String epoch, long seq, int verdict) {}

  /**
   * What a quote is.
   *
   * @param term the owner's term
   * @param digest {@link #digest(Buffer)} of its body
   */
  public record Quote(Instrument instrument, long term, int digest) {}

  /** Returns a number that is the same for equal bodies on every node, and most likely another for different ones. */
  public static int digest(Buffer body) {
    return Arrays.hashCode(body.getBytes());
  }

  /** Returns the form on the bus. */
  public JsonObject toJson() {
    JsonArray chartList = new JsonArray();
    charts.forEach(chart -> chartList.add(new JsonObject()
        .put("topic", Addresses.chart(chart.key))
        .put("term", chart.term)
        .put("epoch", chart.epoch)
        .put("seq", chart.seq)
        .put("verdict", chart.verdict)));
    JsonArray quoteList = new JsonArray();
    quotes.forEach(quote -> quoteList.add(new JsonObject()
        .put("topic", Addresses.quote(quote.instrument))
        .put("term", quote.term)
        .put("digest", quote.digest)));
    return new JsonObject()
        .put("hub", hub)
        .put("upTo", upTo)
        .put("charts", chartList)
        .put("quotes", quoteList);
  }

  /** Reads the form on the bus; what cannot be read of it is left out. */
  public static StreamPositions from(JsonObject json) {
    List<Chart> charts = new ArrayList<>();
    for (JsonObject entry : entries(json, "charts")) {
      chart(entry).ifPresent(charts::add);
    }
    List<Quote> quotes = new ArrayList<>();
    for (JsonObject entry : entries(json, "quotes")) {
      quote(entry).ifPresent(quotes::add);
    }
    return new StreamPositions(
        json.getValue("hub") instanceof String hub ? hub : "",
        json.getValue("upTo") instanceof Number upTo ? upTo.longValue() : 0,
        charts,
        quotes);
  }

  private static List<JsonObject> entries(JsonObject json, String name) {
    return json.getValue(name) instanceof JsonArray list
        ? list.stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .toList()
        : List.of();
  }

  private static Optional<Chart> chart(JsonObject entry) {
    if (entry.getValue("topic") instanceof String topic
        && entry.getValue("term") instanceof Number term
        && entry.getValue("epoch") instanceof String epoch
        && entry.getValue("seq") instanceof Number seq
        && entry.getValue("verdict") instanceof Number verdict) {
      return Addresses.parseChart(topic)
          .map(key -> new Chart(key, term.longValue(), epoch, seq.longValue(), verdict.intValue()));
    }
    return Optional.empty();
  }

  private static Optional<Quote> quote(JsonObject entry) {
    if (entry.getValue("topic") instanceof String topic
        && entry.getValue("term") instanceof Number term
        && entry.getValue("digest") instanceof Number digest) {
      return Addresses.parseQuote(topic)
          .map(instrument -> new Quote(instrument, term.longValue(), digest.intValue()));
    }
    return Optional.empty();
  }
}
