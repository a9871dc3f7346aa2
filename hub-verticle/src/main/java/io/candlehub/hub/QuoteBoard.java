package io.candlehub.hub;

import io.candlehub.bus.FailureException;
import io.candlehub.hub.candle.HistoryPart;
import io.candlehub.hub.candle.Range;
import io.candlehub.hub.candle.Splits;
import io.candlehub.hub.history.Backoff;
import io.candlehub.hub.history.HistoryBars;
import io.candlehub.hub.history.ProviderHistory.Priority;
import io.candlehub.hub.store.StoreUnit;
import io.candlehub.model.Bar;
import io.candlehub.model.Instrument;
import io.candlehub.model.Quote;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.QuoteEvent;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last quote of each instrument: best bid and offer, last price, day's volume and the former session's close.
 * Changes of one turn are published as one. Confined to the hub's event loop.
 */
final class QuoteBoard {
  private static final Logger LOG = LoggerFactory.getLogger(QuoteBoard.class);
  private static final int DAYS_BACK = 10;

  private final SeriesParts parts;
  private final Consumer<Quote> publisher;
  private final Map<Instrument, Entry> entries = new HashMap<>();
  private final Set<Instrument> changed = new LinkedHashSet<>();
  private final Map<Instrument, List<Consumer<Quote>>> waiting = new HashMap<>();
  private Set<Instrument> wanted = Set.of();
  private Consumer<Instrument> listener = instrument -> {};

  QuoteBoard(SeriesParts parts, Consumer<Quote> publisher) {
    this.parts = parts;
    this.publisher = publisher;
  }

  private static final class Entry {
    private double bid = Double.NaN;
    private double ask = Double.NaN;
    private double bidSize = Double.NaN;
    private double askSize = Double.NaN;
    private double last = Double.NaN;
    private double volume = Double.NaN;
    private double previousClose = Double.NaN;
    private long lastStartMillis = Long.MIN_VALUE;
    private long atMillis;
    private LocalDate closeDate = LocalDate.MIN;
    private boolean closeAsked;
    private boolean live;
    private boolean restored;
    private final Backoff backoff;

    Entry(Backoff backoff) {
      this.backoff = backoff;
    }
  }

  /** Sets what is told each change. */
  void onChange(Consumer<Instrument> told) {
    listener = told;
  }

  /** Returns the instruments whose quotes are kept. */
  Set<Instrument> instruments() {
    return Set.copyOf(entries.keySet());
  }

  /** Takes a quote as its former owner knew it last. */
  void adopt(Quote quote) {
    Entry entry = new Entry(new Backoff(parts.random()));
    entries.put(quote.instrument(), entry);
    entry.live = true;
    show(quote, entry);
    entry.volume = quote.volume();
    entry.previousClose = quote.previousClose();
    LocalDate today = today(quote.instrument());
    LocalDate asOf = TradingCalendar.of(quote.instrument()).todayAt(quote.atMillis());
    if (!Double.isNaN(quote.previousClose()) && asOf.equals(today)) {
      entry.closeDate = today;
    }
  }

  /** Publishes quotes again, for a reader may not have heard their last change. */
  void republish(Predicate<Instrument> chosen) {
    entries.keySet().stream().filter(chosen).forEach(changed::add);
    flush();
  }

  /** Forgets quotes. */
  void drop(Predicate<Instrument> chosen) {
    entries.keySet().removeIf(chosen);
    waiting.keySet().removeIf(chosen);
    changed.removeIf(chosen);
  }

  /** Says whose quotes are demanded; others are forgotten. */
  void retain(Set<Instrument> instruments) {
    wanted = Set.copyOf(instruments);
    entries.keySet().removeIf(instrument -> {
      boolean gone = !wanted.contains(instrument);
      if (gone) {
        listener.accept(instrument);
      }
      return gone;
    });
    waiting.keySet().retainAll(wanted);
    for (Instrument instrument : wanted) {
      loadClose(instrument);
    }
  }

  private Entry entry(Instrument instrument) {
    Entry known = entries.get(instrument);
    if (known != null) {
      return known;
    }
    Entry fresh = new Entry(new Backoff(parts.random()));
    entries.put(instrument, fresh);
    parts
        .data()
        .getLastQuote(instrument)
        .onSuccess(kept -> kept.ifPresent(quote -> restore(quote, fresh)));
    return fresh;
  }

  /** Shows the quote as it was known last until something newer comes; its time says how old it is. */
  private void restore(Quote quote, Entry entry) {
    Instrument instrument = quote.instrument();
    if (entry.live || entries.get(instrument) != entry) {
      return;
    }
    TradingCalendar calendar = TradingCalendar.of(instrument);
    entry.restored = true;
    show(quote, entry);
    if (calendar.todayAt(quote.atMillis()).equals(today(instrument))) {
      entry.volume = quote.volume();
    }
    changed.add(instrument);
    flush();
  }

  private static void show(Quote quote, Entry entry) {
    entry.bid = quote.bid();
    entry.ask = quote.ask();
    entry.bidSize = quote.bidSize();
    entry.askSize = quote.askSize();
    entry.last = quote.last();
    entry.atMillis = Math.max(entry.atMillis, quote.atMillis());
  }

