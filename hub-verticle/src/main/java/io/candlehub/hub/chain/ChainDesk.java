package io.candlehub.hub.chain;

import io.candlehub.bus.ChainFocus;
import io.candlehub.bus.Failure;
import io.candlehub.cluster.Shards;
import io.candlehub.hub.option.ChainFilter;
import io.candlehub.hub.option.ExpirationKey;
import io.candlehub.hub.option.LiveChange;
import io.candlehub.hub.option.LiveContracts;
import io.candlehub.hub.option.PricingModel;
import io.candlehub.hub.option.Spot;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.OptionChain;
import io.candlehub.model.OptionContract;
import io.candlehub.model.OptionLeg;
import io.candlehub.model.Quote;
import io.candlehub.model.Scheduler;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TradeEvent;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All option chains of a hub: answers questions about those of its shards, and keeps those live that somebody looks at.
 * Confined to the hub's event loop.
 */
public final class ChainDesk {
  private static final Logger LOG = LoggerFactory.getLogger(ChainDesk.class);
  private static final Duration SWEEP = Duration.ofMinutes(1);

  private final ChainParts parts;
  private final ChainViews views;
  private final Map<Double, Future<PricingModel>> models = new HashMap<>();
  private final Map<Instrument, Desk> desks = new HashMap<>();
  private final Map<Instrument, Desk> streamed = new HashMap<>();
  private Set<ChainFocus> wanted = Set.of();
  private Scheduler.Cancellable sweep = () -> {};
  private Runnable listener = () -> {};
  private long lookedMillis;

  /** One underlying and who tells of it. */
  private record Desk(Instrument underlying, UnderlyingDesk options, ChainPublisher publisher) {}

  /** Creates a desk without chains. */
  public ChainDesk(ChainParts parts) {
    this.parts = parts;
    views = new ChainViews(
        new LiveContracts(parts.config().windowStrikes(), parts.config().mostLive()),
        this::isTraded,
        terms -> parts.clock().millis() >= terms.tradedUntilMillis());
    lookedMillis = parts.clock().millis();
  }

  private boolean isTraded(ExpirationKey key) {
    return !key.date().isBefore(parts.today())
        && !parts.closed().test(Instrument.of(key.underlying()));
  }

  /** Sets what is called when {@link #live} has changed. */
  public void onLive(Runnable told) {
    listener = told;
  }

  /** Begins to forget what nobody asks for. */
  public void start() {
    sweep = parts.scheduler().after(SWEEP, () -> {
      resolveNearest();
      forgetUnused();
      start();
    });
  }

  /** Asks and publishes nothing any more. */
  public void stop() {
    sweep.cancel();
    drop(every -> true);
  }

  private Future<Desk> desk(Instrument underlying) {
    Desk known = desks.get(underlying);
    return known == null
        ? model(underlying)
            .map(model -> desks.computeIfAbsent(underlying, absent -> open(underlying, model)))
        : Future.succeededFuture(known);
  }

  private Future<PricingModel> model(Instrument underlying) {
    double yield = parts.config().yieldOf(underlying.symbol());
    return models.computeIfAbsent(
        yield,
        absent -> parts.worker().run(() -> new PricingModel(parts.config().rate(), yield)));
  }

  private Desk open(Instrument underlying, PricingModel model) {
    List<ChainPublisher> told = new ArrayList<>();
    UnderlyingDesk options =
        new UnderlyingDesk(parts, underlying, model, new UnderlyingDesk.Listener() {
          @Override
          public void known(LocalDate date) {
            contractsKnown(underlying, date);
          }

          @Override
          public void unlisted(LocalDate date, Set<String> symbols) {
            told.get(0).unlisted(date, symbols);
          }

          @Override
          public void priced(double price) {
            views.priced(underlying, price);
            settle();
          }

          @Override
          public void changed() {
            told.get(0).changed();
          }
        });
    told.add(new ChainPublisher(parts, underlying, options, views));
    Desk desk = new Desk(underlying, options, told.get(0));
    enter(desk, views.live().stream().filter(symbol -> isOn(underlying, symbol)).toList());
    return desk;
  }

  private static boolean isOn(Instrument underlying, String contract) {
    return Shards.underlying(Instrument.of(contract)).equals(underlying.symbol());
  }

  private void contractsKnown(Instrument underlying, LocalDate date) {
    Optional.ofNullable(desks.get(underlying)).ifPresent(desk -> {
      ExpirationKey key = new ExpirationKey(underlying.symbol(), date);
      views.known(key, desk.options.book().traded(date, parts.clock().millis()));
      desk.publisher.moved(date);
      settle();
    });
  }

