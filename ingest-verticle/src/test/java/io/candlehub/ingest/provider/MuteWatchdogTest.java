package io.candlehub.ingest.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.ingest.provider.MuteWatchdog.Verdict;
import io.candlehub.model.BarBlock;
import io.candlehub.model.Instrument;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.feed.Topic;
import java.time.Duration;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(5)
class MuteWatchdogTest {
  private static final Topic SECONDS = Topic.parse("seconds:SPY").orElseThrow();
  private static final Topic MINUTES = Topic.parse("minutes:SPY").orElseThrow();
  private static final Topic OTHERS = Topic.parse("seconds:QQQ").orElseThrow();
  private static final Topic CALL = Topic.parse("quotes:O:SPY251219C00650000").orElseThrow();
  private static final Instrument SPY = SECONDS.instrument();
  private static final long TEN = at("2025-12-01T10:00:00-05:00");
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60_000;

  private final MuteWatchdog watchdog =
      new MuteWatchdog(TradingCalendar.nyse(), Duration.ofSeconds(15), Duration.ofSeconds(3));
  private long now = TEN;

  @BeforeEach
  void listen() {
    watchdog.listen(TEN, nanos());
  }

  @Test
  void shouldFallMuteFifteenSecondsAfterABusyStreamStops() {
    stream(SECONDS, 1_300, SECOND);

    assertThat(after(14_900)).isEqualTo(Verdict.FINE);
    assertThat(after(15_000)).isEqualTo(Verdict.MUTE);
  }

  @Test
  void shouldWaitThreeWallSecondsOnAFastMarket() {
    stream(SECONDS, 1_300, SECOND);

    assertThat(watchdog.judge(now + 170_000, nanos() + 2_900_000_000L)).isEqualTo(Verdict.FINE);
    assertThat(watchdog.judge(now + 180_000, nanos() + 3_000_000_000L)).isEqualTo(Verdict.MUTE);
  }

  @Test
  void shouldLearnThatASymbolIsOftenSilent() {
    stream(SECONDS, 120, 12 * SECOND);

    assertThat(after(70_000)).isEqualTo(Verdict.SUSPICIOUS);
    assertThat(after(120_000)).isEqualTo(Verdict.MUTE);
  }

  @Test
  void shouldTrustWhatItKnowsOnlySoFarAsItHasWatched() {
    stream(SECONDS, 60, SECOND);

    assertThat(after(240_000)).isEqualTo(Verdict.SUSPICIOUS);
    assertThat(after(320_000)).isEqualTo(Verdict.MUTE);
  }

  @Test
  void shouldBePatientWithBursts() {
    watchdog.ready(SECONDS, now, nanos());
    for (int burst = 0; burst < 6; burst++) {
      now += 15 * MINUTE;
      arrive(SECONDS, 60, SECOND);
    }

    assertThat(after(20 * MINUTE)).isEqualTo(Verdict.SUSPICIOUS);
  }

  @Test
  void shouldNotJudgeUnknownSymbolsBySilence() {
    watchdog.ready(SECONDS, now, nanos());
    watchdog.ready(OTHERS, now, nanos());

    assertThat(after(14_000)).isEqualTo(Verdict.FINE);
    assertThat(after(60 * MINUTE)).isEqualTo(Verdict.SUSPICIOUS);
  }

  @Test
  void shouldCountMissedMinutesWhereOnlyMinutesAreSubscribed() {
    now += 2 * SECOND;
    stream(MINUTES, 120, MINUTE);

    assertThat(after(5 * MINUTE)).isEqualTo(Verdict.SUSPICIOUS);
    assertThat(after(15 * MINUTE)).isEqualTo(Verdict.MUTE);
  }

