package io.candlehub.hub.candle;

import static io.candlehub.hub.candle.Feed.MINUTE;
import static io.candlehub.hub.candle.Feed.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.hub.candle.Splits.Split;
import io.candlehub.model.Bar;
import io.candlehub.model.BarBlock;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.Instrument;
import io.candlehub.model.Interval;
import io.candlehub.model.IntervalState;
import io.candlehub.model.SessionMode;
import io.candlehub.model.Timeframe;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.feed.AggregateEvent;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Exact bars on the days on which calendars go wrong: clock changes, half days, closures, Sunday evenings, splits. */
class SessionBarsTest {
  private static final Instrument FUTURE = Instrument.of("F:ESZ3");

  private CandleSeries series(Instrument instrument, String newYork) {
    CandleSeries series =
        new CandleSeries(TradingCalendar.of(instrument), Feed.CONFIRM_DELAY, "epoch", at(newYork));
    series.onFeedBack(at(newYork));
    return series;
  }

  /** Puts a confirmed minute whose prices are all the same. */
  private static void minute(CandleSeries series, Instrument instrument, String at, double price) {
    minute(series, instrument, at(at), price, 10);
  }

  private static void minute(
      CandleSeries series, Instrument instrument, long start, double price, double volume) {
    series.onBar(
        new AggregateEvent(
            AggregateEvent.Span.MINUTE,
            instrument,
            start,
            start + MINUTE,
            price,
            price,
            price,
            price,
            volume,
            price,
            Double.NaN),
        start + MINUTE,
        0);
  }

  private static List<Bar> bars(CandleSeries series, Timeframe timeframe, SessionMode mode) {
    return series.views().read(timeframe, mode, -1).bars();
  }

  private static List<Bar> bars(CandleSeries series, Timeframe timeframe) {
    return bars(series, timeframe, SessionMode.EXTENDED);
  }

  /** Returns open, high, low, close and volume behind the start. */
  private static List<Object> row(Bar bar) {
    return List.of(bar.startMillis(), bar.open(), bar.high(), bar.low(), bar.close(), bar.volume());
  }

  private static List<Object> row(String start, double o, double h, double l, double c, double v) {
    return List.of(at(start), o, h, l, c, v);
  }

  private void assertHoursOfClockChange(String day) {
    CandleSeries series = series(Feed.SPY, day + "T04:00");
    minute(series, Feed.SPY, day + "T04:00", 1);
    minute(series, Feed.SPY, day + "T07:59", 2);
    minute(series, Feed.SPY, day + "T08:00", 3);
    minute(series, Feed.SPY, day + "T09:29", 4);
    minute(series, Feed.SPY, day + "T09:30", 5);
    minute(series, Feed.SPY, day + "T10:29", 6);
    minute(series, Feed.SPY, day + "T10:30", 7);
    assertThat(bars(series, Timeframe.H4))
        .extracting(SessionBarsTest::row)
        .containsExactly(row(day + "T04:00", 1, 2, 1, 2, 20), row(day + "T08:00", 3, 7, 3, 7, 50));
    assertThat(bars(series, Timeframe.H1))
        .extracting(SessionBarsTest::row)
        .containsExactly(
            row(day + "T04:00", 1, 1, 1, 1, 10),
            row(day + "T07:00", 2, 2, 2, 2, 10),
            row(day + "T08:00", 3, 3, 3, 3, 10),
            row(day + "T09:00", 4, 5, 4, 5, 20),
            row(day + "T10:00", 6, 7, 6, 7, 20));
    assertThat(bars(series, Timeframe.H1, SessionMode.REGULAR))
        .extracting(SessionBarsTest::row)
        .containsExactly(row(day + "T09:30", 5, 6, 5, 6, 20), row(day + "T10:30", 7, 7, 7, 7, 10));
  }

  @Test
  void shouldFollowTheClockOnTheFirstDayOfSummerTime() {
    assertHoursOfClockChange("2024-03-11");
    assertThat(at("2024-03-11T09:30") - at("2024-03-08T09:30")).isEqualTo((72 - 1) * 60 * MINUTE);
  }

  @Test
  void shouldFollowTheClockOnTheFirstDayOfWinterTime() {
    assertHoursOfClockChange("2024-11-04");
    assertThat(at("2024-11-04T09:30") - at("2024-11-01T09:30")).isEqualTo((72 + 1) * 60 * MINUTE);
  }

