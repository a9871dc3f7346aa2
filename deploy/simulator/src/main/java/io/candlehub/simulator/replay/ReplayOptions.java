package io.candlehub.simulator.replay;

import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.KnownDay;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.market.SymbolDay;
import io.candlehub.simulator.market.Trades;
import io.candlehub.simulator.option.Contract;
import io.candlehub.simulator.option.OptionBook;
import io.candlehub.simulator.option.Valuation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The option contracts of recorded days: those that have a quote, a minute or open interest in the day's files. Nobody
 * recorded volatility or greeks, so none are told. Threads: safe anywhere; reading blocks.
 */
final class ReplayOptions implements OptionBook {
  private static final int KEPT = 3;
  private static final long SCAN_ALL_BYTES = 20_000_000;

  private final FlatFiles files;
  private final DayShelf<Bars> minutes;
  private final DayShelf<Bars> days;
  private final DayShelf<Trades> trades;
  private final DayShelf<Quotes> quotes;
  private final DayShelf<Quotes> hourly;
  private final DayShelf<Long> interest;
  private final NavigableSet<LocalDate> dates = new TreeSet<>();
  private final Set<String> underlyings = new ConcurrentSkipListSet<>();
  private final Map<LocalDate, SortedMap<String, Contract>> listed = new ConcurrentHashMap<>();

  ReplayOptions(FlatFiles files) {
    this.files = files;
    minutes = new DayShelf<>(files, FlatFiles.OPTION_MINUTES, KEPT, ReplayOptions::table);
    days = new DayShelf<>(files, FlatFiles.OPTION_DAYS, 100, ReplayOptions::table);
    trades = new DayShelf<>(files, FlatFiles.OPTION_TRADES, KEPT, TickTables::trades);
    quotes = new DayShelf<>(files, FlatFiles.OPTION_QUOTES, KEPT, TickTables::quotes);
    hourly = new DayShelf<>(files, FlatFiles.HOURLY_OPTION_QUOTES, KEPT, TickTables::quotes);
    interest = new DayShelf<>(files, FlatFiles.OPEN_INTEREST, KEPT, ReplayOptions::interest);
  }

  private static Map<String, Bars> table(Path file) throws IOException {
    return BarTable.read(file).byTicker();
  }

  private static Map<String, Long> interest(Path file) throws IOException {
    Map<String, Long> found = new HashMap<>();
    CsvFile.read(file, row -> found.put(row.text("ticker"), row.whole("open_interest")));
    return found;
  }

  /** Looks for dates with options and lists those of the last one. Blocks. */
  void open() throws IOException {
    List<String> datasets = List.of(
        FlatFiles.OPTION_MINUTES,
        FlatFiles.OPTION_QUOTES,
        FlatFiles.HOURLY_OPTION_QUOTES,
        FlatFiles.OPEN_INTEREST);
    long bytes = 0;
    for (String dataset : datasets) {
      dates.addAll(files.all(dataset).keySet());
      for (Path file : files.all(dataset).values()) {
        bytes += Files.size(file);
      }
    }
    if (bytes <= SCAN_ALL_BYTES) {
      dates.forEach(this::listedOn);
    } else {
      listedOn(dates.last());
    }
  }

  /** Returns the published days. */
  DayShelf<Bars> days() {
    return days;
  }

  @Override
  public List<String> underlyings() {
    return List.copyOf(underlyings);
  }

  private SortedMap<String, Contract> listedOn(LocalDate date) {
    LocalDate recorded = dates.floor(date);
    if (recorded == null) {
      return new TreeMap<>();
    }
    return listed.computeIfAbsent(recorded, this::list);
  }

  private SortedMap<String, Contract> list(LocalDate date) {
    Set<String> names = new HashSet<>(minutes.of(date).keySet());
    names.addAll(quotes.of(date).keySet());
    names.addAll(hourly.of(date).keySet());
    names.addAll(interest.of(date).keySet());
    SortedMap<String, Contract> found = new TreeMap<>();
    for (String name : names) {
      Contract.parse(name).ifPresent(contract -> {
        found.put(name, contract);
        underlyings.add(contract.underlying());
      });
    }
    return found;
  }

  @Override
  public List<Contract> contracts(String underlying, LocalDate asOf) {
    List<Contract> found = new ArrayList<>();
    for (Contract contract : listedOn(asOf).values()) {
      if (contract.underlying().equals(underlying) && !contract.expiration().isBefore(asOf)) {
        found.add(contract);
      }
    }
    return found;
  }

  @Override
  public Optional<Contract> contract(String ticker, LocalDate asOf) {
    return Optional.ofNullable(listedOn(asOf).get(ticker))
        .filter(contract -> !contract.expiration().isBefore(asOf));
  }

  /** Returns a contract's day as far as it is wanted. */
  SymbolDay day(String ticker, TradingDay day, Market.Detail wanted) {
    LocalDate date = day.date();
    Bars published = minutes.of(date).getOrDefault(ticker, Bars.empty());
    boolean minutesOnly = wanted == Market.Detail.MINUTES;
    Bars fine = minutesOnly ? Bars.empty() : MinuteWalk.walk(published);
    Quotes changes = Quotes.empty();
    if (!minutesOnly) {
      Quotes fromHours = hourly.of(date).getOrDefault(ticker, Quotes.empty());
      changes = quotes.of(date).getOrDefault(ticker, fromHours);
    }
    Trades traded =
        minutesOnly ? Trades.empty() : trades.of(date).getOrDefault(ticker, Trades.empty());
    return new KnownDay(ticker, day, published, fine, traded, changes);
  }

  @Override
  public long openInterest(Contract contract, LocalDate date) {
    return interest.of(date).getOrDefault(contract.ticker(), -1L);
  }

  @Override
  public Valuation valuation(Contract contract, long millis) {
    return Valuation.UNKNOWN;
  }
}
