package io.candlehub.ingest.provider.tradier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.ingest.ChainQuery;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.Priority;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.ExerciseStyle;
import io.candlehub.model.Instrument;
import io.candlehub.model.SnapshotLeg;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TradierChainsTest extends TradierFixture {
  private static final String CHAINS = "/v1/markets/options/chains";
  private static final String EXPIRATIONS = "/v1/markets/options/expirations";
  private static final String QUOTES = "/v1/markets/quotes";
  private static final LocalDate DECEMBER = LocalDate.of(2025, 12, 19);
  private static final LocalDate JANUARY = LocalDate.of(2026, 1, 16);

  @Test
  void shouldAskForTheExpirationsOfAllRoots() {
    server.answer(EXPIRATIONS, Payloads.text("expirations.list.json"));

    assertThat(run(() -> provider.expirations(SPX, Priority.READER))).satisfies(told -> {
      assertThat(told.underlying()).isEqualTo("I:SPX");
      assertThat(told.dates())
          .as("today's options still trade, yesterday's do not")
          .containsExactly(LocalDate.of(2025, 12, 1), DECEMBER, JANUARY);
      assertThat(told.source()).isEqualTo("tradier");
      assertThat(told.fallbackReason()).isEmpty();
    });
    assertThat(server.asked(EXPIRATIONS).get(0).uri())
        .isEqualTo(EXPIRATIONS + "?symbol=SPX&includeAllRoots=true&strikes=false");
    assertThat(violations("bad-time")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"expirations.single.json,1", "expirations.null.json,0", "expirations.text-null.json,0"
  })
  void shouldReadCollapsedLists(String fixture, int count) {
    server.answer(EXPIRATIONS, Payloads.text(fixture));

    assertThat(run(() -> provider.expirations(SPY, Priority.READER)).dates()).hasSize(count);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"expirations\":5}",
        "{\"fault\":{\"faultstring\":\"no\"}}",
        "",
        "null",
        "{\"expirations\":null}{}",
        "{\"expirations\":{\"date\":[\"2025-12-19\""
      })
  void shouldNotTakeAnythingElseForAnEmptyList(String body) {
    server.answer(EXPIRATIONS, body);

    assertThat(failure(() -> provider.expirations(SPY, Priority.READER)).code())
        .isEqualTo(Failure.PROVIDER_ERROR);
  }

  @Test
  void shouldTellAChainWithGreeksWhereThereAreSome() {
    server.answer(CHAINS, Payloads.text("chain.list.json"));
    server.answer(QUOTES, Payloads.text("quotes.list.json"));

    ChainSnapshot chain = chain(SPX, DECEMBER, DECEMBER);

    assertThat(server.asked(CHAINS).get(0).uri())
        .isEqualTo(CHAINS + "?symbol=SPX&expiration=2025-12-19&greeks=true");
    assertThat(server.asked(EXPIRATIONS)).isEmpty();
    assertThat(chain.underlying()).isEqualTo("I:SPX");
    assertThat(chain.spot()).isEqualTo(6531.27);
    assertThat(chain.spotAtMillis()).isEqualTo(1_764_600_604_000L);
    assertThat(chain.askedAtMillis()).isEqualTo(NOW);
    assertThat(chain.legs())
        .extracting(SnapshotLeg::symbol)
        .containsExactly("O:SPXW251219C06500000", "O:SPX251219P06500000", "O:SPX251219C09900000");
    assertThat(violations("bad-symbol")).isEqualTo(1);

    SnapshotLeg weekly = chain.legs().get(0);
    assertThat(weekly.greeks().vega()).as("for a point of volatility").isEqualTo(5.82);
    assertThat(weekly.volatility()).isEqualTo(0.141);
    assertThat(Instant.ofEpochMilli(weekly.greeksAtMillis()))
        .as("an hour and a half before now")
        .isEqualTo(Instant.parse("2025-12-01T14:00:04Z"));
    assertThat(weekly.atMillis()).isEqualTo(1_764_600_603_000L);
    assertThat(weekly.terms().style()).isEqualTo(ExerciseStyle.EUROPEAN);
  }

  @Test
  void shouldSayNothingWhereNothingIsKnown() {
    server.answer(CHAINS, Payloads.text("chain.list.json"));

    ChainSnapshot chain = chain(SPX, DECEMBER, DECEMBER);

    assertThat(chain.spot()).as("a chain is good without it").isNaN();
    SnapshotLeg put = chain.legs().get(1);
    assertThat(put.bid()).isNaN();
    assertThat(put.ask()).isEqualTo(86.2);
    assertThat(put.last()).isNaN();
    assertThat(put.volume()).isZero();
    assertThat(put.openInterest()).isNaN();
    assertThat(put.volatility()).isNaN();
    assertThat(put.greeks().isEmpty()).isTrue();
    assertThat(put.greeksAtMillis()).isZero();
    SnapshotLeg far = chain.legs().get(2);
    assertThat(far.ask()).as("a number written as text").isEqualTo(0.1);
    assertThat(far.greeks().isEmpty()).as("greeks that are all 0").isTrue();
    assertThat(far.volatility()).isNaN();
  }

  @Test
  void shouldReadAChainOfOneContractWithItsSize() {
    server.answer(CHAINS, Payloads.text("chain.single.json"));

    assertThat(chain(SPY, DECEMBER, DECEMBER).legs()).singleElement().satisfies(leg -> {
      assertThat(leg.symbol()).isEqualTo("O:SPY1251219C00650000");
      assertThat(leg.terms().sharesPerContract()).isEqualTo(97);
    });
  }

  @Test
  void shouldReadAnEmptyChain() {
    server.answer(CHAINS, Payloads.text("chain.null.json"));

    assertThat(chain(SPY, DECEMBER, DECEMBER).legs()).isEmpty();
  }

  @Test
  void shouldAskForEachExpirationOfARange() {
    server.answer(EXPIRATIONS, Payloads.text("expirations.list.json"));
    server.answer(CHAINS, Payloads.text("chain.single.json"));

    ChainSnapshot chain = chain(SPY, DECEMBER, LocalDate.of(2026, 2, 1));

    assertThat(chain.legs()).hasSize(2);
    assertThat(server.asked(CHAINS))
        .extracting(FakeTradier.Asked::uri)
        .containsExactlyInAnyOrder(
            CHAINS + "?symbol=SPY&expiration=2025-12-19&greeks=true",
            CHAINS + "?symbol=SPY&expiration=2026-01-16&greeks=true");
    assertThat(chain(SPY, LocalDate.of(2027, 1, 1), LocalDate.of(2027, 2, 1)).legs())
        .isEmpty();
  }

  @Test
  void shouldFailAsAWholeIfOneExpirationFails() {
    server.answer(EXPIRATIONS, Payloads.text("expirations.list.json"));
    server.answer(CHAINS, request -> {
      boolean second = request.uri().contains("2026");
      request.response().setStatusCode(second ? 500 : 200).end(Payloads.text("chain.null.json"));
    });

    assertThat(failure(() ->
                provider.chain(new ChainQuery(SPY, DECEMBER, JANUARY), new Errand(Priority.READER)))
            .code())
        .isEqualTo(Failure.PROVIDER_ERROR);
  }

  @Test
  void shouldSendNothingMoreOfAChainThatNobodyWaitsFor() {
    open(Map.of("tradier.concurrent-requests", "1"));
    Promise<Void> arrived = Promise.promise();
    server.answer(EXPIRATIONS, Payloads.text("expirations.list.json"));
    server.answer(QUOTES, request -> arrived.complete());
    server.answer(CHAINS, Payloads.text("chain.null.json"));
    Errand errand = new Errand(Priority.READER);

    Future<ChainSnapshot> chain =
        begin(() -> provider.chain(new ChainQuery(SPY, DECEMBER, JANUARY), errand));
    arrived.future().await();
    run(() -> {
      errand.drop();
      return Future.succeededFuture();
    });

    assertThat(FailureException.of(catchThrowable(chain::await)).code())
        .isEqualTo(Failure.UNAVAILABLE);
    assertThat(run(() -> provider.expirations(SPY, Priority.READER)).dates()).isNotEmpty();
    assertThat(server.asked(CHAINS)).isEmpty();
  }

  @Test
  void shouldRefuseWhatHasNoOptions() {
    Instrument future = Instrument.of("F:ES");

    assertThat(failure(() -> provider.expirations(future, Priority.READER)).code())
        .isEqualTo(Failure.UNSUPPORTED);
    assertThat(failure(() -> provider.chain(
                new ChainQuery(CALL, DECEMBER, DECEMBER), new Errand(Priority.READER)))
            .code())
        .isEqualTo(Failure.UNSUPPORTED);
  }

  @Test
  void shouldNotTakeAnIndexForAShareOfItsName() {
    Instrument share = Instrument.of("SPX");

    assertThat(failure(() -> provider.expirations(share, Priority.READER)).code())
        .isEqualTo(Failure.UNKNOWN_INSTRUMENT);
    assertThat(failure(() -> provider.chain(
                new ChainQuery(share, DECEMBER, DECEMBER), new Errand(Priority.READER)))
            .code())
        .isEqualTo(Failure.UNKNOWN_INSTRUMENT);
    assertThat(server.asked(CHAINS)).isEmpty();
  }

  @Test
  void shouldReadTheTimeOfGreeksInEitherZone() {
    long winter = Instant.parse("2025-12-01T21:30:00Z").toEpochMilli();

    assertThat(at("2025-12-01 15:59:07", winter)).isEqualTo("2025-12-01T20:59:07Z");
    assertThat(at("2025-12-01 20:59:07", winter)).isEqualTo("2025-12-01T20:59:07Z");
    assertThat(QuoteRows.updatedMillis("", winter)).isZero();
    assertThat(QuoteRows.updatedMillis("2025-12-01", winter)).isZero();
  }

  private static String at(String text, long nowMillis) {
    return Instant.ofEpochMilli(QuoteRows.updatedMillis(text, nowMillis)).toString();
  }

  private ChainSnapshot chain(Instrument underlying, LocalDate first, LocalDate last) {
    return run(
        () -> provider.chain(new ChainQuery(underlying, first, last), new Errand(Priority.READER)));
  }
}
