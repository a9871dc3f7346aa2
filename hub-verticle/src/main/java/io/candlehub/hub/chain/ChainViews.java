package io.candlehub.hub.chain;

import io.candlehub.bus.ChainFocus;
import io.candlehub.cluster.Shards;
import io.candlehub.hub.option.ExpirationKey;
import io.candlehub.hub.option.LiveChange;
import io.candlehub.hub.option.LiveContracts;
import io.candlehub.hub.option.LiveWindow;
import io.candlehub.model.Instrument;
import io.candlehub.model.OptionContract;
import io.candlehub.model.OptionTerms;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who looks at which expirations, and which contracts are live therefore; none of an expiration that is
 * not traded now. Viewers that
 * look at the same are one. Confined to the hub's event loop.
 */
final class ChainViews {
  private static final Logger LOG = LoggerFactory.getLogger(ChainViews.class);

  private final LiveContracts contracts;
  private final Map<ChainFocus, ExpirationKey> views = new LinkedHashMap<>();
  private final Predicate<ExpirationKey> traded;
  private final Predicate<OptionTerms> ended;
  private final Set<ExpirationKey> paused = new HashSet<>();
  private Set<String> others = Set.of();
  private Set<String> over = Set.of();
  private List<String> live = List.of();
  private boolean touched;
  private boolean narrow;

  /**
   * Creates the views of nobody.
   *
   * @param traded tells whether an expiration is traded now
   * @param ended tells whether trading in a contract has ended for good
   */
  ChainViews(
      LiveContracts contracts, Predicate<ExpirationKey> traded, Predicate<OptionTerms> ended) {
    this.contracts = contracts;
    this.traded = traded;
    this.ended = ended;
  }

  private void touch(LiveChange change) {
    touched |= !change.isEmpty();
  }

  /** Lets a viewer look at an expiration; of a focus without a date it is the nearest. */
  void show(ChainFocus focus, LocalDate date) {
    ExpirationKey key = new ExpirationKey(focus.underlying().symbol(), date);
    ExpirationKey before = views.put(focus, key);
    if (key.equals(before)) {
      return;
    }
    apply(focus, key);
    if (before != null && !views.containsValue(before)) {
      contracts.forget(before);
    }
  }

  private void apply(ChainFocus focus, ExpirationKey key) {
    String viewer = focus.toString();
    if (isPaused(key)) {
      touch(contracts.unfocus(viewer));
    } else {
      touch(
          focus.contract().isEmpty()
              ? contracts.focus(viewer, key)
              : contracts.focus(viewer, key, focus.contract().get(0).symbol()));
    }
  }

  private boolean isPaused(ExpirationKey key) {
    boolean closed = !traded.test(key);
    if (closed) {
      paused.add(key);
    } else {
      paused.remove(key);
    }
    return closed;
  }

  /** Lets viewers of anything else go. */
  void retain(Set<ChainFocus> wanted) {
    Set<ExpirationKey> before = new HashSet<>(views.values());
    views.keySet().removeIf(focus -> {
      boolean gone = !wanted.contains(focus);
      if (gone) {
        touch(contracts.unfocus(focus.toString()));
      }
      return gone;
    });
    before.removeAll(new HashSet<>(views.values()));
    before.forEach(contracts::forget);
  }

  /** Returns the dates of an underlying that somebody looks at. */
  Set<LocalDate> dates(Instrument underlying) {
    return views.values().stream()
        .filter(key -> key.underlying().equals(underlying.symbol()))
        .map(ExpirationKey::date)
        .collect(Collectors.toSet());
  }

  /** Tells all contracts of an expiration that are traded still. */
  void known(ExpirationKey key, List<OptionContract> all) {
    if (views.containsValue(key)) {
      touch(contracts.contracts(key, all));
    }
  }

  /** Tells an underlying's price. */
  void priced(Instrument underlying, double price) {
    touch(contracts.spot(underlying.symbol(), price));
  }

  /** Tells which contracts are wanted besides. */
  void others(Set<String> wanted) {
    others = wanted;
    over = over();
    touch(contracts.others(wanted.stream()
        .filter(symbol -> !over.contains(symbol))
        .filter(symbol -> key(symbol).filter(this::isPaused).isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new))));
  }

  private Set<String> over() {
    return others.stream()
        .filter(symbol -> OptionTerms.of(Instrument.of(symbol)).filter(ended).isPresent())
        .collect(Collectors.toSet());
  }

  private static Optional<ExpirationKey> key(String symbol) {
    Instrument contract = Instrument.of(symbol);
    return OptionContract.of(contract)
        .map(terms -> new ExpirationKey(Shards.underlying(contract), terms.expiration()));
  }

  /** Looks what is traded now; returns true if that has changed. */
  boolean pause() {
    Set<ExpirationKey> before = Set.copyOf(paused);
    paused.clear();
    views.values().forEach(this::isPaused);
    others.forEach(symbol -> key(symbol).ifPresent(this::isPaused));
    if (paused.equals(before) && over.equals(over())) {
      return false;
    }
    views.forEach(this::apply);
    others(others);
    return true;
  }

  /** Returns the live contracts, the most important first. */
  List<String> live() {
    return live;
  }

  /** Returns how many contracts are wanted and not live because the budget ended before. */
  int cut() {
    return contracts.cut();
  }

  /** Returns the live contracts of an expiration. */
  LiveWindow window(ExpirationKey key) {
    return contracts.window(key);
  }

  private void noteCut() {
    boolean isCut = cut() > 0;
    if (narrow != isCut) {
      narrow = isCut;
      LOG.info(
          narrow
              ? "more contracts are wanted than may be streamed [streamed: {}, cut: {}]"
              : "all wanted contracts may be streamed again [streamed: {}, cut: {}]",
          contracts.live().size(),
          cut());
    }
  }

  /** Returns what has become live and what is no more since the last call. */
  LiveChange settle() {
    noteCut();
    if (!touched) {
      return LiveChange.NONE;
    }
    touched = false;
    Set<String> before = new LinkedHashSet<>(live);
    live = contracts.live();
    Set<String> now = new LinkedHashSet<>(live);
    return new LiveChange(
        live.stream().filter(each -> !before.contains(each)).toList(),
        before.stream().filter(each -> !now.contains(each)).toList());
  }
}
