package io.candlehub.hub.store;

import static io.candlehub.hub.store.Bars.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.FailureException;
import io.candlehub.model.MarketDescriptor;
import io.candlehub.model.Selection;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a {@link SelectionStore} must do, in every kind of database. */
@Timeout(60)
abstract class SelectionStoreContractTest {
  private static final Selection WHOLE = new Selection("SPY", "2025-12-19", "O:SPY251219C00650000");
  private static final Selection BARE = new Selection("I:SPX", "", "");
  private static final MarketDescriptor MARKET =
      new MarketDescriptor("live-test", MarketDescriptor.Mode.LIVE, "massive");

  private final Vertx vertx = Vertx.vertx();
  private CandleStore database;

  /** Returns the settings of the database. */
  abstract Map<String, String> settings();

  /** Ends what the database needs. */
  void stopDatabase() {}

  @BeforeEach
  void open() throws Exception {
    database = await(
        CandleStores.open(vertx, StoreConfig.from(settings()), MARKET, InstantSource.system()));
  }

  @AfterEach
  void close() throws Exception {
    await(database.close());
    stopDatabase();
    await(vertx.close());
  }

  private SelectionStore store() {
    return database.selections();
  }

  @Test
  void shouldKeepTheLastSelectionOfEachCallerOverAReopen() throws Exception {
    assertThat(await(store().read("ada"))).isEmpty();
    await(store().write("ada", BARE, 1_000));
    await(store().write("ada", WHOLE, 2_000));
    await(store().write("$bob.{}\u0000é", BARE, 2_000));
    assertThat(await(store().read("ada"))).contains(WHOLE);
    await(database.close());
    open();
    assertThat(await(store().read("ada"))).contains(WHOLE);
    assertThat(await(store().read("$bob.{}\u0000é"))).contains(BARE);
    assertThat(await(store().read("ad"))).isEmpty();
  }

  @Test
  void shouldDropOldSelections() throws Exception {
    await(store().write("old", WHOLE, 1_000));
    await(store().write("new", WHOLE, 2_000));
    await(store().prune(2_000));
    assertThat(await(store().read("old"))).isEmpty();
    assertThat(await(store().read("new"))).contains(WHOLE);
  }

  @Test
  void shouldFailTypedOnceClosed() throws Exception {
    SelectionStore closed = store();
    await(database.close());
    assertThatThrownBy(() -> await(closed.read("ada"))).isInstanceOf(FailureException.class);
    assertThatThrownBy(() -> await(closed.write("ada", WHOLE, 1)))
        .isInstanceOf(FailureException.class);
    open();
  }
}
