package io.candlehub.hub.option;

import io.candlehub.hub.candle.SaleConditions;
import io.candlehub.model.AssetClass;
import io.candlehub.model.MissingReason;
import io.candlehub.model.OptionChain;
import io.candlehub.model.OptionContract;
import io.candlehub.model.OptionLeg;
import io.candlehub.model.OptionTerms;
import io.candlehub.model.Origin;
import io.candlehub.model.Quality;
import io.candlehub.model.SnapshotLeg;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TradeEvent;
import io.candlehub.model.quality.Assessment;
import io.candlehub.model.quality.Finding;
import io.candlehub.model.quality.QualityRules;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The contracts on one underlying: the provider's last snapshot of each, and over it the streamed quote of those that
 * are live.
 *
 * <p>A streamed quote counts only while its contract is live, and only if no newer snapshot differs from it. When a
 * contract leaves, its streamed values are dropped at once and the snapshot's are shown again, which say how old they
 * are. What is live is told by who streams it, and the rest of it by who told the snapshot. Confined to one thread.
 */
public final class ChainBook {
  private static final SaleConditions CONDITIONS = SaleConditions.documented(AssetClass.OPTION);

  private final String underlying;
  private final LegValuer valuer;
  private final Map<String, SnapshotLeg> snapshots = new HashMap<>();
  private final Listings listings = new Listings();
  private final Map<String, Streamed> streamed = new HashMap<>();
  private final Map<String, TradeEvent> traded = new HashMap<>();
  private final Set<String> live = new HashSet<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private final Map<String, Integer> told = new HashMap<>();
  private Spot spot = Spot.UNKNOWN;

  /** A quote and who told it. */
  private record Streamed(QuoteEvent quote, Origin origin) {}

  /** Creates a book without contracts. */
  public ChainBook(String underlying, LegValuer valuer) {
    this.underlying = underlying;
    this.valuer = valuer;
  }

  /** Takes a snapshot of some contracts; one that is older than what is known of its contract is ignored. */
  public void snapshot(Collection<SnapshotLeg> legs) {
    for (SnapshotLeg leg : legs) {
      listings.told(leg.symbol(), leg.source());
      SnapshotLeg known = snapshots.get(leg.symbol());
      if (known == null || (leg.atMillis() >= known.atMillis() && !leg.equals(known))) {
        snapshots.put(leg.symbol(), leg);
        changed.add(leg.symbol());
      }
    }
  }

  /**
   * Takes an account's snapshot of all contracts of an expiration: those it does not have are forgotten if that account had
   * listed them, or they have expired. What only another account lists stays.
   *
   * @param nowMillis market time
   * @return those that are forgotten
   */
  public Set<String> whole(LocalDate expiration, Collection<SnapshotLeg> legs, long nowMillis) {
    Set<String> accounts = legs.stream().map(SnapshotLeg::source).collect(Collectors.toSet());
    Set<String> absent = symbols(expiration);
    for (SnapshotLeg leg : legs) {
      absent.remove(leg.symbol());
      listings.listed(leg.symbol(), leg.source());
    }
    absent.removeIf(symbol -> !listings.lacked(symbol, accounts)
        && nowMillis < snapshots.get(symbol).terms().expiryMillis());
    absent.forEach(this::forget);
    snapshot(legs);
    return absent;
  }

  /** Returns true if the last snapshot of all contracts of its expiration did not have a contract. */
  public boolean isMissing(String symbol) {
    return listings.isMissing(symbol);
  }

  /**
   * Takes a streamed quote; one of a contract that is not live is ignored.
   *
   * @param origin who told it
   */
  public void quote(QuoteEvent quote, Origin origin) {
    String symbol = quote.instrument().symbol();
    Streamed known = streamed.get(symbol);
    if (live.contains(symbol) && (known == null || quote.atMillis() >= known.quote.atMillis())) {
      streamed.put(symbol, new Streamed(quote, origin));
      changed.add(symbol);
    }
  }

  /** Takes a streamed trade; one that sets no last price, and one of a contract that is not live, is ignored. */
  public void trade(TradeEvent trade) {
    String symbol = trade.instrument().symbol();
    TradeEvent known = traded.get(symbol);
    if (live.contains(symbol)
        && CONDITIONS.setsLast(trade.conditions(), trade.atMillis())
        && (known == null || trade.atMillis() >= known.atMillis())) {
      traded.put(symbol, trade);
      changed.add(symbol);
    }
  }

