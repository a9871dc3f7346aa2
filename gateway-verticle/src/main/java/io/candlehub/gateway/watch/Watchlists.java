package io.candlehub.gateway.watch;

import io.candlehub.bus.Failure;
import io.candlehub.model.Instrument;
import io.candlehub.model.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The watchlists of all viewers, read together: as long as somebody looks, one request every few seconds asks for each
 * ticker once, whoever watches it. No stream is ever opened for a watchlist.
 *
 * <p>A viewer gets what is known at once, and after each round the cards that changed. A ticker that failed keeps its
 * last value, marked so; the others are not affected. Rounds never overlap: the next begins when the last is answered
 * and its time has come, and not before the provider's {@code Retry-After} has passed. New tickers bring the next round
 * forward. What nobody watches is forgotten at once.
 *
 * <p>Confined to one event loop.
 *
 * @param <V> the values, immutable
 * @param <Q> the judgement of a value
 */
public final class Watchlists<V, Q> {
  private final Scheduler scheduler;
  private final LongSupplier wallMillis;
  private final LongSupplier marketMillis;
  private final WatchlistLimits limits;
  private final Source<V> source;
  private final Appraisal<V, Q> appraisal;
  private final Map<String, Viewer<V, Q>> viewers = new LinkedHashMap<>();
  private final Map<Instrument, Entry<V, Q>> entries = new LinkedHashMap<>();
  private final Set<Instrument> fresh = new LinkedHashSet<>();
  private Scheduler.Cancellable timer = () -> {};
  private boolean asked;
  private long askedMillis;
  private long notBeforeMillis = Long.MIN_VALUE;
  private int unanswered;

  /** Reads the values of several tickers with one request. */
  @FunctionalInterface
  public interface Source<V> {
    /**
     * Asks for tickers.
     *
     * @param tickers at most {@link WatchlistLimits#perRequest}
     * @param reply called once, on the event loop, also if the request fails or takes too long
     */
    void read(List<Instrument> tickers, Consumer<WatchReply<V>> reply);
  }

  /** Judges values. */
  @FunctionalInterface
  public interface Appraisal<V, Q> {
    /**
     * Returns how good a value is.
     *
     * @param readMillis market time at which it was read
     * @param nowMillis market time now
     */
    Q of(Instrument instrument, V value, long readMillis, long nowMillis);
  }

  private record Viewer<V, Q>(Set<Instrument> tickers, Consumer<List<WatchCard<V, Q>>> sink) {}

  /** What is known of one ticker. */
  private static final class Entry<V, Q> {
    private Optional<V> value = Optional.empty();
    private Optional<Failure> failure = Optional.empty();
    private Optional<WatchCard<V, Q>> card = Optional.empty();
    private long readMillis;
  }

  /**
   * Creates watchlists without viewers.
   *
   * @param scheduler runs the timer by the wall clock
   * @param wallMillis wall time, by which rounds are spaced
   * @param marketMillis market time, by which values age
   */
  public Watchlists(
      Scheduler scheduler,
      LongSupplier wallMillis,
      LongSupplier marketMillis,
      WatchlistLimits limits,
      Source<V> source,
      Appraisal<V, Q> appraisal) {
    this.scheduler = scheduler;
    this.wallMillis = wallMillis;
    this.marketMillis = marketMillis;
    this.limits = limits;
    this.source = source;
    this.appraisal = appraisal;
  }

  /**
   * Sets what a viewer watches; nothing ends its watching.
   *
   * @param viewer names the viewer
   * @param sink gets cards, those of this viewer's tickers only
   * @return empty, or {@link Failure#LIMIT_EXCEEDED}, in which case nothing has changed
   */
  public Optional<Failure> set(
      String viewer, Set<Instrument> tickers, Consumer<List<WatchCard<V, Q>>> sink) {
    if (tickers.size() > limits.perViewer()) {
      return Optional.of(Failure.LIMIT_EXCEEDED);
    }
    Set<Instrument> union = new LinkedHashSet<>(tickers);
    viewers.forEach((other, entry) -> {
      if (!other.equals(viewer)) {
        union.addAll(entry.tickers());
      }
    });
    if (union.size() > limits.total() && !entries.keySet().containsAll(union)) {
      return Optional.of(Failure.LIMIT_EXCEEDED);
    }
    Set<Instrument> before = viewers.containsKey(viewer) ? viewers.get(viewer).tickers() : Set.of();
    if (tickers.isEmpty()) {
      viewers.remove(viewer);
    } else {
      viewers.put(viewer, new Viewer<>(new LinkedHashSet<>(tickers), sink));
    }
    watch(union);
    show(sink, tickers.stream().filter(ticker -> !before.contains(ticker)).toList());
    arm();
    return Optional.empty();
  }

