package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class RebuildMarkTest {
  private static final long TEN = HubRig.at("2013-10-07T10:00");
  private static final long MINUTE = 60_000;

  private final RebuildMark mark = new RebuildMark();

  @Test
  void shouldRememberTheMinuteBeforeTheLast() {
    mark.events(TEN + 30_000, 5);
    assertThat(mark.seq(9)).isEqualTo(5);
    assertThat(mark.millis(TEN)).isEqualTo(TEN + MINUTE);
    mark.events(TEN + 2 * MINUTE - 1_000, 50);
    mark.events(TEN + 2 * MINUTE + 9_000, 70);
    assertThat(mark.seq(90)).isEqualTo(5);
    assertThat(mark.millis(TEN)).isEqualTo(TEN + MINUTE);
    mark.events(TEN + 3 * MINUTE, 100);
    assertThat(mark.seq(110)).isEqualTo(50);
    assertThat(mark.millis(TEN)).isEqualTo(TEN + 2 * MINUTE);
  }

  @Test
  void shouldNotTakeItsOwnFirstEventForAMinutesBegin() {
    mark.adopt(TEN + MINUTE + 30_000, TEN, 5);
    mark.events(TEN + MINUTE + 35_000, 60);
    assertThat(mark.seq(61)).isEqualTo(5);
    assertThat(mark.millis(TEN)).isEqualTo(TEN);
    mark.events(TEN + 2 * MINUTE + 3_000, 90);
    assertThat(mark.seq(91)).isEqualTo(5);
    assertThat(mark.millis(TEN)).isEqualTo(TEN + MINUTE);
    mark.events(TEN + 3 * MINUTE, 120);
    assertThat(mark.seq(121)).isEqualTo(90);
    assertThat(mark.millis(TEN)).isEqualTo(TEN + 2 * MINUTE);
  }

  @Test
  void shouldForgetNumbersThatBeganAnew() {
    mark.adopt(TEN + MINUTE + 30_000, TEN, 500);
    mark.restart();
    assertThat(mark.seq(0)).isZero();
    mark.events(TEN + MINUTE + 35_000, 3);
    assertThat(mark.seq(9)).isEqualTo(3);
    assertThat(mark.millis(TEN)).isEqualTo(TEN + 2 * MINUTE);
  }

  @Test
  void shouldHaveNothingToRebuildBeforeTheFirstEvent() {
    assertThat(mark.seq(7)).isEqualTo(7);
    assertThat(mark.millis(TEN + 10_000)).isEqualTo(TEN + MINUTE);
  }
}
