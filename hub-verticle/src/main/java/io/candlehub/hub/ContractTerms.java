package io.candlehub.hub;

import io.candlehub.hub.tape.FlowTerms;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketClock;
import io.candlehub.model.SnapshotLeg;
import io.vertx.core.Future;

/** Asks the provider for the terms of single contracts. Confined to the hub's event loop. */
final class ContractTerms implements FlowTermsSource {
  private final MarketQuestions questions;
  private final MarketClock clock;

  ContractTerms(MarketQuestions questions, MarketClock clock) {
    this.questions = questions;
    this.clock = clock;
  }

  @Override
  public Future<FlowTerms> terms(Instrument contract) {
    long askedAt = clock.millis();
    return questions.contract(contract).map(leg -> terms(contract, leg, askedAt));
  }

  /** Figures whose time is not told are those of the moment they were asked for. */
  private static FlowTerms terms(Instrument contract, SnapshotLeg leg, long askedAt) {
    return new FlowTerms(
        contract,
        leg.terms().sharesPerContract(),
        leg.openInterest(),
        leg.volume(),
        leg.atMillis() > 0 ? leg.atMillis() : askedAt);
  }
}
