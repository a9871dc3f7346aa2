package io.candlehub.ingest.provider.tradier;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.cluster.Shards;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.Listing;
import io.candlehub.ingest.Priority;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.model.ContractSnapshot;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketClock;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.OptionContract;
import io.candlehub.model.Violation;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Present values of instruments, one request for up to 200 of them (page "Market data", quotes). Symbols the provider
 * does not know it lists as unmatched. Confined to one event loop.
 */
final class TradierQuotes {
  private static final int MOST_SYMBOLS = 200;

  private final TradierRest rest;
  private final MarketClock clock;
  private final FeedMeters meters;

  TradierQuotes(TradierRest rest, ProviderContext context) {
    this.rest = rest;
    this.clock = context.marketClock();
    this.meters = context.meters();
  }

  /** Loads what is known of several instruments, in the order asked for; the others are left out. */
  Future<List<MarketSnapshot>> snapshots(List<Instrument> instruments, Priority priority) {
    List<Future<List<MarketSnapshot>>> parts = new ArrayList<>();
    for (int from = 0; from < instruments.size(); from += MOST_SYMBOLS) {
      List<Instrument> part =
          instruments.subList(from, Math.min(instruments.size(), from + MOST_SYMBOLS));
      parts.add(snapshots(part, new Errand(priority)));
    }
    return Future.all(parts)
        .map(all ->
            all.<List<MarketSnapshot>>list().stream().flatMap(List::stream).toList());
  }

  /** Loads what is known of at most {@value #MOST_SYMBOLS} instruments with one request. */
  Future<List<MarketSnapshot>> snapshots(List<Instrument> instruments, Errand errand) {
    Map<Instrument, MarketSnapshot> found = new HashMap<>();
    List<String> symbols = new ArrayList<>();
    instruments.forEach(each -> TradierSymbols.write(each).ifPresent(symbols::add));
    if (symbols.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    Answer answer = new Answer((row, instrument) -> {
      found.put(instrument, QuoteRows.snapshot(row, instrument));
      return true;
    });
    return ask(symbols, false, errand, answer)
        .map(askedAtMillis ->
            instruments.stream().filter(found::containsKey).map(found::get).toList());
  }

  /** Loads one contract, and in the same request its underlying, whose price a contract's quote does not tell. */
  Future<ContractSnapshot> contract(Instrument contract, Priority priority) {
    FailureException none = Failure.CONTRACT_NOT_FOUND.because("no such contract");
    if (OptionContract.of(contract).isEmpty()) {
      return Future.failedFuture(none);
    }
    long nowMillis = clock.millis();
    Instrument underlying = Instrument.of(Shards.underlying(contract));
    MarketSnapshot[] spot = {QuoteRows.snapshot(new Row(), underlying)};
    return first(List.of(contract, underlying), priority, none, (row, instrument) -> {
          if (instrument.equals(underlying)) {
            spot[0] = QuoteRows.snapshot(row, underlying);
          }
          return QuoteRows.leg(row, nowMillis);
        })
        .compose(leg -> leg.map(told -> Future.succeededFuture(
                new ContractSnapshot(told, spot[0].last(), spot[0].atMillis())))
            .orElseGet(TradierRest::unreadable));
  }

  /** Loads one listing. */
  Future<Listing> listing(Instrument instrument) {
    FailureException none = Failure.UNKNOWN_INSTRUMENT.because("no such instrument");
    return first(
        List.of(instrument),
        Priority.CHART,
        none,
        (row, read) -> QuoteRows.listing(row, read, "exch"));
  }

  /** Asks for instruments together and returns what is read of the first. */
  private <T> Future<T> first(
      List<Instrument> wanted,
      Priority priority,
      FailureException none,
      BiFunction<Row, Instrument, T> reading) {
    Optional<String> symbol = TradierSymbols.write(wanted.get(0));
    if (symbol.isEmpty()) {
      return Future.failedFuture(none);
    }
    List<String> symbols =
        wanted.stream().map(TradierSymbols::write).flatMap(Optional::stream).toList();
    Map<Instrument, T> found = new HashMap<>();
    Answer answer = new Answer((row, instrument) -> {
      boolean isWanted = wanted.contains(instrument);
      if (isWanted) {
        found.put(instrument, reading.apply(row, instrument));
      }
      return isWanted;
    });
    return ask(symbols, true, new Errand(priority), answer).compose(askedAtMillis -> {
      if (found.containsKey(wanted.get(0))) {
        return Future.succeededFuture(found.get(wanted.get(0)));
      }
      return answer.isAboutOthers(symbol.get())
          ? Future.failedFuture(none)
          : TradierRest.unreadable();
    });
  }

  private Future<Long> ask(List<String> symbols, boolean greeks, Errand errand, Answer answer) {
    String form = "symbols=" + TradierRest.encode(String.join(",", symbols)) + "&greeks=" + greeks;
    String subject = symbols.size() == 1 ? symbols.get(0) : symbols.size() + " symbols";
    return rest.post(
        rest.request("/markets/quotes", "quotes", subject, errand), form, answer.reader());
  }

  /** What an answer tells: the rows of known symbols, and which are unmatched. */
  private final class Answer {
    private final BiPredicate<Row, Instrument> rows;
    private final Set<String> unmatched = new HashSet<>();
    private boolean others;

    /**
     * Creates an answer that is not there yet.
     *
     * @param rows takes a row and tells whether its instrument was asked for
     */
    Answer(BiPredicate<Row, Instrument> rows) {
      this.rows = rows;
    }

    DocumentReader reader() {
      Consumer<Row> quote = this::quote;
      Consumer<Row> stranger = row -> unmatched.add(row.text(""));
      return new DocumentReader(
          meters, Map.of("quotes.quote", quote, "quotes.unmatched_symbols.symbol", stranger));
    }

    /** Returns true if a symbol is unmatched, or is that of something else than was meant. */
    boolean isAboutOthers(String symbol) {
      return others || unmatched.contains(symbol);
    }

    private void quote(Row row) {
      Optional<Instrument> instrument = QuoteRows.instrument(row);
      if (instrument.isEmpty()) {
        meters.violation(Violation.BAD_SYMBOL);
        return;
      }
      others |= !rows.test(row, instrument.get());
    }
  }
}
