package io.candlehub.hub;

import io.candlehub.hub.chain.ChainDesk;
import io.candlehub.hub.chain.ContractAnswer;
import io.candlehub.hub.tape.FlowTerms;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketClock;
import io.vertx.core.Future;

/** Takes the terms of contracts from the option chains. Confined to the hub's event loop. */
final class ContractTerms implements FlowTermsSource {
  private final ChainDesk chains;
  private final MarketClock clock;

  ContractTerms(ChainDesk chains, MarketClock clock) {
    this.chains = chains;
    this.clock = clock;
  }

  @Override
  public Future<FlowTerms> terms(Instrument contract) {
    long askedAt = clock.millis();
    return chains.told(contract).map(answer -> terms(contract, answer, askedAt));
  }

  /** Figures whose time is not told are those of the moment they were asked for. */
  private static FlowTerms terms(Instrument contract, ContractAnswer answer, long askedAt) {
    long told = answer.leg().quality().updatedAtMillis();
    return new FlowTerms(
        contract,
        answer.terms().sharesPerContract(),
        answer.leg().openInterest(),
        answer.leg().volume(),
        told > 0 ? told : askedAt);
  }
}
