package io.candlehub.bus;

import com.fasterxml.jackson.core.JsonParser;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.ExerciseStyle;
import io.candlehub.model.Expirations;
import io.candlehub.model.Greeks;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.OptionContract;
import io.candlehub.model.OptionTerms;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.feed.PastTrades;
import io.candlehub.model.feed.TradeEvent;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads what {@link SnapshotJson} writes, as it streams by: a chain may have thousands of legs. */
final class SnapshotReader {
  private final JsonParser in;
  private final Source source = new Source();
  private String symbol = "";
  private double spot = Double.NaN;
  private long spotAtMillis;
  private long askedAtMillis;

  private SnapshotReader(JsonParser in) {
    this.in = in;
  }

  /** Reads one value. */
  @FunctionalInterface
  interface Reading<T> {
    T from(SnapshotReader reader) throws IOException;
  }

  /**
   * Returns what a body is.
   *
   * @param what it should be, in a word
   */
  static <T> T read(Buffer body, String what, Reading<T> reading) {
    try (JsonParser in = Json.FACTORY.createParser(body.getBytes())) {
      in.nextToken();
      T value = reading.from(new SnapshotReader(in));
      if (in.nextToken() == null) {
        return value;
      }
    } catch (IOException | RuntimeException e) {
      throw unreadable(what);
    }
    throw unreadable(what);
  }

  private static FailureException unreadable(String what) {
    return Failure.INTERNAL.because("the answer is no " + what);
  }

  ChainSnapshot chain() throws IOException {
    List<SnapshotLeg> legs = new ArrayList<>();
    JsonWalk.fields(in, name -> {
      switch (name) {
        case "underlying" -> symbol = JsonWalk.text(in);
        case "spot", "spotAt" -> takeSpot(name);
        case "askedAt" -> askedAtMillis = in.getLongValue();
        case "legs" -> JsonWalk.items(in, item -> legs.add(leg()));
        default -> in.skipChildren();
      }
    });
    return new ChainSnapshot(
        Instrument.of(symbol).symbol(), spot, spotAtMillis, legs, askedAtMillis);
  }

  private void takeSpot(String name) throws IOException {
    if (name.equals("spot")) {
      spot = in.getDoubleValue();
    } else {
      spotAtMillis = in.getLongValue();
    }
  }

  private SnapshotLeg leg() throws IOException {
    LegFields leg = new LegFields();
    JsonWalk.fields(in, leg::take);
    return leg.leg();
  }

  ContractSnapshot contract() throws IOException {
    LegFields leg = new LegFields();
    JsonWalk.fields(in, name -> {
      switch (name) {
        case "spot", "spotAt" -> takeSpot(name);
        default -> leg.take(name);
      }
    });
    return new ContractSnapshot(leg.leg(), spot, spotAtMillis);
  }

  List<MarketSnapshot> snapshots() throws IOException {
    List<MarketSnapshot> snapshots = new ArrayList<>();
    JsonWalk.items(in, item -> snapshots.add(new MarketFields().read()));
    return List.copyOf(snapshots);
  }

  Expirations expirations() throws IOException {
    List<LocalDate> dates = new ArrayList<>();
    JsonWalk.fields(in, name -> {
      switch (name) {
        case "underlying" -> symbol = JsonWalk.text(in);
        case "expirations" ->
          JsonWalk.items(in, item -> dates.add(LocalDate.parse(JsonWalk.text(in))));
        default -> source.take(name);
      }
    });
    return new Expirations(Instrument.of(symbol).symbol(), dates, source.id(), source.reason);
  }

  PastTrades trades() throws IOException {
    List<TradeFields> found = new ArrayList<>();
    JsonWalk.fields(in, name -> {
      switch (name) {
        case "symbol" -> symbol = JsonWalk.text(in);
        case "trades" -> JsonWalk.items(in, item -> found.add(new TradeFields().read()));
        default -> source.take(name);
      }
    });
    Instrument instrument = Instrument.of(symbol);
    List<TradeEvent> trades = found.stream().map(each -> each.of(instrument)).toList();
    return new PastTrades(instrument, trades, source.id(), source.reason);
  }

  /** Who told it. */
  private final class Source {
    private String id = "";
    private String reason = "";
    private final Set<String> unsupported = new HashSet<>();

    void take(String name) throws IOException {
      switch (name) {
        case "source" -> id = JsonWalk.text(in);
        case "fallbackReason" -> reason = JsonWalk.text(in);
        case "unsupported" -> JsonWalk.items(in, item -> unsupported.add(JsonWalk.text(in)));
        default -> in.skipChildren();
      }
    }

