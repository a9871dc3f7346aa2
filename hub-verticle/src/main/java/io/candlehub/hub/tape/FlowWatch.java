package io.candlehub.hub.tape;

import io.candlehub.hub.candle.SaleConditions;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.TradingCalendar;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Finds unusual trades of option contracts: much premium, blocks, sweeps over exchanges, and more volume than open
 * interest.
 *
 * <p>Cancelled and late prints are no evidence ({@link TradeStanding}); trades that are part of a package can be a block
 * or of much premium, but no sweep. A contract is watched once its terms are known: without the multiplier there is no
 * premium, and none is guessed. Confined to the hub's event loop.
 */
public final class FlowWatch {
  private final FlowRules rules;
  private final SaleConditions conditions = SaleConditions.documented(AssetClass.OPTION);
  private final Map<Instrument, ContractFlow> contracts = new HashMap<>();
  private long withoutTerms;

  /** Creates a watch of no contract. */
  public FlowWatch(FlowRules rules) {
    this.rules = Objects.requireNonNull(rules, "rules");
  }

  /** Takes a contract's terms, or newer ones. */
  public void terms(FlowTerms terms) {
    LocalDate date = TradingCalendar.of(terms.contract()).dateOf(terms.atMillis());
    ContractFlow known = contracts.get(terms.contract());
    if (known == null) {
      contracts.put(terms.contract(), new ContractFlow(rules, terms, date));
    } else {
      known.terms(terms, date);
    }
  }

  /** Stops watching a contract and forgets its day. */
  public void forget(Instrument contract) {
    contracts.remove(contract);
  }

  /** Judges a trade that its tape took; returns what is unusual about it, nothing for most. */
  public List<FlowAlert> onTrade(Instrument contract, SidedTrade trade) {
    ContractFlow flow = contracts.get(contract);
    if (flow == null) {
      withoutTerms++;
      return List.of();
    }
    long atMillis = trade.print().at().millis();
    return flow.onTrade(
        trade,
        TradingCalendar.of(contract).dateOf(atMillis),
        conditions.countsInVolume(trade.print().conditions()));
  }

  /** Returns how many trades were not judged because their contract's terms are not known. */
  public long withoutTerms() {
    return withoutTerms;
  }
}
