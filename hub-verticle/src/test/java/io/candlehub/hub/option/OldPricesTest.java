package io.candlehub.hub.option;

import static io.candlehub.model.Legs.NONE;
import static io.candlehub.model.Legs.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Greeks;
import io.candlehub.model.MissingReason;
import io.candlehub.model.OptionChain;
import io.candlehub.model.OptionLeg;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is computed from prices that are old, or of different times. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class OldPricesTest {
  private static final long NOW = at("2025-12-01T10:00-05:00");
  private static final long LIMIT = Duration.ofMinutes(15).toMillis();
  private static final String CALL = "O:SPY251219C00650000";
  private static final Greeks WITHOUT_RHO = new Greeks(0.56, 0.0123, -0.214, 0.611, NONE);
  private static final PricingModel MODEL = new PricingModel(0.04, 0.012);

  private ChainBook book = new ChainBook("SPY", new LegValuer(MODEL));

  private static long at(String time) {
    return ZonedDateTime.parse(time).toInstant().toEpochMilli();
  }

  private OptionLeg quoted(long quotedAt, long spotAt, long now) {
    book = new ChainBook("SPY", new LegValuer(MODEL));
    book.spot(new Spot(652.91, spotAt));
    book.snapshot(List.of(snapshot(CALL, 12.4, 12.5, quotedAt)));
    return book.leg(CALL, now).orElseThrow();
  }

  @Test
  void shouldNotTakeAVolatilityFromASpotMuchOlderThanThePrice() {
    OptionLeg leg = quoted(NOW, NOW - LIMIT - 1, NOW);
    assertThat(leg.computed()).isEmpty();
    assertThat(leg.reasons())
        .containsEntry("iv", MissingReason.OLD_SPOT)
        .containsEntry("rho", MissingReason.OLD_SPOT);
    assertThat(leg.quality().warnings()).contains("old-spot", "no-iv", "no-greeks");
    OptionChain chain = book.chain(ChainFilter.ALL, NOW);
    assertThat(chain.spot()).isEqualTo(652.91);
    assertThat(chain.quality().warnings()).contains("old-spot").doesNotContain("no-spot");
  }

  @Test
  void shouldTakeASpotThatIsALittleOlder() {
    OptionLeg leg = quoted(NOW, NOW - LIMIT, NOW);
    assertThat(leg.computed()).singleElement().satisfies(inputs -> {
      assertThat(inputs.spot()).isEqualTo(652.91);
      assertThat(inputs.ageMillis()).isEqualTo(LIMIT);
    });
    assertThat(leg.quality().warnings()).isEmpty();
    assertThat(leg.quality().confidence()).isEqualTo(100);
    assertThat(book.chain(ChainFilter.ALL, NOW).quality().warnings()).doesNotContain("old-spot");
  }

  @Test
  void shouldNotTakeASpotOfUnknownAge() {
    assertThat(quoted(NOW, 0, NOW).reasons()).containsEntry("iv", MissingReason.OLD_SPOT);
  }

  @Test
  void shouldSayThatGreeksOfAGivenVolatilityAreFromAnOldSpot() {
    book.spot(new Spot(652.91, NOW - LIMIT - 1));
    book.snapshot(List.of(snapshot(CALL, 12.4, 12.5, 0.1421, WITHOUT_RHO, NOW, Set.of())));
    OptionLeg leg = book.leg(CALL, NOW).orElseThrow();
    assertThat(leg.computed().get(0).fields()).containsExactly("rho");
    assertThat(leg.reasons()).doesNotContainKeys("iv", "rho");
    assertThat(leg.quality().warnings()).containsExactly("old-greeks");
    assertThat(leg.quality().confidence()).isEqualTo(95);
    assertThat(leg.greeksAtMillis()).as("they are not the provider's").isZero();
  }

  @Test
  void shouldSayThatAnOldQuoteWasTaken() {
    assertThat(quoted(NOW - LIMIT, NOW, NOW).quality().warnings()).isEmpty();
    OptionLeg leg = quoted(NOW - LIMIT, NOW, NOW + 1);
    assertThat(leg.computed()).hasSize(1);
    assertThat(leg.quality().warnings()).containsExactly("old-greeks");
  }

  @Test
  void shouldMeasureOnlyWhileOptionsTrade() {
    long close = at("2025-12-01T16:15-05:00");
    long nextMorning = at("2025-12-02T08:00-05:00");
    assertThat(quoted(close - 60_000, close - 120_000, nextMorning).quality().warnings())
        .as("as new as there is anything")
        .isEmpty();
    assertThat(quoted(close - 60_000, close - 60_000, close + 1).quality().warnings())
        .isEmpty();
    assertThat(quoted(close - LIMIT - 60_000, close - 60_000, nextMorning)
            .quality()
            .warnings())
        .containsExactly("old-greeks");
    assertThat(quoted(close - 60_000, at("2025-12-01T19:59-05:00"), nextMorning)
            .quality()
            .warnings())
        .as("shares traded on")
        .containsExactly("old-greeks");
  }
}