    String id() {
      if (id.isEmpty()) {
        throw new IllegalArgumentException("no source");
      }
      return id;
    }
  }

  private final class LegFields {
    private final double[] values = SnapshotJson.LEG.unknown();
    private final Source told = new Source();
    private String contract = "";
    private String style = "";
    private boolean settledAtOpen;
    private double shares = Double.NaN;
    private long expiryMillis;
    private long atMillis;
    private long greeksAtMillis;

    SnapshotLeg leg() {
      OptionTerms terms = new OptionTerms(
          OptionContract.of(Instrument.of(contract)).orElseThrow(),
          style(),
          settledAtOpen,
          shares,
          expiryMillis);
      double[] v = values;
      return new SnapshotLeg(
          terms,
          v[0],
          v[1],
          v[2],
          v[3],
          v[4],
          v[5],
          v[6],
          v[7],
          new Greeks(v[8], v[9], v[10], v[11], v[12]),
          atMillis,
          greeksAtMillis,
          told.id(),
          told.reason,
          told.unsupported);
    }

    private ExerciseStyle style() {
      for (ExerciseStyle known : ExerciseStyle.values()) {
        if (known.wireName().equals(style)) {
          return known;
        }
      }
      throw new IllegalArgumentException("no style");
    }

    private void take(String name) throws IOException {
      switch (name) {
        case "symbol" -> contract = JsonWalk.text(in);
        case "exerciseStyle" -> style = JsonWalk.text(in);
        case "settledAtOpen" -> settledAtOpen = in.getBooleanValue();
        case "sharesPerContract" -> shares = in.getDoubleValue();
        case "expiresAt" -> expiryMillis = in.getLongValue();
        case "greeksAt" -> greeksAtMillis = in.getLongValue();
        case "t" -> atMillis = in.getLongValue();
        case "source", "fallbackReason", "unsupported" -> told.take(name);
        default -> SnapshotJson.LEG.take(name, in, values);
      }
    }
  }

  private final class MarketFields {
    private final double[] values = SnapshotJson.MARKET.unknown();
    private final Source told = new Source();
    private String instrument = "";
    private String called = "";
    private long atMillis;
    private long quotedAtMillis;
    private long lastAtMillis;

    MarketSnapshot read() throws IOException {
      JsonWalk.fields(in, this::take);
      double[] v = values;
      return new MarketSnapshot(
          Instrument.of(instrument),
          called,
          v[0],
          v[1],
          v[2],
          v[3],
          v[4],
          v[5],
          v[6],
          v[7],
          v[8],
          v[9],
          v[10],
          atMillis,
          quotedAtMillis,
          lastAtMillis,
          told.id(),
          told.reason,
          told.unsupported);
    }

    private void take(String name) throws IOException {
      switch (name) {
        case "symbol" -> instrument = JsonWalk.text(in);
        case "name" -> called = JsonWalk.text(in);
        case "t" -> atMillis = in.getLongValue();
        case "quotedAt" -> quotedAtMillis = in.getLongValue();
        case "lastAt" -> lastAtMillis = in.getLongValue();
        case "source", "fallbackReason", "unsupported" -> told.take(name);
        default -> SnapshotJson.MARKET.take(name, in, values);
      }
    }
  }

  private final class TradeFields {
    private long atMillis;
    private int nanoOfMilli;
    private long sequence;
    private int exchange;
    private double price = Double.NaN;
    private double size = Double.NaN;
    private final List<Integer> conditions = new ArrayList<>();

    TradeFields read() throws IOException {
      JsonWalk.fields(in, this::take);
      return this;
    }

    private void take(String name) throws IOException {
      switch (name) {
        case "t" -> atMillis = in.getLongValue();
        case "n" -> nanoOfMilli = in.getIntValue();
        case "q" -> sequence = in.getLongValue();
        case "x" -> exchange = in.getIntValue();
        case "p" -> price = in.getDoubleValue();
        case "s" -> size = in.getDoubleValue();
        case "c" -> JsonWalk.items(in, item -> conditions.add(in.getIntValue()));
        default -> in.skipChildren();
      }
    }

    TradeEvent of(Instrument instrument) {
      return new TradeEvent(
          instrument, atMillis, nanoOfMilli, sequence, exchange, price, size, conditions, true);
    }
  }
}
