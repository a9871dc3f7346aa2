package io.candlehub.hub.candle;

import static io.candlehub.hub.candle.Feed.at;
import static io.candlehub.hub.candle.Tape.MINUTE;
import static io.candlehub.hub.candle.Tape.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.AssetClass;
import io.candlehub.model.Bar;
import io.candlehub.model.BarState;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.TradeEvent;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class TradeMinutesTest {
  private static final long TEN = at("2013-10-07T10:00");

  private final TradeMinutes minutes =
      new TradeMinutes(SaleConditions.documented(AssetClass.EQUITY));

  @Test
  void shouldMakeBarOfTrades() {
    assertThat(minutes.put(trade(TEN + 1, 1, 10, 100))).isEqualTo(OptionalLong.of(TEN));
    minutes.put(trade(TEN + 2, 2, 12, 200, 14, 41));
    minutes.put(trade(TEN + 3, 3, 9, 100));
    minutes.put(trade(TEN + 59_999, 4, 11, 50));

    Bar bar = minutes.bar(TEN, BarState.LIVE).orElseThrow();
    assertThat(Tape.values(bar)).isEqualTo("o=10.0 h=12.0 l=9.0 c=11.0 v=450.0 n=4");
    assertThat(bar.vwap()).isEqualTo((1000 + 2400 + 900 + 550) / 450.0);
    assertThat(bar.state()).isEqualTo(BarState.LIVE);
    assertThat(minutes.bar(TEN, BarState.FINAL).orElseThrow().isFinal()).isTrue();
  }

  @Test
  void shouldHaveNoBarWithoutOpenSettingTrade() {
    assertThat(minutes.put(trade(TEN, 1, 10, 100, 10))).isEmpty();
    assertThat(minutes.put(trade(TEN, 2, 10, 100, 2))).isEmpty();
    assertThat(minutes.bar(TEN, BarState.LIVE)).isEmpty();

    assertThat(minutes.put(trade(TEN + 5, 3, 11, 1))).hasValue(TEN);
    assertThat(bar(TEN)).isEqualTo("o=11.0 h=11.0 l=10.0 c=11.0 v=201.0 n=3");
  }

  @Test
  void shouldIgnoreRepeatedNumber() {
    minutes.put(trade(TEN, 7, 10, 100));

    assertThat(minutes.put(trade(TEN, 7, 10, 100))).isEmpty();
    assertThat(bar(TEN)).isEqualTo("o=10.0 h=10.0 l=10.0 c=10.0 v=100.0 n=1");
  }

  @Test
  void shouldCountTradesWithoutNumberEachTime() {
    minutes.put(trade(TEN, 0, 10, 100));

    assertThat(minutes.put(trade(TEN, 0, 10, 100))).hasValue(TEN);
    assertThat(bar(TEN)).isEqualTo("o=10.0 h=10.0 l=10.0 c=10.0 v=200.0 n=2");
  }

  @Test
  void shouldSayNothingChangedByTradeWithoutEffect() {
    minutes.put(trade(TEN, 1, 10, 100));

    assertThat(minutes.put(trade(TEN, 2, 99, 500, 16))).isEmpty();
    assertThat(minutes.put(trade(TEN, 3, 10, 100, 38))).isEmpty();
    assertThat(bar(TEN)).isEqualTo("o=10.0 h=10.0 l=10.0 c=10.0 v=100.0 n=1");
  }

  @Test
  void shouldOpenWithEarliestTradeAlthoughItComesLast() {
    minutes.put(trade(TEN + 20, 5, 10, 1));
    minutes.put(trade(TEN + 20, 6, 12, 1));
    minutes.put(trade(TEN + 10, 9, 11, 1));

    assertThat(bar(TEN)).isEqualTo("o=11.0 h=12.0 l=10.0 c=12.0 v=3.0 n=3");
  }

  @Test
  void shouldLetFormTMakeBarsOutsideRegularSessionOnly() {
    long pre = at("2013-10-07T09:29");
    long open = at("2013-10-07T09:30");
    long late = at("2013-10-07T16:00");

    assertThat(minutes.put(trade(pre, 1, 10, 100, 12, 14, 41))).hasValue(pre);
    assertThat(minutes.put(trade(open, 2, 10, 100, 12))).isEmpty();
    assertThat(minutes.put(trade(late, 3, 10, 100, 13))).hasValue(late);
  }

  @Test
  void shouldEndRegularSessionEarlyOnHalfDays() {
    long afternoon = at("2013-11-29T13:00");

    assertThat(minutes.put(trade(afternoon - MINUTE, 1, 10, 100, 12))).isEmpty();
    assertThat(minutes.put(trade(afternoon, 2, 10, 100, 12))).hasValue(afternoon);
  }

  @Test
  void shouldFollowClockChange() {
    long pre = at("2013-11-04T09:29");

    assertThat(minutes.put(trade(pre, 1, 10, 100, 12))).hasValue(pre);
    assertThat(minutes.put(trade(pre + MINUTE, 2, 10, 100, 12))).isEmpty();
  }

  @Test
  void shouldMakeIndexBarsOfValues() {
    TradeMinutes index = new TradeMinutes(SaleConditions.documented(AssetClass.INDEX));
    Instrument spx = Instrument.of("I:SPX");
    assertThat(index.put(new TradeEvent(spx, TEN, 0, 0, 6_531.27, 0, List.of())))
        .hasValue(TEN);
    assertThat(index.put(new TradeEvent(spx, TEN + 1_000, 0, 0, 6_530, 0, List.of())))
        .hasValue(TEN);

    assertThat(index.put(new TradeEvent(spx, TEN + 2_000, 0, 0, 6_530, 0, List.of())))
        .isEmpty();
    Bar bar = index.bar(TEN, BarState.LIVE).orElseThrow();
    assertThat(Tape.values(bar)).isEqualTo("o=6531.27 h=6531.27 l=6530.0 c=6530.0 v=0.0 n=-1");
    assertThat(bar.vwap()).isNaN();
  }

  @Test
  void shouldTakeLateTradesInsideWindowOnly() {
    minutes.put(trade(TEN, 1, 10, 1));
    minutes.put(trade(TEN + 15 * MINUTE, 100, 10, 1));
    assertThat(minutes.put(trade(TEN + 30, 2, 11, 1))).hasValue(TEN);
    assertThat(bar(TEN)).isEqualTo("o=10.0 h=11.0 l=10.0 c=11.0 v=2.0 n=2");

    minutes.put(trade(TEN + 16 * MINUTE, 101, 10, 1));
    assertThat(minutes.put(trade(TEN + 40, 3, 12, 1))).isEmpty();
    assertThat(minutes.bar(TEN, BarState.LIVE)).isEmpty();
    assertThat(minutes.bar(TEN + 16 * MINUTE, BarState.LIVE)).isPresent();
  }

  @Test
  void shouldForgetWindowAfterJump() {
    minutes.put(trade(TEN, 1, 10, 1));
    minutes.put(trade(TEN + 17 * MINUTE, 2, 10, 1));

    assertThat(minutes.bar(TEN, BarState.LIVE)).isEmpty();
  }

  @Test
  void shouldKeepHighAtLeastOpenWhateverTheTableSays() {
    TradeMinutes odd = new TradeMinutes(SaleConditions.of(
        AssetClass.EQUITY, List.of(new SaleConditions.Rule(99, false, true, true))));
    odd.put(trade(TEN, 1, 12, 1, 99));
    odd.put(trade(TEN + 1, 2, 11, 1));

    assertThat(Tape.values(odd.bar(TEN, BarState.LIVE).orElseThrow()))
        .isEqualTo("o=12.0 h=12.0 l=11.0 c=11.0 v=2.0 n=2");
  }

  @Test
  void shouldAddFractionsAsDecimals() {
    for (int i = 1; i <= 10; i++) {
      minutes.put(trade(TEN, i, 10, 0.1));
    }
    minutes.put(trade(TEN, 11, 10, 1_000_000.000001));

    assertThat(minutes.bar(TEN, BarState.LIVE).orElseThrow().volume()).isEqualTo(1_000_001.000001);
  }

  @Test
  void shouldSurviveAbsurdSizes() {
    minutes.put(trade(TEN, 1, 1e300, 1e300));
    minutes.put(trade(TEN, 2, 1e300, 1e300));
    minutes.put(trade(TEN, 3, 1, 1e19));

    assertThat(minutes.bar(TEN, BarState.LIVE).orElseThrow().volume()).isEqualTo(0x1p63);
  }

  private String bar(long minute) {
    return Tape.values(minutes.bar(minute, BarState.LIVE).orElseThrow());
  }
}
