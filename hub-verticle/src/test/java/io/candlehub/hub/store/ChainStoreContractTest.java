package io.candlehub.hub.store;

import static io.candlehub.hub.store.Bars.await;
import static io.candlehub.hub.store.Bars.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.ExerciseStyle;
import io.candlehub.model.Greeks;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.OptionContract;
import io.candlehub.model.OptionTerms;
import io.candlehub.model.SnapshotLeg;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link ChainStore} must do. */
@Timeout(60)
abstract class ChainStoreContractTest {
  private static final double NONE = Double.NaN;
  private static final long T = millis("2025-11-03T10:00:00-05:00");
  private static final Instrument SPY = Instrument.of("SPY");
  private static final Instrument SPX = Instrument.of("I:SPX");
  private static final LocalDate DECEMBER = LocalDate.of(2025, 12, 19);
  private static final LocalDate JANUARY = LocalDate.of(2026, 1, 16);
  private static final String CALL = "O:SPY251219C00650000";
  private static final String PUT = "O:SPY251219P00650000";

  final Vertx vertx = Vertx.vertx();
  final ManualClock wall = new ManualClock(T);
  private CandleStore store;

  /** Opens the store under test, with what an earlier run left in it. */
  abstract CandleStore open() throws Exception;

  /** Ends what the store under test needs. */
  void stopBackend() throws Exception {}

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeAll() throws Exception {
    await(store.close());
    stopBackend();
    await(vertx.close());
  }

  private void reopen() throws Exception {
    await(store.close());
    openStore();
  }

  private static SnapshotLeg leg(String symbol, double bid) {
    OptionContract contract = OptionContract.of(Instrument.of(symbol)).orElseThrow();
    return new SnapshotLeg(
        OptionTerms.of(contract, ExerciseStyle.AMERICAN, 100),
        bid,
        bid + 0.05,
        17,
        24,
        NONE,
        4_120,
        15_230,
        0.1421,
        new Greeks(0.56, 0.0123, -0.214, 0.611, NONE),
        T,
        T,
        "tradier",
        "unhealthy",
        Set.of("rho"));
  }

  private static ChainSnapshot chain(Instrument underlying, double spot, SnapshotLeg... legs) {
    return new ChainSnapshot(underlying.symbol(), spot, T - 5, Arrays.asList(legs), T);
  }

  private Optional<ChainSnapshot> read(Instrument underlying, LocalDate expiration)
      throws Exception {
    return await(store.chains().read(underlying, expiration));
  }

  @Test
  void shouldReturnEveryValueAsWrittenAfterAReopenToo() throws Exception {
    ChainSnapshot chain = chain(SPY, 652.91, leg(CALL, 12.4), leg(PUT, 9));
    assertThat(read(SPY, DECEMBER)).isEmpty();
    await(store.chains().write(DECEMBER, chain));
    assertThat(read(SPY, DECEMBER)).contains(chain);
    reopen();
    assertThat(read(SPY, DECEMBER)).contains(chain);
    assertThat(read(SPY, JANUARY)).isEmpty();
    assertThat(read(Instrument.of("SP"), DECEMBER)).isEmpty();
  }

  @Test
  void shouldKeepTheNewestOfEachExpiration() throws Exception {
    await(store.chains().write(JANUARY, chain(SPY, 652, leg("O:SPY260116C00650000", 20))));
    await(store.chains().write(DECEMBER, chain(SPY, 652, leg(CALL, 12.4))));
    await(store.chains().write(DECEMBER, chain(SPY, NONE, leg(CALL, 12.5))));
    await(store.chains().write(DECEMBER, chain(SPX, 6_520, leg("O:SPXW251219C06500000", 90))));
    assertThat(read(SPY, DECEMBER)).contains(chain(SPY, NONE, leg(CALL, 12.5)));
    assertThat(read(SPX, DECEMBER).orElseThrow().legs()).hasSize(1);
    assertThat(await(store.chains().expirations(SPY))).containsExactly(DECEMBER, JANUARY);
    assertThat(await(store.chains().expirations(SPX))).containsExactly(DECEMBER);
    assertThat(await(store.chains().expirations(Instrument.of("QQQ")))).isEmpty();
  }

  @Test
  void shouldForgetAfterADay() throws Exception {
    await(store.chains().write(DECEMBER, chain(SPY, 652, leg(CALL, 12.4))));
    wall.advance(Duration.ofHours(23).toMillis());
    await(store.chains().write(JANUARY, chain(SPY, 652, leg("O:SPY260116C00650000", 20))));
    await(store.chains().prune());
    assertThat(read(SPY, DECEMBER)).isPresent();
    wall.advance(Duration.ofHours(1).toMillis() + 1);
    assertThat(read(SPY, DECEMBER)).isEmpty();
    assertThat(await(store.chains().expirations(SPY))).containsExactly(JANUARY);
    await(store.chains().prune());
    wall.advance(-Duration.ofHours(2).toMillis());
    assertThat(read(SPY, DECEMBER)).isEmpty();
    assertThat(read(SPY, JANUARY)).isPresent();
  }
}
