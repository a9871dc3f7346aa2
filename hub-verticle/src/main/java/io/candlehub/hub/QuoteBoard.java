package io.candlehub.hub;

import io.candlehub.bus.FailureException;
import io.candlehub.hub.candle.HistoryPart;
import io.candlehub.hub.candle.Range;
import io.candlehub.hub.candle.Splits;
import io.candlehub.hub.history.Backoff;
import io.candlehub.hub.history.HistoryBars;
import io.candlehub.hub.history.ProviderHistory.Priority;
import io.candlehub.hub.store.StoreUnit;
import io.candlehub.hub.tape.KeptQuote;
import io.candlehub.hub.tape.Print;
import io.candlehub.hub.tape.TopOfBook;
import io.candlehub.hub.tape.VolumeCarrier;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Bar;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.Origin;
import io.candlehub.model.Quality;
import io.candlehub.model.Quote;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TopicStatus;
import io.candlehub.model.feed.TradeEvent;
import io.candlehub.model.quality.Assessment;
import io.candlehub.model.quality.QualityRules;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
 * The last quote of each demanded instrument, with the former session's close: from the store and from what the provider
 * says when asked, until the stream tells it. Changes of one turn are published as one. Confined to the hub's event
 * loop.
 */
final class QuoteBoard {
  private static final Logger LOG = LoggerFactory.getLogger(QuoteBoard.class);
  private static final int DAYS_BACK = 10;

  private final SeriesParts parts;
  private final MarketQuestions questions;
  private final Consumer<Quote> publisher;
  private final Map<Instrument, Entry> entries = new HashMap<>();
  private final Set<Instrument> changed = new LinkedHashSet<>();
  private final Map<Instrument, List<Consumer<Quote>>> waiting = new HashMap<>();
  private final Set<Instrument> wanted = new HashSet<>();
  private final VolumeQuestions volumes;
  private Consumer<Instrument> listener = instrument -> {};

  QuoteBoard(SeriesParts parts, MarketQuestions questions, Consumer<Quote> publisher) {
    this.parts = parts;
    this.questions = questions;
    this.publisher = publisher;
    volumes = new VolumeQuestions(
        parts.scheduler(), questions::snapshots, this::asksVolume, this::onVolume);
  }

  private static final class Entry {
    private final KeptQuote kept;
    private final Backoff backoff;
    private final Promise<Void> answered = Promise.promise();
    private LocalDate closeDate = LocalDate.MIN;
    private boolean closeAsked;

