package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first provider answers with errors, then with nothing, then with what nobody can trust, then its streams die; the other
 * one carries on and is named with the reason on all that it tells. In the end the first one has everything back: the epoch
 * is the same, nothing came twice and nothing is missing.
 */
@Timeout(300)
class FailoverIT {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Duration LATER = Duration.ofMinutes(2);
  private static final long MINUTE = 60_000;
  private static final String WATCHED = "AAPL";

  /** Whether the first provider counts as unhealthy by then depends on how many questions failed. */
  private static final Set<String> FAILED = Set.of("error", "unhealthy");

  private static final List<String> MARKETS = List.of("stocks", "options", "indices");

  @TempDir
  Path folder;

  private HubProcess hub;
  private ClientProcess client;
  private ClientProcess chains;

  @BeforeAll
  static void needClients() {
    NodeClient.assumeInstalled();
  }

  @BeforeEach
  void connectClients() throws Exception {
    hub = HubProcess.start(
        folder, Map.of("simulator.speed", "20", "providers.order", "massive,tradier"));
    client = ClientProcess.socketIo(hub.url(), "SPY", "1m");
    chains = ClientProcess.chain(hub.url(), WATCHED, expiration(WATCHED), 2, "");
    await("snapshot")
        .atMost(SOON)
        .until(() -> client.bars("1m").size() > 300 && mode().equals("LIVE"));
    await("chain")
        .atMost(SOON)
        .until(() -> isToldBy("massive", Set.of("")) && isStreamed(Set.of("")));
  }

  @AfterEach
  void end() {
    Stream.of(client, chains).filter(each -> each != null).forEach(ClientProcess::close);
    if (hub != null) {
      hub.close();
    }
  }

  @Test
  void shouldCarryOnWithTheOtherProviderAndReturn() throws Exception {
    String epoch = chart().getJsonObject("stream").getString("epoch");
    long from = minuteOf(market()) - 5 * MINUTE;
    assertThat(health().getString("provider")).isEqualTo("massive");
    errors();
    nothing();
    poorData();
    poorStreams();
    await("all bars of the first provider").atMost(SOON).until(() -> mode().equals("LIVE"));
    deadStreams();

    long to = minuteOf(market()) - MINUTE;
    await("truth")
        .atMost(LATER)
        .untilAsserted(() -> assertThat(held(from, to)).isEqualTo(truth("SPY", from, to)));
    assertThat(chart().getJsonObject("stream").getString("epoch")).isEqualTo(epoch);
    assertThat(client.dump().getJsonArray("errors")).isEmpty();
    JsonObject counters = client.dump().getJsonObject("counters");
    assertThat(counters.getInteger("snapshots")).isEqualTo(1);
    assertThat(counters.getInteger("holes")).isZero();
    assertThat(counters.getInteger("duplicates")).isZero();
    for (JsonObject watch : watches()) {
      assertThat(watch.getJsonArray("faults")).isEmpty();
      assertThat(watch.getJsonArray("errors")).isEmpty();
    }
  }

  /** Status 500 everywhere: three in a row make it unhealthy, a probe healthy again. */
  private void errors() throws Exception {
    order("error");
    assertToldBy("tradier", FAILED, expirations("MSFT"));
    assertAnswers("MSFT", FAILED);
    assertFinds("XLK");
    assertFinds("Technology Fund");
    JsonObject bars = aggs("MSFT");
    assertThat(bars.getJsonArray("bars")).hasSizeGreaterThan(20);
    assertThat(bars.getJsonObject("health").getString("mode")).isEqualTo("DEGRADED");
    assertThat(bars.getJsonObject("health").getString("reason"))
        .matches("bars come from tradier \\((error|unhealthy)\\)");
    await("unhealthy")
        .atMost(SOON)
        .until(() -> !account("massive").getBoolean("healthy")
            && account("massive").getInteger("errorsInARow") >= 3);
    assertThat(account("massive").getString("lastError")).isEqualTo("PROVIDER_ERROR");
    assertThat(account("tradier").getBoolean("healthy")).isTrue();
    assertThat(hub.json("/health/feeds").getString("status")).isEqualTo("degraded");
    assertThat(hub.metric("candlehub_ingest_healthy", "provider=\"massive\"")).isZero();
    await("chain").atMost(SOON).until(() -> isToldBy("tradier", FAILED));
    await("reasons").atMost(SOON).until(() -> fallbacks("error") > 0 && fallbacks("unhealthy") > 0);

    hub.faults();
    await("healthy").atMost(SOON).until(() -> account("massive").getBoolean("healthy"));
    assertThat(hub.metric("candlehub_ingest_healthy", "provider=\"massive\"")).isEqualTo(1);
    await("chain").atMost(SOON).until(() -> isToldBy("massive", Set.of("")));
    long to = minuteOf(market()) - 2 * MINUTE;
    await("bars").atMost(SOON).untilAsserted(() -> {
      JsonObject again = aggs("MSFT");
      assertThat(again.getJsonObject("health").getString("mode")).isEqualTo("LIVE");
      assertThat(rows(again, to - 30 * MINUTE, to)).isEqualTo(truth("MSFT", to - 30 * MINUTE, to));
    });
  }

