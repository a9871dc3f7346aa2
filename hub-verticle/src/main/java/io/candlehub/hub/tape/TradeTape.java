package io.candlehub.hub.tape;

import io.candlehub.model.AssetClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The last trades of one instrument, each with its aggressor by the quote strictly before it.
 *
 * <p>Before means by the provider's stamps, not by arrival: a late trade finds the quote of its time as long as that is
 * kept. A side is said once, with what was known then; a quote that comes late changes no trade already told. A trade
 * whose stamp it shares with quotes that give another side, on a feed that cannot tell which was first, is less
 * confident. What has the stamp of a trade already held and a number is a repetition.
 *
 * <p>A reader keeps a position and reads on from it: it gets what is new, at most so many of the newest, and a count of
 * what it missed. Confined to the hub's event loop.
 */
public final class TradeTape {
  /** Quotes kept to look back to. */
  private static final int QUOTES = 256;

  /** Most confidence in the side of a trade that is part of a package. */
  private static final int PACKAGE_CONFIDENCE = 50;

  /** Most confidence in the side of a trade of which nobody knows whether it is part of a package. */
  private static final int UNTOLD_CONFIDENCE = 80;

  /** Most confidence where quotes of the same instant disagree. */
  private static final int UNCLEAR_CONFIDENCE = 70;

  private final TapeFeed feed;
  private final TradeStandings standings;
  private final QuoteTrail quotes = new QuoteTrail(QUOTES);
  private final SidedTrade[] ring;
  private final Set<TapeStamp> stamps = new HashSet<>();
  private FormerTrades past = new FormerTrades(List.of());
  private long position;

