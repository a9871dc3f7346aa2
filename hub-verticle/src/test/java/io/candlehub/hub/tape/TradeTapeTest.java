package io.candlehub.hub.tape;

import static io.candlehub.hub.tape.Tapes.ids;
import static io.candlehub.hub.tape.Tapes.print;
import static io.candlehub.hub.tape.Tapes.quote;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.AssetClass;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class TradeTapeTest {
  private final TradeTape tape = new TradeTape(AssetClass.OPTION, TapeFeed.COARSE, 4);

  private String told(Print print) {
    return tape.onTrade(print)
        .map(trade -> trade.side() + " " + trade.confidence() + " " + trade.basis())
        .orElse("repeated");
  }

  @Test
  void shouldTakeSideOfQuoteThatIsHit() {
    tape.onQuote(quote(1, 12.40, 12.50));
    assertThat(told(print(2, 1, 12.50))).isEqualTo("BUY 100 TOUCH");
    assertThat(told(print(3, 2, 12.55))).isEqualTo("BUY 100 TOUCH");
    assertThat(told(print(4, 3, 12.40))).isEqualTo("SELL 100 TOUCH");
    assertThat(told(print(5, 4, 12.35))).isEqualTo("SELL 100 TOUCH");
  }

  @Test
  void shouldTakeNearerSideInsideQuote() {
    tape.onQuote(quote(1, 12.40, 12.50));
    assertThat(told(print(2, 1, 12.46))).isEqualTo("BUY 60 INSIDE");
    assertThat(told(print(3, 2, 12.44))).isEqualTo("SELL 60 INSIDE");
  }

  @Test
  void shouldAskPriceBeforeInTheMiddle() {
    tape.onQuote(quote(1, 12.40, 12.50));
    assertThat(told(print(2, 1, 12.45))).isEqualTo("NONE 0 NO_TICK");
    assertThat(told(print(3, 2, 12.40))).isEqualTo("SELL 100 TOUCH");
    assertThat(told(print(4, 3, 12.45))).isEqualTo("BUY 40 TICK");
    assertThat(told(print(5, 4, 12.45))).isEqualTo("BUY 30 ZERO_TICK");
    tape.onQuote(quote(6, 12.30, 12.50));
    assertThat(told(print(7, 5, 12.40))).isEqualTo("SELL 40 TICK");
  }

  @Test
  void shouldTakeMiddleOfDecimalsForTheMiddle() {
    tape.onQuote(quote(1, 0.1, 0.2));
    assertThat(told(print(2, 1, 0.15))).isEqualTo("NONE 0 NO_TICK");
  }

  @Test
  void shouldHaveNoSideWithoutEarlierQuote() {
    assertThat(told(print(5, 1, 12.50))).isEqualTo("NONE 0 NO_QUOTE");
    tape.onQuote(quote(6, 12.40, 12.50));
    assertThat(told(print(6, 2, 12.50))).isEqualTo("NONE 0 NO_QUOTE");
    assertThat(told(print(7, 3, 12.50))).isEqualTo("BUY 100 TOUCH");
  }

  @Test
  void shouldNotTakeQuoteOfSameInstant() {
    tape.onQuote(quote(1, 12.40, 12.50));
    tape.onQuote(quote(5, 12.50, 12.60));
    assertThat(told(print(5, 1, 12.50))).isEqualTo("BUY 70 TOUCH");
    tape.onQuote(quote(8, 12.50, 12.60));
    assertThat(told(print(8, 2, 12.60))).isEqualTo("BUY 100 TOUCH");
  }

  @Test
  void shouldOrderByNumbersWhereFeedIsExact() {
    TradeTape exact = new TradeTape(AssetClass.FUTURE, TapeFeed.EXACT, 4);
    exact.onQuote(quote(new TapeStamp(5, 1), 10, 11));
    exact.onQuote(quote(new TapeStamp(5, 3), 11, 12));
    assertThat(exact.onTrade(print(new TapeStamp(5, 2), 11, 1, 0)).orElseThrow().side())
        .isEqualTo(Side.BUY);
    assertThat(exact.onTrade(print(new TapeStamp(5, 4), 11, 1, 0)).orElseThrow().side())
        .isEqualTo(Side.SELL);
  }

  @Test
  void shouldFindQuoteOfItsTimeForLateTrade() {
    tape.onQuote(quote(1, 12.40, 12.50));
    tape.onQuote(quote(10, 12.50, 12.60));
    assertThat(told(print(20, 2, 12.50))).isEqualTo("SELL 100 TOUCH");
    assertThat(told(print(9, 1, 12.50))).isEqualTo("BUY 100 TOUCH");
    assertThat(tape.newest(2).trades())
        .extracting(trade -> trade.print().at().millis())
        .containsExactly(9L, 20L);
  }

  @Test
  void shouldUseLateQuoteForLaterTradesOnly() {
    tape.onQuote(quote(1, 12.40, 12.50));
    tape.onQuote(quote(10, 12.60, 12.70));
    assertThat(told(print(8, 1, 12.50))).isEqualTo("BUY 100 TOUCH");
    assertThat(tape.onQuote(quote(5, 12.50, 12.60))).isFalse();
    assertThat(told(print(9, 2, 12.50))).isEqualTo("SELL 100 TOUCH");
    assertThat(tape.newest(4).trades().get(0).side()).isEqualTo(Side.BUY);
  }

  @Test
  void shouldForgetQuotesWhenInterrupted() {
    tape.onQuote(quote(1, 12.40, 12.50));
    tape.interrupted();
    assertThat(told(print(2, 1, 12.50))).isEqualTo("NONE 0 NO_QUOTE");
    tape.onQuote(quote(3, 12.40, 12.50));
    assertThat(told(print(4, 2, 12.50))).isEqualTo("BUY 100 TOUCH");
  }

  @Test
  void shouldTakeWhatOneSideTells() {
    tape.onQuote(quote(1, 0, 0.05));
    assertThat(told(print(2, 1, 0.05))).isEqualTo("BUY 80 ONE_SIDED");
    assertThat(told(print(3, 2, 0.03))).isEqualTo("SELL 40 TICK");
    tape.onQuote(quote(4, 0.02, 0));
    assertThat(told(print(5, 3, 0.02))).isEqualTo("SELL 80 ONE_SIDED");
  }

  @Test
  void shouldAskPriceBeforeWhereBookIsLockedOrCrossed() {
    tape.onQuote(quote(1, 10, 10));
    assertThat(told(print(2, 1, 10.1))).isEqualTo("BUY 100 TOUCH");
    assertThat(told(print(3, 2, 10))).isEqualTo("SELL 40 TICK");
    tape.onQuote(quote(4, 10.2, 10));
    assertThat(told(print(5, 3, 10.1))).isEqualTo("BUY 40 TICK");
    assertThat(told(print(6, 4, 10.3))).isEqualTo("BUY 100 TOUCH");
  }

  @Test
  void shouldTellByConditionsWhatHasNoAggressor() {
    tape.onQuote(quote(1, 12.40, 12.50));
    assertThat(told(print(2, 1, 12.50, 204))).isEqualTo("NONE 0 NO_AGGRESSOR");
    assertThat(told(print(2, 2, 12.50, 219, 201))).isEqualTo("NONE 0 NO_AGGRESSOR");
    assertThat(told(print(2, 3, 12.50, 232))).isEqualTo("BUY 50 TOUCH");
    assertThat(told(print(2, 4, 12.50, 219))).isEqualTo("BUY 100 TOUCH");
    TradeStandings stocks = TradeStandings.of(AssetClass.EQUITY);
    assertThat(stocks.of(ids(14, 41, 37))).isEqualTo(TradeStanding.REGULAR);
    assertThat(stocks.of(ids(14, 17))).isEqualTo(TradeStanding.NO_SIDE);
    assertThat(stocks.of(ids(15))).isEqualTo(TradeStanding.VOID);
    assertThat(TradeStandings.of(AssetClass.FUTURE).of(ids(201))).isEqualTo(TradeStanding.REGULAR);
  }

  @Test
  void shouldNotTickByTradesThatHaveNoSide() {
    tape.onQuote(quote(1, 12.40, 12.50));
    told(print(2, 1, 12.30, 202));
    assertThat(told(print(3, 2, 12.45))).isEqualTo("NONE 0 NO_TICK");
  }

  @Test
  void shouldRecogniseRepetitions() {
    assertThat(told(print(2, 7, 12.50))).isNotEqualTo("repeated");
    assertThat(told(print(2, 7, 12.50))).isEqualTo("repeated");
    assertThat(told(print(2, 0, 12.50))).isNotEqualTo("repeated");
    assertThat(told(print(2, 0, 12.50))).isNotEqualTo("repeated");
  }

  @Test
  void shouldGiveReaderWhatIsNewAndCountWhatItMissed() {
    for (int i = 1; i <= 10; i++) {
      tape.onTrade(print(i, i, i));
    }
    TapeSlice all = tape.after(0, 100);
    assertThat(prices(all)).containsExactly(7.0, 8.0, 9.0, 10.0);
    assertThat(all.conflated()).isEqualTo(6);
    TapeSlice some = tape.after(8, 100);
    assertThat(prices(some)).containsExactly(9.0, 10.0);
    assertThat(some.conflated()).isZero();
    TapeSlice few = tape.after(7, 2);
    assertThat(prices(few)).containsExactly(9.0, 10.0);
    assertThat(few.conflated()).isEqualTo(1);
    assertThat(tape.after(10, 5).trades()).isEmpty();
    assertThat(tape.after(10, 5).conflated()).isZero();
    assertThat(prices(tape.after(4_711, 2))).containsExactly(9.0, 10.0);
    assertThat(prices(tape.newest(2))).containsExactly(9.0, 10.0);
    assertThat(tape.newest(2).position()).isEqualTo(tape.position());
  }

  @Test
  void shouldShowTradesFromBeforeWithoutSideUntilItHasEnoughOfItsOwn() {
    tape.onQuote(quote(10, 12.40, 12.50));
    tape.onTrade(print(11, 7, 12.50));
    tape.before(List.of(
        print(new TapeStamp(11_000_400, 7), 12.50, 1, 300),
        print(9, 6, 12.45),
        print(8, 5, 12.40),
        print(7, 0, 12.30),
        print(12, 0, 12.60)));
    TapeSlice all = tape.newest(10);
    assertThat(prices(all)).containsExactly(12.30, 12.40, 12.45, 12.50);
    assertThat(all.trades())
        .extracting(trade -> trade.sideName() + " " + trade.confidence())
        .containsExactly("unknown 0", "unknown 0", "unknown 0", "buy 100");
    assertThat(all.position()).isEqualTo(1);
    assertThat(prices(tape.after(0, 10))).containsExactly(12.50);
    for (int i = 12; i < 15; i++) {
      tape.onTrade(print(i, i, i));
    }
    assertThat(prices(tape.newest(10))).containsExactly(12.50, 12.0, 13.0, 14.0);
  }

  @Test
  void shouldTellReadersOnceWhatTheStreamRepeatsOfBefore() {
    tape.onQuote(quote(10, 12.40, 12.50));
    tape.before(List.of(
        print(new TapeStamp(11_000_400, 7), 12.50, 1, 300),
        print(new TapeStamp(11_000_000, 0), 12.40, 1, 300),
        print(new TapeStamp(11_000_000, 0), 12.40, 1, 300)));
    assertThat(prices(tape.newest(10))).containsExactly(12.40, 12.40, 12.50);
    assertThat(told(print(new TapeStamp(11_000_000, 7), 12.50, 1, 300))).isEqualTo("BUY 100 TOUCH");
    assertThat(told(print(new TapeStamp(11_000_000, 7), 12.50, 1, 300))).isEqualTo("repeated");
    for (int i = 0; i < 3; i++) {
      told(print(new TapeStamp(11_000_000, 0), 12.40, 1, 300));
    }
    assertThat(prices(tape.after(0, 10))).as("one more than was told").containsExactly(12.40);
    told(print(new TapeStamp(11_000_000, 8), 12.50, 1, 300));
    assertThat(prices(tape.after(1, 10))).as("another number").containsExactly(12.50);
    assertThat(tape.newest(10).trades())
        .extracting(SidedTrade::sideName)
        .containsExactly("sell", "sell", "sell", "buy", "buy");
  }

  @Test
  void shouldReadOnWithWhatNobodyWasToldOfBefore() {
    tape.before(List.of(print(11, 7, 12.50), print(11, 0, 12.40)));
    told(print(11, 7, 12.50));
    told(print(11, 0, 12.40));
    assertThat(prices(tape.after(0, 10))).containsExactly(12.50, 12.40);
    assertThat(prices(tape.newest(10))).containsExactly(12.40, 12.50);
  }

  @Test
  void shouldReadOnWithWhatAReaderOfTheNewestWasNotTold() {
    tape.before(List.of(print(11, 7, 12.50), print(12, 0, 12.40), print(12, 0, 12.40)));
    assertThat(prices(tape.newest(1))).containsExactly(12.40);
    told(print(12, 0, 12.40));
    assertThat(tape.position()).isZero();
    told(print(12, 0, 12.40));
    told(print(11, 7, 12.50));
    assertThat(prices(tape.after(0, 10))).containsExactly(12.40, 12.50);
    assertThat(prices(tape.newest(10))).containsExactly(12.50, 12.40, 12.40);
  }

  private static List<Double> prices(TapeSlice slice) {
    return slice.trades().stream().map(trade -> trade.print().price()).toList();
  }
}
