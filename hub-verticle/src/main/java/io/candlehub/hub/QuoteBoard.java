package io.candlehub.hub;

import io.candlehub.hub.tape.Print;
import io.candlehub.hub.tape.TopOfBook;
import io.candlehub.hub.tape.VolumeCarrier;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Bar;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.Quality;
import io.candlehub.model.Quote;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TopicStatus;
import io.candlehub.model.feed.TradeEvent;
import io.candlehub.model.quality.Assessment;
import io.candlehub.model.quality.Finding;
import io.candlehub.model.quality.QualityRules;
import io.vertx.core.Future;
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

/**
 * The last quote of each demanded instrument, with the former session's close: from the store and from what the provider
 * says when asked, until the stream tells it. Changes of one turn are published as one. Confined to the hub's event
 * loop.
 */
final class QuoteBoard {
  private final SeriesParts parts;
  private final Consumer<Quote> publisher;
  private final Map<Instrument, QuoteEntry> entries = new HashMap<>();
  private final Set<Instrument> changed = new LinkedHashSet<>();
  private final Map<Instrument, List<Consumer<Quote>>> waiting = new HashMap<>();
  private final Set<Instrument> wanted = new HashSet<>();
  private final FirstQuestions first;
  private final VolumeQuestions volumes;
  private final FormerCloses closes;
  private Consumer<Instrument> listener = instrument -> {};

  QuoteBoard(SeriesParts parts, MarketQuestions questions, Consumer<Quote> publisher) {
    this.parts = parts;
    this.publisher = publisher;
    first = new FirstQuestions(parts, questions::present, new Answers());
    volumes = new VolumeQuestions(
        parts.scheduler(), questions::snapshots, this::asksAgain, this::onVolume);
    closes = new FormerCloses(parts, this::closed, this::look);
  }

  /** What becomes of first questions. */
  private final class Answers implements FirstQuestions.Reader {
    @Override
    public boolean test(Instrument instrument) {
      return entries.containsKey(instrument);
    }

    @Override
    public void told(Instrument instrument, Optional<MarketSnapshot> answer) {
      take(instrument, false, answer);
      look(instrument);
    }

    @Override
    public void failed(Instrument instrument) {
      take(instrument, true, Optional.empty());
    }

    private void take(Instrument instrument, boolean pending, Optional<MarketSnapshot> answer) {
      QuoteEntry entry = entries.get(instrument);
      if (entry == null) {
        return;
      }
      Optional<Quote> before = entry.kept.quote();
      entry.kept.pending(pending);
      answer.ifPresent(known -> isNews(entry, known));
      if (!entry.kept.quote().equals(before)) {
        show(instrument, entry);
      }
      entry.answered.tryComplete();
    }
  }

