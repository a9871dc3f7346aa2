package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Failure;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.ingest.Listing;
import io.candlehub.ingest.Priority;
import io.candlehub.model.Instrument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the REST interface tells of options and indices where it differs from shares. */
@Timeout(30)
class OtherClassesRestTest extends RestFixture {
  private static final Instrument CONTRACT = Instrument.of("O:SPY251219C00650000");
  private static final Instrument SPX = Instrument.of("I:SPX");

  private MassiveRest rest;

  @BeforeEach
  void openRest() {
    rest = new MassiveRest(pages, meters);
  }

  @Test
  void shouldFindContractsInTheirOwnReferenceData() {
    server.answer(
        200,
        "{\"results\":{\"ticker\":\"O:SPY251219C00650000\",\"contract_type\":\"call\","
            + "\"primary_exchange\":\"BATO\",\"strike_price\":650},\"status\":\"OK\"}");

    assertThat(run(() -> rest.listing(CONTRACT)))
        .isEqualTo(new Listing(CONTRACT, "", "call", "BATO"));
    assertThat(server.requests().get(0).path())
        .isEqualTo("/v3/reference/options/contracts/O:SPY251219C00650000");
  }

  @Test
  void shouldTakeBarsWithoutVolumeOfIndicesOnly() {
    server.answer(
        200,
        "{\"results\":[{\"t\":" + TEN + ",\"o\":6530.9,\"h\":6532,\"l\":6530.4,\"c\":6531.2}]}");

    History history = run(() -> rest.history(minute(SPX), new Errand(Priority.CHART)));

    assertThat(history.bars().close(0)).isEqualTo(6531.2);
    assertThat(history.bars().volume(0)).isZero();
    assertThat(server.requests().get(0).path()).startsWith("/v2/aggs/ticker/I:SPX/range/1/minute/");
    assertThat(run(() -> rest.history(minute(CONTRACT), new Errand(Priority.CHART)))
            .bars()
            .size())
        .isZero();
    assertThat(violations("missing-field")).isEqualTo(1);
  }

  @Test
  void shouldKeepNoBarsOfFutures() {
    assertThat(
            failure(() -> rest.history(minute(Instrument.of("F:ES")), new Errand(Priority.CHART)))
                .code())
        .isEqualTo(Failure.UNSUPPORTED);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void shouldKnowWithoutAskingThatOnlySharesAreSplit() {
    assertThat(run(() -> rest.splits(SPX))).isEmpty();
    assertThat(run(() -> rest.splits(CONTRACT))).isEmpty();
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void shouldSearchIndicesByTheirPrefix() {
    server.answer(200, "{\"results\":[{\"ticker\":\"I:SPX\",\"name\":\"S&P 500\"}]}");

    assertThat(run(() -> rest.search("i:sp", 2)))
        .containsExactly(new Listing(SPX, "S&P 500", "", ""));
    assertThat(server.requests().get(0).getParam("market")).isEqualTo("indices");
    assertThat(server.requests().get(0).getParam("search")).isEqualTo("sp");
  }

  private static HistoryQuery minute(Instrument instrument) {
    return new HistoryQuery(instrument, HistoryUnit.MINUTE, TEN, TEN);
  }
}
