package io.candlehub.simulator.tradier;

import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.ContractState;
import io.candlehub.simulator.market.MarketView;
import io.candlehub.simulator.market.Quotes;
import io.candlehub.simulator.option.Greeks;
import io.candlehub.simulator.option.Terms;
import io.candlehub.simulator.option.Valuation;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Greeks and volatilities as of the last full hour of trading. Safe anywhere, may block. */
final class HourlyGreeks {
  private static final long HOUR = 3_600_000;
  private static final DateTimeFormatter UPDATED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final MarketView view;

  HourlyGreeks(MarketView view) {
    this.view = view;
  }

  /** Returns the greeks of a contract; empty if nobody tells them. */
  Optional<JsonObject> of(ContractState state, long nowMillis) {
    long at = lastUpdate(nowMillis);
    Valuation valuation = state.quote().size() == 0
        ? Valuation.UNKNOWN
        : view.market().options().valuation(state.contract(), at);
    if (!valuation.published()) {
      return Optional.empty();
    }
    Terms terms = valuation.terms();
    Greeks greeks = valuation.greeks();
    double wide = wide(state.quote(), greeks);
    return Optional.of(new JsonObject()
        .put("delta", greeks.delta())
        .put("gamma", greeks.gamma())
        .put("theta", greeks.theta())
        .put("vega", greeks.vega())
        .put("rho", greeks.rho())
        .put("phi", -terms.spot() * terms.years() * greeks.delta() / 100)
        .put("bid_iv", Math.max(0, terms.volatility() - wide))
        .put("mid_iv", terms.volatility())
        .put("ask_iv", terms.volatility() + wide)
        .put("smv_vol", terms.volatility())
        .put(
            "updated_at",
            Instant.ofEpochMilli(at).atZone(view.calendar().zone()).format(UPDATED)));
  }

  private static double wide(Quotes quote, Greeks greeks) {
    double half = (quote.ask(0).price() - quote.bid(0).price()) / 2;
    return greeks.vega() > 1e-6 ? Math.min(1, half / greeks.vega() / 100) : 0;
  }

  private long lastUpdate(long nowMillis) {
    TradingCalendar calendar = view.calendar();
    TradingDay day = calendar.atOrBefore(calendar.dateOf(nowMillis));
    long hour = Math.floorDiv(nowMillis, HOUR) * HOUR;
    if (hour < day.openMillis()) {
      day = calendar.previous(day.date());
    }
    return Math.min(hour, day.closeMillis() - 1);
  }
}