  @Test
  void shouldMissTheFirstMinuteOfManyInstruments() {
    now += 2 * SECOND;
    long start = now;
    for (int i = 0; i < 30; i++) {
      now = start;
      stream(Topic.parse("minutes:S" + i).orElseThrow(), 90, MINUTE);
    }

    assertThat(after(67 * SECOND)).isEqualTo(Verdict.SUSPICIOUS);
    assertThat(after(69 * SECOND)).isEqualTo(Verdict.MUTE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2025-12-01T16:00:00-05:00",
        "2025-12-01T16:10:00-05:00",
        "2025-12-01T23:00:00-05:00",
        "2025-12-02T03:00:00-05:00",
        "2025-12-02T09:29:59-05:00",
        "2025-12-06T12:00:00-05:00",
        "2025-12-24T13:00:00-05:00",
        "2025-12-25T12:00:00-05:00"
      })
  void shouldNotWatchOvernightAtWeekendsOrOutsideTheRegularSession(String time) {
    stream(SECONDS, 1_300, SECOND);

    assertThat(after(at(time) - now)).isEqualTo(Verdict.UNWATCHED);
    assertThat(watchdog.muteTopics(at(time), nanos() + 86_400_000_000_000L)).isEmpty();
  }

  @Test
  void shouldCountSilenceFromTheOpening() {
    stream(SECONDS, 1_300, SECOND);
    long open = at("2025-12-02T09:30:00-05:00");

    assertThat(after(open + 14 * SECOND - now)).isEqualTo(Verdict.FINE);
    assertThat(after(open + 18 * SECOND - now)).isEqualTo(Verdict.MUTE);
  }

  @Test
  void shouldWaitThreeWallSecondsAfterTheOpeningOfAFastMarket() {
    stream(SECONDS, 1_300, SECOND);
    long open = at("2025-12-02T09:30:00-05:00");
    long wall = nanos() + 100_000_000_000L;

    assertThat(watchdog.judge(open + 60_000, wall)).isEqualTo(Verdict.FINE);
    assertThat(watchdog.judge(open + 120_000, wall + 2_000_000_000L)).isEqualTo(Verdict.FINE);
    assertThat(watchdog.judge(open + 180_000, wall + 3_000_000_000L)).isEqualTo(Verdict.MUTE);
  }

  @Test
  void shouldNotWatchWithoutTopics() {
    assertThat(after(10 * MINUTE)).isEqualTo(Verdict.UNWATCHED);
    stream(SECONDS, 1_300, SECOND);
    watchdog.lost(SECONDS);

    assertThat(after(10 * MINUTE)).isEqualTo(Verdict.UNWATCHED);
  }

  @Test
  void shouldJudgeTheNextMuteAsFastAsTheFirst() {
    stream(SECONDS, 1_300, SECOND);
    assertThat(after(15_000)).isEqualTo(Verdict.MUTE);
    now += 10 * MINUTE;
    arrive(SECONDS, 60, SECOND);

    assertThat(after(20_000)).isEqualTo(Verdict.MUTE);
  }

  @Test
  void shouldNotWatchAnInstrumentWhoseTradingIsPaused() {
    stream(SECONDS, 1_300, SECOND);
    watchdog.halted(SPY, true, now, nanos());
    assertThat(after(10 * MINUTE)).isEqualTo(Verdict.UNWATCHED);
    now += 10 * MINUTE;
    watchdog.halted(SPY, false, now, nanos());

    assertThat(after(10 * SECOND)).isEqualTo(Verdict.FINE);
    assertThat(after(18 * SECOND)).isEqualTo(Verdict.MUTE);
  }

  @Test
  void shouldTakeTheOptionsOnAnUnderlyingForOne() {
    for (int strike = 500; strike < 1_000; strike++) {
      String contract = "O:SPY251219C00" + strike + "000";
      watchdog.ready(Topic.parse("quotes:" + contract).orElseThrow(), now, nanos());
      watchdog.ready(Topic.parse("trades:" + contract).orElseThrow(), now, nanos());
    }
    assertThat(after(30 * MINUTE)).isEqualTo(Verdict.SUSPICIOUS);

    stream(CALL, 1_300, SECOND);
    assertThat(after(15 * SECOND)).isEqualTo(Verdict.MUTE);
  }

  @Test
  void shouldLetAContractFallSilentWhileOthersFlow() {
    stream(CALL, 1_300, SECOND);
    now = TEN;
    stream(OTHERS, 1_300, SECOND);
    arrive(OTHERS, 600, SECOND);

    assertThat(watchdog.muteTopics(now, nanos())).isEmpty();
    assertThat(watchdog.judge(now, nanos())).isEqualTo(Verdict.FINE);
  }

  @Test
  void shouldNotWatchContractsWhoseUnderlyingIsPaused() {
    stream(CALL, 1_300, SECOND);
    watchdog.halted(SPY, true, now, nanos());

    assertThat(after(10 * MINUTE)).isEqualTo(Verdict.UNWATCHED);
  }

