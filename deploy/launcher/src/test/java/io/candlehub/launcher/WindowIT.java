package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.candlehub.model.Instrument;
import io.candlehub.model.OptionContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The underlying moves through 20 strikes in a minute of the market while clients look at an expiration and one of them has
 * selected a contract far away. The provider's socket never carries more contracts than the budget, which is exactly the
 * window and the selection, and nothing is told as live that is not.
 */
@Timeout(180)
class WindowIT {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final String UNDERLYING = "SPY";
  private static final int EACH_SIDE = 10;
  private static final int WINDOW = 2 * (2 * EACH_SIDE + 1);
  private static final int BUDGET = WINDOW + 1;
  private static final int TOPICS_EACH = 2;
  private static final int STRIKES = 20;
  private static final long MINUTE = 60_000;
  private static final long SETTLED = 5_000;
  private static final int CLIENTS = 3;
  private static final double RELUCTANCE = 0.6;

  /** Five seconds of life: a live value may be so far behind the exchange, which a busy machine may need. */
  private static final long GRACE = 20_000;

  @TempDir
  Path folder;

  private final List<String> wrongs = new ArrayList<>();
  private HubProcess hub;
  private ClientProcess clients;
  private String expiration = "";
  private String selected = "";
  private double[] strikes = {};
  private int most;
  private int liveChecked;

  @BeforeAll
  static void needClients() {
    NodeClient.assumeInstalled();
  }

  @BeforeEach
  void lookAtTheNearestExpiration() throws Exception {
    hub = HubProcess.start(
        folder,
        Map.of(
            "simulator.speed",
            "4",
            "chain.window-strikes",
            Integer.toString(EACH_SIDE),
            "limits.provider-topics",
            Integer.toString(BUDGET)));
    expiration = hub.json("/api/market/options/expirations/" + UNDERLYING)
        .getJsonArray("expirations")
        .getString(0);
    JsonObject truth = chain(Long.MAX_VALUE);
    strikes = ClientProcess.list(truth.getJsonArray("contracts")).stream()
        .mapToDouble(contract -> contract.getDouble("strike"))
        .sorted()
        .distinct()
        .toArray();
    double far = strikes[nearest(truth.getDouble("spot")) - 3 * EACH_SIDE];
    selected = ClientProcess.list(truth.getJsonArray("contracts")).stream()
        .filter(contract -> contract.getDouble("strike") == far)
        .map(contract -> contract.getString("ticker"))
        .findFirst()
        .orElseThrow();
    clients = ClientProcess.chain(hub.url(), UNDERLYING, expiration, CLIENTS, selected);
    await("window").atMost(SOON).until(() -> watches("dump").stream().allMatch(this::isLive));
  }

  @AfterEach
  void end() {
    if (clients != null) {
      clients.close();
    }
    if (hub != null) {
      hub.close();
    }
  }

  private boolean isLive(JsonObject watch) {
    return watch.getJsonArray("window").size() == BUDGET && live(watch).size() >= WINDOW / 2;
  }

  @Test
  void shouldFollowTheSpotWithinTheBudget() throws Exception {
    JsonObject before = chain(Long.MAX_VALUE);
    double start = before.getDouble("spot");
    double gap = strikes[nearest(start) + 1] - strikes[nearest(start)];
    hub.faults(new JsonObject()
        .put("kind", "drift")
        .put("symbol", UNDERLYING)
        .put("percent", 100 * (STRIKES + 1) * gap / start)
        .put("marketSeconds", MINUTE / 1_000));
    long over = before.getLong("marketMillis") + MINUTE + SETTLED;
    await("a minute")
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(250))
        .until(() -> lookedAt() > over);
    await("window around the spot, and the selection").atMost(SOON).untilAsserted(() -> {
      Set<String> streamed = streamed();
      assertThat(streamed).contains(selected).isIn(expected(selected));
      assertThat(watches("dump")).allMatch(watch -> window(watch).equals(streamed));
    });

