package io.candlehub.hub.option;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which accounts list which contracts, and which contracts the newest answer for a whole expiration did not have. Confined
 * to one thread.
 *
 * <p>Who told of a contract alone counts as one who lists it, but only until a whole answer does.
 */
final class Listings {
  private final Map<String, Set<String>> accounts = new HashMap<>();
  private final Map<String, String> alone = new HashMap<>();
  private final Set<String> missing = new HashSet<>();

  /** Takes note that an account told of a contract; that counts while no whole answer had it. */
  void told(String symbol, String account) {
    if (!accounts.containsKey(symbol)) {
      alone.putIfAbsent(symbol, account);
    }
  }

  /** Takes note that an account's whole answer has a contract. */
  void listed(String symbol, String account) {
    missing.remove(symbol);
    alone.remove(symbol);
    accounts.computeIfAbsent(symbol, first -> new HashSet<>()).add(account);
  }

  /** Takes note that a whole answer of some accounts does not have a contract; returns true if any of them had listed it. */
  boolean lacked(String symbol, Set<String> by) {
    missing.add(symbol);
    return by.contains(alone.getOrDefault(symbol, ""))
        || !Collections.disjoint(accounts.getOrDefault(symbol, Set.of()), by);
  }

  /** Returns true if the newest whole answer did not have a contract. */
  boolean isMissing(String symbol) {
    return missing.contains(symbol);
  }

  /** Takes over whether a contract is missing. */
  void copy(Listings others, String symbol) {
    if (others.isMissing(symbol)) {
      missing.add(symbol);
    }
  }

  void forget(String symbol) {
    accounts.remove(symbol);
    alone.remove(symbol);
    missing.remove(symbol);
  }
}
