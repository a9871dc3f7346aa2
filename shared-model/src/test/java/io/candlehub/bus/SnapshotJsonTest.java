package io.candlehub.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

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
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SnapshotJsonTest {
  private static final double NONE = Double.NaN;
  private static final Instrument CALL = Instrument.of("O:SPY251219C00650000");
  private static final SnapshotLeg LEG = leg(12.4, new Greeks(0.5, NONE, -0.2, 0.6, NONE));
  private static final ContractSnapshot CONTRACT = new ContractSnapshot(LEG, 652.91, 3);
  private static final MarketSnapshot SPY = new MarketSnapshot(
      Instrument.of("SPY"),
      "Fund \"€\"",
      652.9,
      652.92,
      4,
      7,
      652.91,
      41_250_000.5,
      NONE,
      652.31,
      653.4,
      651.9,
      651.71,
      1_764_600_605_123L,
      1_764_600_605_122L,
      1_764_600_605_123L,
      "first",
      "",
      Set.of("openInterest"));

  private static SnapshotLeg leg(double bid, Greeks greeks) {
    return new SnapshotLeg(
        OptionTerms.of(OptionContract.of(CALL).orElseThrow(), ExerciseStyle.EUROPEAN, 10),
        bid,
        12.5,
        17,
        NONE,
        12.45,
        5_012,
        15_230,
        0.1421,
        greeks,
        1_764_600_605_123L,
        1_764_600_605_123L,
        "second",
        "empty",
        Set.of("rho", "gamma"));
  }

  @Test
  void shouldLeaveOutWhatIsNotKnown() {
    JsonObject json = new JsonObject(SnapshotJson.contract(CONTRACT));

    assertThat(json.fieldNames())
        .containsExactly(
            "symbol",
            "exerciseStyle",
            "settledAtOpen",
            "sharesPerContract",
            "expiresAt",
            "bid",
            "ask",
            "bidSize",
            "last",
            "volume",
            "openInterest",
            "iv",
            "delta",
            "theta",
            "vega",
            "t",
            "greeksAt",
            "source",
            "fallbackReason",
            "unsupported",
            "spot",
            "spotAt");
    assertThat(
            new JsonArray(SnapshotJson.snapshots(List.of(SPY))).getJsonObject(0).fieldNames())
        .doesNotContain("openInterest", "fallbackReason");
  }

  @Test
  void shouldReadWhatIsNotFiniteAsNotKnown() {
    SnapshotLeg wrong = leg(Double.POSITIVE_INFINITY, Greeks.NONE);

    assertThat(SnapshotJson.readContract(
            SnapshotJson.contract(new ContractSnapshot(wrong, Double.POSITIVE_INFINITY, 4))))
        .isEqualTo(new ContractSnapshot(leg(NONE, Greeks.NONE), NONE, 4));
  }

  @Test
  void shouldSkipFieldsNobodyKnows() {
    JsonObject json = new JsonObject(SnapshotJson.contract(CONTRACT))
        .put("new", new JsonObject().put("bid", 1).put("list", new JsonArray().add(2)));

    assertThat(SnapshotJson.readContract(json.toBuffer())).isEqualTo(CONTRACT);
  }

  @Property
  void shouldReadBackChains(
      @ForAll("number") double spot, @ForAll long spotAt, @ForAll("legs") List<SnapshotLeg> legs) {
    ChainSnapshot chain = new ChainSnapshot("BRK.B", spot, spotAt, legs, 7);

    assertThat(SnapshotJson.readChain(SnapshotJson.chain(chain))).isEqualTo(chain);
  }

  @Property
  void shouldReadBackContracts(
      @ForAll("leg") SnapshotLeg leg, @ForAll("number") double spot, @ForAll long spotAt) {
    ContractSnapshot contract = new ContractSnapshot(leg, spot, spotAt);

    assertThat(SnapshotJson.readContract(SnapshotJson.contract(contract))).isEqualTo(contract);
  }

  @Property
  void shouldReadBackMarkets(@ForAll("markets") List<MarketSnapshot> markets) {
    assertThat(SnapshotJson.readSnapshots(SnapshotJson.snapshots(markets))).isEqualTo(markets);
  }

  @Property
  void shouldReadBackExpirations(
      @ForAll("days") List<LocalDate> days, @ForAll("reason") String reason) {
    Expirations expirations = new Expirations("I:SPX", days, "first", reason);

    assertThat(SnapshotJson.readExpirations(SnapshotJson.expirations(expirations)))
        .isEqualTo(expirations);
  }

  @Property
  void shouldReadBackTrades(
      @ForAll("trades") List<TradeEvent> trades, @ForAll("reason") String reason) {
    PastTrades past = new PastTrades(CALL, trades, "second", reason);

    assertThat(SnapshotJson.readTrades(SnapshotJson.trades(past))).isEqualTo(past);
  }

  @Property(tries = 3_000)
  void shouldFailInOurWordsWhenDamaged(
      @ForAll("places") int place, @ForAll byte with, @ForAll("kind") int kind) {
    Buffer body = kinds().get(kind).body;
    byte[] bytes = body.getBytes();
    bytes[place % bytes.length] = with;

    assertReadOrRefused(kinds().get(kind), Buffer.buffer(bytes));
    assertReadOrRefused(kinds().get(kind), body.getBuffer(0, place % body.length()));
  }

  private static void assertReadOrRefused(Kind kind, Buffer body) {
    Throwable failure = catchThrowable(() -> kind.reader.apply(body));
    if (failure != null) {
      assertThat(failure).isInstanceOf(FailureException.class);
      assertThat(((FailureException) failure).code()).isEqualTo(Failure.INTERNAL);
    }
  }

  @Test
  void shouldRefuseWhatIsSomethingElse() {
    for (Kind kind : kinds()) {
      for (String body : List.of("", "null", "7", "[[]]", "{}", "{\"source\":\"first\"}", "[{}]")) {
        assertThatThrownBy(() -> kind.reader.apply(Buffer.buffer(body)))
            .as("%s read from %s", kind, body)
            .isInstanceOf(FailureException.class);
      }
      assertThatThrownBy(() -> kind.reader.apply(kind.body.copy().appendString("{}")))
          .isInstanceOf(FailureException.class);
    }
  }

  private record Kind(Buffer body, Function<Buffer, ?> reader) {}

  private static List<Kind> kinds() {
    TradeEvent trade = new TradeEvent(CALL, 5, 6, 302, 1.25, 3, List.of(227, 209));
    return List.of(
        new Kind(
            SnapshotJson.chain(new ChainSnapshot("SPY", 652.91, 3, List.of(LEG, LEG), 4)),
            SnapshotJson::readChain),
        new Kind(SnapshotJson.contract(CONTRACT), SnapshotJson::readContract),
        new Kind(SnapshotJson.snapshots(List.of(SPY)), SnapshotJson::readSnapshots),
        new Kind(
            SnapshotJson.expirations(
                new Expirations("SPY", List.of(LocalDate.of(2025, 12, 19)), "second", "error")),
            SnapshotJson::readExpirations),
        new Kind(
            SnapshotJson.trades(new PastTrades(CALL, List.of(trade), "first", "")),
            SnapshotJson::readTrades));
  }

  @Provide
  Arbitrary<Integer> places() {
    return Arbitraries.integers().between(0, 2_000);
  }

  @Provide
  Arbitrary<Integer> kind() {
    return Arbitraries.integers().between(0, kinds().size() - 1);
  }

  @Provide
  Arbitrary<Double> number() {
    return Arbitraries.oneOf(
        Arbitraries.just(NONE),
        Arbitraries.doubles().between(-1e12, 1e12).map(value -> value == 0 ? 0.0 : value),
        Arbitraries.longs().between(-1_000_000, 1L << 60).map(Long::doubleValue));
  }

  @Provide
  Arbitrary<String> reason() {
    return Arbitraries.of("", "error", "empty", "low-confidence");
  }

  @Provide
  Arbitrary<List<LocalDate>> days() {
    return Arbitraries.integers()
        .between(0, 40_000)
        .map(day -> LocalDate.ofEpochDay(day))
        .list()
        .ofMaxSize(30);
  }

  @Provide
  Arbitrary<SnapshotLeg> leg() {
    Arbitrary<OptionTerms> terms = Combinators.combine(
            Arbitraries.of("O:SPY251219C00650000", "O:SPXW251219P06500000", "O:SPX251219C06500000"),
            Arbitraries.of(ExerciseStyle.values()),
            Arbitraries.of(true, false),
            Arbitraries.of(100.0, 10.0, 1.5),
            Arbitraries.longs())
        .as((symbol, style, atOpen, shares, expiry) -> new OptionTerms(
            OptionContract.of(Instrument.of(symbol)).orElseThrow(), style, atOpen, shares, expiry));
    return Combinators.combine(
            terms,
            number().list().ofSize(13),
            Arbitraries.longs(),
            Arbitraries.of("first", "second"),
            reason(),
            Arbitraries.of("rho", "bidSize", "iv").set())
        .as((known, n, at, source, reason, unsupported) -> new SnapshotLeg(
            known,
            n.get(0),
            n.get(1),
            n.get(2),
            n.get(3),
            n.get(4),
            n.get(5),
            n.get(6),
            n.get(7),
            new Greeks(n.get(8), n.get(9), n.get(10), n.get(11), n.get(12)),
            at,
            at / 2,
            source,
            reason,
            unsupported));
  }

  @Provide
  Arbitrary<List<SnapshotLeg>> legs() {
    return leg().list().ofMaxSize(5);
  }

  @Provide
  Arbitrary<List<MarketSnapshot>> markets() {
    return Combinators.combine(
            Arbitraries.of("SPY", "BRK.B", "I:SPX", "O:SPY251219C00650000"),
            Arbitraries.strings().withChars("aZ \"\\\n€漢{}").ofMaxLength(20),
            number().list().ofSize(11),
            Arbitraries.longs(),
            reason(),
            Arbitraries.of("bidSize", "volume").set())
        .as((symbol, name, n, at, reason, unsupported) -> new MarketSnapshot(
            Instrument.of(symbol),
            name,
            n.get(0),
            n.get(1),
            n.get(2),
            n.get(3),
            n.get(4),
            n.get(5),
            n.get(6),
            n.get(7),
            n.get(8),
            n.get(9),
            n.get(10),
            at,
            at / 2,
            at / 3,
            "first",
            reason,
            unsupported))
        .list()
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<List<TradeEvent>> trades() {
    return Combinators.combine(
            Arbitraries.longs(),
            Arbitraries.of(0, 1, 999_999),
            Arbitraries.longs(),
            Arbitraries.integers(),
            Arbitraries.doubles().between(0.01, 1e6),
            Arbitraries.doubles().between(0, 1e6).map(size -> size == 0 ? 0.0 : size),
            Arbitraries.integers().between(0, 500).list().ofMaxSize(4))
        .as((at, nanos, sequence, exchange, price, size, conditions) ->
            new TradeEvent(CALL, at, nanos, sequence, exchange, price, size, conditions, true))
        .list()
        .ofMaxSize(10);
  }
}
