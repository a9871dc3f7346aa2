package io.candlehub.simulator.rest;

import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.ContractState;
import io.candlehub.simulator.market.ContractStates;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.option.Contract;
import io.candlehub.simulator.option.Greeks;
import io.candlehub.simulator.option.Terms;
import io.candlehub.simulator.option.Valuation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;

/** An option chain as it truly is or was, with what it was valued by. Safe anywhere, may block. */
public final class ChainTruth {
  private final MarketView view;
  private final ContractStates states;

  /** Creates the truth about a market's chains. */
  public ChainTruth(MarketView view) {
    this.view = view;
    this.states = new ContractStates(view);
  }

  /**
   * Answers {@code /sim/chain}.
   *
   * @param params the query: underlying, expiration, and {@code asOf}, an earlier instant
   * @param nowMillis market time now
   */
  public Answer answer(Map<String, String> params, long nowMillis) {
    String underlying = params.getOrDefault("underlying", "");
    LocalDate expiration;
    long asOf;
    try {
      expiration = LocalDate.parse(params.getOrDefault("expiration", ""));
      asOf = Math.min(
          nowMillis, Long.parseLong(params.getOrDefault("asOf", Long.toString(nowMillis))));
    } catch (DateTimeException | NumberFormatException e) {
      return Answer.json(
          400,
          new JsonObject()
              .put("error", "expiration must be YYYY-MM-DD and asOf epoch milliseconds"));
    }
    JsonArray rows = new JsonArray();
    for (Contract contract :
        view.market().options().contracts(underlying, view.calendar().dateOf(asOf))) {
      if (contract.expiration().equals(expiration)) {
        rows.add(row(states.of(contract, asOf)));
      }
    }
    Bars spot = states.spot(underlying, asOf);
    JsonObject body = new JsonObject()
        .put("marketMillis", nowMillis)
        .put("asOf", asOf)
        .put("underlying", underlying)
        .put("expiration", expiration.toString());
    if (spot.size() > 0) {
      body.put("spot", spot.close(0));
    }
    return Answer.json(body.put("contracts", rows));
  }

  private static JsonObject row(ContractState state) {
    Contract contract = state.contract();
    JsonObject row = new JsonObject()
        .put("ticker", contract.ticker())
        .put("strike", contract.strike())
        .put("type", contract.call() ? "call" : "put");
    if (state.quote().size() > 0) {
      Quotes.Side bid = state.quote().bid(0);
      Quotes.Side ask = state.quote().ask(0);
      row.put("bid", bid.price())
          .put("bidSize", bid.size())
          .put("ask", ask.price())
          .put("askSize", ask.size())
          .put("quoteMillis", state.quote().millis(0));
    }
    if (state.trade().size() > 0) {
      row.put("last", state.trade().price(0));
    }
    if (state.session().size() > 0) {
      BarRow session = state.session().row(0);
      row.put("volume", (long) session.volume()).put("close", session.close());
    }
    if (state.openInterest() >= 0) {
      row.put("openInterest", state.openInterest());
    }
    return state.valuation().isKnown() ? withValuation(row, state.valuation()) : row;
  }

  private static JsonObject withValuation(JsonObject row, Valuation valuation) {
    Terms terms = valuation.terms();
    Greeks greeks = valuation.greeks();
    return row.put("value", valuation.value())
        .put("spot", terms.spot())
        .put("years", terms.years())
        .put("iv", terms.volatility())
        .put("rate", terms.rate())
        .put("yield", terms.yield())
        .put("american", terms.american())
        .put("told", valuation.published())
        .put("delta", greeks.delta())
        .put("gamma", greeks.gamma())
        .put("theta", greeks.theta())
        .put("vega", greeks.vega())
        .put("rho", greeks.rho());
  }
}
