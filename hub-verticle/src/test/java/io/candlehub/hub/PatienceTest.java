package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.hub.candle.HistoryPart;
import io.candlehub.hub.candle.Range;
import io.candlehub.model.BarBlock;
import io.candlehub.model.BarSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 5, unit = TimeUnit.SECONDS)
class PatienceTest {
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

  private static HistoryPart part(long from, long to, String who) {
    return part(from, to, who, false);
  }

  private static HistoryPart part(long from, long to, String who, boolean doubted) {
    return new HistoryPart(BarBlock.empty(), from, to, to, BarSource.BACKFILL, who, doubted);
  }

  @Test
  void shouldOweARangeUntilAllOfItIsTold() {
    OwedBars owed = new OwedBars(() -> returns);
    owed.onMinute(0);
    assertThat(owed.isDue()).isFalse();

    owed.note(part(10, 20, "other (error)"));
    owed.note(part(30, 40, "other (unhealthy)"));
    owed.onMinute(0);
    assertThat(owed.isDue()).isTrue();
    assertThat(owed.standIn().who()).isEqualTo("other (unhealthy)");
    assertThat(owed.with(new Range(35, 50))).isEqualTo(new Range(10, 50));
    assertThat(owed.isDue()).isFalse();

    owed.note(part(20, 50, ""));
    assertThat(owed.standIn().who()).isNotEmpty();
    owed.note(part(10, 50, ""));
    assertThat(owed.standIn().who()).isEmpty();
    assertThat(owed.with(new Range(35, 50))).isEqualTo(new Range(35, 50));
  }

  @Test
  void shouldOweWhatNobodyConfirmedWithoutNamingAnybody() {
    OwedBars owed = new OwedBars(() -> returns);
    owed.note(part(10, 20, "", true));
    owed.onMinute(0);
    assertThat(owed.isDue()).isTrue();
    assertThat(owed.standIn().who()).isEmpty();
    assertThat(owed.with(new Range(15, 30))).isEqualTo(new Range(10, 30));

    owed.note(part(10, 30, "other (error)"));
    owed.note(part(25, 40, "", true));
    assertThat(owed.standIn()).isEqualTo(new StandIn("other (error)", 10, 40));
    owed.note(part(10, 40, ""));
    assertThat(owed.standIn()).isEqualTo(StandIn.NONE);
  }

  @Test
  void shouldOweNothingOfDaysThatTheSeriesHasLeftBehind() {
    OwedBars owed = new OwedBars(() -> returns);
    owed.note(part(10, 40, "other (error)"));

    owed.onMinute(20);
    assertThat(owed.with(new Range(35, 50))).isEqualTo(new Range(20, 50));
    owed.note(part(20, 50, ""));
    assertThat(owed.standIn().isNone()).isTrue();

    owed.note(part(20, 50, "other (error)"));
    owed.onMinute(51);
    assertThat(owed.standIn().isNone()).isTrue();
    assertThat(owed.isDue()).isFalse();
  }
}
