package io.candlehub.gateway.access;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What each remote address holds open and asks for. An address that holds nothing and has not asked for a while is
 * forgotten. Confined to the gateway's event loop.
 */
public final class Visitors {
  private static final int BURST_SECONDS = 5;
  private static final int SWEEP_EVERY = 1_024;

  private final VisitorLimits limits;
  private final LongSupplier nanoClock;
  private final Map<String, Visitor> visitors = new HashMap<>();
  private int comers;

  /** What one address holds open. */
  private static final class Visitor {
    private final Allowance requests;
    private int connections;
    private int sessions;

    Visitor(Allowance requests) {
      this.requests = requests;
    }
  }

  /** Creates the book. */
  public Visitors(VisitorLimits limits, LongSupplier nanoClock) {
    this.limits = limits;
    this.nanoClock = nanoClock;
  }

  /** Counts a connection and returns how many the address has now. */
  int connected(String address) {
    return ++visitor(address).connections;
  }

  /** Counts a connection that ended. */
  void disconnected(String address) {
    visitor(address).connections--;
  }

  /** Returns true if an address may have one more session of a socket protocol. */
  public boolean hasRoom(String address) {
    return visitor(address).sessions < limits.connections();
  }

  /** Counts a session of a socket protocol. */
  public void enter(String address) {
    visitor(address).sessions++;
  }

  /** Counts a session that ended. */
  public void leave(String address) {
    visitor(address).sessions--;
  }

  /** Counts a request; returns 0 if the address may ask it, else in how many milliseconds it may. */
  long request(String address) {
    Allowance allowance = visitor(address).requests;
    long now = nanoClock.getAsLong();
    return allowance.take(now) ? 0 : Math.max(1, allowance.retryAfterMillis(now));
  }

  int known() {
    return visitors.size();
  }

  private Visitor visitor(String address) {
    Visitor known = visitors.get(address);
    if (known != null) {
      return known;
    }
    comers++;
    if (comers % SWEEP_EVERY == 0) {
      sweep();
    }
    Visitor fresh = new Visitor(
        new Allowance(limits.requestsPerSecond(), BURST_SECONDS, nanoClock.getAsLong()));
    visitors.put(address, fresh);
    return fresh;
  }

  private void sweep() {
    long now = nanoClock.getAsLong();
    Iterator<Visitor> all = visitors.values().iterator();
    while (all.hasNext()) {
      Visitor visitor = all.next();
      if (visitor.connections == 0 && visitor.sessions == 0 && visitor.requests.isFull(now)) {
        all.remove();
      }
    }
  }
}
