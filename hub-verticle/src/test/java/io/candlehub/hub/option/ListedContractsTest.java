package io.candlehub.hub.option;

import static io.candlehub.model.Legs.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Legs;
import io.candlehub.model.OptionChain;
import io.candlehub.model.Quality;
import io.candlehub.model.SnapshotLeg;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only one of two accounts lists stays by its word, and says nothing of the other one's answer. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ListedContractsTest {
  private static final long NOW =
      ZonedDateTime.parse("2025-12-01T10:00-05:00").toInstant().toEpochMilli();
  private static final String CALL = "O:SPY251219C00650000";
  private static final String PUT = "O:SPY251219P00650000";
  private static final String ONLY = "O:SPY251219C00700000";
  private static final LocalDate DATE = Legs.contract(CALL).expiration();

  private final ChainBook book = new ChainBook("SPY", new LegValuer(new PricingModel(0.04, 0.012)));

  @BeforeEach
  void priced() {
    book.spot(new Spot(650, NOW));
  }

  private static List<SnapshotLeg> of(String account, String reason, String... symbols) {
    return Arrays.stream(symbols)
        .map(symbol -> of(account, reason, snapshot(symbol, 12.4, 12.5, NOW)))
        .toList();
  }

  private static SnapshotLeg of(String account, String reason, SnapshotLeg leg) {
    return new SnapshotLeg(
        leg.terms(),
        leg.bid(),
        leg.ask(),
        leg.bidSize(),
        leg.askSize(),
        leg.last(),
        leg.volume(),
        leg.openInterest(),
        leg.volatility(),
        leg.greeks(),
        leg.atMillis(),
        leg.greeksAtMillis(),
        account,
        reason,
        leg.unsupported());
  }

  private static List<SnapshotLeg> first(String... symbols) {
    return of("first", "", symbols);
  }

  private static List<SnapshotLeg> second(String... symbols) {
    return of("second", "error", symbols);
  }

  private Set<String> whole(List<SnapshotLeg> legs) {
    return book.whole(DATE, legs, NOW);
  }

  private Quality quality() {
    OptionChain chain = book.chain(ChainFilter.ALL, NOW);
    assertThat(book.copy(Set.of(DATE)).chain(ChainFilter.ALL, NOW)).isEqualTo(chain);
    return chain.quality();
  }

  private Quality quality(String symbol) {
    return book.leg(symbol, NOW).orElseThrow().quality();
  }

  @Test
  void shouldNotSpeakForTheAnswerThatDoesNotHaveIt() {
    whole(first(CALL, PUT));
    Quality well = quality();
    assertThat(well.warnings()).isEmpty();

    whole(second(CALL, PUT, ONLY));
    assertThat(quality().source()).isEqualTo("second");
    assertThat(quality().fallbackReason()).isEqualTo("error");
    assertThat(quality().warnings()).contains("missing-legs");

    assertThat(whole(first(CALL, PUT))).isEmpty();
    assertThat(quality()).isEqualTo(well);
    assertThat(book.chain(ChainFilter.ALL, NOW).expirations().get(0).strikes()).hasSize(2);
    assertThat(quality(ONLY).source()).isEqualTo("second");
    assertThat(quality(ONLY).fallbackReason()).isEqualTo("error");
  }

  @Test
  void shouldStayThoughWhoToldItAloneDoesNotListIt() {
    book.snapshot(second(ONLY));
    whole(first(CALL, PUT, ONLY));

    assertThat(whole(second(CALL, PUT))).isEmpty();
    assertThat(book.isMissing(ONLY)).isTrue();
    assertThat(whole(first(CALL, PUT))).containsExactly(ONLY);
  }

  @Test
  void shouldLeaveByTheWordOfWhoToldItAloneIfNobodyListsIt() {
    book.snapshot(second(ONLY));

    assertThat(whole(first(CALL, PUT))).isEmpty();
    assertThat(whole(second(CALL, PUT))).containsExactly(ONLY);
  }
}