    Entry(Instrument instrument, Backoff backoff) {
      kept = new KeptQuote(instrument);
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
    Entry entry = new Entry(quote.instrument(), new Backoff(parts.random()));
    entries.put(quote.instrument(), entry);
    entry.kept.adopt(quote);
    entry.answered.complete();
    volumes.soon(quote.instrument());
    if (!Double.isNaN(quote.previousClose()) && isOfToday(quote)) {
      entry.closeDate = today(quote.instrument());
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

  /** Says whether an instrument's quotes are demanded; if not, they are forgotten. */
  void want(Instrument instrument, boolean isWanted) {
    if (isWanted) {
      wanted.add(instrument);
      loadClose(instrument);
      return;
    }
    wanted.remove(instrument);
    waiting.remove(instrument);
    if (entries.remove(instrument) != null) {
      listener.accept(instrument);
    }
  }

  private Entry entry(Instrument instrument) {
    Entry known = entries.get(instrument);
    if (known != null) {
      return known;
    }
    Entry fresh = new Entry(instrument, new Backoff(parts.random()));
    if (instrument.assetClass() == AssetClass.OPTION) {
      fresh.closeDate = today(instrument);
    }
    entries.put(instrument, fresh);
    parts
        .data()
        .getLastQuote(instrument)
        .onSuccess(
            kept -> kept.filter(quote -> quote.atMillis() <= parts.clock().millis())
                .filter(quote -> fresh.kept.restore(quote, isOfToday(quote)))
                .ifPresent(quote -> show(instrument, fresh)));
    ask(instrument, fresh);
    volumes.soon(instrument);
    return fresh;
  }

  /** Asks the provider for what was before the first tick; without an answer the stream will tell. */
  private void ask(Instrument instrument, Entry entry) {
    questions
        .snapshots(List.of(instrument))
        .onSuccess(answers -> answers.stream()
            .filter(answer -> answer.instrument().equals(instrument))
            .filter(answer -> isNews(entry, answer))
            .forEach(answer -> show(instrument, entry)))
        .onFailure(cause -> LOG.debug("no first quote [symbol: {}]", instrument, cause))
        .onComplete(done -> entry.answered.tryComplete());
  }

  private boolean isNews(Entry entry, MarketSnapshot answer) {
    return entry.kept.onAnswer(answer, parts.now(answer.instrument().assetClass()));
  }

  private boolean asksVolume(Instrument instrument) {
    Entry entry = entries.get(instrument);
    return entry != null && entry.kept.asksVolume(parts.volumeCarrier(instrument));
  }

  private void onVolume(MarketSnapshot answer) {
    Entry entry = entries.get(answer.instrument());
    if (entry != null && isNews(entry, answer)) {
      show(answer.instrument(), entry);
    }
  }

  /** Takes where a topic stands: what tells the volume may have begun to stream, or ended. */
  void onTopic(TopicStatus status) {
    Instrument instrument = status.topic().instrument();
    VolumeCarrier carrier = VolumeCarrier.of(status.topic().channel());
    Entry entry = entries.get(instrument);
    if (entry != null && carrier != VolumeCarrier.NOBODY) {
      if (status.state() != TopicStatus.State.READY) {
        entry.kept.lost(carrier, parts.now(instrument.assetClass()));
      }
      volumes.soon(instrument);
    }
  }

  /**
   * Takes note of how a connection does that carries some instruments.
   *
   * @param down true if what it streamed was missed, or may have been
   */
  void onFeed(Predicate<Instrument> chosen, boolean down) {
    entries.forEach((instrument, entry) -> {
      if (chosen.test(instrument)) {
        if (down) {
          long now = parts.now(instrument.assetClass());
          entry.kept.lost(VolumeCarrier.BARS, now);
          entry.kept.lost(VolumeCarrier.TRADES, now);
        }
        volumes.soon(instrument);
      }
    });
  }

  private void show(Instrument instrument, Entry entry) {
    if (entries.get(instrument) == entry) {
      changed.add(instrument);
      flush();
    }
  }

  void onQuote(QuoteEvent event) {
    Instrument instrument = event.instrument();
    if (wanted.contains(instrument)
        && entry(instrument)
            .kept
            .onQuote(TopOfBook.of(event), parts.origin(Channel.QUOTES, instrument))) {
      changed.add(instrument);
    }
  }

  /** Takes the last price of a streamed trade. */
  void onTrade(TradeEvent event) {
    Instrument instrument = event.instrument();
    if (wanted.contains(instrument)
        && entry(instrument)
            .kept
            .onTrade(Print.of(event, parts.origin(Channel.TRADES, instrument)))) {
      changed.add(instrument);
    }
  }

  /** Takes the last price of a streamed bar; a late or corrected bar changes nothing. */
  void onBar(AggregateEvent event) {
    Instrument instrument = event.instrument();
    if (wanted.contains(instrument)
        && entry(instrument)
            .kept
            .onBar(event, parts.clock().millis(), parts.origin(channel(event), instrument))) {
      changed.add(instrument);
      loadClose(instrument);
    }
  }

  private static Channel channel(AggregateEvent bar) {
    return bar.span() == AggregateEvent.Span.SECOND ? Channel.SECONDS : Channel.MINUTES;
  }

  /** Takes the open interest of a contract; it is told with what is flushed next. */
  void openInterest(Instrument contract, double contracts) {
    if (wanted.contains(contract) && entry(contract).kept.openInterest(contracts)) {
      changed.add(contract);
    }
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
    return Optional.ofNullable(entries.get(instrument)).flatMap(entry -> entry.kept.quote());
  }

  /** Returns how good a quote of this board is, as of now. */
  Quality quality(Quote quote) {
    return quality(quote, QualityRules.quote(quote));
  }

  /** Returns how good the book of a quote is, which is about bid and offer alone. */
  Quality bookQuality(Quote quote) {
    return quality(quote, QualityRules.book(quote));
  }

  private Quality quality(Quote quote, Assessment found) {
    Instrument instrument = quote.instrument();
    Origin origin =
        quote.origin().isKnown() ? quote.origin() : parts.origin(Channel.QUOTES, instrument);
    return found.quality(
        origin.source(),
        quote.atMillis(),
        parts.now(instrument.assetClass()),
        origin.fallbackReason());
  }

  /** Returns when the provider has said what it knows of an instrument, or will not; at once if nobody wants its quote. */
  Future<Void> answered(Instrument instrument) {
    Entry entry = entries.get(instrument);
    return entry == null ? Future.succeededFuture() : entry.answered.future();
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

  private boolean isOfToday(Quote quote) {
    Instrument instrument = quote.instrument();
    return TradingCalendar.of(instrument).todayAt(quote.atMillis()).equals(today(instrument));
  }

  /** Asks for the former session's close, once per day; of an option the provider's word is enough. */
  private void loadClose(Instrument instrument) {
    Entry entry = entry(instrument);
    LocalDate today = today(instrument);
    if (entry.closeAsked || entry.closeDate.equals(today)) {
      return;
    }
    if (instrument.assetClass() == AssetClass.OPTION) {
      entry.closeDate = today;
      ask(instrument, entry);
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
      entry.kept.previousClose(newest.close(), newest.startMillis());
      show(instrument, entry);
    }
  }
}
