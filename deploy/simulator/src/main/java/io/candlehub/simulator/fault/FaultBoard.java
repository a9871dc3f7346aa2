package io.candlehub.simulator.fault;

import io.candlehub.simulator.market.MarketTime;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** The faults in force. Confined to the exchange's event loop. */
public final class FaultBoard {
  private final MarketTime time;
  private final LongSupplier nanoClock;
  private final List<Active> active = new ArrayList<>();

  /** Creates a board without faults. */
  public FaultBoard(MarketTime time, LongSupplier nanoClock) {
    this.time = time;
    this.nanoClock = nanoClock;
  }

  /** Puts a fault in force from now on; a fault that happens once only is not kept. */
  public void add(Fault fault) {
    Fault.Limit limit = fault.limit();
    if (limit.count() == 0) {
      return;
    }
    long wallEnd = limit.seconds() < 0
        ? Long.MAX_VALUE
        : nanoClock.getAsLong() + (long) (limit.seconds() * 1e9);
    long marketEnd = limit.marketSeconds() < 0
        ? Long.MAX_VALUE
        : time.millis() + (long) (limit.marketSeconds() * 1e3);
    active.add(new Active(fault, wallEnd, marketEnd));
  }

  /** Ends all faults. */
  public void clear() {
    active.clear();
  }

  private boolean isOver(Active entry) {
    if (entry.left == 0 || time.millis() >= entry.marketEndMillis) {
      return true;
    }
    return entry.wallEndNanos != Long.MAX_VALUE && nanoClock.getAsLong() - entry.wallEndNanos >= 0;
  }

  /** Returns true if no fault is in force. */
  public boolean isEmpty() {
    if (!active.isEmpty()) {
      active.removeIf(this::isOver);
    }
    return active.isEmpty();
  }

  /** Returns the first fault in force of a kind that fits, without using it up. */
  public Optional<Fault> look(FaultKind kind, Predicate<Fault> fits) {
    return find(kind, fits).map(entry -> entry.fault);
  }

  /** Returns the first fault in force of a kind that fits and counts it as committed once. */
  public Optional<Fault> strike(FaultKind kind, Predicate<Fault> fits) {
    Optional<Active> found = find(kind, fits);
    found.ifPresent(entry -> {
      if (entry.left > 0) {
        entry.left--;
      }
      entry.committed++;
    });
    return found.map(entry -> entry.fault);
  }

  private Optional<Active> find(FaultKind kind, Predicate<Fault> fits) {
    if (isEmpty()) {
      return Optional.empty();
    }
    for (Active entry : active) {
      if (entry.fault.kind() == kind && fits.test(entry.fault)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /** Returns the faults in force with how often each was committed. */
  public JsonArray toJson() {
    active.removeIf(this::isOver);
    JsonArray list = new JsonArray();
    for (Active entry : active) {
      JsonObject object = new JsonObject()
          .put("kind", entry.fault.kind().wireName())
          .put("committed", entry.committed);
      if (entry.left >= 0) {
        object.put("left", entry.left);
      }
      putIfGiven(object, "market", entry.fault.market());
      putIfGiven(object, "channel", entry.fault.channel());
      putIfGiven(object, "path", entry.fault.path());
      putIfGiven(object, "symbol", entry.fault.symbol());
      list.add(object);
    }
    return list;
  }

  private static void putIfGiven(JsonObject object, String key, String value) {
    if (!value.isEmpty()) {
      object.put(key, value);
    }
  }

  private static final class Active {
    private final Fault fault;
    private final long wallEndNanos;
    private final long marketEndMillis;
    private long left;
    private long committed;

    private Active(Fault fault, long wallEndNanos, long marketEndMillis) {
      this.fault = fault;
      this.wallEndNanos = wallEndNanos;
      this.marketEndMillis = marketEndMillis;
      this.left = fault.limit().count();
    }
  }
}