  /** Answers without content are no errors. */
  private void nothing() throws Exception {
    Set<String> reasons = Set.of("empty");
    order("empty");
    assertToldBy("tradier", reasons, expirations("AMZN"));
    assertAnswers("AMZN", reasons);
    assertThat(aggs("AMZN").getJsonObject("health").getString("reason"))
        .isEqualTo("bars come from tradier (empty)");
    await("chain").atMost(SOON).until(() -> isToldBy("tradier", reasons));
    assertThat(account("massive").getBoolean("healthy")).isTrue();
    assertThat(fallbacks("empty")).isPositive();
    hub.faults();
  }

  /** Quotes crossed, greeks and volatilities left out. */
  private void poorData() throws Exception {
    Set<String> reasons = Set.of("low-confidence");
    hub.faults(faults("poor", fault -> fault.put("path", "/v3/snapshot")));
    assertToldBy("massive", Set.of(""), expirations("META"));
    assertAnswers("META", reasons);
    await("chain").atMost(SOON).until(() -> isToldBy("tradier", reasons));
    assertThat(account("massive").getBoolean("healthy")).isTrue();
    assertThat(fallbacks("low-confidence")).isPositive();
    hub.faults();
    await("chain").atMost(SOON).until(() -> isToldBy("massive", Set.of("")));
  }

  /** The streams are up and tell crossed quotes: those go, all else stays. */
  private void poorStreams() throws Exception {
    Set<String> reasons = Set.of("low-confidence");
    order("poor");
    await("its option quotes").atMost(SOON).until(() -> isStreamed(Set.of("tradier"), reasons));
    await("its quotes").atMost(SOON).until(() -> quoteReason().equals("low-confidence"));
    await("right ones").atMost(SOON).until(() -> {
      JsonObject quote = hub.json("/api/market/quotes/SPY");
      String source = quote.getJsonObject("quality").getString("source");
      return quote.getDouble("ask") >= quote.getDouble("bid")
          && Set.of("tradier", "hybrid").contains(source);
    });
    await("reason")
        .atMost(SOON)
        .until(() -> health().getString("reason", "").contains("massive are not to be trusted"));
    assertThat(health().getString("provider")).isEqualTo("massive");
    JsonObject page = hub.json("/health/feeds");
    assertThat(page.getString("status")).isEqualTo("degraded");
    assertThat(ClientProcess.list(page.getJsonArray("feeds")))
        .filteredOn(feed -> Set.of("stocks", "options").contains(feed.getString("market")))
        .hasSize(2)
        .allMatch(feed -> feed.getString("reason").contains("massive are not to be trusted"));
    assertThat(hub.metric("candlehub_ingest_quotes_distrusted_total", "provider=\"massive\""))
        .isEqualTo(2);

    hub.faults();
    await("its option quotes").atMost(LATER).until(() -> isStreamed(Set.of("massive"), Set.of("")));
    await("its quotes").atMost(LATER).until(() -> quoteReason().isEmpty());
    assertToldBy("massive", Set.of(""), hub.json("/api/market/quotes/SPY"));
    assertThat(hub.metric("candlehub_ingest_quotes_distrusted_total", "provider=\"tradier\""))
        .isZero();
  }

  private String quoteReason() throws Exception {
    return hub.json("/api/market/quotes/SPY")
        .getJsonObject("quality")
        .getString("fallbackReason", "");
  }

