package io.candlehub.simulator.synthetic;

import io.candlehub.model.Instrument;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.SymbolDay;
import io.candlehub.simulator.option.Contract;
import io.candlehub.simulator.option.Greeks;
import io.candlehub.simulator.option.OptionBook;
import io.candlehub.simulator.option.Pricing;
import io.candlehub.simulator.option.Terms;
import io.candlehub.simulator.option.Valuation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The invented option market: every price is the model's value on the underlying's own price and a surface of volatility.
 *
 * <p>Nothing is computed until it is asked for. Threads: safe anywhere; may take milliseconds, so not on an event loop.
 */
final class SyntheticOptions implements OptionBook {
  /** Interest rate, continuous, the same for all times. */
  static final double RATE = 0.04;

  private static final double YEAR_MILLIS = 365 * 86_400_000.0;
  private static final int LOOK_BACK_DAYS = 16;

  private final long seed;
  private final TradingCalendar calendar;
  private final Shares shares;
  private final SortedMap<String, Optionable> underlyings = new TreeMap<>();
  private final SortedMap<String, VolSurface> surfaces = new TreeMap<>();
  private final Recent<String, SpotPath> paths = new Recent<>(48);
  private final Recent<String, StrikeRange> ranges = new Recent<>(500);
  private final Recent<String, SortedMap<LocalDate, Boolean>> cycles = new Recent<>(500);
  private final Recent<String, List<Contract>> chains = new Recent<>(40);
  private final Recent<String, SymbolDay> days = new Recent<>(4_000);

  SyntheticOptions(long seed, TradingCalendar calendar, Shares shares) {
    this.seed = seed;
    this.calendar = calendar;
    this.shares = shares;
    for (Optionable of : Optionable.ALL) {
      if (!shares.isSplit(of.source())) {
        underlyings.put(of.name(), of);
        long key = Noise.key(Noise.key(seed, 20), of.source());
        surfaces.put(of.name(), new VolSurface(key, of.volatility()));
      }
    }
  }

  @Override
  public List<String> underlyings() {
    return List.copyOf(underlyings.keySet());
  }

  private Optional<Optionable> of(String underlying) {
    return Optional.ofNullable(underlyings.get(underlying));
  }

  private SortedMap<LocalDate, Boolean> cycle(Optionable of, LocalDate asOf) {
    return cycles.of(of.daily() + " " + asOf, () -> OptionCycle.listed(of, asOf, calendar));
  }

  private StrikeRange range(Optionable of, LocalDate asOf) {
    return ranges.of(of.name() + " " + asOf, () -> {
      Bars closes = shares.days(of.source(), asOf.minusDays(LOOK_BACK_DAYS), asOf.minusDays(1));
      double low = Double.MAX_VALUE;
      double high = 0;
      for (int i = 0; i < closes.size(); i++) {
        low = Math.min(low, closes.close(i));
        high = Math.max(high, closes.close(i));
      }
      return new StrikeRange(low * of.ratio() * 1_000, high * of.ratio() * 1_000);
    });
  }

  @Override
  public List<Contract> contracts(String underlying, LocalDate asOf) {
    return of(underlying)
        .map(of -> chains.of(underlying + " " + asOf, () -> list(of, asOf)))
        .orElse(List.of());
  }

  private List<Contract> list(Optionable of, LocalDate asOf) {
    List<Contract> all = new ArrayList<>();
    for (Map.Entry<LocalDate, Boolean> entry : cycle(of, asOf).entrySet()) {
      LocalDate date = entry.getKey();
      boolean monthly = entry.getValue();
      for (long strike : range(of, asOf).strikes(of, date, monthly, asOf)) {
        for (String root : roots(of, monthly)) {
          all.add(Contract.of(root, date, strike, true));
          all.add(Contract.of(root, date, strike, false));
        }
      }
    }
    all.sort(Comparator.comparing(Contract::ticker));
    return List.copyOf(all);
  }

  private static List<String> roots(Optionable of, boolean monthly) {
    if (!of.isIndex()) {
      return List.of(of.name());
    }
    return monthly ? List.of("SPX", "SPXW") : List.of("SPXW");
  }

  @Override
  public Optional<Contract> contract(String ticker, LocalDate asOf) {
    return Contract.parse(ticker).filter(contract -> isListed(contract, asOf));
  }

  private boolean isListed(Contract contract, LocalDate asOf) {
    Optional<Optionable> of = of(contract.underlying());
    if (of.isEmpty()) {
      return false;
    }
    Boolean monthly = cycle(of.get(), asOf).get(contract.expiration());
    return monthly != null
        && roots(of.get(), monthly).contains(contract.root())
        && range(of.get(), asOf)
            .lists(of.get(), contract.strikeThousandths(), contract.expiration(), monthly, asOf);
  }