  /** Forgets what was streamed of some contracts: nobody knows whether it still holds. Returns those that had something. */
  public Set<String> interrupt(Collection<String> symbols) {
    Set<String> interrupted = new LinkedHashSet<>();
    for (String symbol : symbols) {
      boolean quoted = streamed.remove(symbol) != null;
      if (traded.remove(symbol) != null || quoted) {
        interrupted.add(symbol);
      }
    }
    changed.addAll(interrupted);
    return interrupted;
  }

  /** Forgets the contracts of an expiration. */
  public void forget(LocalDate expiration) {
    symbols(expiration).forEach(this::forget);
  }

  private Set<String> symbols(LocalDate expiration) {
    return of(expiration)
        .map(terms -> terms.contract().instrument().symbol())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private void forget(String symbol) {
    snapshots.remove(symbol);
    streamed.remove(symbol);
    traded.remove(symbol);
    changed.remove(symbol);
    told.remove(symbol);
    listings.forget(symbol);
  }

  /** Takes the underlying's price; it changes what is computed, not which contracts are sent. */
  public void spot(Spot newest) {
    spot = newest;
  }

  /** Returns the underlying's price. */
  public Spot spot() {
    return spot;
  }

  /** Takes which contracts became live and which ceased to be. */
  public void live(LiveChange change) {
    live.addAll(change.entered());
    change.left().forEach(live::remove);
    interrupt(change.left());
  }

  /**
   * Looks which contracts of some expirations count as older now than when they were drained last: they have changed.
   *
   * @param nowMillis market time
   * @return market time of the newest part of each expiration
   */
  public Map<LocalDate, Long> age(Set<LocalDate> dates, long nowMillis) {
    Map<LocalDate, Long> newest = new HashMap<>();
    for (SnapshotLeg each : snapshots.values()) {
      LocalDate date = each.contract().expiration();
      if (dates.contains(date)) {
        long atMillis = sides(each, nowMillis).atMillis();
        newest.merge(date, atMillis, Math::max);
        int stage = Assessment.stage(atMillis, nowMillis);
        if (stage > told.getOrDefault(each.symbol(), stage)) {
          changed.add(each.symbol());
        }
      }
    }
    return newest;
  }

  /**
   * Returns the contracts that changed since the last call.
   *
   * @param nowMillis market time, at which they are told
   */
  public Set<String> drainChanged(long nowMillis) {
    Set<String> drained = new LinkedHashSet<>(changed);
    changed.clear();
    for (String symbol : drained) {
      Optional.ofNullable(snapshots.get(symbol))
          .map(snapshot -> Assessment.stage(sides(snapshot, nowMillis).atMillis(), nowMillis))
          .ifPresent(stage -> told.put(symbol, stage));
    }
    return drained;
  }

  /**
   * Returns the contracts of an expiration that are traded still, by strike, calls first, as {@link LiveContracts} wants
   * them.
   *
   * @param nowMillis market time
   */
  public List<OptionContract> traded(LocalDate expiration, long nowMillis) {
    return of(expiration)
        .filter(terms -> nowMillis < terms.tradedUntilMillis())
        .map(OptionTerms::contract)
        .sorted(
            Comparator.comparingDouble(OptionContract::strike).thenComparing(OptionContract::right))
        .toList();
  }

  /** Returns true if trading in a contract of an expiration ended after one market time and until another. */
  public boolean hasEnded(LocalDate expiration, long afterMillis, long untilMillis) {
    return of(expiration)
        .mapToLong(OptionTerms::tradedUntilMillis)
        .anyMatch(end -> end > afterMillis && end <= untilMillis);
  }

  private Stream<OptionTerms> of(LocalDate expiration) {
    return snapshots.values().stream()
        .map(SnapshotLeg::terms)
        .filter(terms -> terms.contract().expiration().equals(expiration));
  }

  /** Returns a contract's terms; empty if no snapshot had it. */
  public Optional<OptionTerms> terms(String symbol) {
    return Optional.ofNullable(snapshots.get(symbol)).map(SnapshotLeg::terms);
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
    Sides sides = sides(snapshot, nowMillis);
    LegValuer.Values values = valuer.values(
        snapshot, LegValuer.Price.of(sides.bid(), sides.ask(), sides.atMillis()), spot, nowMillis);
    OptionLeg unjudged = new OptionLeg(
        snapshot.contract(),
        sides.bid(),
        sides.ask(),
        sides.bidSize(),
        sides.askSize(),
        last(snapshot),
        snapshot.volume(),
        snapshot.openInterest(),
        values.volatility(),
        values.greeks(),
        values.old() ? snapshot.greeksAtMillis() : 0,
        sides.live(),
        values.computed(),
        Map.of(),
        new Quality(sides.origin().source(), false, List.of(), 0, 0, ""));
    return judged(unjudged, snapshot, values, sides, nowMillis);
  }

  private Sides sides(SnapshotLeg snapshot, long nowMillis) {
    return Optional.ofNullable(streamed.get(snapshot.symbol()))
        .filter(each -> isNewest(each.quote, snapshot))
        .filter(each -> nowMillis < snapshot.terms().tradedUntilMillis())
        .map(each -> Sides.of(each.quote, each.origin, snapshot))
        .orElseGet(() -> Sides.of(snapshot));
  }

  /** A snapshot's time may be that of a trade: one with the same bid and ask confirms the quote. */
  private static boolean isNewest(QuoteEvent quote, SnapshotLeg snapshot) {
    return quote.atMillis() >= snapshot.atMillis()
        || (quote.bid() == snapshot.bid() && quote.ask() == snapshot.ask());
  }

  private OptionLeg judged(
      OptionLeg leg, SnapshotLeg snapshot, LegValuer.Values values, Sides sides, long nowMillis) {
    return leg.judged(
        LegReasons.of(leg, snapshot, values.reason()),
        QualityRules.contract(leg)
            .when(values.old() || values.inputsOld(), Finding.OLD_GREEKS)
            .when(values.reason().contains(MissingReason.OLD_SPOT), Finding.OLD_SPOT)
            .quality(
                sides.origin().source(),
                sides.atMillis(),
                nowMillis,
                sides.origin().fallbackReason()));
  }

  private double last(SnapshotLeg snapshot) {
    TradeEvent trade = traded.get(snapshot.symbol());
    return trade == null ? snapshot.last() : trade.price();
  }

  /** Returns a copy of some expirations that another thread may read. */
  public ChainBook copy(Set<LocalDate> dates) {
    ChainBook copy = new ChainBook(underlying, valuer.another());
    snapshots.forEach((symbol, snapshot) -> {
      if (dates.contains(snapshot.contract().expiration())) {
        copy.snapshots.put(symbol, snapshot);
        copy.listings.copy(listings, symbol);
        Optional.ofNullable(streamed.get(symbol))
            .ifPresent(quote -> copy.streamed.put(symbol, quote));
        Optional.ofNullable(traded.get(symbol)).ifPresent(trade -> copy.traded.put(symbol, trade));
      }
    });
    copy.spot = spot;
    return copy;
  }

  /**
   * Returns the chain as it is known now, filtered; its quality is that of the whole, as the newest answer told it: what that
   * did not have says itself how good it is.
   *
   * @param nowMillis market time
   */
  public OptionChain chain(ChainFilter filter, long nowMillis) {
    List<OptionLeg> legs = new ArrayList<>();
    List<OptionLeg> answered = new ArrayList<>();
    long newest = 0;
    Origin told = Origin.UNKNOWN;
    for (SnapshotLeg each : snapshots.values()) {
      OptionLeg leg = merged(each, nowMillis);
      newest = Math.max(newest, leg.quality().updatedAtMillis());
      legs.add(leg);
      if (!isMissing(each.symbol())) {
        answered.add(leg);
        told = told.with(new Origin(leg.quality().source(), leg.quality().fallbackReason()));
      }
    }
    List<OptionChain.Expiration> whole = expirations(legs);
    return new OptionChain(
        underlying,
        spot.price(),
        filter.apply(whole),
        QualityRules.chain(
                spot.price(), answered.size() == legs.size() ? whole : expirations(answered))
            .when(
                spot.isKnown() && QualityRules.isOldBeside(spot.atMillis(), newest),
                Finding.OLD_SPOT)
            .quality(told.source(), newest, nowMillis, told.fallbackReason()));
  }

  private static List<OptionChain.Expiration> expirations(List<OptionLeg> legs) {
    Map<LocalDate, Map<String, Map<Double, List<OptionLeg>>>> sorted = new TreeMap<>();
    for (OptionLeg leg : legs) {
      sorted
          .computeIfAbsent(leg.contract().expiration(), absent -> new TreeMap<>())
          .computeIfAbsent(leg.contract().root(), absent -> new TreeMap<>())
          .computeIfAbsent(leg.contract().strike(), absent -> new ArrayList<>())
          .add(leg);
    }
    List<OptionChain.Expiration> whole = new ArrayList<>();
    sorted.forEach((date, roots) -> roots.forEach(
        (root, strikes) -> whole.add(new OptionChain.Expiration(date, root, strikes(strikes)))));
    return whole;
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
