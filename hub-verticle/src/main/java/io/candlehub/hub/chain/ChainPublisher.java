package io.candlehub.hub.chain;

import io.candlehub.hub.option.ChainBook;
import io.candlehub.hub.option.ExpirationKey;
import io.candlehub.hub.option.LiveWindow;
import io.candlehub.model.ChainUpdate;
import io.candlehub.model.Instrument;
import io.candlehub.model.OptionLeg;
import io.candlehub.model.OptionTerms;
import io.candlehub.model.Scheduler;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what changed in the expirations of an underlying that somebody looks at: the changed legs in full, also those
 * that have only grown old, and what is new of the whole, at most every 100 ms for each expiration; while the shard is
 * not served nothing is told, and nothing forgotten. Confined to the hub's event loop.
 */
final class ChainPublisher {
  private static final Duration TOGETHER = Duration.ofMillis(100);

  private final ChainParts parts;
  private final Instrument underlying;
  private final ChainBook book;
  private final ChainViews views;
  private final ChainWholes wholes;
  private final Map<LocalDate, Set<String>> removed = new LinkedHashMap<>();
  private final Map<LocalDate, Set<String>> unlisted = new LinkedHashMap<>();
  private final Set<LocalDate> moved = new HashSet<>();
  private Scheduler.Cancellable next = () -> {};
  private boolean planned;
  private boolean closed;
  private long toldMillis;

  ChainPublisher(
      ChainParts parts, Instrument underlying, UnderlyingDesk options, ChainViews views) {
    this.parts = parts;
    this.underlying = underlying;
    this.book = options.book();
    this.views = views;
    this.wholes = new ChainWholes(parts, options);
  }

  /** Looks what has grown old or is new of the whole; to be called every second or so. */
  void look() {
    Set<LocalDate> viewed = views.dates(underlying);
    if (!viewed.isEmpty() && parts.served().test(underlying)) {
      moved.addAll(wholes.look(viewed));
      changed();
    }
  }

  /** Takes note that an expiration's window moved. */
  void moved(LocalDate date) {
    moved.add(date);
    changed();
  }

  /** Takes note that a contract's live values are gone. */
  void removed(LocalDate date, String symbol) {
    removed.computeIfAbsent(date, absent -> new LinkedHashSet<>()).add(symbol);
    changed();
  }

  /** Takes note that an expiration does not have some contracts any more. */
  void unlisted(LocalDate date, Set<String> symbols) {
    unlisted.computeIfAbsent(date, absent -> new LinkedHashSet<>()).addAll(symbols);
    changed();
  }

  /** Takes note that something changed in the book. */
  void changed() {
    if (!planned && !closed) {
      planned = true;
      long wait = toldMillis + TOGETHER.toMillis() - parts.wallClock().millis();
      next = parts.scheduler().after(Duration.ofMillis(Math.max(0, wait)), this::publish);
    }
  }

  private void publish() {
    planned = false;
    toldMillis = parts.wallClock().millis();
    if (!parts.served().test(underlying)) {
      changed();
      return;
    }
    Set<LocalDate> viewed = views.dates(underlying);
    Map<LocalDate, Map<String, OptionLeg>> changes = new LinkedHashMap<>();
    viewed.forEach(date -> changes.put(date, new LinkedHashMap<>()));
    long nowMillis = parts.clock().millis();
    for (String symbol : book.drainChanged(nowMillis)) {
      Optional<Map<String, OptionLeg>> ofDate =
          book.terms(symbol).map(terms -> changes.get(date(terms)));
      ofDate.ifPresent(legs -> book.leg(symbol, nowMillis).ifPresent(leg -> legs.put(symbol, leg)));
    }
    changes.forEach(this::publish);
    moved.clear();
    removed.clear();
    unlisted.clear();
  }

  private static LocalDate date(OptionTerms terms) {
    return terms.contract().expiration();
  }

  private void publish(LocalDate date, Map<String, OptionLeg> legs) {
    List<String> gone = removed.getOrDefault(date, Set.of()).stream()
        .filter(symbol -> !legs.containsKey(symbol) || !legs.get(symbol).live())
        .toList();
    List<String> lost = unlisted.getOrDefault(date, Set.of()).stream()
        .filter(symbol -> book.terms(symbol).isEmpty())
        .toList();
    if (legs.isEmpty() && gone.isEmpty() && lost.isEmpty() && !moved.contains(date)) {
      return;
    }
    LiveWindow window = views.window(new ExpirationKey(underlying.symbol(), date));
    ChainWholes.Whole whole = wholes.drain(date);
    parts
        .publisher()
        .accept(new ChainUpdate(
            underlying.symbol(),
            date,
            List.copyOf(legs.values()),
            window.contracts(),
            window.wanted(),
            gone,
            lost,
            whole.spot(),
            whole.quality()));
  }

  void close() {
    closed = true;
    next.cancel();
  }
}