  @Test
  void shouldEndHalfDaysEarly() {
    CandleSeries series = series(Feed.SPY, "2025-11-28T09:30");
    for (long minute = at("2025-11-28T09:30"); minute < at("2025-11-28T13:00"); minute += MINUTE) {
      minute(series, Feed.SPY, minute, minute == at("2025-11-28T12:59") ? 9 : 5, 1);
    }
    minute(series, Feed.SPY, "2025-11-28T13:00", 20);
    long over = at("2025-11-28T17:00") + 6_000;
    series.onMinutes(
        new HistoryPart(BarBlock.empty(), at("2025-11-28T13:01"), over, over, BarSource.BACKFILL),
        over);
    series.onClock(over);
    List<Bar> regular = bars(series, Timeframe.H1, SessionMode.REGULAR);
    assertThat(regular)
        .extracting(SessionBarsTest::row)
        .containsExactly(
            row("2025-11-28T09:30", 5, 5, 5, 5, 60),
            row("2025-11-28T10:30", 5, 5, 5, 5, 60),
            row("2025-11-28T11:30", 5, 5, 5, 5, 60),
            row("2025-11-28T12:30", 5, 9, 5, 9, 30));
    assertThat(regular).extracting(Bar::state).containsOnly(BarState.FINAL);
    assertThat(series.views().read(Timeframe.M1, SessionMode.REGULAR, -1).intervals())
        .contains(
            new Interval(at("2025-11-28T13:00"), at("2025-12-01T09:30"), IntervalState.CLOSED));
    series.onDays(
        new HistoryPart(BarBlock.empty(), 0, over, Long.MIN_VALUE, BarSource.CACHE), over);
    assertThat(bars(series, Timeframe.D1))
        .extracting(SessionBarsTest::row)
        .containsExactly(row("2025-11-28T00:00", 5, 9, 5, 9, 220));
  }

  @Test
  void shouldKnowTheDayOfMourning() {
    CandleSeries series = series(Feed.SPY, "2025-01-09T12:00");
    assertThat(series.firstMillis()).isEqualTo(at("2025-01-08T00:00"));
    minute(series, Feed.SPY, "2025-01-08T15:59", 3);
    series.onClock(at("2025-01-10T04:00"));
    minute(series, Feed.SPY, "2025-01-10T09:30", 4);
    assertThat(bars(series, Timeframe.M5))
        .extracting(SessionBarsTest::row)
        .containsExactly(
            row("2025-01-08T15:55", 3, 3, 3, 3, 10), row("2025-01-10T09:30", 4, 4, 4, 4, 10));
    assertThat(series.views().read(Timeframe.M1, SessionMode.EXTENDED, -1).intervals())
        .contains(
            new Interval(at("2025-01-08T20:00"), at("2025-01-10T04:00"), IntervalState.CLOSED));
    series.onDays(
        new HistoryPart(BarBlock.empty(), 0, 0, Long.MIN_VALUE, BarSource.CACHE),
        at("2025-01-10T10:00"));
    assertThat(bars(series, Timeframe.W1))
        .extracting(SessionBarsTest::row)
        .containsExactly(row("2025-01-06T00:00", 3, 4, 3, 4, 20));
  }

  @Test
  void shouldOpenFuturesOnSundayEvening() {
    CandleSeries series = series(FUTURE, "2013-10-06T18:00");
    assertThat(series.firstMillis()).isEqualTo(at("2013-10-03T18:00"));
    minute(series, FUTURE, "2013-10-06T18:00", 1676.75);
    minute(series, FUTURE, "2013-10-06T19:59", 1675);
    minute(series, FUTURE, "2013-10-06T20:00", 1677);
    minute(series, FUTURE, "2013-10-07T00:00", 1678);
    minute(series, FUTURE, "2013-10-07T16:14", 1670);
    minute(series, FUTURE, "2013-10-07T16:30", 1671);
    minute(series, FUTURE, "2013-10-07T17:14", 1667.5);
    assertThat(bars(series, Timeframe.H4))
        .extracting(SessionBarsTest::row)
        .containsExactly(
            row("2013-10-06T18:00", 1676.75, 1676.75, 1675, 1675, 20),
            row("2013-10-06T20:00", 1677, 1677, 1677, 1677, 10),
            row("2013-10-07T00:00", 1678, 1678, 1678, 1678, 10),
            row("2013-10-07T16:00", 1670, 1671, 1667.5, 1667.5, 30));
    series.onDays(
        new HistoryPart(BarBlock.empty(), 0, 0, Long.MIN_VALUE, BarSource.CACHE),
        at("2013-10-07T17:15"));
    List<Object> day = row("2013-10-07T00:00", 1676.75, 1678, 1667.5, 1667.5, 70);
    assertThat(bars(series, Timeframe.D1)).extracting(SessionBarsTest::row).containsExactly(day);
    assertThat(bars(series, Timeframe.W1)).extracting(SessionBarsTest::row).containsExactly(day);
    series.onClock(at("2013-10-07T17:30"));
    assertThat(series.views().read(Timeframe.M1, SessionMode.EXTENDED, -1).intervals())
        .contains(
            new Interval(at("2013-10-07T16:15"), at("2013-10-07T16:30"), IntervalState.CLOSED),
            new Interval(at("2013-10-07T17:15"), at("2013-10-07T18:00"), IntervalState.CLOSED));
  }

