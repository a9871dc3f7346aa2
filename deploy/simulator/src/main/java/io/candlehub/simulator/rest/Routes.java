package io.candlehub.simulator.rest;

import io.candlehub.simulator.market.MarketView;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which path is answered by what. Immutable, safe anywhere. */
final class Routes {
  private final List<Route> routes = new ArrayList<>();

  Routes(MarketView view, AggsEngine engine) {
    AggsEndpoint aggs = new AggsEndpoint(view, engine);
    SnapshotEndpoint snapshots = new SnapshotEndpoint(view);
    ReferenceEndpoint reference = new ReferenceEndpoint(view);
    OptionRows optionRows = new OptionRows(view);
    OptionEndpoint options = new OptionEndpoint(view, optionRows);
    UnifiedEndpoint unified = new UnifiedEndpoint(view, optionRows);
    TickEndpoint ticks = new TickEndpoint(view);
    IndicatorEndpoint indicators = new IndicatorEndpoint(view, engine);
    StatusEndpoint status = new StatusEndpoint(view.calendar());
    add("/v2/aggs/ticker/{t}/range/{m}/{timespan}/{from}/{to}", aggs::range);
    add("/v2/aggs/ticker/{t}/prev", aggs::previous);
    add("/v2/aggs/grouped/locale/us/market/stocks/{date}", aggs::grouped);
    add("/v2/snapshot/locale/us/markets/stocks/tickers", snapshots::many);
    add("/v2/snapshot/locale/us/markets/stocks/tickers/{t}", snapshots::one);
    add("/v3/reference/tickers", reference::tickers);
    add("/v3/reference/tickers/{t}", reference::ticker);
    add("/v3/reference/splits", reference::splits);
    add("/v3/reference/options/contracts", options::contracts);
    add("/v3/reference/options/contracts/{contract}", options::contract);
    add("/v3/snapshot", unified::all);
    add("/v3/snapshot/indices", unified::indices);
    add("/v3/snapshot/options/{underlying}", options::chain);
    add("/v3/snapshot/options/{underlying}/{contract}", options::one);
    add("/v3/trades/{t}", ticks::trades);
    add("/v3/quotes/{t}", ticks::quotes);
    add("/v2/last/nbbo/{t}", ticks::lastQuote);
    add("/v2/last/trade/{t}", ticks::lastTrade);
    add("/v1/indicators/{kind}/{t}", indicators::values);
    add("/v1/marketstatus/now", status::now);
    add("/v1/marketstatus/upcoming", status::upcoming);
  }

  private void add(String template, Function<Ask, Answer> handler) {
    routes.add(new Route(template, List.of(template.split("/", -1)), handler));
  }

  /** Returns the route of a raw path with its variable parts decoded. */
  Optional<Match> match(String path) {
    String[] parts = path.split("/", -1);
    for (Route route : routes) {
      Optional<Match> match = match(route, parts);
      if (match.isPresent()) {
        return match;
      }
    }
    return Optional.empty();
  }

  private static Optional<Match> match(Route route, String[] parts) {
    if (route.parts.size() != parts.length) {
      return Optional.empty();
    }
    List<String> variables = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      if (route.parts.get(i).startsWith("{")) {
        variables.add(decode(parts[i]));
      } else if (!route.parts.get(i).equals(parts[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(new Match(route, variables));
  }

  private static String decode(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadRequest("The path could not be decoded.");
    }
  }

  record Route(String template, List<String> parts, Function<Ask, Answer> handler) {}

  record Match(Route route, List<String> variables) {}
}
