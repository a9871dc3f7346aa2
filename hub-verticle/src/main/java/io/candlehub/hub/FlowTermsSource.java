package io.candlehub.hub;

import io.candlehub.hub.tape.FlowTerms;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;

/** Knows what must be known of option contracts to judge their trades. */
@FunctionalInterface
interface FlowTermsSource {
  /** Returns a contract's terms with the figures of its day; fails if nobody knows them now. */
  Future<FlowTerms> terms(Instrument contract);
}