  /**
   * Creates an empty tape.
   *
   * @param capacity most trades kept
   */
  public TradeTape(AssetClass assetClass, TapeFeed feed, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity=" + capacity + " must be positive");
    }
    this.feed = feed;
    standings = TradeStandings.of(assetClass);
    ring = new SidedTrade[capacity];
  }

  /** Takes a quote; returns false if it came after one with a later stamp. */
  public boolean onQuote(TopOfBook quote) {
    return quotes.add(quote);
  }

  /**
   * Takes the trades from before the tape began, as a provider knows them. Nobody here saw their quotes, so they have no
   * side; readers of {@link #newest} see them, those that read on from a position do not.
   *
   * @param trades in any order; of those without a number only what is older than what this tape has taken itself, of the
   *     others what has another number
   */
  public void before(List<Print> trades) {
    long began = oldestNanos();
    past = new FormerTrades(trades.stream()
        .filter(print -> print.at().sequence() != 0 || print.at().nanos() < began)
        .map(print -> new SidedTrade(
            0,
            print,
            standings.of(print.conditions()),
            Side.NONE,
            0,
            SideBasis.NO_QUOTE,
            TopOfBook.none()))
        .toList());
  }

  private long oldestNanos() {
    long oldest = Long.MAX_VALUE;
    for (long p = Math.max(1, position - ring.length + 1); p <= position; p++) {
      oldest = Math.min(oldest, at(p).print().at().nanos());
    }
    return oldest;
  }

  /** Forgets the quotes, for what came after them was not seen: trades have no side until a new quote comes. */
  public void interrupted() {
    quotes.clear();
  }

  /**
   * Takes a trade; returns it with its side, or empty if it is held already. One that {@link #newest} has told among those
   * of before has no position of its own: who reads on is not told again.
   */
  public Optional<SidedTrade> onTrade(Print print) {
    if (print.at().sequence() != 0 && !stamps.add(print.at())) {
      return Optional.empty();
    }
    OptionalInt former = past.find(print);
    if (former.isPresent() && past.isTold(former.getAsInt())) {
      SidedTrade told = sided(print, 0);
      past.replace(former.getAsInt(), told);
      return Optional.of(told);
    }
    former.ifPresent(past::remove);
    SidedTrade trade = sided(print, position + 1);
    int slot = (int) (position % ring.length);
    if (ring[slot] != null) {
      stamps.remove(ring[slot].print().at());
    }
    ring[slot] = trade;
    position++;
    if (position == ring.length) {
      past = new FormerTrades(List.of());
    }
    return Optional.of(trade);
  }

  private SidedTrade sided(Print print, long place) {
    TradeStanding standing = standings.of(print.conditions());
    TopOfBook quote = quotes.before(print.at(), feed);
    if (standing == TradeStanding.NO_SIDE || standing == TradeStanding.VOID) {
      return new SidedTrade(place, print, standing, Side.NONE, 0, SideBasis.NO_AGGRESSOR, quote);
    }
    SideRule.Verdict byQuote = SideRule.judge(print.price(), quote);
    SideRule.Verdict verdict = byQuote.basis() == SideBasis.NO_TICK ? tick(print) : byQuote;
    int confidence = verdict.basis().confidence();
    if (standing == TradeStanding.PACKAGE) {
      confidence = Math.min(confidence, PACKAGE_CONFIDENCE);
    }
    if (!print.conditionsTold()) {
      confidence = Math.min(confidence, UNTOLD_CONFIDENCE);
    }
    if (quotes.contradicts(print, byQuote.side(), feed)) {
      confidence = Math.min(confidence, UNCLEAR_CONFIDENCE);
    }
    return new SidedTrade(
        place, print, standing, verdict.side(), confidence, verdict.basis(), quote);
  }

  /** Looks for the trades before one, by their stamps, that were priced against their quotes. */
  private SideRule.Verdict tick(Print print) {
    SidedTrade before = null;
    SidedTrade other = null;
    for (long p = position; p > Math.max(0, position - ring.length); p--) {
      SidedTrade held = at(p);
      if (held.standing() == TradeStanding.REGULAR && isOnTape(held, print.at())) {
        before = later(before, held);
        if (held.print().price() != print.price()) {
          other = later(other, held);
        }
      }
    }
    return SideRule.tick(print.price(), priceOf(before), priceOf(other));
  }

  private static boolean isOnTape(SidedTrade held, TapeStamp until) {
    return held.print().at().compareTo(until) <= 0;
  }

  /** Returns the one with the later stamp; of equal ones the first, which came later. */
  private static SidedTrade later(SidedTrade known, SidedTrade held) {
    return known == null || held.print().at().compareTo(known.print().at()) > 0 ? held : known;
  }

  private static double priceOf(SidedTrade trade) {
    return trade == null ? Double.NaN : trade.print().price();
  }

  private SidedTrade at(long place) {
    return ring[(int) ((place - 1) % ring.length)];
  }

  /**
   * Returns what came after a position, in the order of arrival.
   *
   * @param since the reader's position; 0 reads from the beginning, and so does one this tape never had
   * @param most how many trades the reader takes at once
   */
  public TapeSlice after(long since, int most) {
    long from = since > position || since < 0 ? 0 : since;
    long first = Math.max(from, position - Math.min(most, ring.length));
    List<SidedTrade> trades = new ArrayList<>();
    for (long p = first + 1; p <= position; p++) {
      trades.add(at(p));
    }
    return new TapeSlice(trades, first - from, position);
  }

  /** Returns the trades with the newest stamps, oldest first, with the position that goes on behind all that came. */
  public TapeSlice newest(int most) {
    List<SidedTrade> own =
        after(position - Math.min(position, ring.length), ring.length).trades();
    Set<Long> numbers =
        own.stream().map(trade -> trade.print().at().sequence()).collect(Collectors.toSet());
    List<SidedTrade> all = new ArrayList<>(own);
    past.trades().stream()
        .filter(trade -> trade.print().at().sequence() == 0
            || !numbers.contains(trade.print().at().sequence()))
        .forEach(all::add);
    List<SidedTrade> sorted =
        all.stream().sorted(Comparator.comparing(trade -> trade.print().at())).toList();
    List<SidedTrade> shown = sorted.subList(Math.max(0, sorted.size() - most), sorted.size());
    past.tell(shown.stream().filter(trade -> trade.position() == 0).toList());
    return new TapeSlice(shown, 0, position);
  }

  /** Returns the position of a reader that has everything. */
  public long position() {
    return position;
  }
}
