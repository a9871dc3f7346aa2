package io.candlehub.hub.candle;

import static io.candlehub.hub.candle.Feed.MINUTE;
import static io.candlehub.hub.candle.Feed.SPY;
import static io.candlehub.hub.candle.Feed.answer;
import static io.candlehub.hub.candle.Feed.at;
import static io.candlehub.hub.candle.Feed.minute;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.IntervalState;
import io.candlehub.model.feed.HaltEvent;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Minutes without bars around a pause of trading, when the stream lost bars or the word that trading goes on. */
@Timeout(10)
class PauseTest {
  private static final long TEN = at("2013-10-07T10:00");

  private final CandleSeries series = Feed.series(TEN);

  private static long start(int minute) {
    return TEN + minute * MINUTE;
  }

  private Optional<IntervalState> state(int minute) {
    return Feed.state(series, start(minute));
  }

  private void halt(long atMillis, boolean halted) {
    series.onHalt(new HaltEvent(SPY, atMillis, halted), atMillis + 100);
  }

  /** A minute that was told, and the next one, in which trading is paused, that was not. */
  @BeforeEach
  void pause() {
    series.onFeedBack(TEN);
    series.onBar(minute(start(0), 12), start(1) + 1_000, 0);
    halt(start(1) + 20_000, true);
    series.onClock(start(4) + 10_000);
  }

  @Test
  void shouldNotKnowWhetherTheMinuteOfThePauseWasTraded() {
    assertThat(state(1)).contains(IntervalState.SUSPECTED);
    assertThat(state(2)).contains(IntervalState.HALTED);
    assertThat(series.unsettled(start(4) + 10_000).map(Range::toMillis)).contains(start(1));

    series.onMinutes(answer(start(1), start(1), start(4) + 10_000, 12), start(4) + 10_000);
    assertThat(state(1)).contains(IntervalState.HALTED);
  }

  @Test
  void shouldNotKnowWhetherTheMinuteWasTradedInWhichTradingGoesOn() {
    halt(start(4) + 20_000, false);
    series.onBar(minute(start(5), 13), start(6) + 1_000, 0);
    series.onClock(start(6) + 10_000);

    assertThat(state(3)).contains(IntervalState.HALTED);
    assertThat(state(4)).contains(IntervalState.SUSPECTED);
  }

  @Test
  void shouldNotTakeASilentStreamForALongPause() {
    series.onFeedLost(start(2) + 30_000, start(4) + 30_000);

    assertThat(state(1)).contains(IntervalState.SUSPECTED);
    assertThat(state(2)).contains(IntervalState.OUTAGE);
    assertThat(state(3)).contains(IntervalState.OUTAGE);
  }

  @Test
  void shouldSeeByItsBarsThatTradingGoesOn() {
    assertThat(series.isHalted()).isTrue();
    series.onBar(minute(start(4), 13), start(5) + 1_000, 0);
    series.onClock(start(6) + 10_000);

    assertThat(series.isHalted()).isFalse();
    assertThat(state(3)).contains(IntervalState.HALTED);
    assertThat(state(5)).contains(IntervalState.SUSPECTED);
  }
}
