package io.candlehub.simulator.rest;

import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.ContractState;
import io.candlehub.simulator.market.ContractStates;
import io.candlehub.simulator.market.JsonText;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.option.Contract;
import io.candlehub.simulator.option.Greeks;
import io.vertx.core.json.JsonObject;

/** Writes what is known of an option contract as a snapshot. Safe anywhere, may block. */
final class OptionRows {
  private final ContractStates states;

  OptionRows(MarketView view) {
    this.states = new ContractStates(view);
  }

  /** Returns the last price of an underlying, without rows if unknown. */
  Bars spot(String underlying, long nowMillis) {
    return states.spot(underlying, nowMillis);
  }

  /** Returns a contract's snapshot. */
  JsonObject row(Ask ask, Contract contract, Bars spot) {
    ContractState state = states.of(contract, ask.nowMillis());
    JsonObject row = new JsonObject();
    double paid = Double.isNaN(state.midpoint())
        ? (state.trade().size() > 0 ? state.trade().price(0) : Double.NaN)
        : state.midpoint();
    double even = contract.call() ? contract.strike() + paid : contract.strike() - paid;
    if (!Double.isNaN(paid)) {
      row.put("break_even_price", JsonText.round4(even));
    }
    row.put("day", day(state)).put("details", details(contract));
    if (state.valuation().published()) {
      row.put("implied_volatility", state.valuation().terms().volatility());
      row.put("greeks", greeks(state.valuation().greeks()));
    } else {
      row.put("greeks", new JsonObject());
    }
    if (state.quote().size() > 0) {
      row.put("last_quote", Rows.lastQuote(ask, state.quote()));
    }
    if (state.trade().size() > 0) {
      row.put("last_trade", Rows.lastTrade(ask, state.trade()));
    }
    if (state.openInterest() >= 0) {
      row.put("open_interest", state.openInterest());
    }
    return row.put("underlying_asset", underlying(ask, contract, spot, even));
  }

  private static JsonObject underlying(Ask ask, Contract contract, Bars spot, double even) {
    JsonObject asset = new JsonObject();
    if (contract.underlying().indexOf('.') > 0) {
      return asset;
    }
    asset.put("ticker", contract.underlying());
    if (spot.size() == 0) {
      return asset;
    }
    double price = spot.close(0);
    asset.put(contract.american() ? "price" : "value", price);
    if (!Double.isNaN(even)) {
      asset.put("change_to_break_even", JsonText.round4(even - price));
    }
    long updated = Math.min(ask.nowMillis(), spot.startMillis(0) + 59_999);
    return asset.put("last_updated", Rows.nanos(updated)).put("timeframe", Rows.timeframe(ask));
  }

  static JsonObject details(Contract contract) {
    return new JsonObject()
        .put("contract_type", contract.call() ? "call" : "put")
        .put("exercise_style", contract.american() ? "american" : "european")
        .put("expiration_date", contract.expiration().toString())
        .put("shares_per_contract", 100)
        .put("strike_price", Pages.plain(contract.strike()))
        .put("ticker", contract.ticker());
  }

  private static JsonObject greeks(Greeks greeks) {
    return new JsonObject()
        .put("delta", greeks.delta())
        .put("gamma", greeks.gamma())
        .put("theta", greeks.theta())
        .put("vega", greeks.vega());
  }

  private static JsonObject day(ContractState state) {
    if (state.session().size() == 0) {
      return new JsonObject();
    }
    BarRow bar = state.session().row(0);
    JsonObject day = Rows.prices(bar)
        .put("volume", (long) bar.volume())
        .put("vwap", JsonText.round4(bar.vwap()))
        .put("last_updated", Rows.nanos(bar.startMillis()));
    Rows.putChange(day, bar.close(), state.previousClose());
    return day;
  }
}
