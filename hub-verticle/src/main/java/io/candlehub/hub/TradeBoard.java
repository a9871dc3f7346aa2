package io.candlehub.hub;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.hub.history.Backoff;
import io.candlehub.hub.tape.Print;
import io.candlehub.hub.tape.SidedTrade;
import io.candlehub.hub.tape.TapeFeed;
import io.candlehub.hub.tape.TapeSlice;
import io.candlehub.hub.tape.TopOfBook;
import io.candlehub.hub.tape.TradeTape;
import io.candlehub.model.Instrument;
import io.candlehub.model.Origin;
import io.candlehub.model.TapeTrade;
import io.candlehub.model.TradesUpdate;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.PastTrades;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TradeEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tape of each instrument whose trades are demanded, and of the options that are streamed: what was traded before is
 * asked for once when somebody follows it, what is traded since has its aggressor. What came in one turn is published as one. Confined to the hub's event loop.
 */
final class TradeBoard {
  /** Most trades kept of an instrument, and most that a reader gets at once. */
  static final int KEPT = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(TradeBoard.class);

  private final SeriesParts parts;
  private final MarketQuestions questions;
  private final FlowBoard flow;
  private final TapeMeters meters;
  private final Consumer<TradesUpdate> publisher;
  private final Map<Instrument, Entry> entries = new HashMap<>();
  private final Set<Instrument> demanded = new HashSet<>();
  private final Set<Instrument> streamed = new HashSet<>();
  private final Set<Instrument> changed = new LinkedHashSet<>();

  TradeBoard(
      SeriesParts parts,
      MarketQuestions questions,
      FlowBoard flow,
      TapeMeters meters,
      Consumer<TradesUpdate> publisher) {
    this.parts = parts;
    this.questions = questions;
    this.flow = flow;
    this.meters = meters;
    this.publisher = publisher;
  }

  private static final class Entry {
    private final TradeTape tape;
    private final Backoff backoff;
    private final Promise<Void> answered = Promise.promise();
    private boolean followed;
    private boolean asked;
    private long published;
    private Optional<FailureException> problem = Optional.empty();

    Entry(TradeTape tape, Backoff backoff) {
      this.tape = tape;
      this.backoff = backoff;
    }
  }

  /** Says whether an instrument's trades are demanded. */
  void want(Instrument instrument, boolean isWanted) {
    if (isWanted) {
      demanded.add(instrument);
    } else {
      demanded.remove(instrument);
    }
    settle(instrument);
  }

  /** Says which options are streamed anyway, whose trades are looked at and not published. */
  void stream(Collection<String> live) {
    Set<Instrument> concerned = new HashSet<>(streamed);
    streamed.clear();
    live.forEach(symbol -> streamed.add(Instrument.of(symbol)));
    concerned.addAll(streamed);
    concerned.forEach(this::settle);
  }

  /** The tape of what is neither demanded nor streamed is forgotten. */
  private void settle(Instrument instrument) {
    if (demanded.contains(instrument)) {
      follow(instrument);
    } else if (streamed.contains(instrument)) {
      entry(instrument).followed = false;
    } else {
      forget(instrument);
    }
  }

  /** Returns the instruments that have a tape. */
  Set<Instrument> instruments() {
    return Set.copyOf(entries.keySet());
  }

  /** Begins to publish the trades of an instrument; those of before are asked for once. */
  void follow(Instrument instrument) {
    Entry entry = entry(instrument);
    if (!entry.followed) {
      entry.followed = true;
      entry.published = entry.tape.position();
    }
    if (!entry.asked) {
      entry.asked = true;
      askBefore(instrument, entry);
    }
  }

  private Entry entry(Instrument instrument) {
    return entries.computeIfAbsent(instrument, this::open);
  }

  private Entry open(Instrument instrument) {
    TradeTape tape =
        new TradeTape(instrument.assetClass(), TapeFeed.of(instrument.assetClass()), KEPT);
    flow.open(instrument);
    return new Entry(tape, new Backoff(parts.random()));
  }

  private void askBefore(Instrument instrument, Entry entry) {
    questions
        .trades(instrument, KEPT)
        .onSuccess(past -> before(entry, past))
        .onFailure(failure -> notKnown(instrument, entry, FailureException.of(failure)));
  }

  private static void before(Entry entry, PastTrades past) {
    Origin origin = new Origin(past.source(), past.fallbackReason());
    entry.tape.before(
        past.trades().stream().map(trade -> Print.of(trade, origin)).toList());
    entry.problem = Optional.empty();
    entry.answered.tryComplete();
  }

