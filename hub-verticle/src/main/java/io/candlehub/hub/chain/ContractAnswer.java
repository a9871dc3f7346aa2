package io.candlehub.hub.chain;

import io.candlehub.model.Instrument;
import io.candlehub.model.OptionLeg;
import io.candlehub.model.OptionTerms;

/**
 * One contract.
 *
 * @param leg its values
 * @param terms its terms
 * @param underlying what it is on
 */
public record ContractAnswer(OptionLeg leg, OptionTerms terms, Instrument underlying) {}