  /** The streams break and stay away longer than they may. */
  private void deadStreams() throws Exception {
    hub.faults(faults("disconnect", fault -> fault.put("seconds", 15)));
    await("the other provider")
        .atMost(SOON)
        .until(() -> health().getString("reason", "").contains("tradier takes its place"));
    assertThat(mode()).isEqualTo("DEGRADED");
    assertThat(health().getString("provider")).isEqualTo("tradier");
    await("its trades").atMost(SOON).until(() -> health().getString("source").equals("ws"));
    long moved = market();
    JsonObject page = hub.json("/health/feeds");
    assertThat(page.getString("status")).isEqualTo("degraded");
    assertThat(ClientProcess.list(page.getJsonArray("feeds")))
        .filteredOn(feed -> feed.getString("market").equals("stocks"))
        .allMatch(feed -> feed.getString("provider").equals("tradier"));
    assertThat(account("massive").getJsonObject("streams").getString("stocks"))
        .isNotEqualTo("streaming");
    assertThat(account("tradier").getJsonObject("streams").getString("stocks"))
        .isEqualTo("streaming");
    int quotes = client.dump().getInteger("quotes");
    await("bars of its trades")
        .atMost(SOON)
        .until(() -> client.bars("1m").stream()
            .anyMatch(bar -> bar.getLong("t") > moved && bar.getString("state").equals("final")));
    await("its quotes").atMost(SOON).until(() -> client.dump().getInteger("quotes") > quotes);
    assertToldBy("tradier", FAILED, hub.json("/api/market/quotes/SPY"));
    double traded = await("its volume").atMost(SOON).until(this::volume, known -> known > 0);
    await("its volume goes on").atMost(SOON).until(() -> volume() > traded);
    await("its option quotes").atMost(SOON).until(() -> isStreamed(FAILED));
    assertThat(hub.metric("candlehub_ingest_streams_taken_total", "provider=\"tradier\""))
        .isPositive();

    await("the first provider again")
        .atMost(LATER)
        .until(() -> mode().equals("LIVE") && health().getString("provider").equals("massive"));
    await("its option quotes").atMost(SOON).until(() -> isStreamed(Set.of("")));
    assertToldBy("massive", Set.of(""), hub.json("/api/market/quotes/SPY"));
  }

  /** Returns the day's volume as quotes tell it now; 0 while it is withheld. */
  private double volume() throws Exception {
    return hub.json("/api/market/quotes/SPY").getDouble("volume", 0.0);
  }

  private void order(String kind) throws Exception {
    hub.faults(faults(kind, fault -> fault));
  }

  /** A fault of the first provider in all its markets. */
  private static JsonObject[] faults(String kind, UnaryOperator<JsonObject> more) {
    return MARKETS.stream()
        .map(market -> more.apply(new JsonObject().put("kind", kind).put("market", market)))
        .toArray(JsonObject[]::new);
  }

  /** Asks for what was not asked before. */
  private void assertAnswers(String symbol, Set<String> reasons) throws Exception {
    JsonObject chain =
        hub.json("/api/market/options/chain/" + symbol + "?expiration=" + expiration(symbol));
    assertToldBy("tradier", reasons, chain);
    List<JsonObject> legs = new ArrayList<>();
    for (JsonObject date : ClientProcess.list(chain.getJsonArray("expirations"))) {
      for (JsonObject strike : ClientProcess.list(date.getJsonArray("strikes"))) {
        Stream.of("call", "put")
            .filter(strike::containsKey)
            .forEach(right -> legs.add(strike.getJsonObject(right)));
      }
    }
    assertThat(legs).hasSizeGreaterThan(20);
    for (JsonObject leg : legs) {
      assertToldBy("tradier", reasons, leg);
    }
    String contract = legs.get(legs.size() / 2).getString("symbol");
    assertToldBy("tradier", reasons, hub.json("/api/market/options/contracts/" + contract));
    JsonObject cards = hub.json("/api/market/watchlist?tickers=" + symbol);
    assertToldBy("tradier", reasons, cards.getJsonArray("cards").getJsonObject(0));
  }