  private void notKnown(Instrument instrument, Entry entry, FailureException failure) {
    LOG.debug("no trades of before [symbol: {}, code: {}]", instrument, failure.code());
    entry.problem = Optional.of(failure);
    entry.answered.tryComplete();
    if (failure.code().isRetryable()) {
      parts.scheduler().after(entry.backoff.failed(failure.retryAfterMillis()), () -> {
        if (entries.get(instrument) == entry) {
          askBefore(instrument, entry);
        }
      });
    }
  }

  /** Forgets tapes. */
  void drop(Predicate<Instrument> chosen) {
    for (Instrument instrument : Set.copyOf(entries.keySet())) {
      if (chosen.test(instrument)) {
        forget(instrument);
      }
    }
  }

  private void forget(Instrument instrument) {
    Entry entry = entries.remove(instrument);
    if (entry != null) {
      entry.answered.tryComplete();
      changed.remove(instrument);
      flow.close(instrument);
    }
  }

  void onQuote(QuoteEvent event) {
    Entry entry = entries.get(event.instrument());
    if (entry != null && !entry.tape.onQuote(TopOfBook.of(event))) {
      meters.lateQuote();
    }
  }

  void onTrade(TradeEvent event) {
    Instrument instrument = event.instrument();
    Entry entry = entries.get(instrument);
    if (entry == null) {
      return;
    }
    Optional<SidedTrade> taken = entry.tape.onTrade(print(event));
    meters.trade(taken);
    taken.ifPresent(trade -> {
      if (entry.followed && trade.position() > 0) {
        changed.add(instrument);
      }
      if (trade.print().conditionsTold()) {
        flow.onTrade(instrument, trade);
      }
    });
  }

  private Print print(TradeEvent event) {
    return Print.of(event, parts.origin(Channel.TRADES, event.instrument()));
  }

  /** Takes an event again whose outcome is known and published. */
  void rebuild(FeedEvent event) {
    if (event instanceof QuoteEvent quote) {
      onQuote(quote);
    } else if (event instanceof TradeEvent trade && entries.containsKey(trade.instrument())) {
      Entry entry = entries.get(trade.instrument());
      entry.tape.onTrade(print(trade));
      entry.published = entry.tape.position();
    }
  }

  /** Takes note that quotes of instruments were not seen for a while: what trades next is compared with none of before. */
  void interrupted(Predicate<Instrument> chosen) {
    entries.forEach((instrument, entry) -> {
      if (chosen.test(instrument)) {
        entry.tape.interrupted();
      }
    });
  }

  /** Publishes the trades that came since the last call, of shards that are served. */
  void flush() {
    changed.removeIf(instrument -> {
      if (!parts.shards().isServing(parts.shards().of(instrument))) {
        return false;
      }
      Entry entry = entries.get(instrument);
      TapeSlice slice = entry.tape.after(entry.published, KEPT);
      entry.published = slice.position();
      publisher.accept(update(instrument, slice));
      return true;
    });
    flow.flush();
  }

  private static TradesUpdate update(Instrument instrument, TapeSlice slice) {
    return new TradesUpdate(
        instrument,
        slice.trades().stream().map(TradeBoard::shown).toList(),
        slice.conflated(),
        slice.position());
  }

  private static TapeTrade shown(SidedTrade trade) {
    Print print = trade.print();
    return new TapeTrade(
        print.at().millis(),
        print.price(),
        print.size(),
        print.exchange(),
        print.conditions(),
        trade.sideName(),
        trade.confidence(),
        print.at().sequence(),
        print.origin());
  }

  /** Returns true if the trades of an instrument are followed. */
  boolean follows(Instrument instrument) {
    return entries.containsKey(instrument) && entries.get(instrument).followed;
  }

  /** Returns when the first question for what was traded before is answered, if the instrument has a tape. */
  Future<Void> answered(Instrument instrument) {
    Entry entry = entries.get(instrument);
    return entry == null ? Future.succeededFuture() : entry.answered.future();
  }

  /**
   * Returns the last trades of an instrument, newest last. A provider that streams trades and has none of before leaves
   * an empty tape to begin with.
   *
   * @throws FailureException with what the provider said if there is none and none will come, or none is known yet and
   *     the provider will be asked again; {@link Failure#NO_DATA} without a tape
   */
  TradesUpdate newest(Instrument instrument, int limit) {
    Entry entry = entries.get(instrument);
    if (entry == null) {
      throw Failure.NO_DATA.because("no trades of " + instrument.symbol());
    }
    TapeSlice slice = entry.tape.newest(limit);
    if (slice.trades().isEmpty() && entry.problem.isPresent()) {
      FailureException problem = entry.problem.get();
      if (problem.code().isRetryable() || parts.topics().isRefused(Channel.TRADES, instrument)) {
        throw problem;
      }
    }
    return update(instrument, slice);
  }
}
