package io.candlehub.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.candlehub.model.TradingCalendar;
import io.candlehub.simulator.market.ContractState;
import io.candlehub.simulator.market.ContractStates;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.option.Contract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chains as of an instant: per contract the last quote row until then, and the minutes that began before it. */
@Timeout(60)
class ReplayOptionsTest {
  private static final TradingCalendar CALENDAR = TradingCalendar.nyse();
  private static final String QUOTES = "ticker,ask_exchange,ask_price,ask_size,bid_exchange,"
      + "bid_price,bid_size,sequence_number,sip_timestamp";

  @TempDir
  Path folder;

  private static long at(String time) {
    return ZonedDateTime.parse(time).toInstant().toEpochMilli();
  }

  private static String quote(String ticker, double bid, double ask, long millis) {
    return ticker + ",," + ask + ",7,," + bid + ",5,1," + millis + "999999";
  }

  @Test
  void shouldReplayChainsOfFilesAsOfAnInstant() {
    long ten = at("2014-06-05T10:00:00-04:00");
    String call = "O:ABC140621C00010000";
    String put = "O:ABC140621P00010000";
    String never = "O:ABC140621C00012000";
    new FlatFileFolder(folder)
        .packed(
            "us_options_opra/quotes_v1",
            "2014-06-05",
            QUOTES,
            List.of(
                quote(call, 1.0, 1.2, ten - 60_001),
                quote(call, 1.1, 1.3, ten - 1),
                quote(call, 1.4, 1.6, ten + 59_999),
                quote(put, 0, 0.4, ten - 1)))
        .packed(
            "us_options_opra/minute_aggs_v1",
            "2014-06-05",
            FlatFileFolder.BARS,
            List.of(
                call + ",3,1.1,1.2,1.2,1.1," + (ten - 120_000) + "000000,",
                call + ",4,1.2,1.25,1.3,1.2," + ten + "000000,"))
        .packed(
            "us_options_opra/open_interest",
            "2014-06-05",
            "ticker,open_interest,timestamp",
            List.of(call + ",17,0", never + ",0,0"))
        .packed(
            "minute_aggs_v1",
            "2014-06-05",
            FlatFileFolder.BARS,
            List.of("ABC,100,10,10.5,11,9.9," + (ten - 60_000) + "000000,"))
        .packed(
            "us_indices/minute_aggs_v1",
            "2014-06-05",
            "ticker,open,close,high,low,window_start",
            List.of("I:SPX,1900,1901,1902,1899," + (ten - 60_000) + "000000"));
    ReplayMarket market = ReplayMarket.open(folder, CALENDAR);
    ContractStates states = new ContractStates(new MarketView(market, CALENDAR));
    LocalDate date = LocalDate.of(2014, 6, 5);
    List<Contract> chain = market.options().contracts("ABC", date);
    assertThat(chain).extracting(Contract::ticker).containsExactly(call, never, put);
    ContractState state = states.of(chain.get(0), ten);
    assertThat(state.quote().bid(0)).isEqualTo(new Quotes.Side(1.1, 5, 0));
    assertThat(state.session().row(0).volume()).isEqualTo(3);
    assertThat(state.openInterest()).isEqualTo(17);
    assertThat(state.valuation().isKnown()).isFalse();
    assertThat(states.of(chain.get(1), ten).quote().size()).isZero();
    assertThat(states.of(chain.get(2), ten).openInterest()).isNegative();
    assertThat(states.spot("ABC", ten).close(0)).isEqualTo(10.5);
    assertThat(states.spot("I:SPX", ten).close(0)).isEqualTo(1901);
    assertThat(market.indices()).hasSize(1);
  }

