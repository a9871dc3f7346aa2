package io.candlehub.hub.option;

import static io.candlehub.model.Legs.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Instrument;
import io.candlehub.model.Legs;
import io.candlehub.model.Origin;
import io.candlehub.model.feed.QuoteEvent;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contracts that grow old while nothing comes. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ChainAgeTest {
  private static final long NOW =
      ZonedDateTime.parse("2025-12-01T10:00-05:00").toInstant().toEpochMilli();
  private static final String CALL = "O:SPY251219C00650000";
  private static final String PUT = "O:SPY251219P00650000";
  private static final LocalDate DATE = Legs.contract(CALL).expiration();

  private final ChainBook book = new ChainBook("SPY", new LegValuer(new PricingModel(0.04, 0.012)));

  private Set<String> grown(long atMillis) {
    book.age(Set.of(DATE), atMillis);
    return book.drainChanged(atMillis);
  }

  @Test
  void shouldCallAContractChangedOnceAtEachAge() {
    book.snapshot(List.of(snapshot(CALL, 12, 13, NOW), snapshot(PUT, 9, 9.5, NOW - 60_000)));
    assertThat(grown(NOW)).containsExactlyInAnyOrder(CALL, PUT);
    assertThat(grown(NOW + 5_000)).isEmpty();
    assertThat(grown(NOW + 5_001)).containsExactly(CALL);
    assertThat(grown(NOW + 15_000)).isEmpty();
    assertThat(grown(NOW + 15_001)).containsExactly(CALL);
    assertThat(grown(NOW + 60_000)).isEmpty();
  }

  @Test
  void shouldCompareWithWhatWasToldLast() {
    book.snapshot(List.of(snapshot(CALL, 12, 13, NOW - 60_000)));
    book.live(new LiveChange(List.of(CALL), List.of()));
    assertThat(grown(NOW)).containsExactly(CALL);
    book.quote(
        new QuoteEvent(Instrument.of(CALL), NOW, 0, 0, 12, 3, 13, 4), new Origin("first", ""));
    assertThat(book.drainChanged(NOW + 100)).containsExactly(CALL);
    assertThat(book.age(Set.of(DATE), NOW + 30_000)).isEqualTo(Map.of(DATE, NOW));
    assertThat(book.drainChanged(NOW + 30_000)).containsExactly(CALL);
  }

  @Test
  void shouldLetTheOtherExpirationsBe() {
    book.snapshot(List.of(snapshot(CALL, 12, 13, NOW)));
    book.drainChanged(NOW);
    assertThat(book.age(Set.of(DATE.plusDays(1)), NOW + 60_000)).isEmpty();
    assertThat(book.drainChanged(NOW + 60_000)).isEmpty();
  }
}