    assertThat(chain(Long.MAX_VALUE).getDouble("spot") - start).isGreaterThan(STRIKES * gap);
    assertThat(wrongs).isEmpty();
    assertThat(liveChecked).isGreaterThan(WINDOW * CLIENTS);
    for (JsonObject watch : watches("dump")) {
      assertThat(watch.getJsonArray("faults")).isEmpty();
      assertThat(watch.getJsonArray("errors")).isEmpty();
      assertThat(watch.getInteger("widest")).isEqualTo(BUDGET);
      assertThat(watch.getInteger("windows")).isGreaterThan(STRIKES / 2);
    }
    assertThat(connection("peakTopics")).isLessThanOrEqualTo(TOPICS_EACH * BUDGET);
    System.out.println("window drill: contracts at the provider at most " + most + " of " + BUDGET
        + ", topics at most " + connection("peakTopics") + ", live values checked " + liveChecked);
    letGo();
  }

  /** Who selected goes, then all look away. */
  private void letGo() throws Exception {
    watches("leave");
    await("no selection")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(streamed()).hasSize(WINDOW).isIn(expected("")));
    watches("unfocus");
    await("nothing").atMost(SOON).untilAsserted(() -> assertThat(streamed()).isEmpty());
  }

  /** Looks at provider and clients and returns the market time before it. */
  private long lookedAt() throws Exception {
    Set<String> streamed = streamed();
    most = Math.max(most, streamed.size());
    if (streamed.size() > BUDGET) {
      wrongs.add(streamed.size() + " contracts at the provider");
    }
    long now = hub.exchange("/sim/clock").getLong("marketMillis");
    List<JsonObject> watches = watches("dump");
    Map<String, JsonObject> truth = new HashMap<>();
    ClientProcess.list(chain(now - GRACE).getJsonArray("contracts"))
        .forEach(contract -> truth.put(contract.getString("ticker"), contract));
    watches.forEach(watch -> live(watch)
        .forEach((symbol, leg) -> judge(leg, truth.getOrDefault(symbol, new JsonObject()))));
    return now;
  }

  /** A live value is the exchange's newest quote, or was moments ago. */
  private void judge(JsonObject leg, JsonObject quote) {
    liveChecked++;
    long told = leg.getJsonObject("quality").getLong("updatedAt");
    long known = quote.getLong("quoteMillis", 0L);
    boolean same = leg.getDouble("bid", 0.0).equals(quote.getDouble("bid", 0.0))
        && leg.getDouble("ask", 0.0).equals(quote.getDouble("ask", 0.0));
    if (told < known || (told == known && !same)) {
      wrongs.add("live " + leg.encode() + " although " + quote.encode());
    }
  }

  private List<JsonObject> watches(String command) throws Exception {
    return ClientProcess.list(clients.tell(command).getJsonArray("watches"));
  }

  private static Map<String, JsonObject> live(JsonObject watch) {
    return ClientProcess.list(watch.getJsonArray("legs")).stream()
        .filter(leg -> leg.getBoolean("live"))
        .collect(Collectors.toMap(leg -> leg.getString("symbol"), leg -> leg));
  }

  private static Set<String> window(JsonObject watch) {
    return texts(watch.getJsonArray("window"));
  }

  private static Set<String> texts(JsonArray list) {
    return list.stream().map(String.class::cast).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the contracts of which the provider's socket carries anything. */
  private Set<String> streamed() throws Exception {
    JsonArray topics =
        hub.exchange("/sim/stats").getJsonObject("topics").getJsonArray("options", new JsonArray());
    return texts(topics).stream()
        .map(topic -> topic.substring(topic.indexOf('.') + 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private int connection(String figure) throws Exception {
    return hub.exchange("/sim/stats")
        .getJsonObject("connections")
        .getJsonObject("options")
        .getInteger(figure);
  }

  private JsonObject chain(long asOf) throws Exception {
    return hub.exchange(
        "/sim/chain?underlying=" + UNDERLYING + "&expiration=" + expiration + "&asOf=" + asOf);
  }

  /** Returns what may be streamed now: a window moves when the spot is more than 0.6 of a gap away from its middle. */
  private List<Set<String>> expected(String besides) throws Exception {
    double spot = chain(Long.MAX_VALUE).getDouble("spot");
    Set<String> all = watches("dump").stream()
        .flatMap(watch -> ClientProcess.list(watch.getJsonArray("legs")).stream())
        .map(leg -> leg.getString("symbol"))
        .collect(Collectors.toCollection(TreeSet::new));
    List<Set<String>> windows = new ArrayList<>();
    int nearest = nearest(spot);
    for (int at = nearest - 1; at <= nearest + 1; at++) {
      double gap =
          spot > strikes[at] ? strikes[at + 1] - strikes[at] : strikes[at] - strikes[at - 1];
      if (Math.abs(spot - strikes[at]) <= RELUCTANCE * gap) {
        double low = strikes[at - EACH_SIDE];
        double high = strikes[at + EACH_SIDE];
        windows.add(all.stream()
            .filter(symbol ->
                symbol.equals(besides) || (strike(symbol) >= low && strike(symbol) <= high))
            .collect(Collectors.toCollection(TreeSet::new)));
      }
    }
    return windows;
  }

  private static double strike(String symbol) {
    return OptionContract.of(Instrument.of(symbol)).orElseThrow().strike();
  }

  private int nearest(double price) {
    int best = 0;
    for (int i = 1; i < strikes.length; i++) {
      if (Math.abs(strikes[i] - price) < Math.abs(strikes[best] - price)) {
        best = i;
      }
    }
    return best;
  }
}