  /** Returns the options on what must be no option itself. */
  private Future<UnderlyingDesk> options(Instrument underlying) {
    if (underlying.assetClass() == AssetClass.OPTION) {
      throw Failure.INVALID_PARAMETER.because(underlying.symbol() + " is no underlying");
    }
    return desk(underlying).map(Desk::options);
  }

  /**
   * Returns one expiration of a chain. What a provider said some seconds ago is answered at once; if none answers soon,
   * what was known last, marked so.
   */
  public Future<OptionChain> chain(Instrument underlying, LocalDate date, ChainFilter filter) {
    return options(underlying).compose(options -> options.chain(date, filter));
  }

  /** Returns one expiration to who is about to look at it; its question is called off once nobody looks. */
  public Future<OptionChain> toView(Instrument underlying, LocalDate date) {
    return options(underlying).compose(options -> options.toView(date));
  }

  /** Returns all expirations of a chain. */
  public Future<OptionChain> chain(Instrument underlying, ChainFilter filter) {
    return options(underlying).compose(options -> options.chain(filter));
  }

  /** Returns the dates on which options on an underlying expire. */
  public Future<ExpirationAnswer> expirations(Instrument underlying) {
    return options(underlying).compose(UnderlyingDesk::dates);
  }

  /** Returns one contract and its terms. */
  public Future<ContractAnswer> contract(Instrument contract) {
    return answer(contract, UnderlyingDesk::contract);
  }

  /**
   * Returns one contract and its terms as its expiration tells them, if somebody looks at that: no question of its own is
   * asked then, and an answer of today is good enough.
   */
  public Future<ContractAnswer> told(Instrument contract) {
    return answer(contract, UnderlyingDesk::told);
  }

  private Future<ContractAnswer> answer(
      Instrument contract, BiFunction<UnderlyingDesk, OptionContract, Future<OptionLeg>> question) {
    Optional<OptionContract> terms = OptionContract.of(contract);
    if (terms.isEmpty()) {
      return Future.failedFuture(
          Failure.INVALID_PARAMETER.because(contract.symbol() + " is no option contract"));
    }
    Instrument underlying = Instrument.of(Shards.underlying(contract));
    return desk(underlying)
        .compose(desk -> question
            .apply(desk.options, terms.get())
            .map(leg -> new ContractAnswer(
                leg, desk.options.book().terms(contract.symbol()).orElseThrow(), underlying)));
  }

  /**
   * Sets what is looked at, of all this node serves.
   *
   * @param focuses what viewers of chains look at
   * @param others contracts whose quotes are wanted besides
   */
  public void want(Set<ChainFocus> focuses, Set<Instrument> others) {
    Set<ChainFocus> entered = new LinkedHashSet<>(focuses);
    entered.removeAll(wanted);
    wanted = Set.copyOf(focuses);
    views.retain(wanted);
    views.others(others.stream()
        .map(Instrument::symbol)
        .sorted()
        .collect(Collectors.toCollection(LinkedHashSet::new)));
    views.pause();
    entered.forEach(this::look);
    viewSheets();
    settle();
  }

  private void look(ChainFocus focus) {
    desk(focus.underlying())
        .compose(desk -> focus.expiration().isEmpty()
            ? desk.options.dates().map(answer -> answer.expirations().dates().get(0))
            : Future.succeededFuture(focus.expiration().get(0)))
        .onSuccess(date -> {
          if (wanted.contains(focus) && !date.isBefore(parts.today())) {
            views.show(focus, date);
            viewSheets();
            contractsKnown(focus.underlying(), date);
          }
        })
        .onFailure(failure -> LOG.debug("nothing to look at [chain: {}]", focus, failure));
  }

  /** The nearest expiration is another one every day, and may not be known at first. */
  private void resolveNearest() {
    wanted.stream().filter(focus -> focus.expiration().isEmpty()).forEach(this::look);
  }

  private void viewSheets() {
    for (Desk desk : desks.values()) {
      Set<LocalDate> viewed = views.dates(desk.underlying);
      viewed.forEach(date -> desk.options.sheet(date).view());
      for (ChainSheet sheet : desk.options.sheets()) {
        if (sheet.isViewed() && !viewed.contains(sheet.date())) {
          sheet.unview();
        }
      }
    }
  }

