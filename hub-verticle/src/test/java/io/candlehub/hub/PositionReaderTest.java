package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class PositionReaderTest {
  private static final String X = "x";
  private static final String Y = "y";

  private final PublicationLog log = new PublicationLog(1);
  private final PositionReader reader = new PositionReader(log);
  private final Set<String> topics = new TreeSet<>();
  private long known;

  @BeforeEach
  void begin() {
    want(X);
    want(Y);
    log.published(X);
    log.published(Y);
  }

  private void want(String topic) {
    topics.add(topic);
    reader.added(topic);
  }

  /** Asks, and comes to all that is told. */
  private Optional<PositionReader.Due> ask() {
    Optional<PositionReader.Due> due = reader.due(known, topics.stream());
    due.ifPresent(told -> known = told.upTo());
    return due;
  }

  private void askUntilNothingIsDue() {
    for (int i = 0; i < 3; i++) {
      ask();
    }
    assertThat(ask()).isEmpty();
  }

  @Test
  void shouldTellAllToWhoKnowsNothing() {
    assertThat(ask()).hasValueSatisfying(due -> {
      assertThat(due.rested()).isEmpty();
      assertThat(due.moving()).containsExactly(X, Y);
    });
    known = 0;
    assertThat(ask()).hasValueSatisfying(due -> {
      assertThat(due.rested()).containsExactly(X, Y);
      assertThat(due.moving()).isEmpty();
    });
    known = log.number() + 1;
    assertThat(ask()).hasValueSatisfying(due -> assertThat(due.rested()).containsExactly(X, Y));
  }

  @Test
  void shouldTellNothingOfWhatGoesOn() {
    askUntilNothingIsDue();
    for (int i = 0; i < 10; i++) {
      log.published(X);
      ask().ifPresent(due -> {
        assertThat(due.rested()).isEmpty();
        assertThat(due.moving()).isEmpty();
      });
    }
  }

  @Test
  void shouldTellOnceOfWhatHasComeToRest() {
    askUntilNothingIsDue();
    log.published(Y);
    assertThat(ask()).isEmpty();
    assertThat(ask()).hasValueSatisfying(due -> assertThat(due.rested()).containsExactly(Y));
    assertThat(ask()).isEmpty();
  }

  @Test
  void shouldTellAgainWhoHasNotComeThere() {
    askUntilNothingIsDue();
    log.published(Y);
    ask();
    long before = known;
    ask();
    known = before;
    log.published(X);
    ask();
    known = before;
    assertThat(ask()).hasValueSatisfying(due -> assertThat(due.rested()).containsExactly(X, Y));
  }

  @Test
  void shouldTellOfATopicThatComesBack() {
    askUntilNothingIsDue();
    topics.remove(X);
    reader.removed(X);
    askUntilNothingIsDue();
    want(X);
    assertThat(ask()).isEmpty();
    assertThat(ask()).hasValueSatisfying(due -> assertThat(due.rested()).containsExactly(X));
  }
}