  @Test
  void shouldFindATopicThatFellSilentWhileOthersFlow() {
    stream(SECONDS, 1_300, SECOND);
    now = TEN;
    stream(OTHERS, 1_300, SECOND);
    arrive(OTHERS, 59, SECOND);
    assertThat(watchdog.muteTopics(now, nanos())).isEmpty();
    arrive(OTHERS, 5, SECOND);

    assertThat(watchdog.muteTopics(now, nanos())).containsExactly(SECONDS);
    assertThat(watchdog.muteTopics(now, nanos())).isEmpty();
    watchdog.lost(SECONDS);
    watchdog.ready(SECONDS, now, nanos());
    arrive(OTHERS, 120, SECOND);
    assertThat(watchdog.muteTopics(now, nanos())).isEmpty();
    assertThat(watchdog.judge(now, nanos())).isEqualTo(Verdict.FINE);
  }

  @Test
  void shouldBelieveTheHistory() {
    watchdog.ready(SECONDS, now, nanos());
    now += 3 * MINUTE;
    assertThat(watchdog.compare(SPY, minutes(1), now, nanos())).isEmpty();
    assertThat(watchdog.judge(now, nanos())).isEqualTo(Verdict.FINE);

    assertThat(watchdog.compare(SPY, minutes(2), now, nanos())).isEmpty();
    assertThat(watchdog.judge(now, nanos())).isEqualTo(Verdict.MUTE);
    arrive(SECONDS, 1, SECOND);
    assertThat(watchdog.judge(now, nanos())).isEqualTo(Verdict.FINE);
  }

  @Test
  void shouldBelieveTheHistoryOutsideTheRegularSession() {
    now = at("2025-12-01T17:00:00-05:00");
    watchdog.listen(now, nanos());
    watchdog.ready(SECONDS, now, nanos());
    BarBlock bars = minutesFrom(now, 2);
    now += 3 * MINUTE;
    watchdog.compare(SPY, bars, now, nanos());

    assertThat(watchdog.judge(now, nanos())).isEqualTo(Verdict.MUTE);
  }

  @Test
  void shouldNotBlameTheStreamForMinutesItBroughtOrThatMayStillCome() {
    watchdog.ready(SECONDS, now, nanos());
    now += 125 * SECOND;
    arrive(SECONDS, 1, SECOND);
    assertThat(watchdog.compare(SPY, minutes(2), now + MINUTE, nanos() + 4_000_000_000L))
        .isEmpty();
    assertThat(watchdog.judge(now, nanos())).isEqualTo(Verdict.FINE);

    watchdog.compare(SPY, minutes(5), now + 2 * MINUTE, nanos() + 4_000_000_000L);
    assertThat(watchdog.judge(now, nanos())).isEqualTo(Verdict.FINE);
  }

  private void stream(Topic topic, int arrivals, long gapMillis) {
    watchdog.ready(topic, now, nanos());
    arrive(topic, arrivals, gapMillis);
    watchdog.judge(now, nanos());
  }

  private void arrive(Topic topic, int arrivals, long gapMillis) {
    for (int i = 0; i < arrivals; i++) {
      now += gapMillis;
      watchdog.arrived(now, nanos());
      watchdog.arrived(topic, now, nanos());
    }
  }

  /** Judges later, as if time had passed looked at from half a second to half a second. */
  private Verdict after(long millis) {
    watchdog.judge(now + Math.max(0, millis - 4_000), nanos() + (millis - 4_000) * 1_000_000);
    return watchdog.judge(now + millis, nanos() + millis * 1_000_000);
  }

  private BarBlock minutes(int count) {
    return minutesFrom(TEN, count);
  }

  private static BarBlock minutesFrom(long fromMillis, int count) {
    BarBlock.Builder bars = new BarBlock.Builder(count);
    for (int i = 0; i < count; i++) {
      bars.add(fromMillis + i * MINUTE, 1, 1, 1, 1, 1, Double.NaN, -1);
    }
    return bars.build();
  }

  private long nanos() {
    return now * 1_000_000;
  }

  private static long at(String time) {
    return ZonedDateTime.parse(time).toInstant().toEpochMilli();
  }
}