  /** Tells books, viewers and the hub what has become live and what is no more. */
  private void settle() {
    LiveChange change = views.settle();
    if (change.isEmpty()) {
      return;
    }
    Map<Desk, List<String>> entered = new HashMap<>();
    for (String symbol : change.entered()) {
      Optional.ofNullable(desks.get(Instrument.of(Shards.underlying(Instrument.of(symbol)))))
          .ifPresent(
              desk -> entered.computeIfAbsent(desk, absent -> new ArrayList<>()).add(symbol));
    }
    entered.forEach(this::enter);
    for (String symbol : change.left()) {
      Optional.ofNullable(streamed.remove(Instrument.of(symbol)))
          .ifPresent(desk -> leave(desk, symbol));
    }
    listener.run();
  }

  private void enter(Desk desk, List<String> symbols) {
    desk.options.book().live(new LiveChange(symbols, List.of()));
    symbols.forEach(symbol -> {
      streamed.put(Instrument.of(symbol), desk);
      desk.publisher.moved(date(symbol));
    });
  }

  private static void leave(Desk desk, String symbol) {
    desk.options.book().live(new LiveChange(List.of(), List.of(symbol)));
    desk.publisher.removed(date(symbol), symbol);
  }

  private static LocalDate date(String symbol) {
    return OptionContract.of(Instrument.of(symbol))
        .map(OptionContract::expiration)
        .orElse(LocalDate.MIN);
  }

  /** Returns the contracts to be streamed, the most important first. */
  public List<String> live() {
    return views.live();
  }

  /** Returns how many contracts are wanted and not streamed, because no more may be. */
  public int cut() {
    return views.cut();
  }

  /** Returns the underlyings whose price is needed. */
  public Set<Instrument> underlyings() {
    return wanted.stream().map(ChainFocus::underlying).collect(Collectors.toSet());
  }

  /** Takes a streamed quote. */
  public void onQuote(QuoteEvent quote) {
    Desk desk = streamed.get(quote.instrument());
    if (desk != null) {
      desk.options.book().quote(quote, parts.streaming().apply(quote.instrument()));
      desk.publisher.changed();
    }
  }

  /** Takes a streamed trade. */
  public void onTrade(TradeEvent trade) {
    Desk desk = streamed.get(trade.instrument());
    if (desk != null) {
      desk.options.book().trade(trade);
      desk.publisher.changed();
    }
  }

  /** Takes the quote of what may be an underlying: its last price counts, else the middle. */
  public void onUnderlying(Quote quote) {
    Desk desk = desks.get(quote.instrument());
    if (desk != null) {
      double price = quote.last() > 0 ? quote.last() : quote.mid();
      desk.options.price(new Spot(price, quote.atMillis()));
    }
  }

  /** Takes note that streams of contracts were interrupted: what was streamed of them may hold no more. */
  public void interrupted(Predicate<Instrument> chosen) {
    streamed.forEach((contract, desk) -> {
      String symbol = contract.symbol();
      if (chosen.test(contract)
          && !desk.options.book().interrupt(Set.of(symbol)).isEmpty()) {
        desk.publisher.removed(date(symbol), symbol);
      }
    });
  }

  /** Looks which markets opened or closed, which contracts ended and which legs grew old; to be called every second or so. */
  public void watchSessions() {
    dropEnded();
    if (views.pause()) {
      desks.values().forEach(desk -> desk.options.sheets().forEach(ChainSheet::plan));
      settle();
    }
    desks.values().forEach(desk -> desk.publisher.look());
  }

  private void dropEnded() {
    long before = lookedMillis;
    lookedMillis = parts.clock().millis();
    for (Desk desk : desks.values()) {
      views.dates(desk.underlying).stream()
          .filter(date -> desk.options.book().hasEnded(date, before, lookedMillis))
          .forEach(date -> contractsKnown(desk.underlying, date));
    }
  }

  private void forgetUnused() {
    Set<Instrument> unused = new HashSet<>();
    desks.forEach((underlying, desk) -> {
      if (desk.options.forgetUnused() && !underlyings().contains(underlying)) {
        unused.add(underlying);
      }
    });
    drop(unused::contains);
  }

  /** Forgets the options on some underlyings. */
  public void drop(Predicate<Instrument> chosen) {
    List<Desk> gone =
        desks.values().stream().filter(desk -> chosen.test(desk.underlying)).toList();
    for (Desk desk : gone) {
      desk.options.close();
      desk.publisher.close();
      desks.remove(desk.underlying);
      streamed.values().removeIf(desk::equals);
    }
  }
}
