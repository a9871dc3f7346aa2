package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.ingest.ChainQuery;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.Priority;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.ExerciseStyle;
import io.candlehub.model.Greeks;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.feed.TradeEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SnapshotRestTest extends RestFixture {
  private static final Instrument SPY = Instrument.of("SPY");
  private static final Instrument SPX = Instrument.of("I:SPX");
  private static final Instrument CALL = Instrument.of("O:SPY251219C00650000");
  private static final LocalDate DECEMBER = LocalDate.of(2025, 12, 19);

  private SnapshotRest rest;

  @BeforeEach
  void openSnapshots() {
    rest = new SnapshotRest(pages, meters);
  }

  @Test
  void shouldReadWhatAChainTells() {
    server.answer(200, Payload.text("chain"));

    ChainSnapshot chain = run(() -> rest.chain(december(SPY), new Errand(Priority.READER)));

    assertThat(server.requests().get(0).uri())
        .isEqualTo("/v3/snapshot/options/SPY?expiration_date.gte=2025-12-19"
            + "&expiration_date.lte=2025-12-19&sort=ticker&order=asc&limit=250");
    assertThat(chain.spot()).isEqualTo(652.91);
    assertThat(chain.spotAtMillis()).isEqualTo(1764601199123L);
    SnapshotLeg call = chain.legs().get(0);
    assertThat(call.terms().style()).isEqualTo(ExerciseStyle.AMERICAN);
    assertThat(call.bid()).isEqualTo(12.40);
    assertThat(call.ask()).isEqualTo(12.50);
    assertThat(call.bidSize()).isEqualTo(17);
    assertThat(call.askSize()).isEqualTo(24);
    assertThat(call.last()).isEqualTo(12.45);
    assertThat(call.volume()).isEqualTo(5012);
    assertThat(call.openInterest()).isEqualTo(15230);
    assertThat(call.volatility()).isEqualTo(0.1421);
    assertThat(call.greeks()).isEqualTo(new Greeks(0.56, 0.0123, -0.214, 0.611, Double.NaN));
    assertThat(call.atMillis()).isEqualTo(1764601195351L);
    assertThat(call.unsupported()).containsExactly("rho");
    SnapshotLeg put = chain.legs().get(1);
    assertThat(put.greeks()).isEqualTo(Greeks.NONE);
    assertThat(List.of(put.volatility(), put.last(), put.volume())).containsOnly(Double.NaN);
    assertThat(violations()).isZero();
  }

  @Test
  void shouldTakeNothingForGrantedInAChain() {
    server.answer(200, Payload.text("chain.odd"));

    ChainSnapshot chain = run(() -> rest.chain(december(SPX), new Errand(Priority.READER)));

    assertThat(chain.spot()).isEqualTo(6531.27);
    assertThat(chain.legs())
        .extracting(SnapshotLeg::symbol)
        .containsExactly("O:SPXW251219P06500000", "O:SPX251219C06500000", "O:SPY1251219C00650000");
    SnapshotLeg nobodyBids = chain.legs().get(0);
    assertThat(nobodyBids.bid()).isNaN();
    assertThat(nobodyBids.bidSize()).isZero();
    assertThat(nobodyBids.ask()).isEqualTo(0.05);
    assertThat(nobodyBids.last()).isEqualTo(0.10);
    SnapshotLeg bare = chain.legs().get(1);
    assertThat(bare.terms().style()).isEqualTo(ExerciseStyle.EUROPEAN);
    assertThat(bare.terms().sharesPerContract()).isEqualTo(100);
    assertThat(bare.openInterest()).isZero();
    assertThat(bare.atMillis()).isZero();
    SnapshotLeg impossible = chain.legs().get(2);
    assertThat(impossible.terms().sharesPerContract()).isEqualTo(10);
    assertThat(List.of(
            impossible.bid(),
            impossible.ask(),
            impossible.bidSize(),
            impossible.openInterest(),
            impossible.volatility(),
            impossible.greeks().delta()))
        .containsOnly(Double.NaN);
    assertThat(impossible.atMillis()).isEqualTo(1764601195000L);
    assertThat(violations("not-finite")).isEqualTo(2);
    assertThat(violations("not-positive")).isEqualTo(1);
    assertThat(violations("negative-volume")).isEqualTo(1);
    assertThat(violations("wrong-type")).isEqualTo(2);
    assertThat(violations("bad-symbol")).isEqualTo(1);
    assertThat(violations("missing-field")).isEqualTo(1);
    assertThat(violations("malformed")).isEqualTo(2);
  }

  @Test
  void shouldFollowEveryPageOfAChain() {
    server.answer(request -> {
      JsonObject page = Payload.object("chain");
      JsonArray rows = page.getJsonArray("results");
      if (request.getParam("cursor") == null) {
        page.put("results", new JsonArray().add(rows.getValue(0)))
            .put("next_url", server.url() + "/v3/snapshot/options/SPY?cursor=b2s%3D");
      }
      request.response().end(page.toBuffer());
    });

    ChainSnapshot chain = run(() -> rest.chain(december(SPY), new Errand(Priority.READER)));

    assertThat(chain.legs()).hasSize(2);
    assertThat(chain.askedAtMillis()).isEqualTo(TEN);
    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests().get(1).getHeader("Authorization")).isEqualTo("Bearer test-key");
  }

  @Test
  void shouldAskForNoMorePagesOfAChainThatNobodyWaitsFor() {
    Promise<Void> second = Promise.promise();
    server.answer(request -> {
      JsonObject page = Payload.object("chain")
          .put("next_url", server.url() + "/v3/snapshot/options/SPY?cursor=b2s%3D");
      if (request.getParam("cursor") == null) {
        request.response().end(page.toBuffer());
      } else {
        second.complete();
      }
    });
    Errand errand = new Errand(Priority.READER);

    Future<ChainSnapshot> chain = begin(() -> rest.chain(december(SPY), errand));
    second.future().await();
    run(() -> {
      errand.drop();
      return Future.succeededFuture();
    });

    assertThat(FailureException.of(catchThrowable(chain::await)).code())
        .isEqualTo(Failure.UNAVAILABLE);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void shouldNameUnderlyingsAsEachEndpointDoes() {
    server.answer(200, "{\"status\":\"OK\",\"results\":[]}");

    run(() -> rest.chain(december(SPX), new Errand(Priority.READER)));
    run(() -> rest.expirations(SPX, Priority.READER));
    run(() -> rest.expirations(Instrument.of("BRK.B"), Priority.READER));

    assertThat(server.requests().get(0).path()).isEqualTo("/v3/snapshot/options/I:SPX");
    assertThat(server.requests().get(1).getParam("underlying_ticker")).isEqualTo("SPX");
    assertThat(server.requests().get(2).getParam("underlying_ticker")).isEqualTo("BRK.B");
    assertThat(server.requests().get(1).getParam("limit")).isEqualTo("1000");
  }

  @Test
  void shouldNotTakeAnIndexForAShareOfItsName() {
    Instrument share = Instrument.of("SPX");

    assertThat(failure(() -> rest.expirations(share, Priority.READER)).code())
        .isEqualTo(Failure.UNKNOWN_INSTRUMENT);
    assertThat(failure(() -> rest.chain(december(share), new Errand(Priority.READER)))
            .code())
        .isEqualTo(Failure.UNKNOWN_INSTRUMENT);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void shouldFindAContractBelowItsUnderlying() {
    server.answer(404, "{\"status\":\"NOT_FOUND\",\"message\":\"Ticker not found.\"}");

    for (String contract : List.of("O:SPXW251219P06500000", "O:BRKB251219C00500000")) {
      assertThat(failure(() -> rest.contract(Instrument.of(contract), Priority.READER))
              .code())
          .isEqualTo(Failure.CONTRACT_NOT_FOUND);
    }

    assertThat(server.requests().get(0).path())
        .isEqualTo("/v3/snapshot/options/I:SPX/O:SPXW251219P06500000");
    assertThat(server.requests().get(1).path())
        .isEqualTo("/v3/snapshot/options/BRK.B/O:BRKB251219C00500000");
  }

  @Test
  void shouldNotTakeAnotherContractForTheOneAsked() {
    server.answer(200, Payload.text("contract"));

    ContractSnapshot told = run(() -> rest.contract(CALL, Priority.READER));
    assertThat(told.leg().bid()).isEqualTo(12.40);
    assertThat(told.spot()).isEqualTo(652.91);
    assertThat(told.spotAtMillis()).isEqualTo(1764601199123L);
    assertThat(failure(() -> rest.contract(Instrument.of("O:SPY251219C00660000"), Priority.READER))
            .code())
        .isEqualTo(Failure.PROVIDER_ERROR);
    assertThat(failure(() -> rest.contract(Instrument.of("O:SPY"), Priority.READER))
            .code())
        .isEqualTo(Failure.CONTRACT_NOT_FOUND);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void shouldReadSnapshotsOfEveryClass() {
    server.answer(200, Payload.text("snapshots"));

    List<MarketSnapshot> found = run(() -> rest.snapshots(List.of(SPY, CALL, SPX), Priority.WARM));

    assertThat(server.requests().get(0).uri())
        .isEqualTo("/v3/snapshot?limit=250&ticker.any_of=SPY,O:SPY251219C00650000,I:SPX");
    assertThat(found)
        .extracting(snapshot -> snapshot.instrument().symbol())
        .containsExactly("SPY", "O:SPY251219C00650000", "I:SPX", "XYZ");
    MarketSnapshot share = found.get(0);
    assertThat(share.name()).isEqualTo("SPDR S&P 500 ETF");
    assertThat(share.last()).isEqualTo(652.91);
    assertThat(share.previousClose()).isEqualTo(651.71);
    assertThat(share.volume()).isEqualTo(1830442);
    assertThat(share.atMillis()).isEqualTo(1764601195130L);
    assertThat(share.quotedAtMillis()).isEqualTo(1764601195130L);
    assertThat(share.lastAtMillis()).isEqualTo(1764601195123L);
    assertThat(share.unsupported()).containsExactly("openInterest");
    assertThat(found.get(1).openInterest()).isEqualTo(15230);
    assertThat(found.get(1).lastAtMillis()).as("the trade's own").isEqualTo(1764601193333L);
    MarketSnapshot index = found.get(2);
    assertThat(index.last()).isEqualTo(6531.27);
    assertThat(index.quotedAtMillis()).as("nobody quotes it").isZero();
    assertThat(index.lastAtMillis()).isEqualTo(1764601195000L);
    assertThat(List.of(index.bid(), index.volume())).containsOnly(Double.NaN);
    assertThat(index.unsupported()).contains("bid", "volume").doesNotContain("last");
    MarketSnapshot quiet = found.get(3);
    assertThat(List.of(quiet.last(), quiet.open(), quiet.high(), quiet.low(), quiet.bid()))
        .containsOnly(Double.NaN);
    assertThat(quiet.previousClose()).isEqualTo(12.5);
    assertThat(quiet.quotedAtMillis()).isEqualTo(1764601195000L);
    assertThat(quiet.lastAtMillis()).as("nothing was traded").isZero();
    assertThat(quiet.volume()).isZero();
    assertThat(violations()).isEqualTo(1);
  }

  @Test
  void shouldAskForManySnapshotsInFewRequests() {
    server.answer(request -> {
      JsonArray rows = new JsonArray();
      for (String ticker : request.getParam("ticker.any_of").split(",", -1)) {
        rows.add(new JsonObject().put("ticker", ticker).put("value", 5));
      }
      request.response().end(new JsonObject().put("results", rows).toBuffer());
    });
    List<Instrument> indices =
        IntStream.range(0, 600).mapToObj(i -> Instrument.of("I:X" + i)).toList();

    List<MarketSnapshot> found = run(() -> rest.snapshots(indices, Priority.WARM));

    assertThat(found).extracting(MarketSnapshot::instrument).containsExactlyElementsOf(indices);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void shouldFailSnapshotsOnlyIfNothingIsLeft() {
    server.answer(
        200, "{\"results\":[{\"ticker\":\"I:SPX\",\"error\":\"NOT_ENTITLED\",\"message\":\"x\"}]}");

    assertThat(failure(() -> rest.snapshots(List.of(SPX), Priority.WARM)).code())
        .isEqualTo(Failure.NOT_ENTITLED);
    assertThat(failure(() -> rest.snapshots(List.of(Instrument.of("F:ES")), Priority.WARM))
            .code())
        .isEqualTo(Failure.UNSUPPORTED);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void shouldReadTradesToTheNanosecond() {
    server.answer(200, Payload.text("trades.rest"));

    List<TradeEvent> trades = run(() -> rest.trades(SPY, 500, Priority.READER));

    assertThat(server.requests().get(0).uri())
        .isEqualTo("/v3/trades/SPY?order=desc&sort=timestamp&limit=500");
    assertThat(trades)
        .containsExactly(
            new TradeEvent(SPY, 1764601198000L, 1, 1203310, 4, 652.9, 1, List.of(37), true),
            new TradeEvent(SPY, 1764601199123L, 456789, 1203312, 4, 652.91, 7, List.of(), true),
            new TradeEvent(
                SPY, 1764601199123L, 456789, 1203313, 11, 652.92, 100.5, List.of(14, 37), true));
    assertThat(trades.get(1).atNanos()).isEqualTo(1764601199123456789L);
    assertThat(violations("not-positive")).isEqualTo(1);
    assertThat(violations("negative-volume")).isEqualTo(1);
    assertThat(violations("not-finite")).isEqualTo(1);
    assertThat(violations("missing-field")).isEqualTo(2);
    assertThat(violations("wrong-type")).isEqualTo(3);
    assertThat(violations("malformed")).isEqualTo(1);
    assertThat(violations()).isEqualTo(9);
  }

  @Test
  void shouldAskForNoTradesOfIndices() {
    assertThat(failure(() -> rest.trades(SPX, 5, Priority.READER)).code())
        .isEqualTo(Failure.UNSUPPORTED);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void shouldNeverThrowOnMutatedAnswers() {
    Random random = new Random(11);
    for (String name : List.of("chain", "chain.odd", "snapshots", "trades.rest", "contracts")) {
      byte[] good = Payload.text(name).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 5_000; i++) {
        byte[] bytes = good.clone();
        for (int change = 0; change <= random.nextInt(4); change++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        LegRows legs = new LegRows(meters);
        SnapshotRows snapshots = new SnapshotRows(meters);
        TradeRows trades = new TradeRows(SPY, meters);
        for (Rows rows : List.of(legs, snapshots, trades, new ExpirationRows(meters))) {
          ResultsReader reader = new ResultsReader(rows);
          int cut = random.nextInt(bytes.length);
          reader.feed(Buffer.buffer(bytes).slice(0, cut));
          reader.feed(Buffer.buffer(bytes).slice(cut, bytes.length));
          reader.finish();
        }
        assertThat(legs.legs()).allSatisfy(leg -> {
          assertThat(leg.bid()).isNotEqualTo(0).isNotEqualTo(Double.POSITIVE_INFINITY);
          assertThat(Double.isNaN(leg.openInterest()) || leg.openInterest() >= 0)
              .isTrue();
        });
        assertThat(trades.oldestFirst())
            .allSatisfy(trade -> assertThat(trade.atNanos()).isPositive());
        assertThat(snapshots.snapshots()).doesNotContainNull();
      }
    }
  }

  private static ChainQuery december(Instrument underlying) {
    return new ChainQuery(underlying, DECEMBER, DECEMBER);
  }
}
