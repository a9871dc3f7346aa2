package io.candlehub.ingest.provider.tradier;

import io.candlehub.bus.Failure;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.ingest.ProviderContext;
import io.candlehub.model.MarketClock;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * Bars of minutes ("time and sales") and days ("historical pricing", page "Market data"). Minutes of all sessions are kept
 * for ten days: what lies before is not known, which is another thing than that nothing traded. Confined to one event
 * loop.
 */
final class TradierHistory {
  private static final int KEPT_DAYS = 10;
  private static final long MINUTE_MILLIS = 60_000;
  private static final long AHEAD_MILLIS = Duration.ofDays(1).toMillis();
  private static final ZoneId NEW_YORK = TradingCalendar.nyse().zone();
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  private final TradierRest rest;
  private final MarketClock clock;
  private final FeedMeters meters;
  private final TradingCalendar calendar = TradingCalendar.nyse();

  TradierHistory(TradierRest rest, ProviderContext context) {
    this.rest = rest;
    this.clock = context.marketClock();
    this.meters = context.meters();
  }

  Future<History> history(HistoryQuery query, Errand errand) {
    return query.unit() == HistoryUnit.DAY ? days(query, errand) : minutes(query, errand);
  }

  private Future<History> minutes(HistoryQuery query, Errand errand) {
    LocalDate firstKept = calendar.dateOf(clock.millis()).minusDays(KEPT_DAYS);
    if (query.fromMillis() < calendar.startOf(firstKept)) {
      return Future.failedFuture(
          Failure.UNSUPPORTED.because("the provider keeps minutes for ten days only"));
    }
    String range = "&interval=1min&start=" + minute(query.fromMillis()) + "&end="
        + minute(lastMillis(query) + MINUTE_MILLIS) + "&session_filter=all";
    return bars("/markets/timesales", "timesales", "series.data", range, query, errand);
  }

  private Future<History> days(HistoryQuery query, Errand errand) {
    String range = "&interval=daily&start=" + calendar.dateOf(query.fromMillis()) + "&end="
        + calendar.dateOf(lastMillis(query));
    return bars("/markets/history", "history", "history.day", range, query, errand);
  }

  private Future<History> bars(
      String path, String endpoint, String list, String range, HistoryQuery query, Errand errand) {
    BarRows rows = new BarRows(query, meters);
    String symbol = TradierSymbols.write(query.instrument()).orElseThrow();
    return rest.get(
            rest.request(
                path + "?symbol=" + TradierRest.encode(symbol) + range,
                endpoint,
                query.instrument().symbol(),
                new TradierRest.Bars(query.unit().wireName() + "/1", errand)),
            new DocumentReader(meters, Map.of(list, rows::add)))
        .map(askedAtMillis -> new History(rows.block(), askedAtMillis));
  }

  /** Nothing is known of the future, and the provider's years have four digits. */
  private long lastMillis(HistoryQuery query) {
    return Math.max(query.fromMillis(), Math.min(query.toMillis(), clock.millis() + AHEAD_MILLIS));
  }

  /** Returns a minute as the provider wants it: New York's time, without a zone. */
  static String minute(long millis) {
    return TradierRest.encode(Instant.ofEpochMilli(millis).atZone(NEW_YORK).format(MINUTE));
  }
}
