package io.candlehub.hub.tape;

import io.candlehub.model.AssetClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  /** Most confidence where quotes of the same instant disagree. */
  private static final int UNCLEAR_CONFIDENCE = 70;

  private final TapeFeed feed;
  private final TradeStandings standings;
  private final QuoteTrail quotes = new QuoteTrail(QUOTES);
  private final SidedTrade[] ring;
  private final Set<TapeStamp> stamps = new HashSet<>();
  private long position;
  private long repeated;
  private long lateTrades;
  private long lateQuotes;
  private TapeStamp newest = new TapeStamp(Long.MIN_VALUE, 0);

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

  /** Takes a quote. */
  public void onQuote(TopOfBook quote) {
    if (!quotes.add(quote)) {
      lateQuotes++;
    }
  }

  /** Forgets the quotes, for what came after them was not seen: trades have no side until a new quote comes. */
  public void interrupted() {
    quotes.clear();
  }

  /** Takes a trade; returns it with its side, or empty if it is held already. */
  public Optional<SidedTrade> onTrade(Print print) {
    if (print.at().sequence() != 0 && !stamps.add(print.at())) {
      repeated++;
      return Optional.empty();
    }
    if (print.at().compareTo(newest) < 0) {
      lateTrades++;
    } else {
      newest = print.at();
    }
    SidedTrade trade = sided(print);
    int slot = (int) (position % ring.length);
    if (ring[slot] != null) {
      stamps.remove(ring[slot].print().at());
    }
    ring[slot] = trade;
    position++;
    return Optional.of(trade);
  }

  private SidedTrade sided(Print print) {
    TradeStanding standing = standings.of(print.conditions());
    TopOfBook quote = quotes.before(print.at(), feed);
    if (standing == TradeStanding.NO_SIDE || standing == TradeStanding.VOID) {
      return new SidedTrade(
          position + 1, print, standing, Side.NONE, 0, SideBasis.NO_AGGRESSOR, quote);
    }
    SideRule.Verdict byQuote = SideRule.judge(print.price(), quote);
    SideRule.Verdict verdict = byQuote.basis() == SideBasis.NO_TICK ? tick(print) : byQuote;
    int confidence = verdict.basis().confidence();
    if (standing == TradeStanding.PACKAGE) {
      confidence = Math.min(confidence, PACKAGE_CONFIDENCE);
    }
    if (quotes.contradicts(print, byQuote.side(), feed)) {
      confidence = Math.min(confidence, UNCLEAR_CONFIDENCE);
    }
    return new SidedTrade(
        position + 1, print, standing, verdict.side(), confidence, verdict.basis(), quote);
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
    List<SidedTrade> all =
        after(position - Math.min(position, ring.length), ring.length).trades();
    List<SidedTrade> sorted =
        all.stream().sorted(Comparator.comparing(trade -> trade.print().at())).toList();
    return new TapeSlice(
        sorted.subList(Math.max(0, sorted.size() - most), sorted.size()), 0, position);
  }

  /** Returns the position of a reader that has everything. */
  public long position() {
    return position;
  }

  /** Returns how many trades came that were held already. */
  public long repeated() {
    return repeated;
  }

  /** Returns how many trades came after one with a later stamp. */
  public long lateTrades() {
    return lateTrades;
  }

  /** Returns how many quotes came after one with a later stamp. */
  public long lateQuotes() {
    return lateQuotes;
  }
}
