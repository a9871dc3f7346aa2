package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.hub.candle.AnswerWorth;
import io.candlehub.hub.candle.HistoryPart;
import io.candlehub.hub.candle.Range;
import io.candlehub.model.BarBlock;
import io.candlehub.model.BarSource;
import io.candlehub.model.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 5, unit = TimeUnit.SECONDS)
class PatienceTest {
  private static final Origin FAILED = new Origin("other", "error");

  private long returns;

  @Test
  void shouldAskEverMoreSeldom() {
    Patience patience = new Patience(() -> returns);
    List<Integer> asked = new ArrayList<>();
    for (int minute = 1; minute <= 60; minute++) {
      if (patience.isOver()) {
        asked.add(minute);
      }
    }

    assertThat(asked).containsExactly(1, 3, 7, 15, 30, 45, 60);
  }

  @Test
  void shouldAskAtOnceWhenTheFirstProviderIsBack() {
    Patience patience = new Patience(() -> returns);
    for (int minute = 1; minute <= 8; minute++) {
      patience.isOver();
    }
    returns++;

    assertThat(patience.isOver()).isTrue();
    assertThat(patience.isOver()).isFalse();
    assertThat(patience.isOver()).isTrue();
  }

  private static HistoryPart part(long from, long to, Origin who) {
    return part(from, to, AnswerWorth.toldBy(who));
  }

  private static HistoryPart part(long from, long to, AnswerWorth worth) {
    return new HistoryPart(BarBlock.empty(), from, to, to, BarSource.BACKFILL, worth);
  }

  @Test
  void shouldNotAskAtTheFirstLookOfANewOwner() {
    Patience patience = new Patience(() -> returns);
    patience.adopt();

    assertThat(List.of(patience.isOver(), patience.isOver(), patience.isOver(), patience.isOver()))
        .containsExactly(false, true, false, true);
  }

  @Test
  void shouldOweARangeUntilAllOfItIsTold() {
    OwedBars owed = new OwedBars(() -> returns);
    owed.onMinute(0);
    assertThat(owed.isDue()).isFalse();

    owed.note(part(10, 20, FAILED));
    owed.note(part(30, 40, new Origin("other", "unhealthy")));
    owed.onMinute(0);
    assertThat(owed.isDue()).isTrue();
    assertThat(owed.standIn().who()).isEqualTo(new Origin("other", "unhealthy"));
    assertThat(owed.with(new Range(35, 50))).isEqualTo(new Range(10, 50));
    assertThat(owed.isDue()).isFalse();

    owed.note(part(20, 50, AnswerWorth.WHOLE));
    assertThat(owed.standIn().who().isKnown()).isTrue();
    owed.note(part(10, 50, AnswerWorth.WHOLE));
    assertThat(owed.standIn().who().isKnown()).isFalse();
    assertThat(owed.with(new Range(35, 50))).isEqualTo(new Range(35, 50));
  }

  @Test
  void shouldOweWhatNobodyConfirmedWithoutNamingAnybody() {
    OwedBars owed = new OwedBars(() -> returns);
    owed.note(part(10, 20, AnswerWorth.DOUBTED));
    owed.onMinute(0);
    assertThat(owed.isDue()).isTrue();
    assertThat(owed.standIn().who().isKnown()).isFalse();
    assertThat(owed.with(new Range(15, 30))).isEqualTo(new Range(10, 30));

    owed.note(part(10, 30, FAILED));
    owed.note(part(25, 40, AnswerWorth.DOUBTED));
    assertThat(owed.standIn()).isEqualTo(new StandIn(FAILED, 10, 40));
    owed.note(part(10, 40, AnswerWorth.WHOLE));
    assertThat(owed.standIn()).isEqualTo(StandIn.NONE);
  }

  @Test
  void shouldNotAskForAFormerOwnersBarsInItsFirstMinute() {
    OwedBars owed = new OwedBars(() -> returns);
    owed.adopt(new StandIn(FAILED, 10, 40));
    owed.onMinute(0);
    assertThat(owed.isDue()).isFalse();
    owed.onMinute(0);
    assertThat(owed.isDue()).isTrue();
  }

  @Test
  void shouldOweNothingOfDaysThatTheSeriesHasLeftBehind() {
    OwedBars owed = new OwedBars(() -> returns);
    owed.note(part(10, 40, FAILED));

    owed.onMinute(20);
    assertThat(owed.with(new Range(35, 50))).isEqualTo(new Range(20, 50));
    owed.note(part(20, 50, AnswerWorth.WHOLE));
    assertThat(owed.standIn().isNone()).isTrue();

    owed.note(part(20, 50, FAILED));
    owed.onMinute(51);
    assertThat(owed.standIn().isNone()).isTrue();
    assertThat(owed.isDue()).isFalse();
  }
}
