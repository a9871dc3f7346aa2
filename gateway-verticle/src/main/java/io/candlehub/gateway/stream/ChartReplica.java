package io.candlehub.gateway.stream;

import io.candlehub.bus.ChartedBars;
import io.candlehub.model.Bar;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import io.candlehub.model.HealthSource;
import io.candlehub.model.Interval;
import io.candlehub.model.SessionInfo;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.TradingCalendar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The gateway's copy of one chart: bars and intervals, each with the position of its last change, so that any client
 * can be continued from any position (architecture §6).
 *
 * <p>Pure; confined to the gateway's event loop. The newest bars are kept: as many as the hub's snapshot held and a
 * quarter more, at least {@value #LEAST_KEPT}. A position before a dropped change is not continued.
 */
final class ChartReplica {
  private static final int LEAST_KEPT = 5_000;

  /** What became of an update. */
  enum Outcome {
    /** It continued the replica. */
    APPLIED,
    /** It holds nothing newer. */
    KNOWN,
    /** Something before it was missed. */
    HOLE
  }

  /** A bar, linked to the ones changed before and after it. */
  private static final class Slot {
    private Bar bar;
    private long seq;
    private Slot older;
    private Slot newer;
  }

  private final StreamKey key;
  private final TreeMap<Long, Slot> bars = new TreeMap<>();
  private final IntervalLine intervals = new IntervalLine();
  private Slot newest;
  private String barsOf;
  private String epoch;
  private long seq;
  private long floorSeq;
  private int mostKept;
  private Health health;
  private SessionInfo session;
  private long lastUpdatedAtMillis;
  private long heardMarketMillis;
  private String interruption = "";

  /**
   * Creates the replica of a snapshot.
   *
   * @param marketMillis market now, from which ages are counted on; 0 if it is not known
   */
  ChartReplica(ChartSnapshot snapshot, long marketMillis) {
    this.key = snapshot.key();
    replace(snapshot, marketMillis);
  }

  /** Takes a snapshot instead of everything held. Without change positions every bar counts as changed last. */
  void replace(ChartSnapshot snapshot, long marketMillis) {
    bars.clear();
    newest = null;
    barsOf = snapshot.barsOf();
    epoch = snapshot.epoch();
    seq = snapshot.seq();
    mostKept = Math.max(LEAST_KEPT, snapshot.bars().size() + snapshot.bars().size() / 4);
    boolean known = !snapshot.changeSeqs().isEmpty();
    // Who stands before every change held lacks all of it, and perhaps bars that the hub has
    // dropped.
    floorSeq = snapshot.changeSeqs().stream().mapToLong(Long::longValue).min().orElse(0);
    List<Integer> order = new ArrayList<>(snapshot.bars().size());
    for (int i = 0; i < snapshot.bars().size(); i++) {
      order.add(i);
    }
    if (known) {
      order.sort(Comparator.comparingLong(i -> snapshot.changeSeqs().get(i)));
    }
    for (int i : order) {
      put(snapshot.bars().get(i), known ? snapshot.changeSeqs().get(i) : seq);
    }
    intervals.reset(snapshot.intervals(), seq);
    lastUpdatedAtMillis = snapshot.lastUpdatedAtMillis();
    describe(snapshot, marketMillis);
  }

  /** Applies an update if it continues the replica. */
  Outcome apply(ChartUpdate update, long marketMillis) {
    if (!update.epoch().equals(epoch) || update.fromSeq() > seq) {
      return Outcome.HOLE;
    }
    if (update.seq() < seq) {
      return Outcome.KNOWN;
    }
    for (Bar bar : update.bars()) {
      put(bar, update.seq());
      if (key.timeframe().isIntraday()) {
        intervals.cut(bar.startMillis(), endOf(bar));
      }
    }
    for (Interval interval : update.intervals()) {
      intervals.put(interval, update.seq());
    }
    seq = update.seq();
    describe(update, marketMillis);
    dropOldest();
    return Outcome.APPLIED;
  }

  /** A bar ends with its session. */
  private long endOf(Bar bar) {
    long start = bar.startMillis();
    long end = start + key.timeframe().millis();
    TradingCalendar calendar = TradingCalendar.of(ChartedBars.of(key).instrument());
    return calendar
        .day(calendar.dateOf(start))
        .map(day ->
            key.sessionMode() == SessionMode.REGULAR ? day.closeMillis() : day.postCloseMillis())
        .filter(close -> close > start)
        .map(close -> Math.min(end, close))
        .orElse(end);
  }

  /** Takes health and session of a message, and nothing of its bars. */
  void describe(ChartMessage message, long marketMillis) {
    health = message.health();
    session = message.session();
    heardMarketMillis = marketMillis;
    if (health.lastUpdateMillisAgo() >= 0 && marketMillis > 0) {
      lastUpdatedAtMillis =
          Math.max(lastUpdatedAtMillis, marketMillis - health.lastUpdateMillisAgo());
    }
  }

  private void put(Bar bar, long changeSeq) {
    Slot slot = bars.get(bar.startMillis());
    if (slot == null) {
      slot = new Slot();
      bars.put(bar.startMillis(), slot);
    } else {
      unlink(slot);
    }
    slot.bar = bar;
    slot.seq = changeSeq;
    slot.older = newest;
    if (newest != null) {
      newest.newer = slot;
    }
    newest = slot;
  }

  private void unlink(Slot slot) {
    if (slot.older != null) {
      slot.older.newer = slot.newer;
    }
    if (slot.newer == null) {
      newest = slot.older;
    } else {
      slot.newer.older = slot.older;
    }
    slot.older = null;
    slot.newer = null;
  }

  private void dropOldest() {
    while (bars.size() > mostKept) {
      Slot dropped = bars.pollFirstEntry().getValue();
      unlink(dropped);
      floorSeq = Math.max(floorSeq, dropped.seq);
      floorSeq = Math.max(floorSeq, intervals.dropBefore(dropped.bar.startMillis()));
    }
  }

  Position head() {
    return new Position(epoch, seq);
  }

  /** Returns true if an update can continue a position: same epoch, not ahead, nothing of it dropped. */
  boolean continues(Position position) {
    return position.epoch().equals(epoch) && position.seq() <= seq && position.seq() >= floorSeq;
  }

  Health health() {
    return health;
  }

  /** Says why nothing comes, empty if it does; meanwhile the bars are what is remembered. */
  void interrupted(String reason) {
    interruption = reason;
  }

  /** Returns all that changed after a position of the same epoch. */
  ChartUpdate after(long fromSeq, long marketMillis) {
    List<Bar> changed = new ArrayList<>();
    for (Slot slot = newest; slot != null && slot.seq > fromSeq; slot = slot.older) {
      changed.add(slot.bar);
    }
    changed.sort(Comparator.comparingLong(Bar::startMillis));
    return new ChartUpdate(
        key,
        changed,
        intervals.changedAfter(fromSeq),
        agedHealth(marketMillis),
        session,
        epoch,
        fromSeq,
        seq);
  }

  ChartSnapshot snapshot(long marketMillis) {
    return new ChartSnapshot(
        key,
        barsOf,
        bars.values().stream().map(slot -> slot.bar).toList(),
        intervals.all(),
        agedHealth(marketMillis),
        session,
        epoch,
        seq,
        lastUpdatedAtMillis,
        List.of());
  }

  /** Returns how many bars are kept. */
  int size() {
    return bars.size();
  }

  private Health agedHealth(long marketMillis) {
    long older = heardMarketMillis > 0 ? Math.max(0, marketMillis - heardMarketMillis) : 0;
    long age = health.lastUpdateMillisAgo();
    long aged = age < 0 ? age : age + older;
    if (!interruption.isEmpty()) {
      return interruptedHealth(aged);
    }
    return aged == age ? health : health(aged);
  }

  private Health health(long lastUpdateMillisAgo) {
    return new Health(
        health.mode(),
        health.source(),
        health.provider(),
        lastUpdateMillisAgo,
        health.delayMillis(),
        health.throttled(),
        health.cooldownMillis(),
        health.gapsDetected(),
        health.missing(),
        health.state(),
        health.reason());
  }

  /** Whether the provider throttles is not known any more. */
  private Health interruptedHealth(long lastUpdateMillisAgo) {
    return new Health(
        HealthMode.DEGRADED,
        HealthSource.CACHE,
        health.provider(),
        lastUpdateMillisAgo,
        health.delayMillis(),
        false,
        0,
        health.gapsDetected(),
        health.missing(),
        health.state(),
        interruption);
  }
}
