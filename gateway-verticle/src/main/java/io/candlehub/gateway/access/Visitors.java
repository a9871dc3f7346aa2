package io.candlehub.gateway.access;

import io.vertx.core.MultiMap;
import io.vertx.core.net.SocketAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What each remote address, and each caller that identifies itself, holds open and asks for. A visitor that holds
 * nothing and has not asked for a while is forgotten. Confined to the gateway's event loop.
 */
public final class Visitors {
  private static final int BURST_SECONDS = 5;
  private static final int SWEEP_EVERY = 1_024;

  private final VisitorLimits limits;
  private final TrustedProxies proxies;
  private final LongSupplier nanoClock;
  private final Map<String, Visitor> visitors = new HashMap<>();
  private int comers;

  /** What one address or caller holds open. */
  private static final class Visitor {
    private final Allowance requests;
    private int connections;
    private int sessions;

    Visitor(Allowance requests) {
      this.requests = requests;
    }
  }

  /**
   * Creates the book.
   *
   * @param limits what one visitor may
   * @param proxies whose word on addresses is taken
   * @param nanoClock elapsed wall time
   */
  public Visitors(VisitorLimits limits, TrustedProxies proxies, LongSupplier nanoClock) {
    this.limits = limits;
    this.proxies = proxies;
    this.nanoClock = nanoClock;
  }

  /**
   * Returns the address of the client behind a request.
   *
   * @param peer the other end of its connection
   * @param headers its headers
   */
  public String address(SocketAddress peer, MultiMap headers) {
    return proxies.client(peer.hostAddress(), headers);
  }

  /** Returns true if many clients may share the connections of an address. */
  boolean isProxy(String address) {
    return proxies.isTrusted(address);
  }

  /** Counts a connection and returns how many the address has now. */
  int connected(String address) {
    return ++visitor(address).connections;
  }

  /** Counts a connection that ended. */
  void disconnected(String address) {
    visitor(address).connections--;
  }

  /** Returns true if a visitor may have one more session of a socket protocol. */
  public boolean hasRoom(String visitor) {
    return visitor(visitor).sessions < limits.connections();
  }

  /** Counts a session of a socket protocol. */
  public void enter(String visitor) {
    visitor(visitor).sessions++;
  }

  /** Counts a session that ended. */
  public void leave(String visitor) {
    visitor(visitor).sessions--;
  }

  /** Counts a request; returns 0 if the visitor may ask it, else in how many milliseconds it may. */
  long request(String visitor) {
    Allowance allowance = visitor(visitor).requests;
    long now = nanoClock.getAsLong();
    return allowance.take(now) ? 0 : Math.max(1, allowance.retryAfterMillis(now));
  }

  private Visitor visitor(String name) {
    Visitor known = visitors.get(name);
    if (known != null) {
      return known;
    }
    comers++;
    if (comers % SWEEP_EVERY == 0) {
      sweep();
    }
    Visitor fresh = new Visitor(
        new Allowance(limits.requestsPerSecond(), BURST_SECONDS, nanoClock.getAsLong()));
    visitors.put(name, fresh);
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