  @Test
  void shouldFallBackOnHourlyQuotesOfTheSharedData() {
    ReplayMarket market = ReplayMarket.open(shared(), CALENDAR);
    ContractStates states = new ContractStates(new MarketView(market, CALENDAR));
    long noon = at("2014-06-06T12:00:00-04:00");
    List<Contract> chain = market.options().contracts("AAPL", LocalDate.of(2014, 6, 6));
    assertThat(
            chain.stream().filter(contract -> states.of(contract, noon).quote().size() > 0))
        .hasSize(2_352);
    Contract call = Contract.parse("O:AAPL140613C00650000").orElseThrow();
    Quotes quote = states.of(call, noon).quote();
    assertThat(quote.bid(0)).isEqualTo(new Quotes.Side(9.55, 50, 0));
    assertThat(quote.ask(0)).isEqualTo(new Quotes.Side(9.7, 34, 0));
    assertThat(states.spot("AAPL", noon).close(0)).isEqualTo(649.69);
  }

  private static Path shared() {
    String data = System.getProperty(
        "CANDLEHUB_SHARED_DATA", System.getenv().getOrDefault("CANDLEHUB_SHARED_DATA", ""));
    Assumptions.assumeTrue(
        !data.isEmpty() && Files.isDirectory(Path.of(data)),
        "skipped: CANDLEHUB_SHARED_DATA names no folder of recorded data");
    return Path.of(data);
  }

  @ParameterizedTest
  @CsvSource({
    "TWX, 2014-06-05T11:00:00-04:00, 184, 170, 1965, 11, 70.93, 90887, O:TWX140621C00070000, 1.58, 81, 1.64, 80, 51",
    "TWX, 2014-06-06T15:30:00-04:00, 184, 170, 1165, 29, 70.69, 93786, O:TWX150117P00070000, 4.25, 462, 4.4, 36, 0",
    "GOOG, 2015-12-23T11:00:00-05:00, 118, 79, 1742, 27, 746.98, 20375, O:GOOG151224P00747500, 3.5, 20, 3.9, 5, 23",
    "SPY, 2023-08-03T12:00:00-04:00, 4, 4, 2852, 4, 449.28, 0, O:SPY230901P00430000, 1.99, 1019, 2, 782, 2512",
    "I:SPX, 2021-01-04T10:30:00-05:00, 18, 17, 10930, 12, 3738.81, 161195, O:SPXW210108P03700000, 23.6, 41, 23.9, 33, 1756"
  })
  void shouldReplayTheSharedChainsExactly(
      String underlying,
      String time,
      int quoted,
      int bothSides,
      double volume,
      int traded,
      double spot,
      long interest,
      String ticker,
      double bid,
      int bidSize,
      double ask,
      int askSize,
      double contractVolume) {
    ReplayMarket market = ReplayMarket.open(shared(), CALENDAR);
    ContractStates states = new ContractStates(new MarketView(market, CALENDAR));
    long millis = at(time);
    int seen = 0;
    int both = 0;
    int withVolume = 0;
    double total = 0;
    long open = 0;
    for (Contract contract : market.options().contracts(underlying, CALENDAR.dateOf(millis))) {
      ContractState state = states.of(contract, millis);
      seen += state.quote().size();
      both += Double.isNaN(state.midpoint()) ? 0 : 1;
      withVolume += state.session().size();
      total += state.session().size() > 0 ? state.session().volume(0) : 0;
      open += Math.max(0, state.openInterest());
      if (contract.ticker().equals(ticker)) {
        assertThat(state.quote().bid(0)).isEqualTo(new Quotes.Side(bid, bidSize, 0));
        assertThat(state.quote().ask(0)).isEqualTo(new Quotes.Side(ask, askSize, 0));
        assertThat(state.session().size() == 0 ? 0 : state.session().volume(0))
            .isEqualTo(contractVolume);
      }
    }
    assertThat(seen).isEqualTo(quoted);
    assertThat(both).isEqualTo(bothSides);
    assertThat(withVolume).isEqualTo(traded);
    assertThat(total).isEqualTo(volume);
    assertThat(open).isEqualTo(interest);
    assertThat(states.spot(underlying, millis).close(0)).isCloseTo(spot, within(1e-9));
  }
}
