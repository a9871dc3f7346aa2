package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import io.candlehub.model.HealthSource;
import io.candlehub.model.SessionPhase;
import io.candlehub.model.feed.FeedStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class SeriesHealthTest {
  private static Health verdict(
      FeedStatus.State state, boolean ready, boolean filling, String problem, long cooldown) {
    FeedStatus feed = new FeedStatus("massive", "stocks", state, "", 900_000, Set.of("quotes"), 0);
    return new SeriesHealth(
            "massive",
            Optional.of(feed),
            ready,
            List.of("seconds"),
            filling,
            true,
            Problem.of(problem),
            cooldown,
            2,
            100,
            SessionPhase.OPEN,
            false)
        .verdict()
        .health();
  }

  @Test
  void shouldBeLiveWhenFedAsItShould() {
    Health health = verdict(FeedStatus.State.STREAMING, true, false, "", 0);
    assertThat(health.mode()).isEqualTo(HealthMode.LIVE);
    assertThat(health.source()).isEqualTo(HealthSource.WS);
    assertThat(health.reason()).isEmpty();
    assertThat(health.missing()).containsExactly("quotes", "seconds");
    assertThat(health.delayMillis()).isEqualTo(900_000);
  }

  @Test
  void shouldSayThatAHoleIsBeingFilled() {
    Health health = verdict(FeedStatus.State.STREAMING, true, true, "", 0);
    assertThat(health.mode()).isEqualTo(HealthMode.BACKFILLING);
    assertThat(health.reason()).isNotEmpty();
  }

  @Test
  void shouldLetTheWorseModeWin() {
    assertThat(verdict(FeedStatus.State.STREAMING, true, true, "", 500).mode())
        .isEqualTo(HealthMode.DEGRADED);
    assertThat(verdict(FeedStatus.State.STREAMING, true, true, "no history", 0).reason())
        .isEqualTo("no history");
  }

  @Test
  void shouldNameWhoTookThePlaceOfTheFirstProvider() {
    String reason = "the stream of massive is down; other takes its place";
    FeedStatus taken =
        new FeedStatus("other", "stocks", FeedStatus.State.STREAMING, reason, 0, Set.of(), 0);
    Health health = new SeriesHealth(
            "massive",
            Optional.of(taken),
            true,
            List.of("minutes", "seconds"),
            false,
            true,
            Problem.NONE,
            0,
            0,
            100,
            SessionPhase.OPEN,
            false)
        .verdict()
        .health();
    assertThat(health.mode()).isEqualTo(HealthMode.DEGRADED);
    assertThat(health.reason()).isEqualTo(reason);
    assertThat(health.provider()).isEqualTo("other");
    assertThat(health.source()).isEqualTo(HealthSource.WS);
  }

  @Test
  void shouldNameEveryStateOfALostStreamAndHowItIsReplaced() {
    for (FeedStatus.State state : FeedStatus.State.values()) {
      Health health = verdict(state, false, false, "", 0);
      assertThat(health.mode()).isEqualTo(HealthMode.DEGRADED);
      assertThat(health.source()).isEqualTo(HealthSource.REST);
      assertThat(health.reason()).isNotEmpty();
    }
  }
}
