package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.ingest.provider.massive.MuteWatchdog.Verdict;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.feed.Topic;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class MuteWatchdogTest {
  private static final Set<Topic> SECONDS = Set.of(Topic.parse("seconds:SPY").orElseThrow());
  private static final Set<Topic> MINUTES = Set.of(Topic.parse("minutes:SPY").orElseThrow());
  private static final long TEN = at("2025-12-01T10:00:00-05:00");
  private static final long DELAY = Duration.ofMinutes(15).toMillis();

  private final MuteWatchdog watchdog =
      new MuteWatchdog(TradingCalendar.nyse(), Duration.ofSeconds(15), Duration.ofSeconds(3));
  private long wallMillis;

  @Test
  void shouldFallMuteFifteenSecondsAfterABusyStreamStops() {
    long last = stream(TEN, 60, 1_000);

    assertThat(judge(last + 14_900, 14_900)).isEqualTo(Verdict.FINE);
    assertThat(judge(last + 15_000, 15_000)).isEqualTo(Verdict.MUTE);
  }

  @Test
  void shouldWaitThreeWallSecondsOnAFastMarket() {
    long last = stream(TEN, 60, 1_000);

    assertThat(judge(last + 170_000, 2_900)).isEqualTo(Verdict.FINE);
    assertThat(judge(last + 180_000, 3_000)).isEqualTo(Verdict.MUTE);
  }

  @Test
  void shouldLearnThatAThinSymbolIsOftenSilent() {
    long last = stream(TEN, 30, 12_000);

    assertThat(judge(last + 60_000, 60_000)).isEqualTo(Verdict.SUSPICIOUS);
    assertThat(judge(last + 97_000, 97_000)).isEqualTo(Verdict.MUTE);
  }

  @Test
  void shouldBePatientWithOneUnknownSymbol() {
    watchdog.subscribed(SECONDS);
    watchdog.listen(TEN, 0);

    assertThat(judge(TEN + 30_000, 30_000)).isEqualTo(Verdict.SUSPICIOUS);
    assertThat(judge(TEN + 40_000, 40_000)).isEqualTo(Verdict.MUTE);
  }

  @Test
  void shouldWaitForTheNextMinuteWhereOnlyMinutesAreSubscribed() {
    long last = stream(TEN, 300, 1_000);

    assertThat(watchdog.judge(last + 74_000, 0, nanos(74_000), MINUTES))
        .isEqualTo(Verdict.SUSPICIOUS);
    assertThat(watchdog.judge(last + 75_000, 0, nanos(75_000), MINUTES)).isEqualTo(Verdict.MUTE);
  }

  @Test
  void shouldNotWatchOvernightAtWeekendsOrOutsideTheRegularSession() {
    stream(TEN, 10, 1_000);

    for (String time : new String[] {
      "2025-12-01T03:00:00-05:00",
      "2025-12-01T09:29:59-05:00",
      "2025-12-01T16:00:00-05:00",
      "2025-12-01T23:00:00-05:00",
      "2025-12-06T12:00:00-05:00",
      "2025-12-25T12:00:00-05:00"
    }) {
      assertThat(judge(at(time), 86_400_000)).as(time).isEqualTo(Verdict.UNWATCHED);
    }
  }

  @Test
  void shouldCountSilenceFromTheOpening() {
    watchdog.subscribed(SECONDS);
    stream(at("2025-12-01T09:00:00-05:00"), 30, 1_000);
    long open = at("2025-12-01T09:30:00-05:00");

    assertThat(judge(open + 14_000, 1_000_000)).isEqualTo(Verdict.FINE);
  }

  @Test
  void shouldShiftTheSessionOnADelayedFeed() {
    watchdog.subscribed(SECONDS);
    watchdog.listen(at("2025-12-01T09:00:00-05:00"), 0);
    long quarterToTen = at("2025-12-01T09:45:00-05:00");

    assertThat(watchdog.judge(quarterToTen - 1 - DELAY, DELAY, nanos(9_000_000), SECONDS))
        .isEqualTo(Verdict.UNWATCHED);
    assertThat(watchdog.judge(quarterToTen + 10_000 - DELAY, DELAY, nanos(9_000_000), SECONDS))
        .isEqualTo(Verdict.FINE);
    assertThat(watchdog.judge(quarterToTen + 41_000 - DELAY, DELAY, nanos(9_000_000), SECONDS))
        .isEqualTo(Verdict.MUTE);
  }

  @Test
  void shouldNotWatchWithoutTopics() {
    watchdog.listen(TEN, 0);

    assertThat(watchdog.judge(TEN + 600_000, 0, nanos(600_000), Set.of()))
        .isEqualTo(Verdict.UNWATCHED);
  }

  private long stream(long fromMillis, int arrivals, long gapMillis) {
    watchdog.listen(fromMillis, nanos(0));
    for (int i = 1; i <= arrivals; i++) {
      wallMillis += gapMillis;
      watchdog.arrived(fromMillis + i * gapMillis, 0, nanos(0));
    }
    return fromMillis + arrivals * gapMillis;
  }

  private Verdict judge(long marketMillis, long silentWallMillis) {
    return watchdog.judge(marketMillis, 0, nanos(silentWallMillis), SECONDS);
  }

  private long nanos(long laterMillis) {
    return (wallMillis + laterMillis) * 1_000_000;
  }

  private static long at(String time) {
    return ZonedDateTime.parse(time).toInstant().toEpochMilli();
  }
}
