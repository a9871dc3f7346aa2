package io.candlehub.hub.history;

import io.candlehub.hub.store.CandleStore;
import io.candlehub.hub.store.StoreUnit;
import io.candlehub.model.MarketClock;
import io.candlehub.model.Scheduler;
import io.candlehub.model.TradingCalendar;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops bars and quotes older than the retention and chains older than a day, at the start and daily. Confined to the hub's event loop. */
final class StorePruning {
  private static final Logger LOG = LoggerFactory.getLogger(StorePruning.class);
  private static final Duration REPEAT = Duration.ofDays(1);

  private static final int SECONDS_DAYS = 7;

  private final CandleStore store;
  private final int retentionDays;
  private final MarketClock clock;
  private final TradingCalendar calendar;
  private final Scheduler scheduler;
  private Scheduler.Cancellable next = () -> {};

  /** Creates the task; retention is counted in exchange days before market now. */
  StorePruning(
      CandleStore store,
      int retentionDays,
      MarketClock clock,
      TradingCalendar calendar,
      Scheduler scheduler) {
    this.store = store;
    this.retentionDays = retentionDays;
    this.clock = clock;
    this.calendar = calendar;
    this.scheduler = scheduler;
  }

  /** Prunes now and plans the next time. */
  void start() {
    prune(StoreUnit.MINUTE, retentionDays);
    prune(StoreUnit.SECOND, Math.min(SECONDS_DAYS, retentionDays));
    store
        .quotes()
        .prune(oldestKept(retentionDays))
        .onFailure(failure -> LOG.warn("quotes are not pruned", failure));
    store.chains().prune().onFailure(failure -> LOG.warn("chains are not pruned", failure));
    next = scheduler.after(REPEAT, this::start);
  }

  private void prune(StoreUnit unit, int days) {
    long oldest = oldestKept(days);
    store
        .prune(unit, oldest)
        .onFailure(failure ->
            LOG.warn("store is not pruned [unit: {}, before: {}]", unit, oldest, failure));
  }

  private long oldestKept(int days) {
    return calendar.startOf(calendar.dateOf(clock.millis()).minusDays(days));
  }

  /** Plans no more. */
  void stop() {
    next.cancel();
  }
}
