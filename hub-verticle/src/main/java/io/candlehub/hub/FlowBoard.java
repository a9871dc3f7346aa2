package io.candlehub.hub;

import io.candlehub.bus.FailureException;
import io.candlehub.hub.history.Backoff;
import io.candlehub.hub.tape.FlowAlert;
import io.candlehub.hub.tape.FlowRules;
import io.candlehub.hub.tape.FlowTerms;
import io.candlehub.hub.tape.FlowWatch;
import io.candlehub.hub.tape.SidedTrade;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.TradingCalendar;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for unusual trades in the option contracts that have a tape, with the terms and the open interest of the day. Of
 * one event the newest revision of a turn is published. Confined to the hub's event loop.
 */
final class FlowBoard {
  private static final Logger LOG = LoggerFactory.getLogger(FlowBoard.class);

  private final SeriesParts parts;
  private final FlowTermsSource source;
  private final TapeMeters meters;
  private final BiConsumer<Instrument, Double> openInterest;
  private final Consumer<FlowAlert> publisher;
  private final FlowWatch watch;
  private final Map<Instrument, Contract> contracts = new HashMap<>();
  private final Map<String, FlowAlert> found = new LinkedHashMap<>();

  /**
   * Creates a board without contracts.
   *
   * @param openInterest is told each contract's open interest
   */
  FlowBoard(
      SeriesParts parts,
      FlowRules rules,
      FlowTermsSource source,
      TapeMeters meters,
      BiConsumer<Instrument, Double> openInterest,
      Consumer<FlowAlert> publisher) {
    this.parts = parts;
    this.source = source;
    this.meters = meters;
    this.openInterest = openInterest;
    this.publisher = publisher;
    watch = new FlowWatch(rules);
    meters.unjudged(watch);
  }

  private static final class Contract {
    private final Backoff backoff;
    private LocalDate askedFor = LocalDate.MIN;

    Contract(Backoff backoff) {
      this.backoff = backoff;
    }
  }

  /** Begins to watch an instrument, if it is an option contract. */
  void open(Instrument instrument) {
    if (instrument.assetClass() == AssetClass.OPTION) {
      Contract contract = new Contract(new Backoff(parts.random()));
      contracts.put(instrument, contract);
      ask(
          instrument,
          contract,
          TradingCalendar.of(instrument).dateOf(parts.clock().millis()));
    }
  }

  /** Stops watching an instrument. */
  void close(Instrument instrument) {
    if (contracts.remove(instrument) != null) {
      watch.forget(instrument);
    }
  }

  private void ask(Instrument instrument, Contract contract, LocalDate date) {
    contract.askedFor = date;
    source
        .terms(instrument)
        .onSuccess(terms -> known(instrument, contract, terms))
        .onFailure(failure -> {
          LOG.debug("no terms [symbol: {}]", instrument, failure);
          FailureException known = FailureException.of(failure);
          if (known.code().isRetryable()) {
            askLater(instrument, contract, date, known.retryAfterMillis());
          }
        });
  }

  private void askLater(Instrument instrument, Contract contract, LocalDate date, long hint) {
    parts.scheduler().after(contract.backoff.failed(hint), () -> {
      if (contracts.get(instrument) == contract && contract.askedFor.equals(date)) {
        ask(instrument, contract, date);
      }
    });
  }

  private void known(Instrument instrument, Contract contract, FlowTerms terms) {
    if (contracts.get(instrument) == contract) {
      contract.backoff.reset();
      watch.terms(terms);
      openInterest.accept(instrument, terms.openInterest());
    }
  }

  /** Judges a trade that a tape took; open interest is another one each day. */
  void onTrade(Instrument instrument, SidedTrade trade) {
    Contract contract = contracts.get(instrument);
    if (contract == null) {
      return;
    }
    LocalDate date = TradingCalendar.of(instrument).dateOf(trade.print().at().millis());
    if (date.isAfter(contract.askedFor)) {
      ask(instrument, contract, date);
    }
    for (FlowAlert alert : watch.onTrade(instrument, trade)) {
      if (alert.revision() == 0) {
        meters.flow(alert.kind());
      }
      found.put(alert.id(), alert);
    }
  }

  /** Publishes what was found since the last call. */
  void flush() {
    found.values().forEach(publisher);
    found.clear();
  }
}
