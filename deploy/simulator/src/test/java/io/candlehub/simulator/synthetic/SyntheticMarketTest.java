package io.candlehub.simulator.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.Correction;
import io.candlehub.simulator.market.DayRollUp;
import io.candlehub.simulator.market.Halt;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.market.Split;
import io.candlehub.simulator.market.SymbolDay;
import io.candlehub.simulator.market.Trades;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SyntheticMarketTest {
  private static final TradingCalendar CALENDAR = TradingCalendar.nyse();
  private static final Instant SUNDAY = Instant.parse("2025-12-07T23:00:00Z");

  private final SyntheticMarket market = new SyntheticMarket(7, CALENDAR, SUNDAY);

  @ParameterizedTest
  @ValueSource(strings = {"SPY", "AAPL", "BRK.B", "F", "BRK.A", "EDEN", "DJCO"})
  void shouldRollUpFromSecondsToDays(String ticker) {
    for (LocalDate date :
        List.of(LocalDate.of(2025, 11, 28), LocalDate.of(2025, 12, 4), LocalDate.of(2025, 3, 10))) {
      TradingDay day = CALENDAR.day(date).orElseThrow();
      SymbolDay symbolDay = market.day(ticker, day, Market.Detail.BARS);
      Bars minutes = symbolDay.minutes();
      Bars corrected = new Bars(minutes.size());
      for (int i = 0; i < minutes.size(); i++) {
        long start = minutes.startMillis(i);
        Bars seconds = symbolDay.seconds(start, start + 60_000);
        assertThat(seconds.fold(0, seconds.size(), start)).isEqualTo(minutes.row(i));
        BarRow row = minutes.row(i);
        for (Correction correction : symbolDay.corrections()) {
          row = correction.minute().startMillis() == start ? correction.minute() : row;
        }
        corrected.add(row);
      }
      BarRow rolled = DayRollUp.of(corrected, day, CALENDAR.startOf(date)).orElseThrow();
      Bars published = market.days(ticker, date, date);
      assertThat(published.size()).isEqualTo(1);
      assertThat(published.row(0))
          .usingRecursiveComparison()
          .ignoringFields("vwap", "count")
          .isEqualTo(rolled);
    }
  }

  @Test
  void shouldTradeWhatTheSecondsSay() {
    TradingDay day = CALENDAR.day(LocalDate.of(2025, 12, 4)).orElseThrow();
    SymbolDay symbolDay = market.day("MSFT", day, Market.Detail.TRADES);
    long from = day.openMillis();
    Bars seconds = symbolDay.seconds(from, from + 600_000);
    Trades trades = symbolDay.trades(from, from + 600_000);
    Quotes quotes = symbolDay.quotes(from, from + 600_000);
    assertThat(quotes.size()).isEqualTo(trades.size());
    for (int i = 0; i < seconds.size(); i++) {
      int first = trades.firstAtOrAfter(seconds.startMillis(i));
      int last = trades.firstAtOrAfter(seconds.startMillis(i) + 1_000);
      assertThat(trades.price(first)).isEqualTo(seconds.open(i));
      assertThat(trades.price(last - 1)).isEqualTo(seconds.close(i));
      double volume = 0;
      double high = 0;
      double low = Double.MAX_VALUE;
      for (int k = first; k < last; k++) {
        volume += trades.shares(k);
        high = Math.max(high, trades.price(k));
        low = Math.min(low, trades.price(k));
        assertThat(quotes.bid(k).price()).isLessThan(quotes.ask(k).price());
        assertThat(trades.price(k))
            .isBetween(quotes.bid(k).price(), quotes.ask(k).price());
      }
      assertThat(volume).isEqualTo(seconds.volume(i));
      assertThat(high).isEqualTo(seconds.high(i));
      assertThat(low).isEqualTo(seconds.low(i));
      assertThat(last - first).isEqualTo(seconds.count(i));
    }
  }

  @Test
  void shouldBeAFunctionOfSeedSymbolAndDateOnly() {
    TradingDay day = CALENDAR.day(LocalDate.of(2025, 12, 4)).orElseThrow();
    SyntheticMarket same = new SyntheticMarket(7, CALENDAR, Instant.parse("2026-01-15T12:00:00Z"));
    SyntheticMarket other = new SyntheticMarket(8, CALENDAR, SUNDAY);
    same.day("SPY", day, Market.Detail.BARS);
    BarRow row = market.day("IBM", day, Market.Detail.BARS).minutes().row(100);
    assertThat(same.day("IBM", day, Market.Detail.BARS).minutes().row(100)).isEqualTo(row);
    assertThat(other.day("IBM", day, Market.Detail.BARS).minutes().row(100)).isNotEqualTo(row);
  }

  @Test
  void shouldStartInSessionEvenOnASunday() {
    assertThat(Instant.ofEpochMilli(market.startMillis())).isEqualTo("2025-12-05T15:00:00Z");
  }

  @Test
  void shouldListAboutTwoHundredSymbolsWithinBoundsForYears() {
    assertThat(market.listings()).hasSizeBetween(190, 230);
    Bars spy = market.days("SPY", LocalDate.of(2023, 1, 1), LocalDate.of(2030, 1, 1));
    assertThat(spy.size()).isGreaterThan(1_500);
    for (int i = 0; i < spy.size(); i++) {
      assertThat(spy.close(i)).isBetween(668.0 * 0.75, 668.0 * 1.35);
    }
  }

  @Test
  void shouldLeaveQuietMinutesOfThinSymbolsWithoutBar() {
    TradingDay day = CALENDAR.day(LocalDate.of(2025, 12, 4)).orElseThrow();
    Bars minutes = market.day("EDEN", day, Market.Detail.MINUTES).minutes();
    int regular =
        minutes.firstAtOrAfter(day.closeMillis()) - minutes.firstAtOrAfter(day.openMillis());
    assertThat(regular).isBetween(1, 300);
  }

  @Test
  void shouldNotTradeWhileHalted() {
    int halts = 0;
    for (TradingDay day : CALENDAR.between(LocalDate.of(2025, 10, 1), LocalDate.of(2025, 12, 1))) {
      for (String ticker : List.of("TSLA", "GME", "AMC", "COIN", "SMCI")) {
        SymbolDay symbolDay = market.day(ticker, day, Market.Detail.BARS);
        for (Halt halt : symbolDay.halts()) {
          halts++;
          assertThat(symbolDay.seconds(halt.fromMillis(), halt.toMillis()).size())
              .isZero();
        }
      }
    }
    assertThat(halts).isPositive();
  }

  @Test
  void shouldReportSomeTradesLate() {
    TradingDay day = CALENDAR.day(LocalDate.of(2025, 12, 4)).orElseThrow();
    SymbolDay symbolDay = market.day("SPY", day, Market.Detail.BARS);
    assertThat(symbolDay.corrections()).hasSizeBetween(1, 20).allSatisfy(correction -> {
      long start = correction.minute().startMillis();
      int at = symbolDay.minutes().firstAtOrAfter(start);
      assertThat(correction.dueMillis() - start - 60_000).isBetween(120_000L, 840_000L);
      assertThat(correction.minute().volume())
          .isEqualTo(symbolDay.minutes().volume(at) + correction.size());
    });
  }

  @Test
  void shouldKeepAdjustedPricesContinuousOverASplit() {
    String ticker = market.listings().stream()
        .map(listing -> listing.ticker())
        .filter(name -> !market.splits(name).isEmpty())
        .findFirst()
        .orElseThrow();
    Split split = market.splits(ticker).stream()
        .filter(s -> s.executionDate().getYear() == 2025)
        .findFirst()
        .orElseThrow();
    LocalDate before = CALENDAR.previous(split.executionDate()).date();
    Bars days = market.days(ticker, before, split.executionDate());
    double ratio = days.close(0) / days.open(1);
    assertThat(ratio).isCloseTo(split.to() / split.from(), within(0.1));
  }
}
