package io.candlehub.ingest.provider.tradier;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Failure;
import io.candlehub.ingest.Listing;
import io.candlehub.ingest.Priority;
import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.Greeks;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.SnapshotLeg;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TradierQuotesTest extends TradierFixture {
  private static final String QUOTES = "/v1/markets/quotes";
  private static final Instrument BRK_B = Instrument.of("BRK.B");

  @Test
  void shouldAskForManySymbolsInItsOwnWriting() {
    server.answer(QUOTES, Payloads.text("quotes.list.json"));

    List<MarketSnapshot> found = snapshots(CALL, BRK_B, SPX, Instrument.of("ZZZZZ"), SPY);

    FakeTradier.Asked asked = server.asked(QUOTES).get(0);
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.uri()).isEqualTo(QUOTES);
    assertThat(asked.body())
        .isEqualTo("symbols=SPY251219C00650000%2CBRK%2FB%2CSPX%2CZZZZZ%2CSPY&greeks=false");
    assertThat(asked.headers()).containsEntry("content-type", "application/x-www-form-urlencoded");
    assertThat(found).extracting(MarketSnapshot::instrument).containsExactly(CALL, BRK_B, SPX, SPY);
    assertThat(violations("bad-symbol")).isZero();
  }

  @Test
  void shouldAskForJsonWithTheTokenInTheHeaderOnly() {
    server.answer(QUOTES, Payloads.text("quotes.list.json"));

    snapshots(SPY);

    FakeTradier.Asked asked = server.asked(QUOTES).get(0);
    assertThat(asked.headers())
        .containsEntry("accept", "application/json")
        .containsEntry("authorization", "Bearer " + FakeTradier.TOKEN);
    assertThat(asked.uri() + asked.body()).doesNotContain(FakeTradier.TOKEN);
  }

  @Test
  void shouldTakeXmlForUnreadable() {
    server.answer(QUOTES, Payloads.text("answer.xml"));

    assertThat(failure(() -> provider.snapshots(List.of(SPY), Priority.READER)).code())
        .isEqualTo(Failure.PROVIDER_ERROR);
  }

  @Test
  void shouldTellWhatARowTellsInItsUnits() {
    server.answer(QUOTES, Payloads.text("quotes.list.json"));

    MarketSnapshot spy = snapshots(SPY).get(0);

    assertThat(spy.name()).isEqualTo("SPDR S&P 500");
    assertThat(spy.bid()).isEqualTo(652.9);
    assertThat(spy.ask()).isEqualTo(652.92);
    assertThat(spy.bidSize()).as("hundreds of shares, as the provider has it").isEqualTo(4);
    assertThat(spy.askSize()).isEqualTo(7);
    assertThat(spy.last()).isEqualTo(652.91);
    assertThat(spy.volume()).isEqualTo(1_830_442);
    assertThat(spy.open()).isEqualTo(652.31);
    assertThat(spy.high()).isEqualTo(653.4);
    assertThat(spy.low()).isEqualTo(651.9);
    assertThat(spy.previousClose()).isEqualTo(651.71);
    assertThat(spy.atMillis()).as("the newest of its dates").isEqualTo(1_764_600_606_000L);
    assertThat(spy.quotedAtMillis()).as("the newer side").isEqualTo(1_764_600_606_000L);
    assertThat(spy.lastAtMillis()).isEqualTo(1_764_600_605_123L);
    assertThat(spy.openInterest()).isNaN();
    assertThat(spy.unsupported()).containsExactly("openInterest");
    assertThat(spy.source()).isEqualTo("tradier");
    assertThat(spy.fallbackReason()).isEmpty();
  }

  @Test
  void shouldMakeNothingUpWhereASideIsNotQuoted() {
    server.answer(QUOTES, Payloads.text("quotes.list.json"));

    List<MarketSnapshot> found = snapshots(BRK_B, SPX);

    assertThat(found.get(0).bid()).as("0 is no bid").isNaN();
    assertThat(found.get(0).ask()).isEqualTo(498.4);
    assertThat(found.get(0).atMillis()).isEqualTo(1_764_600_601_000L);
    assertThat(found.get(1).bid()).isNaN();
    assertThat(found.get(1).ask()).isNaN();
    assertThat(found.get(1).last()).isEqualTo(6531.27);
    assertThat(found.get(0).tellsSides()).isTrue();
  }

  @Test
  void shouldTakeNoZerosOfAnIndexForWhatItNeverHas() {
    server.answer(QUOTES, Payloads.text("quotes.list.json"));

    MarketSnapshot spx = snapshots(SPX).get(0);

    assertThat(spx.volume()).isNaN();
    assertThat(spx.bidSize()).isNaN();
    assertThat(spx.askSize()).isNaN();
    assertThat(spx.tellsSides()).isFalse();
    assertThat(spx.quotedAtMillis()).isZero();
    assertThat(spx.lastAtMillis()).isEqualTo(1_764_600_604_000L);
    assertThat(spx.unsupported())
        .contains("bid", "ask", "bidSize", "askSize", "volume", "openInterest");
    assertThat(spx.high()).isEqualTo(6534.2);
  }

  @Test
  void shouldNotTakeAnIndexForAShareOfItsName() {
    server.answer(QUOTES, Payloads.text("quotes.list.json"));

    assertThat(snapshots(Instrument.of("SPX"))).isEmpty();
  }

  @Test
  void shouldTakeASingleObjectForAList() {
    server.answer(QUOTES, Payloads.text("quotes.single.json"));

    assertThat(snapshots(CALL)).singleElement().satisfies(call -> {
      assertThat(call.bid()).isEqualTo(11.4);
      assertThat(call.openInterest()).isEqualTo(15_230);
      assertThat(call.unsupported()).isEmpty();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"quotes.null.json", "quotes.unmatched.json"})
  void shouldLeaveOutWhatIsNotKnown(String fixture) {
    server.answer(QUOTES, Payloads.text(fixture));

    assertThat(snapshots(CALL, SPY)).isEmpty();
  }

  @Test
  void shouldSplitLongQuestions() {
    server.answer(QUOTES, Payloads.text("quotes.null.json"));
    List<Instrument> many =
        IntStream.range(0, 401).mapToObj(i -> Instrument.of("S" + i)).toList();

    run(() -> provider.snapshots(many, Priority.READER));

    assertThat(server.asked(QUOTES)).hasSize(3);
    assertThat(snapshots()).isEmpty();
    assertThat(server.asked(QUOTES)).hasSize(3);
  }

  @Test
  void shouldTellAContractWithGreeksAndTheirOwnTime() {
    server.answer(QUOTES, Payloads.text("quotes.single.json"));

    ContractSnapshot told = run(() -> provider.contract(CALL, Priority.READER));

    assertThat(server.asked(QUOTES).get(0).body())
        .isEqualTo("symbols=SPY251219C00650000%2CSPY&greeks=true");
    assertThat(told.spot()).as("the provider did not tell of the underlying").isNaN();
    SnapshotLeg leg = told.leg();
    assertThat(leg.symbol()).isEqualTo(CALL.symbol());
    assertThat(leg.greeks()).isEqualTo(new Greeks(0.56, 0.0123, -0.214, 0.611, 0.173));
    assertThat(leg.volatility()).isEqualTo(0.142);
    assertThat(leg.atMillis()).isEqualTo(1_764_600_603_000L);
    assertThat(Instant.ofEpochMilli(leg.greeksAtMillis()))
        .as("14:59 in New York would be in the future, so it was Greenwich")
        .isEqualTo(Instant.parse("2025-12-01T14:59:07Z"));
    assertThat(leg.source()).isEqualTo("tradier");
    assertThat(leg.unsupported()).isEmpty();
  }

  @Test
  void shouldTellTheUnderlyingsPriceBesideAContract() {
    server.answer(QUOTES, Payloads.text("quotes.list.json"));

    ContractSnapshot told = run(() -> provider.contract(CALL, Priority.READER));

    assertThat(told.leg().symbol()).isEqualTo(CALL.symbol());
    assertThat(told.spot()).isEqualTo(652.91);
    assertThat(told.spotAtMillis()).isEqualTo(1_764_600_606_000L);
    assertThat(
            failure(() -> provider.contract(Instrument.of("O:SPY251219C00999000"), Priority.READER))
                .code())
        .as("an answer about others alone")
        .isEqualTo(Failure.CONTRACT_NOT_FOUND);
  }

  @Test
  void shouldSayThatThereIsNoSuchContract() {
    server.answer(QUOTES, Payloads.text("quotes.unmatched.json"));

    assertThat(failure(() -> provider.contract(CALL, Priority.READER)).code())
        .isEqualTo(Failure.CONTRACT_NOT_FOUND);
    assertThat(failure(() -> provider.contract(SPY, Priority.READER)).code())
        .isEqualTo(Failure.CONTRACT_NOT_FOUND);
    assertThat(server.asked(QUOTES)).hasSize(1);
  }

  @Test
  void shouldNotTakeSilenceForNoSuchContract() {
    server.answer(QUOTES, Payloads.text("quotes.null.json"));

    assertThat(failure(() -> provider.contract(CALL, Priority.READER)).code())
        .isEqualTo(Failure.PROVIDER_ERROR);
  }

  @Test
  void shouldTellAListing() {
    server.answer(QUOTES, Payloads.text("quotes.list.json"));

    assertThat(run(() -> provider.listing(BRK_B)))
        .isEqualTo(new Listing(BRK_B, "Berkshire Hathaway Inc", "stock", "XNYS"));
    assertThat(run(() -> provider.listing(SPX)))
        .isEqualTo(new Listing(SPX, "S&P 500 Index", "index", ""));
    assertThat(failure(() -> provider.listing(Instrument.of("SPX"))).code())
        .isEqualTo(Failure.UNKNOWN_INSTRUMENT);
    assertThat(failure(() -> provider.listing(Instrument.of("F:ES"))).code())
        .isEqualTo(Failure.UNKNOWN_INSTRUMENT);
  }

  private List<MarketSnapshot> snapshots(Instrument... instruments) {
    return run(() -> provider.snapshots(List.of(instruments), Priority.READER)).told();
  }
}