  void onQuote(QuoteEvent event) {
    if (!wanted.contains(event.instrument())) {
      return;
    }
    Entry entry = entry(event.instrument());
    entry.live = true;
    entry.restored = false;
    entry.bid = event.bid();
    entry.ask = event.ask();
    entry.bidSize = event.bidSize();
    entry.askSize = event.askSize();
    entry.atMillis = Math.max(entry.atMillis, event.atMillis());
    changed.add(event.instrument());
  }

  /** Takes the last price of a streamed bar; a late or corrected bar changes nothing. */
  void onBar(AggregateEvent event) {
    if (!wanted.contains(event.instrument())) {
      return;
    }
    Entry entry = entry(event.instrument());
    long end = Math.min(event.endMillis(), parts.clock().millis());
    if (event.endMillis() < entry.lastStartMillis) {
      return;
    }
    entry.live = true;
    if (entry.restored) {
      forgetSides(entry);
    }
    entry.lastStartMillis = event.endMillis();
    entry.last = event.close();
    if (!Double.isNaN(event.dayVolume())) {
      entry.volume = event.dayVolume();
    }
    entry.atMillis = Math.max(entry.atMillis, end);
    changed.add(event.instrument());
    loadClose(event.instrument());
  }

  /** A restored bid and offer must not look as new as the price that came now. */
  private static void forgetSides(Entry entry) {
    entry.restored = false;
    entry.bid = Double.NaN;
    entry.ask = Double.NaN;
    entry.bidSize = Double.NaN;
    entry.askSize = Double.NaN;
  }

  /** Publishes the quotes that changed since the last call. */
  void flush() {
    for (Instrument instrument : changed) {
      quote(instrument).ifPresent(quote -> {
        listener.accept(instrument);
        publisher.accept(quote);
        parts.data().updateLiveQuote(quote);
        List<Consumer<Quote>> readers = waiting.remove(instrument);
        if (readers != null) {
          readers.forEach(reader -> reader.accept(quote));
        }
      });
    }
    changed.clear();
  }

  /** Returns what is known of an instrument's quote, or empty if that is nothing. */
  Optional<Quote> quote(Instrument instrument) {
    Entry entry = entries.get(instrument);
    if (entry == null || entry.atMillis == 0) {
      return Optional.empty();
    }
    return Optional.of(new Quote(
        instrument,
        entry.bid,
        entry.ask,
        entry.bidSize,
        entry.askSize,
        entry.last,
        entry.volume,
        entry.previousClose,
        entry.atMillis));
  }

  /** Calls back with a quote as soon as anything is known of it, at once if it is. */
  void whenKnown(Instrument instrument, Consumer<Quote> reader) {
    Optional<Quote> known = quote(instrument);
    if (known.isPresent()) {
      reader.accept(known.get());
    } else {
      waiting.computeIfAbsent(instrument, key -> new ArrayList<>()).add(reader);
    }
  }

  private LocalDate today(Instrument instrument) {
    return TradingCalendar.of(instrument).todayAt(parts.clock().millis());
  }

  /** Asks for the former session's close, once per day. */
  void loadClose(Instrument instrument) {
    Entry entry = entry(instrument);
    LocalDate today = today(instrument);
    if (entry.closeAsked || entry.closeDate.equals(today)) {
      return;
    }
    entry.closeAsked = true;
    TradingCalendar calendar = TradingCalendar.of(instrument);
    Range range =
        new Range(calendar.startOf(today.minusDays(DAYS_BACK)), calendar.startOf(today) - 1);
    Future<List<HistoryPart>> days = parts
        .loader()
        .load(
            instrument,
            StoreUnit.DAY,
            range,
            Priority.READER,
            parts.delayMillis(instrument.assetClass()));
    Future<Splits> splits = parts
        .reference()
        .splits(instrument, today)
        .map(all -> Splits.executed(all, today, calendar));
    Future.all(days, splits)
        .onSuccess(done -> closeLoaded(instrument, today, days.result(), splits.result()))
        .onFailure(cause -> {
          LOG.debug("no former close [symbol: {}]", instrument, cause);
          long hint = FailureException.of(cause).retryAfterMillis();
          parts.scheduler().after(entry.backoff.failed(hint), () -> {
            entry.closeAsked = false;
            if (wanted.contains(instrument)) {
              loadClose(instrument);
            }
          });
        });
  }

  private void closeLoaded(
      Instrument instrument, LocalDate today, List<HistoryPart> days, Splits splits) {
    Entry entry = entries.get(instrument);
    if (entry == null) {
      return;
    }
    entry.closeAsked = false;
    entry.closeDate = today;
    List<Bar> bars = HistoryBars.of(days);
    if (!bars.isEmpty()) {
      Bar newest = splits.adjust(bars.get(bars.size() - 1));
      entry.previousClose = newest.close();
      entry.atMillis = Math.max(entry.atMillis, newest.startMillis());
      changed.add(instrument);
      flush();
    }
  }
}
