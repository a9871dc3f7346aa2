package io.candlehub.bus;

import com.fasterxml.jackson.core.JsonGenerator;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.Expirations;
import io.candlehub.model.Greeks;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.OptionTerms;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.Snapshots;
import io.candlehub.model.feed.PastTrades;
import io.candlehub.model.feed.TradeEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes and reads what providers answer as it travels from ingest to hubs. A value not known, and one that is not
 * finite, is left out and read as not known; fields nobody knows are skipped.
 *
 * <p>What cannot be read is a {@link FailureException} with {@link Failure#INTERNAL}.
 */
public final class SnapshotJson {
  /** Numbers of a leg, in the order of {@link SnapshotLeg}. */
  static final NumberFields LEG = NumberFields.of(
      "bid",
      "ask",
      "bidSize",
      "askSize",
      "last",
      "volume",
      "openInterest",
      "iv",
      "delta",
      "gamma",
      "theta",
      "vega",
      "rho");

  /** Numbers of a market snapshot, in the order of {@link MarketSnapshot}. */
  static final NumberFields MARKET = NumberFields.of(
      "bid",
      "ask",
      "bidSize",
      "askSize",
      "last",
      "volume",
      "openInterest",
      "open",
      "high",
      "low",
      "previousClose");

  private static final String DOUBTED = "doubted";
  private static final int BYTES_PER_LEG = 320;
  private static final int BYTES_PER_TRADE = 100;
  private static final int BYTES_PER_DATE = 16;
  private static final int BYTES_PER_MESSAGE = 200;

  private SnapshotJson() {}

  /** Returns a chain's JSON. */
  public static Buffer chain(ChainSnapshot chain) {
    int expected = BYTES_PER_MESSAGE + BYTES_PER_LEG * chain.legs().size();
    return Json.buffer(expected, out -> {
      out.writeStartObject();
      out.writeStringField("underlying", chain.underlying());
      writeSpot(out, chain.spot(), chain.spotAtMillis());
      out.writeNumberField("askedAt", chain.askedAtMillis());
      out.writeArrayFieldStart("legs");
      for (SnapshotLeg leg : chain.legs()) {
        writeLeg(out, leg);
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  /** Reads a chain as {@link #chain} writes it. */
  public static ChainSnapshot readChain(Buffer body) {
    return SnapshotReader.read(body, "chain", SnapshotReader::chain);
  }

  /** Returns one contract's JSON: a leg, and the spot beside its fields. */
  public static Buffer contract(ContractSnapshot contract) {
    return Json.buffer(BYTES_PER_LEG, out -> {
      out.writeStartObject();
      writeLegFields(out, contract.leg());
      writeSpot(out, contract.spot(), contract.spotAtMillis());
      out.writeEndObject();
    });
  }

  /** Reads a contract as {@link #contract} writes it. */
  public static ContractSnapshot readContract(Buffer body) {
    return SnapshotReader.read(body, "contract", SnapshotReader::contract);
  }

  private static void writeSpot(JsonGenerator out, double spot, long atMillis) throws IOException {
    if (Double.isFinite(spot)) {
      Json.number(out, "spot", spot);
    }
    out.writeNumberField("spotAt", atMillis);
  }

  private static void writeLeg(JsonGenerator out, SnapshotLeg leg) throws IOException {
    out.writeStartObject();
    writeLegFields(out, leg);
    out.writeEndObject();
  }

  private static void writeLegFields(JsonGenerator out, SnapshotLeg leg) throws IOException {
    OptionTerms terms = leg.terms();
    Greeks greeks = leg.greeks();
    out.writeStringField("symbol", leg.symbol());
    out.writeStringField("exerciseStyle", terms.style().wireName());
    out.writeBooleanField("settledAtOpen", terms.settledAtOpen());
    Json.number(out, "sharesPerContract", terms.sharesPerContract());
    out.writeNumberField("expiresAt", terms.expiryMillis());
    LEG.write(
        out,
        leg.bid(),
        leg.ask(),
        leg.bidSize(),
        leg.askSize(),
        leg.last(),
        leg.volume(),
        leg.openInterest(),
        leg.volatility(),
        greeks.delta(),
        greeks.gamma(),
        greeks.theta(),
        greeks.vega(),
        greeks.rho());
    out.writeNumberField("t", leg.atMillis());
    out.writeNumberField("greeksAt", leg.greeksAtMillis());
    writeSource(out, leg.source(), leg.fallbackReason());
    writeNames(out, leg.unsupported());
  }

  /** Returns the JSON of several instruments. */
  public static Buffer snapshots(List<MarketSnapshot> snapshots) {
    return Json.buffer(BYTES_PER_LEG * snapshots.size(), out -> {
      out.writeStartArray();
      for (MarketSnapshot snapshot : snapshots) {
        writeSnapshot(out, snapshot);
      }
      out.writeEndArray();
    });
  }

  /** Reads several instruments as {@link #snapshots} writes them. */
  public static List<MarketSnapshot> readSnapshots(Buffer body) {
    return SnapshotReader.read(body, "list of snapshots", SnapshotReader::snapshots);
  }

  /** Returns what goes with the JSON of several instruments: a header {@code doubted} that names those, if there are any. */
  public static DeliveryOptions headers(Snapshots found) {
    DeliveryOptions options = new DeliveryOptions();
    return found.doubted().isEmpty()
        ? options
        : options.addHeader(
            DOUBTED,
            found.doubted().stream()
                .map(Instrument::symbol)
                .sorted()
                .collect(Collectors.joining(",")));
  }

  /** Reads several instruments as {@link #snapshots} and {@link #headers} write them. */
  public static Snapshots readSnapshots(Message<Buffer> answer) {
    String doubted = answer.headers().get(DOUBTED);
    Stream<String> symbols = doubted == null ? Stream.of() : Stream.of(doubted.split(","));
    return new Snapshots(
        readSnapshots(answer.body()),
        symbols.map(Instrument::parse).flatMap(Optional::stream).collect(Collectors.toSet()));
  }

  private static void writeSnapshot(JsonGenerator out, MarketSnapshot snapshot) throws IOException {
    out.writeStartObject();
    out.writeStringField("symbol", snapshot.instrument().symbol());
    out.writeStringField("name", snapshot.name());
    MARKET.write(
        out,
        snapshot.bid(),
        snapshot.ask(),
        snapshot.bidSize(),
        snapshot.askSize(),
        snapshot.last(),
        snapshot.volume(),
        snapshot.openInterest(),
        snapshot.open(),
        snapshot.high(),
        snapshot.low(),
        snapshot.previousClose());
    out.writeNumberField("t", snapshot.atMillis());
    writeTime(out, "quotedAt", snapshot.quotedAtMillis());
    writeTime(out, "lastAt", snapshot.lastAtMillis());
    writeSource(out, snapshot.source(), snapshot.fallbackReason());
    writeNames(out, snapshot.unsupported());
    out.writeEndObject();
  }

  private static void writeTime(JsonGenerator out, String name, long millis) throws IOException {
    if (millis != 0) {
      out.writeNumberField(name, millis);
    }
  }

  /** Returns the JSON of expirations. */
  public static Buffer expirations(Expirations expirations) {
    int expected = BYTES_PER_MESSAGE + BYTES_PER_DATE * expirations.dates().size();
    return Json.buffer(expected, out -> {
      out.writeStartObject();
      out.writeStringField("underlying", expirations.underlying());
      writeSource(out, expirations.source(), expirations.fallbackReason());
      out.writeArrayFieldStart("expirations");
      for (LocalDate date : expirations.dates()) {
        out.writeString(date.toString());
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  /** Reads expirations as {@link #expirations} writes them. */
  public static Expirations readExpirations(Buffer body) {
    return SnapshotReader.read(body, "list of expirations", SnapshotReader::expirations);
  }

  /** Returns the JSON of past trades. */
  public static Buffer trades(PastTrades trades) {
    int expected = BYTES_PER_MESSAGE + BYTES_PER_TRADE * trades.trades().size();
    return Json.buffer(expected, out -> {
      out.writeStartObject();
      out.writeStringField("symbol", trades.instrument().symbol());
      writeSource(out, trades.source(), trades.fallbackReason());
      out.writeArrayFieldStart("trades");
      for (TradeEvent trade : trades.trades()) {
        writeTrade(out, trade);
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  private static void writeTrade(JsonGenerator out, TradeEvent trade) throws IOException {
    out.writeStartObject();
    out.writeNumberField("t", trade.atMillis());
    if (trade.nanoOfMilli() != 0) {
      out.writeNumberField("n", trade.nanoOfMilli());
    }
    out.writeNumberField("q", trade.sequence());
    out.writeNumberField("x", trade.exchange());
    Json.number(out, "p", trade.price());
    Json.number(out, "s", trade.size());
    out.writeArrayFieldStart("c");
    for (int condition : trade.conditions()) {
      out.writeNumber(condition);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  /** Reads past trades as {@link #trades} writes them. */
  public static PastTrades readTrades(Buffer body) {
    return SnapshotReader.read(body, "list of trades", SnapshotReader::trades);
  }

  private static void writeSource(JsonGenerator out, String source, String fallbackReason)
      throws IOException {
    out.writeStringField("source", source);
    if (!fallbackReason.isEmpty()) {
      out.writeStringField("fallbackReason", fallbackReason);
    }
  }

  private static void writeNames(JsonGenerator out, Collection<String> unsupported)
      throws IOException {
    if (!unsupported.isEmpty()) {
      out.writeArrayFieldStart("unsupported");
      for (String name : unsupported) {
        out.writeString(name);
      }
      out.writeEndArray();
    }
  }
}
