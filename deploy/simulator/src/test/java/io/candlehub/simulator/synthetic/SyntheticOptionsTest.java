package io.candlehub.simulator.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.ContractState;
import io.candlehub.simulator.market.ContractStates;
import io.candlehub.simulator.market.DayRollUp;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.market.SymbolDay;
import io.candlehub.simulator.market.Trades;
import io.candlehub.simulator.option.Contract;
import io.candlehub.simulator.option.OptionBook;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SyntheticOptionsTest {
  private static final TradingCalendar CALENDAR = TradingCalendar.nyse();
  private static final Instant THURSDAY = Instant.parse("2025-12-04T23:00:00Z");
  private static final LocalDate DATE = LocalDate.of(2025, 12, 4);
  private static final TradingDay DAY = CALENDAR.day(DATE).orElseThrow();
  private static final long NOON = DAY.openMillis() + 150 * 60_000L;

  private final SyntheticMarket market = new SyntheticMarket(7, CALENDAR, THURSDAY);
  private final OptionBook book = market.options();
  private final ContractStates states = new ContractStates(new MarketView(market, CALENDAR));

  private List<Contract> chain(String underlying, LocalDate expiration) {
    return book.contracts(underlying, DATE).stream()
        .filter(contract -> contract.expiration().equals(expiration))
        .toList();
  }

  @Test
  void shouldListExpirationsAndStrikesAroundTheSpot() {
    List<Contract> spy = book.contracts("SPY", DATE);
    assertThat(spy).hasSizeBetween(3_000, 12_000);
    TreeSet<LocalDate> dates = new TreeSet<>();
    spy.forEach(contract -> dates.add(contract.expiration()));
    assertThat(dates)
        .contains(DATE, LocalDate.of(2025, 12, 5), LocalDate.of(2025, 12, 8))
        .contains(LocalDate.of(2025, 12, 19), LocalDate.of(2026, 1, 16))
        .allSatisfy(date -> assertThat(CALENDAR.day(date)).isPresent());
    double spot = states.spot("SPY", NOON).close(0);
    assertThat(chain("SPY", LocalDate.of(2025, 12, 5)))
        .anyMatch(contract -> contract.strike() < spot * 0.95)
        .anyMatch(contract -> contract.strike() > spot * 1.05);
    for (Contract contract : spy) {
      assertThat(book.contract(contract.ticker(), DATE)).contains(contract);
    }
    assertThat(book.contract("O:SPY251219C00650500", DATE)).isEmpty();
    assertThat(book.underlyings()).contains("SPY", "AAPL", "I:SPX");
    assertThat(chain("I:SPX", LocalDate.of(2025, 12, 19)))
        .extracting(Contract::root)
        .contains("SPX", "SPXW");
  }

  @Test
  void shouldKeepPutCallParity() {
    for (Contract call : chain("I:SPX", LocalDate.of(2025, 12, 19))) {
      if (!call.call()) {
        continue;
      }
      Contract put = Contract.of(call.root(), call.expiration(), call.strikeThousandths(), false);
      var calls = book.valuation(call, NOON);
      var puts = book.valuation(put, NOON);
      double forward =
          calls.terms().spot() * Math.exp(-calls.terms().yield() * calls.terms().years())
              - call.strike() * Math.exp(-calls.terms().rate() * calls.terms().years());
      assertThat(calls.value() - puts.value()).isCloseTo(forward, within(1e-8));
      assertThat(puts.terms().volatility()).isEqualTo(calls.terms().volatility());
    }
  }

  @Test
  void shouldQuoteAroundTheValueOnTheTick() {
    int quoted = 0;
    for (Contract contract : chain("SPY", LocalDate.of(2025, 12, 19))) {
      ContractState state = states.of(contract, NOON);
      Quotes quote = state.quote();
      if (quote.size() == 0) {
        continue;
      }
      double bid = quote.bid(0).price();
      double ask = quote.ask(0).price();
      assertThat(bid).isLessThan(ask);
      assertThat(ask * 100).isCloseTo(Math.rint(ask * 100), within(1e-6));
      assertThat(quote.millis(0)).isBetween(NOON - 60_000, NOON);
      if (bid > 0) {
        assertThat(state.midpoint()).isCloseTo(state.valuation().value(), within(0.0051));
        quoted++;
      }
    }
    assertThat(quoted).isGreaterThan(60);
  }

  @Test
  void shouldTradeAtTheQuoteStrictlyBefore() {
    Contract contract = nearest("SPY", LocalDate.of(2025, 12, 5));
    SymbolDay day = market.day(contract.ticker(), DAY, Market.Detail.QUOTES);
    Trades trades = day.trades(DAY.openMillis(), NOON);
    assertThat(trades.size()).isGreaterThan(100);
    for (int i = 0; i < trades.size(); i++) {
      Quotes quote = day.quoteAt(trades.millis(i) - 1);
      assertThat(trades.price(i)).isBetween(quote.bid(0).price(), quote.ask(0).price());
      assertThat(trades.nanos(i)).isGreaterThan(quote.nanos(0));
      assertThat(i == 0 || trades.nanos(i) > trades.nanos(i - 1)).isTrue();
    }
    Quotes all = day.quotes(DAY.openMillis(), NOON);
    assertThat(all.size()).isGreaterThan(4_000);
    Quotes last = day.quoteAt(NOON - 1);
    assertThat(all.nanos(all.size() - 1)).isEqualTo(last.nanos(0));
    assertThat(all.bid(all.size() - 1)).isEqualTo(last.bid(0));
  }

  private Contract nearest(String underlying, LocalDate expiration) {
    double spot = states.spot(underlying, NOON).close(0);
    return chain(underlying, expiration).stream()
        .filter(Contract::call)
        .min((a, b) -> Double.compare(Math.abs(a.strike() - spot), Math.abs(b.strike() - spot)))
        .orElseThrow();
  }

  @Test
  void shouldMakeTheSameMarketOfTheSameSeed() {
    SyntheticMarket again = new SyntheticMarket(7, CALENDAR, THURSDAY);
    SyntheticMarket other = new SyntheticMarket(8, CALENDAR, THURSDAY);
    Contract contract = nearest("AAPL", LocalDate.of(2025, 12, 19));
    var one = market.day(contract.ticker(), DAY, Market.Detail.QUOTES).quoteAt(NOON);
    var two = again.day(contract.ticker(), DAY, Market.Detail.QUOTES).quoteAt(NOON);
    assertThat(two.bid(0)).isEqualTo(one.bid(0));
    assertThat(other.options().openInterest(contract, DATE))
        .isNotEqualTo(market.options().openInterest(contract, DATE));
  }

  @Test
  void shouldRollContractsAndIndicesUp() {
    Contract contract = nearest("SPY", LocalDate.of(2025, 12, 5));
    for (String ticker : List.of(contract.ticker(), "I:SPX", "I:NDX", "I:VIX")) {
      SymbolDay day = market.day(ticker, DAY, Market.Detail.BARS);
      Bars minutes = day.minutes();
      assertThat(minutes.size()).isGreaterThan(300);
      for (int i = 0; i < minutes.size(); i += 37) {
        long start = minutes.startMillis(i);
        Bars seconds = day.seconds(start, start + 60_000);
        BarRow folded = seconds.fold(0, seconds.size(), start);
        assertThat(folded)
            .usingRecursiveComparison()
            .ignoringFields("vwap")
            .isEqualTo(minutes.row(i));
      }
      BarRow whole = DayRollUp.of(minutes, DAY, CALENDAR.startOf(DATE)).orElseThrow();
      BarRow published = market.days(ticker, DATE, DATE).row(0);
      assertThat(published)
          .usingRecursiveComparison()
          .ignoringFields("vwap", "count")
          .isEqualTo(whole);
    }
  }

  @Test
  void shouldLeaveSomeThinContractsWithoutGreeks() {
    long told = book.contracts("AAPL", DATE).stream()
        .filter(contract -> states.of(contract, NOON).valuation().published())
        .count();
    long all = book.contracts("AAPL", DATE).size();
    assertThat(told).isBetween(all / 3, all - 20);
  }
}
