package io.candlehub.simulator.tradier;

import io.candlehub.model.TradingCalendar;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.Listing;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.MarketView;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The two ways to find a security, the most traded first: search knows descriptions only, look-up symbols only. Contracts
 * are found by neither. Safe anywhere, may block.
 */
final class SecurityDocuments {
  private static final int AVERAGE_DAYS = 10;

  private final Market market;
  private final TradingCalendar calendar;

  SecurityDocuments(MarketView view) {
    this.market = view.market();
    this.calendar = view.calendar();
  }

  /** Answers {@code /markets/search}: descriptions with a keyword, of indices only if they are asked for. */
  JsonObject search(Request request) {
    String keyword = request.needed("q").toLowerCase(Locale.ROOT);
    boolean indexes = request.flag("indexes");
    return document(
        request,
        listing -> listing.name().toLowerCase(Locale.ROOT).contains(keyword)
            && (indexes || !type(listing).equals("index")));
  }

  /** Answers {@code /markets/lookup}: symbols that begin so, of the exchanges and types that are asked for. */
  JsonObject lookup(Request request) {
    String begin = request.text("q").toUpperCase(Locale.ROOT);
    Predicate<Listing> wanted =
        listing -> Symbols.symbol(listing.ticker()).toUpperCase(Locale.ROOT).startsWith(begin);
    if (!request.text("exchanges").isEmpty()) {
      List<String> exchanges = request.list("exchanges");
      wanted = wanted.and(listing -> exchanges.contains(exchange(listing)));
    }
    if (!request.text("types").isEmpty()) {
      List<String> types = request.list("types");
      wanted = wanted.and(listing -> types.contains(type(listing)));
    }
    return document(request, wanted);
  }

  private JsonObject document(Request request, Predicate<Listing> wanted) {
    LocalDate today = calendar.dateOf(request.nowMillis());
    Map<String, Double> volumes = new HashMap<>();
    List<Listing> found = Stream.concat(market.listings().stream(), market.indices().stream())
        .filter(wanted)
        .toList();
    found.forEach(listing -> volumes.put(listing.ticker(), volume(listing, today)));
    return Collapsed.document(
        "securities",
        "security",
        found.stream()
            .sorted(Comparator.comparingDouble(listing -> -volumes.get(listing.ticker())))
            .map(SecurityDocuments::row)
            .toList());
  }

  private double volume(Listing listing, LocalDate today) {
    Bars days = market.days(listing.ticker(), today.minusDays(AVERAGE_DAYS), today.minusDays(1));
    double volume = 0;
    for (int i = 0; i < days.size(); i++) {
      volume += days.volume(i);
    }
    return volume;
  }

  private static JsonObject row(Listing listing) {
    return new JsonObject()
        .put("symbol", Symbols.symbol(listing.ticker()))
        .put("exchange", exchange(listing))
        .put("type", type(listing))
        .put("description", listing.name());
  }

  private static String type(Listing listing) {
    return switch (listing.type()) {
      case "INDEX" -> "index";
      case "ETF" -> "etf";
      default -> "stock";
    };
  }

  private static String exchange(Listing listing) {
    return switch (listing.primaryExchange()) {
      case "XASE" -> "A";
      case "XNYS" -> "N";
      case "ARCX" -> "P";
      case "XNAS" -> "Q";
      case "BATS" -> "Z";
      default -> "";
    };
  }
}