  /** Ends a viewer's watching. */
  public void leave(String viewer) {
    set(viewer, Set.of(), cards -> {});
  }

  private void watch(Set<Instrument> union) {
    entries.keySet().retainAll(union);
    fresh.retainAll(union);
    for (Instrument instrument : union) {
      if (!entries.containsKey(instrument)) {
        entries.put(instrument, new Entry<>());
        fresh.add(instrument);
      }
    }
  }

  private void show(Consumer<List<WatchCard<V, Q>>> sink, List<Instrument> tickers) {
    List<WatchCard<V, Q>> known =
        tickers.stream().map(entries::get).flatMap(entry -> entry.card.stream()).toList();
    if (!known.isEmpty()) {
      sink.accept(known);
    }
  }

  /** Plans the next round, unless one is under way. */
  private void arm() {
    timer.cancel();
    timer = () -> {};
    if (entries.isEmpty() || unanswered > 0) {
      return;
    }
    long now = wallMillis.getAsLong();
    Duration pause = fresh.isEmpty() ? limits.every() : limits.soonest();
    long due = Math.max(notBeforeMillis, asked ? askedMillis + pause.toMillis() : now);
    timer = scheduler.after(Duration.ofMillis(Math.max(0, due - now)), this::ask);
  }

  private void ask() {
    asked = true;
    askedMillis = wallMillis.getAsLong();
    fresh.clear();
    List<Instrument> all = List.copyOf(entries.keySet());
    List<List<Instrument>> requests = new ArrayList<>();
    for (int from = 0; from < all.size(); from += limits.perRequest()) {
      requests.add(all.subList(from, Math.min(all.size(), from + limits.perRequest())));
    }
    unanswered = requests.size();
    Map<Instrument, WatchCard<V, Q>> changed = new HashMap<>();
    requests.forEach(tickers -> source.read(tickers, once(reply -> take(tickers, reply, changed))));
  }

  /** Lets only the first reply through. */
  private static <V> Consumer<WatchReply<V>> once(Consumer<WatchReply<V>> reply) {
    boolean[] done = {false};
    return value -> {
      if (!done[0]) {
        done[0] = true;
        reply.accept(value);
      }
    };
  }

  private void take(
      List<Instrument> tickers, WatchReply<V> reply, Map<Instrument, WatchCard<V, Q>> changed) {
    long now = marketMillis.getAsLong();
    for (Instrument instrument : tickers) {
      Entry<V, Q> entry = entries.get(instrument);
      if (entry == null) {
        continue;
      }
      Optional<V> value = Optional.ofNullable(reply.values().get(instrument));
      if (value.isPresent()) {
        entry.value = value;
        entry.readMillis = now;
        entry.failure = Optional.empty();
      } else {
        entry.failure = Optional.of(reply.failure(instrument));
      }
      WatchCard<V, Q> card = card(instrument, entry, now);
      if (!entry.card.equals(Optional.of(card))) {
        entry.card = Optional.of(card);
        changed.put(instrument, card);
      }
    }
    if (reply.retryAfterMillis() > 0) {
      notBeforeMillis =
          Math.max(notBeforeMillis, wallMillis.getAsLong() + reply.retryAfterMillis());
    }
    unanswered--;
    if (unanswered == 0) {
      tell(changed);
      arm();
    }
  }

  private WatchCard<V, Q> card(Instrument instrument, Entry<V, Q> entry, long now) {
    if (entry.value.isEmpty()) {
      return new WatchCard.Missing<>(instrument, entry.failure.orElse(Failure.NO_DATA));
    }
    V value = entry.value.orElseThrow();
    Q quality = appraisal.of(instrument, value, entry.readMillis, now);
    return entry.failure.isPresent()
        ? new WatchCard.Stale<>(
            instrument, value, quality, entry.readMillis, entry.failure.orElseThrow())
        : new WatchCard.Shown<>(instrument, value, quality);
  }

  private void tell(Map<Instrument, WatchCard<V, Q>> changed) {
    for (Viewer<V, Q> viewer : List.copyOf(viewers.values())) {
      List<WatchCard<V, Q>> cards = viewer.tickers().stream()
          .filter(changed::containsKey)
          .map(changed::get)
          .toList();
      if (!cards.isEmpty()) {
        viewer.sink().accept(cards);
      }
    }
  }

  /** Returns how many tickers are watched. */
  public int size() {
    return entries.size();
  }
}