  /** Returns true if a name is that of a contract on a symbol with options. */
  boolean isContract(String ticker) {
    return Contract.parse(ticker)
        .filter(contract -> underlyings.containsKey(contract.underlying()))
        .isPresent();
  }

  /** Returns a contract's day; a quiet one if it is not listed then. */
  SymbolDay day(String ticker, TradingDay day) {
    return contract(ticker, day.date())
        .map(contract ->
            days.of(ticker + " " + day.date() + " " + moves(contract), () -> day(contract, day)))
        .orElseGet(() -> SymbolDay.quiet(ticker, day));
  }

  private int moves(Contract contract) {
    return shares.moves(underlyings.get(contract.underlying()).source());
  }

  /** Returns a contract's day with what is wanted of it ready, so that reading it takes no time on an event loop. */
  SymbolDay prepared(String ticker, TradingDay day, Market.Detail wanted) {
    SymbolDay found = day(ticker, day);
    if (wanted == Market.Detail.QUOTES) {
      found.quoteAt(day.openMillis() + 60_000);
    } else {
      found.minutes();
    }
    return found;
  }

  private SymbolDay day(Contract contract, TradingDay day) {
    TradingDay session =
        TradingCalendar.of(Instrument.of(contract.ticker())).day(day.date()).orElse(day);
    long key = Noise.key(key(contract), day.date().toEpochDay());
    return new SyntheticOptionDay(
        contract,
        day,
        session,
        key,
        liquidity(contract, day.date()),
        millis -> Pricing.value(terms(contract, millis)));
  }

  private long key(Contract contract) {
    return Noise.key(Noise.key(seed, 21), contract.ticker());
  }

  private Liquidity liquidity(Contract contract, LocalDate date) {
    Optionable of = underlyings.get(contract.underlying());
    boolean monthly = cycle(of, date).getOrDefault(contract.expiration(), false);
    double reference = shares.closeBefore(of.source(), date) * of.ratio();
    return Liquidity.draw(key(contract), of, contract, date, reference, monthly);
  }

  /** Returns the price of a symbol with options at an instant. */
  double spot(String underlying, long millis) {
    Optionable of = underlyings.get(underlying);
    TradingDay day = calendar.atOrBefore(calendar.dateOf(millis));
    SpotPath path = path(of.source(), day);
    long until = of.isIndex() ? Math.min(millis, day.closeMillis()) : millis;
    double price = path.at(until) * of.ratio();
    return of.isIndex() ? Math.round(price * 100) / 100.0 : price;
  }

  private SpotPath path(String source, TradingDay day) {
    return paths.of(
        source + " " + day.date() + " " + shares.moves(source),
        () -> new SpotPath(shares.day(source, day), shares.closeBefore(source, day.date())));
  }

  private Terms terms(Contract contract, long millis) {
    Optionable of = underlyings.get(contract.underlying());
    double spot = spot(contract.underlying(), millis);
    double years = Math.max(0, contract.expiryMillis() - millis) / YEAR_MILLIS;
    double forward = spot * Math.exp((RATE - of.yield()) * years);
    double volatility =
        surfaces.get(of.name()).at(Math.log(contract.strike() / forward), years, millis);
    return new Terms(
        contract.call(),
        contract.american(),
        spot,
        contract.strike(),
        years,
        volatility,
        RATE,
        of.yield());
  }

  /** Returns the level of a symbol's surface at an instant. */
  double level(String underlying, long millis) {
    return surfaces.get(underlying).level(millis);
  }

  @Override
  public long openInterest(Contract contract, LocalDate date) {
    return liquidity(contract, date).openInterest();
  }

  @Override
  public Valuation valuation(Contract contract, long millis) {
    Terms terms = terms(contract, millis);
    Greeks greeks = Pricing.greeks(terms);
    double delta = Math.abs(greeks.delta());
    boolean told =
        liquidity(contract, calendar.dateOf(millis)).told() && delta > 0.002 && delta < 0.998;
    return new Valuation(terms, Pricing.value(terms), greeks, told);
  }

  /** The shares the options are written on. */
  interface Shares {
    /** Returns true if a share ever splits. */
    boolean isSplit(String ticker);

    /** Returns published days. */
    Bars days(String ticker, LocalDate from, LocalDate to);

    /** Returns the close of the trading day before a date. */
    double closeBefore(String ticker, LocalDate date);

    /** Returns a share's day. */
    SymbolDay day(String ticker, TradingDay day);

    /** Returns how often a share's price was moved by order. */
    int moves(String ticker);
  }
}