  /** Asks for a symbol or a name that one instrument alone has. */
  private void assertFinds(String query) throws Exception {
    JsonObject found = ClientProcess.list(
            hub.json("/api/market/symbols?query=" + query.replace(" ", "%20"))
                .getJsonArray("symbols"))
        .get(0);
    assertThat(found.getString("symbol")).isEqualTo("XLK");
    assertThat(found.getString("source")).isEqualTo("tradier");
    assertThat(found.getString("fallbackReason")).isIn(FAILED);
  }

  private static void assertToldBy(String provider, Set<String> reasons, JsonObject datum) {
    JsonObject quality = datum.getJsonObject("quality");
    assertThat(quality.getString("source")).as(quality.encode()).isEqualTo(provider);
    assertThat(quality.getString("fallbackReason", "")).isIn(reasons);
  }

  private JsonObject expirations(String symbol) throws Exception {
    return hub.json("/api/market/options/expirations/" + symbol);
  }

  private String expiration(String symbol) throws Exception {
    return expirations(symbol).getJsonArray("expirations").getString(0);
  }

  private JsonObject aggs(String symbol) throws Exception {
    return hub.json("/api/market/aggs?timeframe=1m&ticker=" + symbol);
  }

  private List<JsonObject> watches() throws Exception {
    return ClientProcess.list(chains.dump().getJsonArray("watches"));
  }

  private static List<JsonObject> legs(JsonObject watch) {
    return ClientProcess.list(watch.getJsonArray("legs"));
  }

  /**
   * Returns true if a provider has told nearly all snapshots that viewers hold, for one of these reasons. Few contracts have
   * no newer values for long.
   */
  private boolean isToldBy(String provider, Set<String> reasons) throws Exception {
    return watches().stream().allMatch(watch -> {
      List<JsonObject> legs = legs(watch);
      long told = legs.stream()
          .map(leg -> leg.getJsonObject("quality"))
          .filter(quality -> reasons.contains(quality.getString("fallbackReason", "")))
          .filter(quality -> Set.of(provider, "hybrid").contains(quality.getString("source")))
          .count();
      return told > 0 && told >= 0.8 * legs.size();
    });
  }

  /** Returns true if viewers hold streamed quotes that say so. */
  private boolean isStreamed(Set<String> reasons) throws Exception {
    return isStreamed(Set.of("massive", "tradier", "hybrid"), reasons);
  }

  private boolean isStreamed(Set<String> sources, Set<String> reasons) throws Exception {
    return watches().stream()
        .allMatch(watch -> legs(watch).stream()
            .filter(leg -> leg.getBoolean("live"))
            .map(leg -> leg.getJsonObject("quality"))
            .filter(quality -> sources.contains(quality.getString("source")))
            .map(quality -> quality.getString("fallbackReason", ""))
            .anyMatch(reasons::contains));
  }

  private JsonObject account(String id) throws Exception {
    return ClientProcess.list(hub.json("/health/feeds").getJsonArray("providers")).stream()
        .filter(account -> account.getString("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  private double fallbacks(String reason) throws Exception {
    return hub.metric(
        "candlehub_ingest_fallbacks_total", "provider=\"tradier\",reason=\"" + reason + "\"");
  }

  private long market() throws Exception {
    return hub.exchange("/sim/clock").getLong("marketMillis");
  }

  private static long minuteOf(long millis) {
    return millis - millis % MINUTE;
  }

  private List<String> truth(String symbol, long from, long to) throws Exception {
    return rows(
        hub.exchange("/sim/truth?ticker=" + symbol + "&timespan=minute&multiplier=1&from=" + from
            + "&to=" + to),
        from,
        to);
  }

  private List<String> held(long from, long to) throws Exception {
    return rows(chart(), from, to);
  }

  private static List<String> rows(JsonObject chart, long from, long to) {
    return ClientProcess.list(chart.getJsonArray("bars")).stream()
        .filter(bar -> bar.getLong("t") >= from && bar.getLong("t") <= to)
        .map(FlatFile.Row::values)
        .toList();
  }

  private JsonObject chart() throws Exception {
    return client.dump().getJsonObject("charts").getJsonObject("1m");
  }

  private JsonObject health() throws Exception {
    return chart().getJsonObject("health");
  }

  private String mode() throws Exception {
    return health().getString("mode");
  }
}
