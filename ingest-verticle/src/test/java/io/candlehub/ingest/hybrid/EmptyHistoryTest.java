package io.candlehub.ingest.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.ingest.Errand;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.hybrid.ScriptedProvider.Answer;
import io.candlehub.model.Instrument;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When nothing is an answer, and when it is a reason to ask the next account. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class EmptyHistoryTest {
  private static final Instrument SPY = Instrument.of("SPY");
  private static final long MINUTE = 60_000;

  private final HybridRig rig = HybridRig.ofEqual();

  @AfterEach
  void close() {
    rig.close();
  }

  private History ask(HistoryQuery query) {
    return rig.hybrid.history(query, new Errand(Priority.GAP)).result();
  }

  /** Asks for the last quarter of an hour, in which the market was open. */
  private History recent() {
    long now = rig.clock.millis();
    return ask(new HistoryQuery(SPY, HistoryUnit.MINUTE, now - 15 * MINUTE, now));
  }

  private static HistoryQuery minutes(String from, String to) {
    return new HistoryQuery(
        SPY,
        HistoryUnit.MINUTE,
        Instant.parse(from).toEpochMilli(),
        Instant.parse(to).toEpochMilli());
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-01T09:00:00Z, 2025-12-01T14:33:00Z",
    "2025-12-01T21:05:00Z, 2025-12-02T00:59:00Z",
    "2025-11-27T09:00:00Z, 2025-11-28T00:59:00Z",
    "2025-11-28T18:05:00Z, 2025-11-28T21:00:00Z",
    "2025-11-29T09:00:00Z, 2025-11-30T23:59:00Z",
    "2025-12-01T14:40:00Z, 2025-12-01T14:43:00Z"
  })
  void shouldBelieveAnEmptyRangeInWhichNothingMustHaveTraded(String from, String to) {
    rig.first.answer = Answer.EMPTY;

    History history = ask(minutes(from, to));
    assertThat(history.source() + history.fallbackReason()).isEqualTo("first");
    assertThat(rig.second.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-01T14:35:00Z, 2025-12-01T14:45:00Z",
    "2025-11-28T17:40:00Z, 2025-11-28T21:00:00Z",
    "2025-11-24T00:00:00Z, 2025-11-29T00:00:00Z"
  })
  void shouldAskTheOtherForBarsOfAnOpenSession(String from, String to) {
    rig.first.answer = Answer.EMPTY;

    History history = ask(minutes(from, to));
    assertThat(history.source() + " " + history.fallbackReason()).isEqualTo("second empty");
    assertThat(history.bars().size()).isPositive();
  }

  @Test
  void shouldAskTheOtherEverMoreSeldomWhereNobodyKnowsAnyBars() {
    rig.first.answer = Answer.EMPTY;
    rig.second.answer = Answer.EMPTY;
    int questions = 0;
    for (int second = 0; second < 4 * 3_600; second += 10) {
      History history = recent();
      assertThat(history.source() + history.fallbackReason()).isEqualTo("first");
      questions++;
      rig.advance(10);
    }

    assertThat(rig.first.asked).hasSize(questions);
    assertThat(rig.second.asked)
        .as("0, 1, 3, 7, 15, 31, 63, 123 and 183 minutes")
        .hasSize(9);
  }

  @Test
  void shouldDoubtAgainAfterBarsWereTold() {
    rig.first.answer = Answer.EMPTY;
    rig.second.answer = Answer.EMPTY;
    recent();
    recent();
    assertThat(rig.second.asked).hasSize(1);
    rig.first.answer = Answer.GOOD;
    recent();
    rig.first.answer = Answer.EMPTY;
    rig.second.answer = Answer.GOOD;

    assertThat(recent().fallbackReason()).isEqualTo("empty");
    assertThat(recent().fallbackReason())
        .as("what the other one knows is never hidden")
        .isEqualTo("empty");
  }

  @Test
  void shouldNotTakeThePastForThePresent() {
    rig.first.answer = Answer.EMPTY;
    rig.second.answer = Answer.EMPTY;
    HistoryQuery beforeListing = minutes("2025-10-06T00:00:00Z", "2025-10-10T00:00:00Z");
    ask(beforeListing);
    ask(beforeListing);
    assertThat(rig.second.asked).hasSize(1);

    rig.second.answer = Answer.GOOD;
    assertThat(recent().fallbackReason()).isEqualTo("empty");
  }

  @ParameterizedTest
  @EnumSource(names = {"ERROR", "BUSY", "CROWDED", "BUG"})
  void shouldDoubtUntilTheOtherOneAnswers(Answer failure) {
    rig.first.answer = Answer.EMPTY;
    rig.second.answer = failure;
    for (int i = 0; i < 2; i++) {
      History history = recent();
      assertThat(history.bars().size()).isZero();
      assertThat(history.source() + history.fallbackReason()).isEqualTo("first");
      assertThat(history.doubted()).isTrue();
    }
    rig.second.answer = Answer.GOOD;

    assertThat(recent().fallbackReason()).isEqualTo("empty");
    assertThat(recent().doubted()).isFalse();
  }

  @Test
  void shouldBelieveForAMinuteOnceTheOtherOneAnswered() {
    rig.first.answer = Answer.EMPTY;
    rig.second.answer = Answer.BUSY;
    for (int minute = 0; minute < 10; minute++) {
      recent();
      rig.advance(60);
    }
    assertThat(rig.second.asked).hasSize(10);
    rig.second.answer = Answer.EMPTY;
    assertThat(recent().doubted()).isFalse();
    rig.second.answer = Answer.GOOD;
    rig.advance(59);

    assertThat(recent().source()).isEqualTo("first");
    rig.advance(1);
    assertThat(recent().source()).isEqualTo("second");
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_ENTITLED", "UNKNOWN", "UNSUPPORTED"})
  void shouldBelieveWhatTheOtherOneCannotTell(Answer answer) {
    rig.first.answer = Answer.EMPTY;
    rig.second.answer = answer;

    assertThat(recent().doubted()).isFalse();
    assertThat(recent().doubted()).isFalse();
    assertThat(rig.second.asked).hasSize(1);
  }

  @Test
  void shouldOnlyProbeTheOtherOneWhileItIsUnhealthy() {
    rig.first.answer = Answer.EMPTY;
    rig.second.answer = Answer.ERROR;
    for (int second = 0; second < 3_600; second++) {
      assertThat(recent().doubted()).isTrue();
      rig.advance(1);
    }

    assertThat(rig.second.asked)
        .as("three errors, then after 5, 10, 20, 40 and ever after 60 seconds")
        .hasSizeBetween(50, 70);
  }

  @Test
  void shouldRememberNothingWhenTheFirstOneFailed() {
    rig.first.answer = Answer.ERROR;
    rig.second.answer = Answer.EMPTY;
    assertThat(recent().fallbackReason()).isEqualTo("error");
    rig.first.answer = Answer.EMPTY;
    rig.second.answer = Answer.GOOD;

    assertThat(recent().fallbackReason()).isEqualTo("empty");
  }
}
