package io.candlehub.simulator.replay;

import io.candlehub.model.SettingException;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.DayRollUp;
import io.candlehub.simulator.market.KnownDay;
import io.candlehub.simulator.market.Listing;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.market.Split;
import io.candlehub.simulator.market.SymbolDay;
import io.candlehub.simulator.market.Trades;
import io.candlehub.simulator.option.Contract;
import io.candlehub.simulator.option.OptionBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A market of recorded days.
 *
 * <p>Minutes are exactly those of the minute file; seconds are those of the second file, else folded from trades, else
 * walked inside the minute. Threads: safe anywhere; reading blocks.
 */
public final class ReplayMarket implements Market {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayMarket.class);
  private static final long TAIL_MILLIS = 60_000;
  private static final int KEPT_FOLDS = 60;
  private static final long SCAN_ALL_BYTES = 20_000_000;

  private final String name;
  private final FlatFiles files;
  private final TradingCalendar calendar;
  private final NavigableSet<LocalDate> dates = new TreeSet<>();
  private final Map<String, Listing> listings = new ConcurrentSkipListMap<>();
  private final Map<String, List<Split>> splits = new HashMap<>();
  private final Map<String, Bars> histories = new ConcurrentHashMap<>();
  private final DayShelf<Bars> minutes;
  private final DayShelf<Bars> seconds;
  private final DayShelf<Bars> days;
  private final DayShelf<Trades> trades;
  private final DayShelf<Quotes> quotes;
  private final DayShelf<Quotes> minuteEndQuotes;
  private final DayShelf<Bars> indexMinutes;
  private final DayShelf<Bars> indexDays;
  private final Map<String, Listing> indices = new ConcurrentSkipListMap<>();
  private final ReplayOptions options;
  private final Map<String, Optional<BarRow>> rollUps = new ConcurrentHashMap<>();
  private final Map<String, Bars> folded = new LinkedHashMap<>();

  private ReplayMarket(String name, FlatFiles files, TradingCalendar calendar) {
    this.name = name;
    this.files = files;
    this.calendar = calendar;
    this.minutes = new DayShelf<>(files, FlatFiles.MINUTES, 40, this::bars);
    this.seconds = new DayShelf<>(files, FlatFiles.SECONDS, 4, this::bars);
    this.days = new DayShelf<>(files, FlatFiles.DAYS, 800, this::bars);
    this.trades = new DayShelf<>(files, FlatFiles.TRADES, 2, TickTables::trades);
    this.quotes = new DayShelf<>(files, FlatFiles.QUOTES, 2, TickTables::quotes);
    this.minuteEndQuotes =
        new DayShelf<>(files, FlatFiles.MINUTE_END_QUOTES, 4, TickTables::quotes);
    this.indexMinutes = new DayShelf<>(files, FlatFiles.INDEX_MINUTES, 40, ReplayMarket::table);
    this.indexDays = new DayShelf<>(files, FlatFiles.INDEX_DAYS, 800, ReplayMarket::table);
    this.options = new ReplayOptions(files);
  }

  /**
   * Opens a folder of flat files. Blocks.
   *
   * @param folder the folder; the layout may begin anywhere below
   * @param calendar the exchange's calendar
   * @throws SettingException if the folder cannot be read or holds nothing to replay
   */
  public static ReplayMarket open(Path folder, TradingCalendar calendar) {
    FlatFiles files = FlatFiles.scan(folder);
    Path whole = folder.toAbsolutePath().normalize();
    String name = String.valueOf(whole.getFileName()).replaceAll("[^A-Za-z0-9_]+", "_");
    ReplayMarket market = new ReplayMarket("replay-" + name, files, calendar);
    for (LocalDate date : files.intradayDates()) {
      if (calendar.day(date).isPresent()) {
        market.dates.add(date);
      } else {
        LOG.warn("not a trading day, ignored [date: {}]", date);
      }
    }
    market.list(folder);
    boolean nothing = market.listings.isEmpty()
        && market.indices.isEmpty()
        && market.options.underlyings().isEmpty();
    if (market.dates.isEmpty() || nothing) {
      throw new SettingException(
          "simulator.replay-path",
          folder.toString(),
          "a folder with rows of at least one trading day");
    }
    return market;
  }

  private static Map<String, Bars> table(Path file) throws IOException {
    return BarTable.read(file).byTicker();
  }

  private Map<String, Bars> bars(Path file) throws IOException {
    Map<String, Bars> read = BarTable.read(file).byTicker();
    read.keySet().forEach(this::list);
    return read;
  }

  private void list(String ticker) {
    listings.computeIfAbsent(ticker, t -> new Listing(t, t, "XNYS", "CS"));
  }

  private void list(Path folder) {
    try {
      files.byTicker().keySet().forEach(this::list);
      if (files.splits().isPresent()) {
        CsvFile.read(files.splits().get(), this::addSplit);
        splits.values().forEach(list -> list.sort(Comparator.comparing(Split::executionDate)));
      }
      options.open();
      NavigableMap<LocalDate, Path> all = files.all(FlatFiles.MINUTES);
      long bytes = 0;
      for (Path file : all.values()) {
        bytes += Files.size(file);
      }
      if (bytes <= SCAN_ALL_BYTES) {
        for (LocalDate date : all.keySet()) {
          readFirst(date);
        }
      } else if (!all.isEmpty()) {
        readFirst(all.lastKey());
        readFirst(all.firstKey());
      }
      for (LocalDate date : files.all(FlatFiles.INDEX_MINUTES).keySet()) {
        indexMinutes
            .require(date)
            .keySet()
            .forEach(index -> indices.put(index, new Listing(index, index, "", "INDEX")));
      }
      LocalDate first = dates.first();
      if (files.file(FlatFiles.MINUTES, first).isEmpty()) {
        Map<String, Bars> found = seconds.of(first);
        (found.isEmpty() ? trades.of(first) : found).keySet().forEach(this::list);
      }
    } catch (IOException e) {
      throw new SettingException(
          "simulator.replay-path",
          folder.toString(),
          "a folder whose files can be read (" + e.getMessage() + ")");
    }
  }

  private void readFirst(LocalDate date) throws IOException {
    try {
      minutes.require(date);
    } catch (IOException e) {
      throw new IOException(FlatFiles.MINUTES + " of " + date + ": " + e.getMessage(), e);
    }
  }

  private void addSplit(CsvFile row) {
    Split split = new Split(
        row.text("ticker"),
        LocalDate.parse(row.text("execution_date")),
        row.number("split_from"),
        row.number("split_to"));
    splits.computeIfAbsent(split.ticker(), t -> new ArrayList<>()).add(split);
  }

  @Override
  public String id() {
    return name;
  }

  @Override
  public List<Listing> listings() {
    return List.copyOf(listings.values());
  }

  @Override
  public List<Listing> indices() {
    return List.copyOf(indices.values());
  }

  @Override
  public OptionBook options() {
    return options;
  }

  @Override
  public Optional<Listing> listing(String ticker) {
    if (ticker.startsWith("I:")) {
      return Optional.ofNullable(indices.get(ticker));
    }
    if (ticker.startsWith(Contract.PREFIX)) {
      return Contract.parse(ticker)
          .filter(contract -> options.underlyings().contains(contract.underlying()))
          .map(contract -> new Listing(ticker, ticker, "", "OPTION"));
    }
    return Optional.ofNullable(listings.get(ticker));
  }

  @Override
  public List<Split> splits(String ticker) {
    return splits.getOrDefault(ticker, List.of());
  }

  @Override
  public SymbolDay day(String ticker, TradingDay day, Detail wanted) {
    LocalDate date = day.date();
    if (!dates.contains(date)) {
      return SymbolDay.quiet(ticker, day);
    }
    if (ticker.startsWith(Contract.PREFIX)) {
      return options.day(ticker, day, wanted);
    }
    if (ticker.startsWith("I:")) {
      Bars values = indexMinutes.of(date).getOrDefault(ticker, Bars.empty());
      Bars walked = wanted == Detail.MINUTES ? Bars.empty() : MinuteWalk.walk(values);
      return new KnownDay(ticker, day, values, walked, Trades.empty(), Quotes.empty());
    }
    boolean needsMinutes = files.file(FlatFiles.MINUTES, date).isEmpty();
    Bars published = minutes.of(date).getOrDefault(ticker, Bars.empty());
    Bars fine =
        wanted == Detail.MINUTES && !needsMinutes ? Bars.empty() : seconds(ticker, date, published);
    Bars shown = needsMinutes ? fine.minutes() : published;
    Trades traded = wanted == Detail.TRADES
        ? trades.of(date).getOrDefault(ticker, Trades.empty())
        : Trades.empty();
    return new KnownDay(ticker, day, shown, fine, traded, quotes(ticker, date, wanted));
  }

  private Quotes quotes(String ticker, LocalDate date, Detail wanted) {
    if (wanted == Detail.MINUTES) {
      return Quotes.empty();
    }
    Quotes found = wanted == Detail.QUOTES ? quotes.of(date).get(ticker) : null;
    return found != null ? found : minuteEndQuotes.of(date).getOrDefault(ticker, Quotes.empty());
  }

  private Bars seconds(String ticker, LocalDate date, Bars published) {
    Bars found = seconds.of(date).get(ticker);
    if (found != null) {
      return found;
    }
    synchronized (folded) {
      if (folded.size() >= KEPT_FOLDS) {
        folded.remove(folded.keySet().iterator().next());
      }
      return folded.computeIfAbsent(date + " " + ticker, key -> {
        Trades traded = files.file(FlatFiles.TRADES, date).isEmpty()
            ? null
            : trades.of(date).get(ticker);
        return traded == null ? MinuteWalk.walk(published) : SecondFold.fold(traded, published);
      });
    }
  }

  @Override
  public Bars days(String ticker, LocalDate from, LocalDate to) {
    NavigableMap<LocalDate, BarRow> found = new TreeMap<>();
    Bars history = history(ticker);
    int first = history.firstAtOrAfter(calendar.startOf(from));
    int last = history.firstAtOrAfter(calendar.startOf(to.plusDays(1)));
    for (int i = first; i < last; i++) {
      found.put(calendar.dateOf(history.startMillis(i)), history.row(i));
    }
    DayShelf<Bars> shelf = dayShelf(ticker);
    for (LocalDate date : files.all(shelf.dataset()).keySet()) {
      if (!date.isBefore(from) && !date.isAfter(to)) {
        Bars rows = shelf.of(date).getOrDefault(ticker, Bars.empty());
        if (rows.size() > 0) {
          found.put(date, rows.row(0));
        }
      }
    }
    for (LocalDate date : dates) {
      if (!date.isBefore(from) && !date.isAfter(to) && !found.containsKey(date)) {
        rolledUp(ticker, date).ifPresent(bar -> found.put(date, bar));
      }
    }
    Bars bars = new Bars(found.size());
    found.forEach((date, row) -> bars.add(row.startingAt(calendar.startOf(date))));
    return bars;
  }

  private DayShelf<Bars> dayShelf(String ticker) {
    if (ticker.startsWith(Contract.PREFIX)) {
      return options.days();
    }
    return ticker.startsWith("I:") ? indexDays : days;
  }

  private Optional<BarRow> rolledUp(String ticker, LocalDate date) {
    TradingDay day = calendar.day(date).orElseThrow();
    return rollUps.computeIfAbsent(
        date + " " + ticker,
        key -> DayRollUp.of(day(ticker, day, Detail.MINUTES).minutes(), day, 0));
  }

  private Bars history(String ticker) {
    Path file = files.byTicker().get(ticker);
    if (file == null) {
      return Bars.empty();
    }
    return histories.computeIfAbsent(ticker, t -> {
      try {
        return BarTable.read(file).byTicker().getOrDefault(t, Bars.empty());
      } catch (IOException e) {
        LOG.error("file not readable [file: {}]", file.getFileName(), e);
        return Bars.empty();
      }
    });
  }

  @Override
  public LocalDate firstIntraday(long nowMillis) {
    return dates.first();
  }

  @Override
  public Optional<TradingDay> nextIntraday(LocalDate date) {
    return Optional.ofNullable(dates.higher(date)).flatMap(calendar::day);
  }

  @Override
  public long startMillis() {
    return calendar.day(dates.first()).orElseThrow().preOpenMillis();
  }

  @Override
  public long endMillis() {
    return calendar.day(dates.last()).orElseThrow().postCloseMillis() + TAIL_MILLIS;
  }
}
