package io.candlehub.hub.chain;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.hub.chain.OptionSource.Urgency;
import io.candlehub.hub.option.ChainBook;
import io.candlehub.hub.option.ChainFilter;
import io.candlehub.hub.option.LegValuer;
import io.candlehub.hub.option.PricingModel;
import io.candlehub.hub.option.Spot;
import io.candlehub.model.ChainSnapshot;
import io.candlehub.model.Instrument;
import io.candlehub.model.OptionChain;
import io.candlehub.model.OptionContract;
import io.candlehub.model.OptionLeg;
import io.candlehub.model.Quality;
import io.candlehub.model.SnapshotLeg;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The options on one underlying: what is known of them, and the answers to questions. Confined to the hub's event loop. */
final class UnderlyingDesk {
  private static final int MOST_CONTRACTS = 2_000;

  /** A provider tells the pages of a question one after another, so that long questions take long. */
  private static final int DATES_PER_QUESTION = 2;

  private static final Set<Failure> FINAL =
      Set.of(Failure.CONTRACT_NOT_FOUND, Failure.UNKNOWN_INSTRUMENT, Failure.INVALID_PARAMETER);

  private final ChainParts parts;
  private final Instrument underlying;
  private final Listener listener;
  private final ChainBook book;
  private final ExpirationDates dates;
  private final Map<LocalDate, ChainSheet> sheets = new TreeMap<>();
  private final Map<Instrument, ContractQuestion> contracts = new HashMap<>();
  private final Map<LocalDate, Future<Void>> whole = new HashMap<>();
  private final Map<LocalDate, Shown> shown = new HashMap<>();
  private Spot spot = Spot.UNKNOWN;
  private long usedMillis;
  private long viewers;

  /** What is being put together for all who came before that was begun. */
  private record Shown(long viewers, Future<OptionChain> chain) {}

  /** Hears what changed. */
  interface Listener {
    /** All contracts of an expiration are known, or known anew. */
    void known(LocalDate date);

    /** An expiration does not have some contracts any more. */
    void unlisted(LocalDate date, Set<String> symbols);

    /** The underlying's price changed. */
    void priced(double price);

    /** Values of contracts changed. */
    void changed();
  }

  UnderlyingDesk(ChainParts parts, Instrument underlying, PricingModel model, Listener listener) {
    this.parts = parts;
    this.underlying = underlying;
    this.listener = listener;
    book = new ChainBook(underlying.symbol(), new LegValuer(model));
    dates = new ExpirationDates(parts, underlying);
    used();
  }

  private void used() {
    usedMillis = parts.wallClock().millis();
  }

  ChainBook book() {
    return book;
  }

  /** Returns on which dates there are expirations. */
  Future<ExpirationAnswer> dates() {
    used();
    return dates.ready();
  }

  ChainSheet sheet(LocalDate date) {
    used();
    return sheets.computeIfAbsent(
        date,
        absent -> new ChainSheet(parts, underlying, date, new ChainSheet.Taker() {
          @Override
          public void told(ChainSnapshot snapshot) {
            Set<String> gone = book.whole(date, snapshot.legs(), parts.clock().millis());
            if (!gone.isEmpty()) {
              listener.unlisted(date, gone);
            }
            taken(date, snapshot);
          }

          @Override
          public void kept(ChainSnapshot snapshot) {
            book.snapshot(snapshot.legs());
            taken(date, snapshot);
          }
        }));
  }

  Collection<ChainSheet> sheets() {
    return sheets.values();
  }

  private void taken(LocalDate date, ChainSnapshot snapshot) {
    price(new Spot(snapshot.spot(), snapshot.spotAtMillis()));
    listener.known(date);
    listener.changed();
  }

  /** Takes the underlying's price, unless a newer one is known. */
  void price(Spot newer) {
    if (newer.isKnown() && (!spot.isKnown() || newer.atMillis() >= spot.atMillis())) {
      spot = newer;
      book.spot(newer);
      listener.priced(newer.price());
    }
  }

  /** Returns one expiration. */
  Future<OptionChain> chain(LocalDate date, ChainFilter filter) {
    ChainSheet sheet = sheet(date);
    return sheet
        .ready()
        .recover(this::explained)
        .compose(known -> put(Set.of(date), filter, sheet.isCurrent()));
  }

