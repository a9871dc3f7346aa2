package io.candlehub.hub;

import io.candlehub.bus.ChartedBars;
import io.candlehub.model.AssetClass;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketClock;
import io.candlehub.model.MarketDescriptor;
import io.candlehub.model.SessionInfo;
import io.candlehub.model.SessionPhase;
import io.candlehub.model.StreamKey;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.model.feed.FeedStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What provider, calendar and clock say about the market. Confined to the hub's event loop. */
final class MarketState {
  private final MarketClock clock;
  private final MarketDescriptor market;
  private final TradingCalendar calendar;
  private final FeedBoard feeds;
  private final ProviderStatus provider;

  MarketState(
      MarketClock clock,
      MarketDescriptor market,
      TradingCalendar calendar,
      FeedBoard feeds,
      ProviderStatus provider) {
    this.provider = provider;
    this.clock = clock;
    this.market = market;
    this.calendar = calendar;
    this.feeds = feeds;
  }

  SessionPhase phase() {
    return provider.phase(calendar.phaseAt(clock.millis()));
  }

  /** Returns the phase of what an instrument trades on; the provider is asked for the stock exchanges only. */
  SessionPhase phase(Instrument instrument) {
    return instrument.assetClass() == AssetClass.EQUITY
        ? phase()
        : TradingCalendar.of(instrument).phaseAt(clock.millis());
  }

  /** Begins to ask the provider. */
  void start() {
    provider.start(calendar::phaseAt);
  }

  void stop() {
    provider.stop();
  }

  /**
   * Returns what the clock says about a chart.
   *
   * @param newestBarMillis start of its newest bar, if it has one
   * @param problem what keeps it from being up to date, empty if nothing does
   */
  SessionInfo session(StreamKey key, OptionalLong newestBarMillis, String problem) {
    Instrument traded = ChartedBars.of(key).instrument();
    TradingCalendar sessions = TradingCalendar.of(traded);
    LocalDate today = sessions.dateOf(clock.millis());
    SessionPhase phase = phase(traded);
    boolean last = newestBarMillis.isPresent()
        && sessions.dateOf(newestBarMillis.getAsLong()).isBefore(today);
    return new SessionInfo(
        phase == SessionPhase.CLOSED,
        phase == SessionPhase.PRE || phase == SessionPhase.POST,
        last && key.timeframe().isIntraday(),
        key.timeframe().wireName(),
        (barsOf(key, traded) + (problem.isEmpty() ? note(sessions.day(today)) : problem)).trim());
  }

  private static String barsOf(StreamKey key, Instrument traded) {
    return key.instrument().equals(traded)
        ? ""
        : "Intraday bars are those of " + traded.symbol() + ", the underlying. ";
  }

  private String note(Optional<TradingDay> today) {
    return today
        .filter(TradingDay::earlyClose)
        .map(day -> "The exchange closes early today, at "
            + Instant.ofEpochMilli(day.closeMillis()).atZone(calendar.zone()).toLocalTime()
            + " New York.")
        .orElse("");
  }

  /** Returns the body of the status command and stream. */
  JsonObject status() {
    long now = clock.millis();
    LocalDate today = calendar.dateOf(now);
    JsonObject status = new JsonObject()
        .put("market", phase().wireName())
        .put("marketTime", time(now))
        .put("marketMillis", now)
        .put("speed", clock.speed())
        .put("simulated", market.isSimulated())
        .put("mode", market.mode().wireName())
        .put("marketId", market.marketId())
        .put("provider", market.provider());
    calendar.day(today).ifPresent(day -> status.put("session", session(day)));
    if (phase() == SessionPhase.CLOSED) {
      TradingDay next = calendar
          .day(today)
          .filter(day -> now < day.preOpenMillis())
          .orElseGet(() -> calendar.next(today));
      status.put("nextOpen", time(next.openMillis()));
    }
    return status.put("feeds", feedsJson());
  }

  private JsonObject session(TradingDay day) {
    return new JsonObject()
        .put("date", day.date().toString())
        .put("preOpen", time(day.preOpenMillis()))
        .put("open", time(day.openMillis()))
        .put("close", time(day.closeMillis()))
        .put("postClose", time(day.postCloseMillis()))
        .put("earlyClose", day.earlyClose());
  }

  private String time(long millis) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        Instant.ofEpochMilli(millis).atZone(calendar.zone()));
  }

  private JsonArray feedsJson() {
    JsonArray all = new JsonArray();
    feeds.all().forEach(status -> all.add(feed(status)));
    return all;
  }

  /** Returns one connection's state for clients. */
  static JsonObject feed(FeedStatus status) {
    JsonObject json = new JsonObject()
        .put("provider", status.provider())
        .put("market", status.market())
        .put("state", status.state().name().toLowerCase(Locale.ROOT))
        .put("delayMs", status.delayMillis());
    return status.reason().isEmpty() ? json : json.put("reason", status.reason());
  }
}
