package io.candlehub.hub.tape;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.TradingCalendar;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class DayVolumeTest {
  private static final TradingCalendar NYSE = TradingCalendar.nyse();
  private static final long TEN = at("2013-10-07T10:00");

  private final DayVolume volume = new DayVolume(NYSE);

  private static long at(String newYork) {
    return LocalDateTime.parse(newYork).atZone(NYSE.zone()).toInstant().toEpochMilli();
  }

  private void answer(VolumeCarrier streaming, double told, long atMillis, long nowMillis) {
    volume.ask(streaming);
    volume.answer(told, atMillis, nowMillis);
  }

  @Test
  void shouldNotBeKnownUntilItIsTold() {
    volume.sale(TEN, 100);
    assertThat(volume.value(TEN)).isNaN();
    assertThat(volume.isWithheld(TEN + 60_000)).isFalse();
    volume.bar(Double.NaN, TEN, true);
    volume.answer(Double.NaN, TEN, TEN);
    assertThat(volume.value(TEN)).isNaN();
  }

  @Test
  void shouldFollowWhatBarsSay() {
    volume.bar(1_000, TEN, true);
    assertThat(volume.sale(TEN + 500, 10)).as("the next bar will have it").isFalse();
    assertThat(volume.value(TEN + 60_000)).isEqualTo(1_000);
    volume.bar(1_010, TEN + 1_000, true);
    answer(VolumeCarrier.BARS, 900, TEN + 900, TEN + 1_100);
    assertThat(volume.value(TEN + 60_000)).isEqualTo(1_010);
  }

  @Test
  void shouldAddToAnAnswerWhatWasTradedAfterIt() {
    volume.sale(TEN - 100, 1);
    volume.ask(VolumeCarrier.TRADES);
    volume.sale(TEN, 2);
    volume.sale(TEN + 100, 4);
    volume.answer(1_000, TEN, TEN + 200);
    assertThat(volume.value(TEN + 200)).isEqualTo(1_004);
    assertThat(volume.sale(TEN + 300, 8)).isTrue();
    assertThat(volume.sale(TEN - 50, 16)).as("the answer has it").isFalse();
    assertThat(volume.value(TEN + 60_000)).isEqualTo(1_012);
  }

  @Test
  void shouldNotAddWhatIsTradedWhileNothingIsComplete() {
    answer(VolumeCarrier.NOBODY, 1_000, TEN, TEN);
    assertThat(volume.sale(TEN + 100, 10)).isFalse();
    assertThat(volume.value(TEN + 5_000)).isEqualTo(1_000);
    assertThat(volume.value(TEN + 5_001)).isNaN();
    assertThat(volume.isWithheld(TEN + 5_001)).isTrue();
  }

  @Test
  void shouldEndWithTheStreamThatCarriesIt() {
    answer(VolumeCarrier.TRADES, 1_000, TEN, TEN);
    volume.sale(TEN + 100, 10);
    volume.lost(VolumeCarrier.BARS, TEN + 1_000);
    volume.sale(TEN + 1_100, 10);
    assertThat(volume.value(TEN + 60_000)).isEqualTo(1_020);
    volume.lost(VolumeCarrier.TRADES, TEN + 60_000);
    assertThat(volume.value(TEN + 65_000)).isEqualTo(1_020);
    assertThat(volume.sale(TEN + 70_000, 10)).isFalse();
    assertThat(volume.value(TEN + 70_000)).isNaN();
    answer(VolumeCarrier.TRADES, 1_500, TEN + 69_900, TEN + 70_100);
    assertThat(volume.value(TEN + 70_100)).isEqualTo(1_510);
  }

  @Test
  void shouldNotGoOnAfterAnAnswerWhoseStreamBrokeMeanwhile() {
    volume.ask(VolumeCarrier.TRADES);
    volume.lost(VolumeCarrier.TRADES, TEN);
    volume.answer(1_000, TEN, TEN);
    assertThat(volume.sale(TEN + 100, 10)).isFalse();
    assertThat(volume.ask(VolumeCarrier.TRADES)).isTrue();
    assertThat(volume.ask(VolumeCarrier.NOBODY)).isFalse();
  }

  @Test
  void shouldNotStepBackWhenBarsTakeOver() {
    answer(VolumeCarrier.TRADES, 1_000, TEN, TEN);
    volume.sale(TEN + 900, 10);
    volume.sale(TEN + 1_200, 20);
    volume.bar(1_010, TEN + 1_000, true);
    assertThat(volume.value(TEN + 1_300)).isEqualTo(1_030);
    volume.bar(1_031, TEN + 2_000, true);
    assertThat(volume.value(TEN + 2_100)).isEqualTo(1_031);
  }

  @Test
  void shouldCorrectByMinutesWhatTradesCarry() {
    answer(VolumeCarrier.TRADES, 1_000, TEN, TEN);
    volume.sale(TEN + 59_000, 10);
    volume.sale(TEN + 60_100, 20);
    volume.bar(1_011, TEN + 60_000, false);
    assertThat(volume.value(TEN + 60_200)).isEqualTo(1_031);
    volume.sale(TEN + 60_300, 1);
    assertThat(volume.value(TEN + 120_000)).isEqualTo(1_032);
  }

  @Test
  void shouldBeginAgainWithTheDay() {
    answer(VolumeCarrier.TRADES, 1_000, TEN, TEN);
    volume.reach(at("2013-10-08T03:59"));
    assertThat(volume.value(TEN)).isEqualTo(1_000);
    long morning = at("2013-10-08T04:00");
    volume.reach(morning);
    assertThat(volume.value(morning)).isZero();
    volume.sale(morning + 1, 7);
    assertThat(volume.value(morning + 1)).isEqualTo(7);
    volume.lost(VolumeCarrier.TRADES, morning + 2);
    volume.reach(at("2013-10-09T04:00"));
    assertThat(volume.value(morning)).isNaN();
  }
}