  /** Returns one expiration for who is about to look at it; one that has passed is not looked at, but read. */
  Future<OptionChain> toView(LocalDate date) {
    ChainSheet sheet = sheet(date);
    long viewer = ++viewers;
    Future<Void> ready = date.isBefore(parts.today()) ? sheet.ready() : sheet.readyToView();
    return ready.recover(this::explained).compose(known -> shown(sheet, viewer));
  }

  /** What was put together before a viewer came may lack what was published before he listened. */
  private Future<OptionChain> shown(ChainSheet sheet, long viewer) {
    LocalDate date = sheet.date();
    Shown last = shown.get(date);
    if (last != null && viewer <= last.viewers) {
      return last.chain;
    }
    Shown next = new Shown(viewers, put(Set.of(date), ChainFilter.ALL, sheet.isCurrent()));
    shown.put(date, next);
    next.chain.onComplete(done -> shown.remove(date, next));
    return next.chain;
  }

  /** Of an underlying that does not exist nobody has options. */
  private <T> Future<T> explained(Throwable cause) {
    return FailureException.of(cause).code() == Failure.NO_DATA
        ? parts.existence().apply(underlying).compose(exists -> Future.failedFuture(cause))
        : Future.failedFuture(cause);
  }

  /** Returns all expirations. */
  Future<OptionChain> chain(ChainFilter filter) {
    return dates().compose(answer -> {
      List<ChainSheet> all =
          answer.expirations().dates().stream().map(this::sheet).toList();
      all.forEach(ChainSheet::used);
      return wholeReady(all).compose(complete -> {
        Set<LocalDate> known = all.stream()
            .filter(ChainSheet::isKnown)
            .map(ChainSheet::date)
            .collect(Collectors.toSet());
        return put(
            known, filter, complete && all.stream().allMatch(UnderlyingDesk::isWholeCurrent));
      });
    });
  }

  private static boolean isWholeCurrent(ChainSheet sheet) {
    return isFresh(sheet) || !sheet.isKnown();
  }

  private static boolean isFresh(ChainSheet sheet) {
    return sheet.isCurrent(Freshness.WHOLE_CHAIN);
  }

  /** Returns when all expirations are as well known as a reader may expect: false if some are not known at all. */
  private Future<Boolean> wholeReady(List<ChainSheet> all) {
    if (all.stream().allMatch(UnderlyingDesk::isFresh)) {
      return Future.succeededFuture(true);
    }
    askWhole(all);
    List<Future<Void>> waited = all.stream()
        .map(sheet -> sheet.soon(whole.getOrDefault(sheet.date(), Future.succeededFuture())))
        .toList();
    return Future.join(waited)
        .map(done -> true)
        .recover(cause -> all.stream().anyMatch(ChainSheet::isKnown)
            ? Future.succeededFuture(false)
            : Future.failedFuture(cause));
  }

  /** Asks for what is not fresh, unless the last such questions are still open: a few expirations each, at the same time. */
  private void askWhole(List<ChainSheet> all) {
    if (!whole.values().stream().allMatch(Future::isComplete)) {
      return;
    }
    whole.clear();
    for (int from = 0; from < all.size(); from += DATES_PER_QUESTION) {
      List<ChainSheet> some = all.subList(from, Math.min(all.size(), from + DATES_PER_QUESTION));
      if (!some.stream().allMatch(UnderlyingDesk::isFresh)) {
        Future<Void> asked = ask(some.get(0).date(), some.get(some.size() - 1).date());
        some.forEach(sheet -> whole.put(sheet.date(), asked));
      }
    }
  }

  private Future<Void> ask(LocalDate first, LocalDate last) {
    return parts.source().chain(underlying, first, last, Urgency.WAITED_FOR).map(snapshot -> {
      byDate(snapshot).forEach((date, part) -> sheet(date).take(part));
      return null;
    });
  }

  private static Map<LocalDate, ChainSnapshot> byDate(ChainSnapshot snapshot) {
    Map<LocalDate, List<SnapshotLeg>> legs = snapshot.legs().stream()
        .collect(Collectors.groupingBy(leg -> leg.contract().expiration()));
    return legs.entrySet().stream()
        .collect(Collectors.toMap(
            Map.Entry::getKey,
            entry -> new ChainSnapshot(
                snapshot.underlying(),
                snapshot.spot(),
                snapshot.spotAtMillis(),
                entry.getValue(),
                snapshot.askedAtMillis())));
  }

