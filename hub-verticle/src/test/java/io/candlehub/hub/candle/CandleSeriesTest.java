package io.candlehub.hub.candle;

import static io.candlehub.hub.candle.Feed.MINUTE;
import static io.candlehub.hub.candle.Feed.answer;
import static io.candlehub.hub.candle.Feed.at;
import static io.candlehub.hub.candle.Feed.minute;
import static io.candlehub.hub.candle.Feed.second;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.hub.candle.Change.Outcome;
import io.candlehub.model.Bar;
import io.candlehub.model.BarBlock;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.Interval;
import io.candlehub.model.IntervalState;
import io.candlehub.model.SessionMode;
import io.candlehub.model.Timeframe;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class CandleSeriesTest {
  private static final long TEN = at("2013-10-07T10:00");

  private final CandleSeries series = Feed.series(TEN);

  private Bar newest() {
    return series.newest().orElseThrow();
  }

  private List<Bar> bars(Timeframe timeframe) {
    return series.views().read(timeframe, SessionMode.EXTENDED, -1).bars();
  }

  private IntervalState stateAt(long minute) {
    return Feed.state(series, minute).orElseThrow();
  }

  @Test
  void shouldFoldSecondsByTheirStart() {
    series.onBar(second(TEN + 1_000, 10, 5), TEN + 3_000, 0);
    series.onBar(second(TEN, 12, 1), TEN + 3_500, 0);
    Change repeated = series.onBar(second(TEN + 1_000, 10, 5), TEN + 4_000, 0);

    assertThat(repeated.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(newest().open()).isEqualTo(12);
    assertThat(newest().close()).isEqualTo(10);
    assertThat(newest().volume()).isEqualTo(6);
    assertThat(newest().state()).isEqualTo(BarState.LIVE);
  }

  @Test
  void shouldFinishSecondsThatCameBeforeTheyWereOverByOurClock() {
    series.keepSeconds(TEN);
    series.onBar(second(TEN + 5_000, 12, 1), TEN + 1_000, 10_000);
    series.onBar(second(TEN + 6_000, 13, 1), TEN + 2_000, 10_000);
    assertThat(bars(Timeframe.S1)).extracting(Bar::state).containsOnly(BarState.LIVE);

    series.onClock(TEN + 5_000);
    assertThat(bars(Timeframe.S1))
        .extracting(Bar::state)
        .containsExactly(BarState.FINAL, BarState.LIVE);

    series.onBar(second(TEN + 9_000, 14, 1), TEN + 10_000, 0);
    assertThat(bars(Timeframe.S1)).extracting(Bar::state).containsOnly(BarState.FINAL);
    assertThat(bars(Timeframe.S1)).extracting(Bar::revision).containsOnly(0);
  }

  @Test
  void shouldReplaceTheFoldByTheMinuteAndIgnoreLaterSeconds() {
    series.onBar(second(TEN, 12, 1), TEN + 3_000, 0);
    Change confirmed = series.onBar(minute(TEN, 12, 13, 11, 12, 50), TEN + MINUTE, 0);
    Change late = series.onBar(second(TEN + 59_000, 99, 1), TEN + MINUTE + 1_000, 0);

    assertThat(confirmed.outcome()).isEqualTo(Outcome.CONFIRMED);
    assertThat(late.outcome()).isEqualTo(Outcome.LATE);
    assertThat(newest().isFinal()).isTrue();
    assertThat(newest().high()).isEqualTo(13);
    assertThat(newest().volume()).isEqualTo(50);
  }

  @Test
  void shouldNotContinuePositionsFromBeforeTheDayRolled() {
    series.onBar(second(TEN, 12, 1), TEN + 3_000, 0);
    long held = series.seq();
    assertThat(series.floorSeq(Timeframe.M1)).isLessThan(held);

    series.onBar(second(TEN + 1_000, 12, 1), TEN + 4_000, 0);
    series.onClock(TEN + 24 * 60 * MINUTE);

    assertThat(series.floorSeq(Timeframe.M1)).isGreaterThan(held);
  }

  @Test
  void shouldTreatMinuteWhoseEndIsAheadAsLive() {
    series.onBar(minute(TEN, 12, 13, 11, 12, 50), TEN + 30_000, 0);
    assertThat(newest().state()).isEqualTo(BarState.LIVE);

    series.onBar(second(TEN + 30_000, 14, 7), TEN + 33_000, 0);
    assertThat(newest().high()).isEqualTo(14);
    assertThat(newest().volume()).isEqualTo(57);
  }

  @Test
  void shouldNotFinaliseByTheClock() {
    series.onBar(second(TEN, 12, 1), TEN + 3_000, 0);
    series.onClock(TEN + 10 * MINUTE);
    assertThat(newest().state()).isEqualTo(BarState.LIVE);
  }

  @Test
  void shouldReviseOnlyWhenValuesDiffer() {
    series.onBar(minute(TEN, 12), TEN + MINUTE, 0);
    assertThat(series.onBar(minute(TEN, 12), TEN + 2 * MINUTE, 0).outcome())
        .isEqualTo(Outcome.UNCHANGED);
    assertThat(newest().revision()).isZero();

    Change revised = series.onBar(minute(TEN, 13), TEN + 15 * MINUTE, 0);
    assertThat(revised.outcome()).isEqualTo(Outcome.REVISED);
    assertThat(newest().state()).isEqualTo(BarState.REVISED);
    assertThat(newest().revision()).isEqualTo(1);
  }

  @Test
  void shouldNotLetAnAnswerOverwriteAMinuteThatCameAfterTheQuestion() {
    series.onBar(minute(TEN, 13), TEN + MINUTE + 7_000, 0);
    long askedBefore = TEN + MINUTE + 6_000;
    Change late = series.onMinutes(answer(TEN, TEN, askedBefore, 12, TEN), TEN + MINUTE + 9_000);
    assertThat(late.outcome()).isEqualTo(Outcome.LATE);
    assertThat(newest().close()).isEqualTo(13);

    long askedAfter = TEN + MINUTE + 8_000;
    series.onMinutes(answer(TEN, TEN, askedAfter, 12, TEN), TEN + MINUTE + 9_000);
    assertThat(newest().close()).isEqualTo(12);
    assertThat(newest().revision()).isEqualTo(1);
    assertThat(newest().source()).isEqualTo(BarSource.BACKFILL);
  }

  @Test
  void shouldNotCountVolumeTwiceThatAnAnswerMayHold() {
    long asked = TEN + 10_000;
    long answered = TEN + 14_000;
    series.onBar(second(TEN + 9_000, 11, 3), TEN + 10_000, 0);
    series.onBar(second(TEN + 11_000, 14, 5), TEN + 12_000, 0);
    double volume = answer(TEN, TEN, asked, 12, TEN).bars().volume(0);
    series.onMinutes(answer(TEN, TEN, asked, 12, TEN), answered);
    series.onClock(answered);
    assertThat(newest().volume()).isEqualTo(volume);
    assertThat(newest().high()).isEqualTo(14);
    series.onBar(second(TEN + 14_000, 13, 7), TEN + 15_000, 0);
    series.onClock(TEN + 15_000);
    assertThat(newest().volume()).isEqualTo(volume + 7);
    assertThat(newest().close()).isEqualTo(13);
  }

  @Test
  void shouldNotTrustAnAnswerAskedTooEarly() {
    long tooEarly = TEN + MINUTE + 4_999;
    series.onMinutes(answer(TEN, TEN, tooEarly, 12, TEN), tooEarly);
    assertThat(newest().state()).isEqualTo(BarState.LIVE);
    assertThat(series.unsettled(TEN + MINUTE + 5_000).orElseThrow().toMillis()).isEqualTo(TEN);

    series.onMinutes(answer(TEN, TEN, tooEarly + 1, 12, TEN), tooEarly + 1);
    assertThat(newest().state()).isEqualTo(BarState.FINAL);
  }

  @Test
  void shouldSuspectAMinuteWithoutBarUntilAnAnswerSettlesIt() {
    series.onMinutes(answer(series.firstMillis(), TEN, TEN + 5_000, 12), TEN + 5_000);
    assertThat(series.unsettled(TEN + MINUTE)).isEmpty();
    series.onClock(TEN + MINUTE + 5_000);
    assertThat(stateAt(TEN)).isEqualTo(IntervalState.SUSPECTED);
    assertThat(series.gaps()).isEqualTo(1);

    series.onMinutes(answer(TEN, TEN, TEN + MINUTE + 5_000, 12), TEN + MINUTE + 6_000);
    assertThat(stateAt(TEN)).isEqualTo(IntervalState.QUIET);
    assertThat(series.gaps()).isZero();
    assertThat(series.unsettled(TEN + MINUTE + 6_000)).isEmpty();
  }

  @Test
  void shouldCallMinutesOfAFeedHoleAnOutageUntilFilled() {
    series.onMinutes(answer(series.firstMillis(), TEN, TEN + 5_000, 12), TEN + 5_000);
    series.onFeedBack(TEN + 5_000);
    series.onClock(TEN + MINUTE + 5_000);
    series.onFeedLost(TEN + 10_000, TEN + MINUTE + 20_000);
    assertThat(stateAt(TEN)).isEqualTo(IntervalState.OUTAGE);

    series.onClock(TEN + 3 * MINUTE + 5_000);
    assertThat(stateAt(TEN + 2 * MINUTE)).isEqualTo(IntervalState.OUTAGE);
    long back = TEN + 3 * MINUTE + 10_000;
    series.onFeedBack(back);
    series.onMinutes(
        answer(TEN, back, back, 12, TEN, TEN + MINUTE, TEN + 2 * MINUTE), back + 1_000);
    assertThat(series.unsettled(back)).isEmpty();
    assertThat(bars(Timeframe.M1)).hasSize(3).allMatch(Bar::isFinal);
  }

  @Test
  void shouldMakeTheFirstBarAfterASubscribeInMidMinuteWhole() {
    long now = TEN + 30_000;
    series.onFeedBack(now);
    series.onBar(second(TEN + 29_000, 15, 3), now + 1_000, 0);
    BarBlock seconds = new BarBlock.Builder(3)
        .add(TEN, 10, 10, 10, 10, 1, 10, 1)
        .add(TEN + 15_000, 20, 20, 20, 20, 2, 20, 1)
        .add(TEN + 29_000, 15, 15, 15, 15, 1, 15, 1)
        .build();
    series.onMinutes(answer(TEN, now, now, 17, TEN), now + 1_500);
    series.onSeconds(TEN, seconds, now + 2_000);
    assertThat(newest().open()).isEqualTo(10);
    assertThat(newest().high()).isEqualTo(20);
    assertThat(newest().close()).isEqualTo(15);
    assertThat(newest().volume()).isEqualTo(6);
  }

  @Test
  void shouldShowTheAnswersUnfinishedMinuteWhileTheStreamIsLost() {
    series.onBar(second(TEN, 10, 1), TEN + 3_000, 0);
    series.onFeedLost(TEN + 3_000, TEN + 4_000);
    series.onMinutes(answer(TEN, TEN + 40_000, TEN + 40_000, 17, TEN), TEN + 41_000);
    assertThat(newest().volume()).isEqualTo(100);
    assertThat(newest().source()).isEqualTo(BarSource.BACKFILL);

    series.onBar(second(TEN + 45_000, 18, 5), TEN + 48_000, 0);
    assertThat(newest().volume()).isEqualTo(105);
    assertThat(newest().close()).isEqualTo(18);
  }

  @Test
  void shouldTakeTheStoreOnlyForWhatIsNotSettled() {
    series.onBar(minute(TEN, 13), TEN + MINUTE, 0);
    HistoryPart asked = answer(TEN - MINUTE, TEN, Long.MIN_VALUE, 12, TEN - MINUTE, TEN);
    series.onMinutes(
        new HistoryPart(asked.bars(), TEN - MINUTE, TEN, Long.MIN_VALUE, BarSource.CACHE),
        TEN + MINUTE);
    assertThat(bars(Timeframe.M1)).extracting(Bar::close).containsExactly(12.0, 13.0);
    assertThat(bars(Timeframe.M1).get(0).source()).isEqualTo(BarSource.CACHE);
  }

  @Test
  void shouldIgnoreBarsOfOtherDaysAndOfTheFuture() {
    assertThat(series.onBar(minute(at("2013-10-02T10:00"), 1), TEN, 0).outcome())
        .isEqualTo(Outcome.OUTSIDE);
    assertThat(series.onBar(second(TEN + 3 * MINUTE, 1, 1), TEN, 0).outcome())
        .isEqualTo(Outcome.OUTSIDE);
  }

  @Test
  void shouldRollUpByTheNewYorkClockAndByTheOpen() {
    long open = at("2013-10-07T09:30");
    for (int i = 0; i < 40; i++) {
      long start = open + i * MINUTE;
      series.onBar(minute(start, 100 + i), start + MINUTE, 0);
    }
    assertThat(bars(Timeframe.H1))
        .extracting(Bar::startMillis)
        .containsExactly(at("2013-10-07T09:00"), at("2013-10-07T10:00"));
    List<Bar> regular =
        series.views().read(Timeframe.H1, SessionMode.REGULAR, -1).bars();
    assertThat(regular).extracting(Bar::startMillis).containsExactly(open);
    assertThat(regular.get(0).close()).isEqualTo(139);
    assertThat(regular.get(0).state()).isEqualTo(BarState.LIVE);
    assertThat(bars(Timeframe.M5).get(0).state()).isEqualTo(BarState.FINAL);
    assertThat(bars(Timeframe.M5).get(0).coverage()).isEqualTo(1);
    assertThat(bars(Timeframe.H4))
        .extracting(Bar::startMillis)
        .containsExactly(at("2013-10-07T08:00"));
  }

  @Test
  void shouldReviseEveryRollUpOfARevisedMinuteInTheSamePass() {
    for (int i = 0; i < 5; i++) {
      long start = TEN + i * MINUTE;
      series.onBar(minute(start, 100), start + MINUTE, 0);
    }
    series.onBar(minute(TEN + MINUTE, 150), TEN + 5 * MINUTE, 0);
    Bar five = bars(Timeframe.M5).get(0);
    assertThat(five.state()).isEqualTo(BarState.REVISED);
    assertThat(five.revision()).isEqualTo(1);
    assertThat(five.high()).isEqualTo(150);
    assertThat(series
            .views()
            .read(Timeframe.M5, SessionMode.EXTENDED, series.seq() - 1)
            .bars())
        .hasSize(1);
  }

  @Test
  void shouldCallARollUpAnOutageWhenItsTimeIsOverAndMinutesWereNotSeen() {
    series.onMinutes(answer(series.firstMillis(), TEN, TEN + 5_000, 12), TEN + 5_000);
    series.onFeedBack(TEN);
    series.onBar(minute(TEN, 100), TEN + MINUTE, 0);
    series.onFeedLost(TEN + MINUTE, TEN + MINUTE);
    series.onClock(TEN + 5 * MINUTE + 5_000);
    Bar five = bars(Timeframe.M5).get(0);
    assertThat(five.state()).isEqualTo(BarState.OUTAGE);
    assertThat(five.coverage()).isEqualTo(0.2);

    long asked = TEN + 6 * MINUTE;
    series.onMinutes(answer(TEN, asked, asked, 100, TEN, TEN + MINUTE), asked);
    assertThat(bars(Timeframe.M5).get(0).state()).isEqualTo(BarState.FINAL);
    assertThat(bars(Timeframe.M5).get(0).revision()).isZero();
  }

  @Test
  void shouldEndTheLastRegularBarWithAHalfDay() {
    long close = at("2013-11-29T13:00");
    CandleSeries half = Feed.series(close - 90 * MINUTE);
    for (long start = close - 60 * MINUTE; start < close + 2 * MINUTE; start += MINUTE) {
      half.onBar(minute(start, 50), start + MINUTE, 0);
    }
    List<Bar> regular = half.views().read(Timeframe.H1, SessionMode.REGULAR, -1).bars();
    assertThat(regular)
        .extracting(Bar::startMillis)
        .containsExactly(at("2013-11-29T11:30"), at("2013-11-29T12:30"));
    assertThat(regular.get(1).volume()).isEqualTo(30 * 100);
    assertThat(regular.get(1).state()).isEqualTo(BarState.FINAL);
    List<Interval> closed =
        half.views().read(Timeframe.M1, SessionMode.REGULAR, -1).intervals();
    assertThat(closed).isNotEmpty();
    half.onClock(close + 10 * MINUTE);
    assertThat(half.views().read(Timeframe.M1, SessionMode.REGULAR, -1).intervals())
        .contains(new Interval(close, at("2013-12-02T09:30"), IntervalState.CLOSED));
  }

  @Test
  void shouldAnchorBarsToTheClockOnBothSidesOfTheClockChange() {
    CandleSeries monday = Feed.series(at("2013-11-04T10:00"));
    long friday = at("2013-11-01T09:59");
    monday.onMinutes(answer(friday, friday, at("2013-11-04T10:00"), 12, friday), friday);
    monday.onBar(minute(at("2013-11-04T09:59"), 13), at("2013-11-04T10:00"), 0);
    assertThat(monday.views().read(Timeframe.H4, SessionMode.EXTENDED, -1).bars())
        .extracting(Bar::startMillis)
        .containsExactly(at("2013-11-01T08:00"), at("2013-11-04T08:00"));
  }

  @Test
  void shouldDeriveTheDayFromRegularPricesAndAllVolume() {
    HistoryPart days =
        new HistoryPart(BarBlock.empty(), at("2013-09-01T00:00"), TEN, TEN, BarSource.BACKFILL);
    series.onDays(days, TEN);
    series.onBar(minute(at("2013-10-07T08:00"), 90), at("2013-10-07T08:01"), 0);
    assertThat(bars(Timeframe.D1).get(0).close()).isEqualTo(90);

    series.onBar(minute(at("2013-10-07T09:30"), 100), at("2013-10-07T09:31"), 0);
    Bar today = bars(Timeframe.D1).get(0);
    assertThat(today.startMillis()).isEqualTo(at("2013-10-07T00:00"));
    assertThat(today.low()).isEqualTo(100);
    assertThat(today.volume()).isEqualTo(200);
    assertThat(today.state()).isEqualTo(BarState.LIVE);
    assertThat(bars(Timeframe.W1).get(0).startMillis()).isEqualTo(at("2013-10-07T00:00"));

    BarBlock block = new BarBlock.Builder(1)
        .add(at("2013-10-07T00:00"), 100, 101, 99, 100, 250, 100, 9)
        .build();
    long over = at("2013-10-07T20:01");
    series.onDays(new HistoryPart(block, 0, over, over, BarSource.BACKFILL), over);
    assertThat(bars(Timeframe.D1).get(0).isFinal()).isTrue();
    assertThat(bars(Timeframe.D1).get(0).volume()).isEqualTo(250);
  }

  @Test
  void shouldDropOlderDaysWhenADayBegins() {
    series.onBar(minute(TEN, 13), TEN + MINUTE, 0);
    series.onClock(at("2013-10-09T03:59"));
    assertThat(bars(Timeframe.M1)).hasSize(1);
    series.onClock(at("2013-10-09T04:00"));
    assertThat(bars(Timeframe.M1)).isEmpty();
    assertThat(series.firstMillis()).isEqualTo(at("2013-10-08T00:00"));
    assertThat(bars(Timeframe.H1)).hasSize(1);
  }

  @Test
  void shouldBeginANewEpochWhenASplitChangesWhatWasShown() {
    series.onBar(minute(TEN, 700), TEN + MINUTE, 0);
    Splits.Split split = new Splits.Split(LocalDate.of(2013, 10, 8), 1, 7);
    assertThat(series.onSplits(
            Splits.executed(List.of(split), LocalDate.of(2013, 10, 7), Feed.NYSE), "next"))
        .isFalse();
    assertThat(series.onSplits(
            Splits.executed(List.of(split), LocalDate.of(2013, 10, 8), Feed.NYSE), "next"))
        .isTrue();
    assertThat(series.epoch()).isEqualTo("next");
    assertThat(bars(Timeframe.M1).get(0).close()).isEqualTo(100);
    assertThat(bars(Timeframe.M1).get(0).volume()).isEqualTo(700);
  }
}
