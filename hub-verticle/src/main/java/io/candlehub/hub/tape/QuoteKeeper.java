package io.candlehub.hub.tape;

import io.candlehub.hub.candle.SaleConditions;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The last quote of each instrument, and which of them a store has yet to learn. What is older than what is held changes
 * nothing. Confined to the hub's event loop.
 */
public final class QuoteKeeper {
  private final Map<Instrument, KeptQuote> quotes = new HashMap<>();
  private final Set<Instrument> unsaved = new LinkedHashSet<>();
  private final Map<AssetClass, SaleConditions> conditions = new EnumMap<>(AssetClass.class);
  private long lateQuotes;

  /** Creates an empty keeper. */
  public QuoteKeeper() {
    for (AssetClass assetClass : AssetClass.values()) {
      conditions.put(assetClass, SaleConditions.documented(assetClass));
    }
  }

  /** Takes a best bid and offer; returns true if it changed what is held. */
  public boolean onQuote(Instrument instrument, TopOfBook book) {
    KeptQuote held = held(instrument);
    if (book.at().compareTo(held.book().at()) < 0) {
      lateQuotes++;
      return false;
    }
    boolean changed = !book.sameQuote(held.book()) || held.restored();
    quotes.put(instrument, held.withBook(book));
    if (changed) {
      unsaved.add(instrument);
    }
    return changed;
  }

  /** Takes a trade; returns true if it is the last one and may set the last price. */
  public boolean onTrade(Instrument instrument, Print print) {
    KeptQuote held = held(instrument);
    long atMillis = print.at().millis();
    if (atMillis < held.lastAtMillis()
        || !conditions
            .get(instrument.assetClass())
            .setsLast(print.conditions(), print.at().millis())) {
      return false;
    }
    quotes.put(instrument, held.withLast(print.price(), atMillis));
    unsaved.add(instrument);
    return true;
  }

  /**
   * Takes the day's figures as the provider tells them; a figure not known is NaN and changes nothing. Returns true if
   * one changed.
   */
  public boolean onDay(Instrument instrument, double volume, double openInterest) {
    KeptQuote held = held(instrument);
    KeptQuote newer = held.withDay(
        Double.isNaN(volume) ? held.volume() : volume,
        Double.isNaN(openInterest) ? held.openInterest() : openInterest);
    if (newer.equals(held)) {
      return false;
    }
    quotes.put(instrument, newer);
    unsaved.add(instrument);
    return true;
  }

  private KeptQuote held(Instrument instrument) {
    return quotes.getOrDefault(instrument, KeptQuote.unknown(instrument));
  }

  /**
   * Takes what a store knew. It fills in only what nothing has been heard of since.
   *
   * @param stored the quote as it was kept
   * @param sameDay false if it is of an earlier trade date, whose volume says nothing of today
   * @return true if it changed what is held
   */
  public boolean restore(KeptQuote stored, boolean sameDay) {
    KeptQuote held = held(stored.instrument());
    boolean noBook = held.book().at().equals(TopOfBook.none().at());
    boolean noLast = held.lastAtMillis() == Long.MIN_VALUE;
    double oldVolume = sameDay ? stored.volume() : Double.NaN;
    KeptQuote filled = new KeptQuote(
        stored.instrument(),
        noBook ? stored.book() : held.book(),
        noLast ? stored.last() : held.last(),
        noLast ? stored.lastAtMillis() : held.lastAtMillis(),
        Double.isNaN(held.volume()) ? oldVolume : held.volume(),
        Double.isNaN(held.openInterest()) ? stored.openInterest() : held.openInterest(),
        noBook || held.restored());
    if (filled.equals(held)) {
      return false;
    }
    quotes.put(stored.instrument(), filled);
    return true;
  }

  /** Returns the last quote of an instrument, or empty if nothing is known. */
  public Optional<KeptQuote> quote(Instrument instrument) {
    return Optional.ofNullable(quotes.get(instrument));
  }

  /** Returns quotes that changed since they were last taken, those that wait longest first. */
  public List<KeptQuote> takeUnsaved(int most) {
    List<KeptQuote> taken = new ArrayList<>();
    Iterator<Instrument> waiting = unsaved.iterator();
    while (waiting.hasNext() && taken.size() < most) {
      taken.add(quotes.get(waiting.next()));
      waiting.remove();
    }
    return List.copyOf(taken);
  }

  /** Puts quotes back that a store did not take. */
  public void notSaved(List<KeptQuote> taken) {
    taken.stream().map(KeptQuote::instrument).filter(quotes::containsKey).forEach(unsaved::add);
  }

  /** Forgets instruments; take what is unsaved before. */
  public void drop(Predicate<Instrument> chosen) {
    quotes.keySet().removeIf(chosen);
    unsaved.removeIf(chosen);
  }

  /** Returns how many quotes came after a newer one. */
  public long lateQuotes() {
    return lateQuotes;
  }
}
