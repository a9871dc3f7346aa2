package io.candlehub.hub.option;

import io.candlehub.model.OptionContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which option contracts are streamed: what viewers selected, a window of strikes around the spot for every expiration
 * somebody looks at, and what was asked for besides, in this order, as far as the budget goes.
 *
 * <p>All viewers of an expiration share its window. Of the windows' contracts those at the money come first, then those
 * one strike away, and so on. Confined to one thread; every call returns what changed.
 */
public final class LiveContracts {
  private final int strikesEachSide;
  private final int budget;
  private final Map<ExpirationKey, Window> windows = new LinkedHashMap<>();
  private final Map<String, Double> spots = new HashMap<>();
  private final Map<String, View> views = new LinkedHashMap<>();
  private Set<String> others = Set.of();
  private Set<String> live = Set.of();
  private int cut;

  private record View(ExpirationKey key, List<String> selected) {}

  /** One expiration: its contracts by strike, and the strike the window is around. */
  private static final class Window {
    final StrikeWindow centre = new StrikeWindow();
    final Map<Double, List<String>> contracts = new HashMap<>();
    final Set<String> listed = new HashSet<>();
    double[] strikes = {};
  }

  /**
   * Creates the choice.
   *
   * @param strikesEachSide strikes above, and strikes below, the one at the money
   * @param budget most contracts that are live at a time
   */
  public LiveContracts(int strikesEachSide, int budget) {
    this.strikesEachSide = strikesEachSide;
    this.budget = budget;
  }

  /** Tells all contracts of an expiration that are traded still, known from a snapshot. */
  public LiveChange contracts(ExpirationKey key, List<OptionContract> contracts) {
    Window window = windows.computeIfAbsent(key, absent -> new Window());
    window.contracts.clear();
    window.listed.clear();
    for (OptionContract contract : contracts) {
      window.listed.add(contract.instrument().symbol());
      window
          .contracts
          .computeIfAbsent(contract.strike(), absent -> new ArrayList<>())
          .add(contract.instrument().symbol());
    }
    window.strikes = window.contracts.keySet().stream()
        .mapToDouble(Double::doubleValue)
        .sorted()
        .toArray();
    follow(key, window);
    return choose();
  }

  /** Forgets an expiration that nobody looks at. */
  public void forget(ExpirationKey key) {
    windows.remove(key);
  }

  /** Tells an underlying's price: its last trade, else the middle of its quote. */
  public LiveChange spot(String underlying, double spot) {
    spots.put(underlying, spot);
    boolean moved = false;
    for (Map.Entry<ExpirationKey, Window> entry : windows.entrySet()) {
      if (entry.getKey().underlying().equals(underlying)) {
        moved |= follow(entry.getKey(), entry.getValue());
      }
    }
    return moved ? choose() : LiveChange.NONE;
  }

  private boolean follow(ExpirationKey key, Window window) {
    return window.centre.follow(window.strikes, spots.getOrDefault(key.underlying(), Double.NaN));
  }

  /** Lets a viewer look at an expiration without a contract; what it looked at before is let go. */
  public LiveChange focus(String viewer, ExpirationKey key) {
    views.put(viewer, new View(key, List.of()));
    return choose();
  }

  /** Lets a viewer look at an expiration and one contract; what it looked at before is let go. */
  public LiveChange focus(String viewer, ExpirationKey key, String selected) {
    views.put(viewer, new View(key, List.of(selected)));
    return choose();
  }

  /** Lets a viewer look at nothing any more. */
  public LiveChange unfocus(String viewer) {
    return views.remove(viewer) == null ? LiveChange.NONE : choose();
  }

  /** Tells which contracts are asked for besides. */
  public LiveChange others(Set<String> contracts) {
    others = new LinkedHashSet<>(contracts);
    return choose();
  }

  /** Returns the live contracts, the most important first. */
  public List<String> live() {
    return List.copyOf(live);
  }

  /** Returns how many contracts are wanted and not live because the budget ended before. */
  public int cut() {
    return cut;
  }

  /** Returns the live contracts of an expiration's window and selections. */
  public LiveWindow window(ExpirationKey key) {
    Set<String> wanted = new LinkedHashSet<>();
    for (View view : views.values()) {
      if (view.key().equals(key)) {
        wanted.addAll(selected(view));
        for (int distance = 0; distance <= strikesEachSide; distance++) {
          wanted.addAll(atDistance(key, distance));
        }
      }
    }
    return new LiveWindow(wanted.stream().filter(live::contains).toList(), wanted.size());
  }

  private LiveChange choose() {
    Set<String> wanted = new LinkedHashSet<>();
    Set<ExpirationKey> seen = new LinkedHashSet<>();
    for (View view : views.values()) {
      wanted.addAll(selected(view));
      seen.add(view.key());
    }
    for (int distance = 0; distance <= strikesEachSide; distance++) {
      for (ExpirationKey key : seen) {
        wanted.addAll(atDistance(key, distance));
      }
    }
    wanted.addAll(others);
    Set<String> chosen =
        wanted.stream().limit(budget).collect(Collectors.toCollection(LinkedHashSet::new));
    cut = wanted.size() - chosen.size();
    List<String> entered = chosen.stream().filter(each -> !live.contains(each)).toList();
    List<String> left = live.stream().filter(each -> !chosen.contains(each)).toList();
    live = chosen;
    return entered.isEmpty() && left.isEmpty() ? LiveChange.NONE : new LiveChange(entered, left);
  }

  /** What is not listed does not exist, and takes nobody's place. */
  private List<String> selected(View view) {
    Window window = windows.get(view.key());
    return window == null
        ? List.of()
        : view.selected().stream().filter(window.listed::contains).toList();
  }

  /** Returns the contracts of the two strikes that many strikes away from the centre, the lower first. */
  private List<String> atDistance(ExpirationKey key, int distance) {
    Window window = windows.get(key);
    if (window == null || window.strikes.length == 0 || Double.isNaN(window.centre.centre())) {
      return List.of();
    }
    int at = StrikeWindow.nearest(window.strikes, window.centre.centre());
    List<String> found = new ArrayList<>();
    if (at - distance >= 0) {
      found.addAll(window.contracts.get(window.strikes[at - distance]));
    }
    if (distance > 0 && at + distance < window.strikes.length) {
      found.addAll(window.contracts.get(window.strikes[at + distance]));
    }
    return found;
  }
}
