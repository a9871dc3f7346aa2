package io.candlehub.ingest.provider.tradier;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Failure;
import io.candlehub.ingest.Listing;
import io.candlehub.ingest.MarketStatus;
import io.candlehub.ingest.Priority;
import io.candlehub.model.Instrument;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TradierReferenceTest extends TradierFixture {
  private static final String CLOCK = "/v1/markets/clock";
  private static final String SEARCH = "/v1/markets/search";
  private static final String LOOKUP = "/v1/markets/lookup";
  private static final String NOTHING = "{\"securities\":null}";

  @Test
  void shouldTellWhatTheClockTells() {
    server.answer(CLOCK, Payloads.text("clock.json"));

    assertThat(run(() -> provider.marketStatus()))
        .isEqualTo(
            new MarketStatus("open", Map.of(), "2025-12-01T09:50:05-05:00", false, false, NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "premarket,extended-hours,true,false",
    "postmarket,extended-hours,false,true",
    "closed,closed,false,false"
  })
  void shouldTellSessionsInOurWords(String state, String market, boolean early, boolean after) {
    server.answer(CLOCK, Payloads.text("clock.json").replace("\"open\"", "\"" + state + "\""));

    assertThat(run(() -> provider.marketStatus())).satisfies(status -> {
      assertThat(status.market()).isEqualTo(market);
      assertThat(status.earlyHours()).isEqualTo(early);
      assertThat(status.afterHours()).isEqualTo(after);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"clock\":null}", "{\"clock\":{\"state\":\"lunch\"}}", "{}"})
  void shouldNotTakeAnythingElseForAState(String body) {
    server.answer(CLOCK, body);

    assertThat(failure(() -> provider.marketStatus()).code()).isEqualTo(Failure.PROVIDER_ERROR);
  }

  @Test
  void shouldSearchWithTheExactSymbolFirst() {
    server.answer(SEARCH, Payloads.text("search.list.json"));
    server.answer(LOOKUP, NOTHING);

    assertThat(run(() -> provider.search("spy ?", 3)))
        .extracting(listing -> listing.instrument().symbol())
        .containsExactly("SPYG", "SPY", "BRK.B");
    assertThat(server.asked(SEARCH).get(0).uri()).isEqualTo(SEARCH + "?q=spy%20%3F&indexes=true");
    assertThat(run(() -> provider.search("spy", 1)))
        .containsExactly(new Listing(SPY, "SPDR S&P 500", "etf", "ARCX"));
    assertThat(run(() -> provider.search("spx", 1)))
        .extracting(Listing::instrument)
        .containsExactly(Instrument.of("I:SPX"));
    assertThat(violations("bad-symbol")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"search.single.json,1", "search.null.json,0"})
  void shouldReadCollapsedLists(String fixture, int count) {
    server.answer(SEARCH, Payloads.text(fixture));
    server.answer(LOOKUP, Payloads.text(fixture));

    assertThat(run(() -> provider.search("spy", 9))).hasSize(count);
  }

  @Test
  void shouldFindSymbolsWhereOnlySymbolsAreKnown() {
    server.answer(SEARCH, NOTHING);
    server.answer(LOOKUP, Payloads.text("search.list.json"));

    assertThat(run(() -> provider.search("brk.b", 2)))
        .extracting(listing -> listing.instrument().symbol())
        .containsExactly("BRK.B", "SPYG");
    run(() -> provider.search("I:SPX", 2));
    run(() -> provider.search("s&p 500", 2));
    assertThat(server.asked(LOOKUP))
        .extracting(FakeTradier.Asked::uri)
        .containsExactly(
            LOOKUP + "?q=BRK%2FB&types=stock,etf,index",
            LOOKUP + "?q=SPX&types=stock,etf,index",
            LOOKUP + "?q=s%26p%20500&types=stock,etf,index");
  }

  @Test
  void shouldTellSymbolsBeforeNames() {
    server.answer(LOOKUP, Payloads.text("search.single.json"));
    server.answer(SEARCH, Payloads.text("search.list.json"));

    assertThat(run(() -> provider.search("sp", 9)))
        .extracting(listing -> listing.instrument().symbol())
        .containsExactly("SPY", "SPYG", "BRK.B", "I:SPX");
  }

  @Test
  void shouldNotTakeHalfOfTheAnswerForTheWhole() {
    server.answer(SEARCH, Payloads.text("search.list.json"));
    server.answer(LOOKUP, "{}");

    assertThat(failure(() -> provider.search("spy", 9)).code()).isEqualTo(Failure.PROVIDER_ERROR);
  }

  @Test
  void shouldRefuseWhatItDoesNotHave() {
    assertThat(failure(() -> provider.splits(SPY)).code()).isEqualTo(Failure.UNSUPPORTED);
    assertThat(failure(() -> provider.trades(SPY, 5, Priority.READER)).code())
        .isEqualTo(Failure.UNSUPPORTED);
    assertThat(failure(() -> provider.snapshots(List.of(Instrument.of("F:ES")), Priority.READER))
            .code())
        .isEqualTo(Failure.UNSUPPORTED);
    assertThat(server.asked()).isEmpty();
  }
}
