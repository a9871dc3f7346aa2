package io.candlehub.hub.option;

import io.candlehub.model.OptionChain;
import io.candlehub.model.OptionContract;
import io.candlehub.model.OptionLeg;
import io.candlehub.model.Quality;
import io.candlehub.model.Quote;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.quality.QualityRules;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The contracts on one underlying: the provider's last snapshot of each, and over it the streamed quote of those that
 * are live.
 *
 * <p>A streamed quote counts only while its contract is live and only if it is not older than the snapshot. When a
 * contract leaves, its streamed values are dropped at once and the snapshot's are shown again, which say how old they
 * are. Confined to one thread.
 */
public final class ChainBook {
  private static final String HYBRID = "hybrid";

  private final String underlying;
  private final LegValuer valuer;
  private final Map<String, SnapshotLeg> snapshots = new HashMap<>();
  private final Map<String, Quote> streamed = new HashMap<>();
  private final Set<String> live = new HashSet<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private Spot spot = Spot.UNKNOWN;

  /** Creates a book without contracts. */
  public ChainBook(String underlying, LegValuer valuer) {
    this.underlying = underlying;
    this.valuer = valuer;
  }

  /** Takes a snapshot of some contracts; one that is older than what is known of its contract is ignored. */
  public void snapshot(Collection<SnapshotLeg> legs) {
    for (SnapshotLeg leg : legs) {
      SnapshotLeg known = snapshots.get(leg.symbol());
      if (known == null || leg.atMillis() >= known.atMillis()) {
        snapshots.put(leg.symbol(), leg);
        changed.add(leg.symbol());
      }
    }
  }

  /** Takes a streamed quote; one of a contract that is not live is ignored. */
  public void quote(Quote quote) {
    String symbol = quote.instrument().symbol();
    Quote known = streamed.get(symbol);
    if (live.contains(symbol) && (known == null || quote.atMillis() >= known.atMillis())) {
      streamed.put(symbol, quote);
      changed.add(symbol);
    }
  }

  /** Takes the underlying's price; it changes what is computed, not what is sent. */
  public void spot(Spot newest) {
    spot = newest;
  }

  /** Takes which contracts became live and which ceased to be. */
  public void live(LiveChange change) {
    live.addAll(change.entered());
    for (String symbol : change.left()) {
      live.remove(symbol);
      if (streamed.remove(symbol) != null) {
        changed.add(symbol);
      }
    }
  }

  /** Returns the contracts that changed since the last call. */
  public Set<String> drainChanged() {
    Set<String> drained = new LinkedHashSet<>(changed);
    changed.clear();
    return drained;
  }

  /** Returns all contracts of an expiration, as {@link LiveContracts} wants them. */
  public List<OptionContract> contracts(LocalDate expiration) {
    return snapshots.values().stream()
        .map(each -> each.terms().contract())
        .filter(contract -> contract.expiration().equals(expiration))
        .toList();
  }

  /**
   * Returns a contract as it is known now; empty if no snapshot had it.
   *
   * @param nowMillis market time
   */
  public Optional<OptionLeg> leg(String symbol, long nowMillis) {
    return Optional.ofNullable(snapshots.get(symbol)).map(snapshot -> merged(snapshot, nowMillis));
  }

  private OptionLeg merged(SnapshotLeg snapshot, long nowMillis) {
    Quote quote = streamed.get(snapshot.symbol());
    boolean isLive = quote != null && quote.atMillis() >= snapshot.atMillis();
    double bid = isLive ? quote.bid() : snapshot.bid();
    double ask = isLive ? quote.ask() : snapshot.ask();
    long atMillis = isLive ? quote.atMillis() : snapshot.atMillis();
    LegValuer.Values values =
        valuer.values(snapshot, LegValuer.Price.of(bid, ask, atMillis), spot, nowMillis);
    OptionLeg unjudged = new OptionLeg(
        snapshot.terms().contract(),
        known(bid),
        known(ask),
        isLive ? quote.bidSize() : snapshot.bidSize(),
        isLive ? quote.askSize() : snapshot.askSize(),
        isLive ? either(quote.last(), snapshot.last()) : snapshot.last(),
        isLive ? either(quote.volume(), snapshot.volume()) : snapshot.volume(),
        snapshot.openInterest(),
        values.volatility(),
        values.greeks(),
        isLive,
        values.computed(),
        Map.of(),
        new Quality(snapshot.source(), false, List.of(), 0, 0, ""));
    return judged(unjudged, snapshot, values, atMillis, nowMillis);
  }