  /** Values thousands of contracts off the event loop. */
  private Future<OptionChain> put(Set<LocalDate> of, ChainFilter filter, boolean current) {
    ChainBook copy = book.copy(of);
    long nowMillis = parts.clock().millis();
    return parts.worker().run(() -> {
      OptionChain chain = copy.chain(filter, nowMillis);
      return current ? chain : chain.lastKnown();
    });
  }

  /** Returns the quality of an expiration as a whole. */
  Future<Quality> quality(LocalDate date) {
    return put(Set.of(date), ChainFilter.ALL, sheet(date).isCurrent()).map(OptionChain::quality);
  }

  /** Returns one contract. */
  Future<OptionLeg> contract(OptionContract terms) {
    Instrument contract = terms.instrument();
    ChainSheet sheet = sheet(terms.expiration());
    sheet.used();
    boolean isListed = book.terms(contract.symbol()).isPresent();
    ContractQuestion question = question(contract);
    if (isListed && (isTold(sheet, contract) || question.isCurrent())) {
      return leg(contract, Function.identity());
    }
    Future<Void> asked = question.ask();
    return sheet.restored().compose(looked -> {
      boolean known = book.terms(contract.symbol()).isPresent();
      return parts.within(Freshness.patience(known), asked).transform(done -> {
        if (done.succeeded()) {
          return leg(contract, Function.identity());
        }
        return known && !isDenied(contract, done.cause())
            ? leg(contract, OptionLeg::lastKnown)
            : Future.failedFuture(done.cause());
      });
    });
  }

  /** Returns true if the last answer for its expiration has a contract that the book has, and counts still. */
  private boolean isTold(ChainSheet sheet, Instrument contract) {
    return sheet.isCurrent() && !book.isMissing(contract.symbol());
  }

  /** What one account lists is not denied by the word of who tells the expiration now, and does not have it. */
  private boolean isDenied(Instrument contract, Throwable cause) {
    Failure code = FailureException.of(cause).code();
    return FINAL.contains(code)
        && !(code == Failure.CONTRACT_NOT_FOUND && book.isMissing(contract.symbol()));
  }

  /** Returns one contract as its expiration tells it, if somebody looks at that or it is asked for anyway. */
  Future<OptionLeg> told(OptionContract terms) {
    ChainSheet sheet = sheet(terms.expiration());
    if (!sheet.isViewed() && !sheet.isAsked()) {
      return contract(terms);
    }
    Instrument contract = terms.instrument();
    return sheet.readyOfToday().compose(ready -> {
      if (!ready && sheet.isViewed()) {
        return Future.failedFuture(Failure.UNAVAILABLE.because("no answer in time"));
      }
      return ready && book.terms(contract.symbol()).isPresent()
          ? leg(contract, isTold(sheet, contract) ? Function.identity() : OptionLeg::lastKnown)
          : contract(terms);
    });
  }

  private ContractQuestion question(Instrument contract) {
    if (contracts.size() >= MOST_CONTRACTS) {
      contracts.clear();
    }
    return contracts.computeIfAbsent(
        contract,
        absent -> new ContractQuestion(parts, contract, told -> {
          book.snapshot(List.of(told.leg()));
          price(new Spot(told.spot(), told.spotAtMillis()));
          listener.changed();
        }));
  }

  private Future<OptionLeg> leg(Instrument contract, Function<OptionLeg, OptionLeg> marking) {
    return book.leg(contract.symbol(), parts.clock().millis())
        .map(marking)
        .map(Future::succeededFuture)
        .orElseGet(() -> Future.failedFuture(
            Failure.CONTRACT_NOT_FOUND.because("no contract " + contract.symbol())));
  }

  /** Forgets what nobody has asked for in a while; returns true if nothing is left. */
  boolean forgetUnused() {
    Set<LocalDate> unused = sheets.values().stream()
        .filter(ChainSheet::isUnused)
        .map(ChainSheet::date)
        .collect(Collectors.toCollection(HashSet::new));
    unused.forEach(date -> {
      sheets.remove(date);
      book.forget(date);
    });
    long unusedMillis = parts.wallClock().millis() - usedMillis;
    return sheets.isEmpty() && unusedMillis > Freshness.UNUSED.toMillis();
  }

  void close() {
    sheets.values().forEach(ChainSheet::close);
  }
}