  @Test
  void shouldKeepTwoEveningsOfFuturesApart() {
    CandleSeries series = series(FUTURE, "2013-10-07T17:00");
    minute(series, FUTURE, "2013-10-07T17:14", 1667.5);
    series.onClock(at("2013-10-07T18:00"));
    minute(series, FUTURE, "2013-10-07T18:00", 1667);
    assertThat(bars(series, Timeframe.H4))
        .extracting(SessionBarsTest::row)
        .containsExactly(
            row("2013-10-07T16:00", 1667.5, 1667.5, 1667.5, 1667.5, 10),
            row("2013-10-07T18:00", 1667, 1667, 1667, 1667, 10));
  }

  @Test
  void shouldOpenFuturesOnTheSundayOfAClockChange() {
    for (String monday : List.of("2024-03-11", "2024-11-04")) {
      LocalDate date = LocalDate.parse(monday);
      CandleSeries series = series(Instrument.of("F:ES"), date.minusDays(1) + "T18:00");
      minute(series, Instrument.of("F:ES"), date.minusDays(1) + "T18:00", 5);
      minute(series, Instrument.of("F:ES"), date + "T09:30", 6);
      assertThat(bars(series, Timeframe.H1))
          .extracting(SessionBarsTest::row)
          .containsExactly(
              row(date.minusDays(1) + "T18:00", 5, 5, 5, 5, 10),
              row(date + "T09:00", 6, 6, 6, 6, 10));
      series.onDays(
          new HistoryPart(BarBlock.empty(), 0, 0, Long.MIN_VALUE, BarSource.CACHE),
          at(date + "T10:00"));
      assertThat(bars(series, Timeframe.D1))
          .extracting(SessionBarsTest::row)
          .containsExactly(row(date + "T00:00", 5, 6, 5, 6, 20));
    }
  }

  @Test
  void shouldAdjustBarsBeforeSplits() {
    Instrument apple = Instrument.of("AAPL");
    CandleSeries series = series(apple, "2014-06-06T15:00");
    minute(series, apple, at("2014-06-06T15:59"), 645.57, 700);
    series.onClock(at("2014-06-09T04:00"));
    Splits splits = Splits.executed(
        List.of(new Split(LocalDate.of(2014, 6, 9), 1, 7)),
        LocalDate.of(2014, 6, 9),
        TradingCalendar.nyse());
    assertThat(series.onSplits(splits, "next")).isTrue();
    minute(series, apple, at("2014-06-09T09:30"), 92.69, 70);
    List<Bar> hours = bars(series, Timeframe.H1);
    assertThat(hours.get(0).close()).isEqualTo(645.57 / 7);
    assertThat(hours.get(0).volume()).isEqualTo(4_900);
    assertThat(hours.get(1).close()).isEqualTo(92.69);
    assertThat(hours.get(1).volume()).isEqualTo(70);
    assertThat(series
            .views()
            .readRaw(Timeframe.H1, SessionMode.EXTENDED)
            .bars()
            .get(0)
            .close())
        .isEqualTo(645.57);
    assertThat(series.epoch()).isEqualTo("next");
    assertThat(LongStream.of(hours.get(0).startMillis(), hours.get(1).startMillis())
            .boxed())
        .containsExactly(at("2014-06-06T15:00"), at("2014-06-09T09:00"));
  }
}
