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
    return new HistoryPart(BarBlock.empty(), from, to, to, BarSource.BACKFILL, who);
  }

  @Test
  void shouldOweARangeUntilAllOfItIsTold() {
    StandIn standIn = new StandIn(() -> returns);
    standIn.onMinute();
    assertThat(standIn.isDue()).isFalse();

    standIn.note(part(10, 20, "other (error)"));
    standIn.note(part(30, 40, "other (unhealthy)"));
    standIn.onMinute();
    assertThat(standIn.isDue()).isTrue();
    assertThat(standIn.who()).isEqualTo("other (unhealthy)");
    assertThat(standIn.owedWith(new Range(35, 50))).isEqualTo(new Range(10, 50));
    assertThat(standIn.isDue()).isFalse();

    standIn.note(part(20, 50, ""));
    assertThat(standIn.who()).isNotEmpty();
    standIn.note(part(10, 50, ""));
    assertThat(standIn.who()).isEmpty();
    assertThat(standIn.owedWith(new Range(35, 50))).isEqualTo(new Range(35, 50));
  }
}