  private OptionLeg judged(
      OptionLeg leg, SnapshotLeg snapshot, LegValuer.Values values, long atMillis, long nowMillis) {
    return new OptionLeg(
        leg.contract(),
        leg.bid(),
        leg.ask(),
        leg.bidSize(),
        leg.askSize(),
        leg.last(),
        leg.volume(),
        leg.openInterest(),
        leg.volatility(),
        leg.greeks(),
        leg.live(),
        leg.computed(),
        LegReasons.of(leg, snapshot, values.reason()),
        QualityRules.contract(leg)
            .quality(snapshot.source(), atMillis, nowMillis, snapshot.fallbackReason()));
  }

  /** A price of 0 is nobody's bid or offer. */
  private static double known(double price) {
    return price == 0 ? Double.NaN : price;
  }

  private static double either(double first, double second) {
    return Double.isNaN(first) ? second : first;
  }

  /**
   * Returns the chain as it is known now, filtered; its quality is that of the whole.
   *
   * @param nowMillis market time
   */
  public OptionChain chain(ChainFilter filter, long nowMillis) {
    return chain(snapshots.values(), filter, nowMillis);
  }

  /** Returns one expiration of the chain. */
  public OptionChain chain(LocalDate expiration, ChainFilter filter, long nowMillis) {
    return chain(
        snapshots.values().stream()
            .filter(each -> each.terms().contract().expiration().equals(expiration))
            .toList(),
        filter,
        nowMillis);
  }

  private OptionChain chain(Collection<SnapshotLeg> of, ChainFilter filter, long nowMillis) {
    Map<LocalDate, Map<String, Map<Double, List<OptionLeg>>>> sorted = new TreeMap<>();
    long newest = 0;
    Set<String> sources = new HashSet<>();
    String fallback = "";
    for (SnapshotLeg each : of) {
      OptionLeg leg = merged(each, nowMillis);
      newest = Math.max(newest, leg.quality().updatedAtMillis());
      sources.add(each.source());
      fallback = fallback.isEmpty() ? each.fallbackReason() : fallback;
      sorted
          .computeIfAbsent(leg.contract().expiration(), absent -> new TreeMap<>())
          .computeIfAbsent(leg.contract().root(), absent -> new TreeMap<>())
          .computeIfAbsent(leg.contract().strike(), absent -> new ArrayList<>())
          .add(leg);
    }
    List<OptionChain.Expiration> whole = new ArrayList<>();
    sorted.forEach((date, roots) -> roots.forEach(
        (root, strikes) -> whole.add(new OptionChain.Expiration(date, root, strikes(strikes)))));
    String source = sources.size() == 1 ? sources.iterator().next() : HYBRID;
    return new OptionChain(
        underlying,
        spot.price(),
        filter.apply(whole),
        QualityRules.chain(spot.price(), whole).quality(source, newest, nowMillis, fallback));
  }

  private static List<OptionChain.Strike> strikes(Map<Double, List<OptionLeg>> byPrice) {
    List<OptionChain.Strike> strikes = new ArrayList<>();
    byPrice.forEach((price, legs) -> {
      legs.sort((a, b) -> a.contract().right().compareTo(b.contract().right()));
      strikes.add(new OptionChain.Strike(price, legs));
    });
    return strikes;
  }
}