  private long now() {
    return parts.clock().millis();
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
    Instrument instrument = quote.instrument();
    QuoteEntry entry = new QuoteEntry(instrument);
    entries.put(instrument, entry);
    entry.kept.adopt(quote, parts.streamsSides(instrument));
    entry.answered.complete();
    volumes.soon(instrument);
    if (entry.kept.isPending()) {
      entry.ask(now());
      first.ask(instrument);
    }
    if (!Double.isNaN(quote.previousClose()) && entry.isOfToday(quote, now())) {
      entry.ask(now());
      if (QuoteEntry.isTraded(quote)) {
        closes.known(instrument, entry.session(now()));
      }
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
    closes.forget(chosen);
  }

  /** Says whether an instrument's quotes are demanded; if not, they are forgotten. */
  void want(Instrument instrument, boolean isWanted) {
    if (isWanted) {
      wanted.add(instrument);
      entry(instrument);
      look(instrument);
      return;
    }
    wanted.remove(instrument);
    waiting.remove(instrument);
    if (entries.remove(instrument) != null) {
      closes.forget(instrument);
      listener.accept(instrument);
    }
  }

  private QuoteEntry entry(Instrument instrument) {
    QuoteEntry known = entries.get(instrument);
    if (known != null) {
      return known;
    }
    QuoteEntry fresh = new QuoteEntry(instrument);
    fresh.ask(now());
    fresh.kept.pending(true);
    entries.put(instrument, fresh);
    parts
        .data()
        .getLastQuote(instrument)
        .onSuccess(kept -> kept.filter(quote -> quote.atMillis() <= now())
            .filter(quote -> fresh.kept.restore(quote, fresh.isOfToday(quote, now())))
            .ifPresent(quote -> {
              show(instrument, fresh);
              look(instrument);
            }));
    first.ask(instrument);
    volumes.soon(instrument);
    return fresh;
  }

  private boolean isNews(QuoteEntry entry, MarketSnapshot answer) {
    return entry.kept.onAnswer(answer, parts.now(answer.instrument().assetClass()));
  }

  private boolean asksAgain(Instrument instrument) {
    QuoteEntry entry = entries.get(instrument);
    if (entry == null) {
      return false;
    }
    boolean asksSides = entry.kept.asksSides(parts.streamsSides(instrument));
    return entry.kept.asksVolume(parts.volumeCarrier(instrument)) || asksSides;
  }

  private void onVolume(MarketSnapshot answer) {
    QuoteEntry entry = entries.get(answer.instrument());
    if (entry != null && isNews(entry, answer)) {
      show(answer.instrument(), entry);
    }
  }

  /** Takes where a topic stands: what tells the volume or the sides may have begun to stream, or ended. */
  void onTopic(TopicStatus status) {
    Instrument instrument = status.topic().instrument();
    Channel channel = status.topic().channel();
    VolumeCarrier carrier = VolumeCarrier.of(channel);
    QuoteEntry entry = entries.get(instrument);
    if (entry == null || (carrier == VolumeCarrier.NOBODY && channel != Channel.QUOTES)) {
      return;
    }
    if (status.state() != TopicStatus.State.READY) {
      if (channel == Channel.QUOTES) {
        entry.kept.lostSides();
      } else {
        entry.kept.lost(carrier, parts.now(instrument.assetClass()));
      }
    }
    volumes.soon(instrument);
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
          entry.kept.lostSides();
        }
        volumes.soon(instrument);
      }
    });
  }

  private void show(Instrument instrument, QuoteEntry entry) {
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
      look(instrument);
    }
  }

  /** Takes the last price of a streamed bar; a late or corrected bar changes nothing. */
  void onBar(AggregateEvent event) {
    Instrument instrument = event.instrument();
    if (wanted.contains(instrument)
        && entry(instrument).kept.onBar(event, now(), parts.origin(channel(event), instrument))) {
      changed.add(instrument);
      look(instrument);
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
    return Optional.ofNullable(entries.get(instrument))
        .flatMap(entry -> entry.kept.quote())
        .map(this::told);
  }

  /** Returns a quote of this board with bid and offer however old they are. */
  Quote book(Quote quote) {
    return Optional.ofNullable(entries.get(quote.instrument()))
        .flatMap(entry -> entry.kept.book())
        .map(this::told)
        .orElse(quote);
  }

  /** Who carries the market told what nobody is named for. */
  private Quote told(Quote quote) {
    return quote.origin().isKnown()
        ? quote
        : quote.toldBy(parts.origin(Channel.QUOTES, quote.instrument()));
  }

  /** Returns how good a quote of this board is, as of now. */
  Quality quality(Quote quote) {
    return quality(quote, QualityRules.quote(quote), quote.atMillis());
  }

  /**
   * Returns how good the book of a quote is, which is about bid and offer alone: while they stream they are as new as the
   * newest that was heard.
   */
  Quality bookQuality(Quote quote) {
    QuoteEntry entry = entries.get(quote.instrument());
    if (entry == null) {
      return quality(quote, QualityRules.book(quote), quote.sidesAtMillis());
    }
    long at = Math.max(bookAtMillis(quote), entry.kept.sidesGoodUntilMillis());
    boolean isOld = Assessment.stage(at, parts.now(quote.instrument().assetClass())) > 0;
    boolean isLoose = entry.kept.areSidesLoose() && isOld;
    return quality(quote, QualityRules.book(quote).when(isLoose, Finding.NOT_STREAMED), at);
  }

  /** Returns market time at which a book of this board was told, also one without any side. */
  long bookAtMillis(Quote book) {
    QuoteEntry entry = entries.get(book.instrument());
    return entry == null ? book.sidesAtMillis() : entry.kept.sidesAtMillis();
  }

  private Quality quality(Quote quote, Assessment found, long atMillis) {
    return found.quality(
        quote.origin().source(),
        atMillis,
        parts.now(quote.instrument().assetClass()),
        quote.origin().fallbackReason());
  }

  /** Returns when the provider has said what it knows of an instrument, or will not; at once if nobody wants its quote. */
  Future<Void> answered(Instrument instrument) {
    QuoteEntry entry = entries.get(instrument);
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

  /** Looks whether the former session's close is another one now; of an option the provider is asked, once per day. */
  private void look(Instrument instrument) {
    QuoteEntry entry = entries.get(instrument);
    boolean isOption = instrument.assetClass() == AssetClass.OPTION;
    if (entry != null && !isOption) {
      closes.look(instrument, entry.session(now()));
    } else if (entry != null && entry.ask(now())) {
      first.ask(instrument);
    }
  }

  private void closed(Instrument instrument, LocalDate session, List<Bar> bars) {
    QuoteEntry entry = entries.get(instrument);
    if (entry == null) {
      return;
    }
    if (session.equals(entry.session(now())) && !bars.isEmpty()) {
      Bar newest = bars.get(0);
      entry.kept.previousClose(newest.close(), newest.startMillis());
      show(instrument, entry);
    }
    look(instrument);
  }
}
