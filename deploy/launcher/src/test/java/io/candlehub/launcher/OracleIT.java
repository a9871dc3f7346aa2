package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A session with seeded faults: at every probe no bar is invented, no minute is called what it was not, and 16 market
 * minutes after the last fault every chart is what truly happened. With a second provider the first one's stream also dies for
 * so long that the other one's takes its place.
 *
 * <p>System properties: {@code candlehub.oracle.seeds} (a list), {@code candlehub.oracle.faults}, {@code
 * candlehub.oracle.minutes} of market time in which faults begin, and both with {@code both-} for two providers.
 */
@Timeout(1_200)
class OracleIT {
  private static final List<String> SYMBOLS =
      List.of("SPY", "AAPL", "MSFT", "BRK.B", "SEB", "EDEN");
  private static final String HALTED = "MSFT";
  private static final Map<String, Long> CHARTS = charts();
  private static final long MINUTE = 60_000;
  private static final int HALT_MINUTES = 11;
  private static final double FAST = 60;
  private static final double CALMER = 30;
  private static final double SLOW = 10;
  private static final long LAST = 3 * MINUTE;
  private static final Duration SOON = Duration.ofSeconds(60);

  /** A quarter of an hour in which bars may be corrected, and another one until they are compared with the history. */
  private static final long UNTIL_COMPARED = 31 * MINUTE;

  /** So fast a market leaves no time to the clock by which minutes built from trades are final. */
  private static final String CONFIRM_DELAY_SECONDS = "60";

  private static final String TAKEN_OVER =
      "candlehub_ingest_streams_taken_total\\{[^}]*provider=\"tradier\"[^}]*}";

  @TempDir
  Path folder;

  private HubProcess hub;
  private final Map<String, ClientProcess> clients = new LinkedHashMap<>();
  private final Map<String, Oracle> oracles = new LinkedHashMap<>();
  private long begin;
  private int probes;

  private static Map<String, Long> charts() {
    Map<String, Long> charts = new LinkedHashMap<>();
    charts.put("1m", MINUTE);
    charts.put("5m", 5 * MINUTE);
    charts.put("15m", 15 * MINUTE);
    charts.put("1h", 60 * MINUTE);
    charts.put("5m:regular", 5 * MINUTE);
    return charts;
  }

  /** One session: its seed, and whether there are accounts of both providers. */
  private record Session(long seed, boolean both) {
    FaultSchedule schedule() {
      String counts = "candlehub.oracle." + (both ? "both-" : "");
      int count = Integer.getInteger(counts + "faults", 40);
      long length = Integer.getInteger(counts + "minutes", 50) * MINUTE;
      FaultSchedule drawn = FaultSchedule.of(seed, count, length);
      return both ? drawn.withDeaths(length) : drawn;
    }

    Map<String, String> settings() {
      String number = Long.toString(seed);
      return both
          ? Map.of(
              "simulator.seed", number,
              "providers.order", "massive,tradier",
              "candle.confirm-delay", CONFIRM_DELAY_SECONDS,
              "simulator.tradier-requests-per-minute", "100000",
              "tradier.requests-per-minute", "0")
          : Map.of("simulator.seed", number);
    }
  }

  static Stream<Session> sessions() {
    List<Long> seeds = Arrays.stream(
            System.getProperty("candlehub.oracle.seeds", "7").split(",", -1))
        .map(Long::parseLong)
        .toList();
    return Stream.of(false, true)
        .flatMap(both -> seeds.stream().map(seed -> new Session(seed, both)));
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void shouldEndWithTheTruthAndNeverLieOnTheWay(Session session) throws Exception {
    FaultSchedule schedule = session.schedule();
    hub = HubProcess.start(folder, session.settings());
    try {
      watch(schedule);
      hub.setClock(new JsonObject().put("speed", FAST));
      hit(schedule);
      long until = begin + schedule.endMillis() + 16 * MINUTE;
      probeUntil(until - LAST, session.both ? FAST : CALMER);
      probeUntil(until, SLOW);
      judgeEnd(session, schedule);
    } finally {
      clients.values().forEach(ClientProcess::close);
      hub.close();
    }
  }

  private long now() throws Exception {
    return hub.exchange("/sim/clock").getLong("marketMillis");
  }

  private void watch(FaultSchedule schedule) throws Exception {
    begin = now() / MINUTE * MINUTE;
    for (String symbol : SYMBOLS) {
      clients.put(
          symbol,
          ClientProcess.socketIo(hub.url(), symbol, CHARTS.keySet().toArray(String[]::new)));
      oracles.put(
          symbol, new Oracle(hub, symbol, begin, schedule.blinds(0, HALT_MINUTES * MINUTE)));
    }
    for (ClientProcess client : clients.values()) {
      await("charts")
          .atMost(SOON)
          .until(() -> client.dump().getJsonObject("charts").size() == CHARTS.size());
    }
    JsonObject halt = new JsonObject()
        .put("kind", "halt")
        .put("symbol", HALTED)
        .put("marketSeconds", HALT_MINUTES * 60);
    hub.faults(halt);
  }

  private void hit(FaultSchedule schedule) throws Exception {
    for (FaultSchedule.Hit next : schedule.hits()) {
      while (now() < begin + next.atMillis()) {
        probe(begin + next.atMillis());
      }
      hub.faults(next.fault());
    }
    while (now() < begin + schedule.endMillis()) {
      probe(begin + schedule.endMillis());
    }
  }

  private void probeUntil(long until, double speed) throws Exception {
    hub.setClock(new JsonObject().put("speed", speed));
    while (now() < until) {
      probe(Math.min(until, now() + 2 * MINUTE));
    }
  }

  /** Judges one symbol's charts, then waits for an instant of market time, but not for long. */
  private void probe(long until) throws Exception {
    String symbol = SYMBOLS.get(probes++ % SYMBOLS.size());
    Oracle oracle = oracles.get(symbol);
    long heard = now();
    JsonObject held = clients.get(symbol).dump().getJsonObject("charts").getJsonObject("1m");
    JsonObject read = rest(symbol, "1m");
    JsonObject truth = oracle.learn(begin, now());
    oracle.judge("client", held, begin, heard, truth);
    oracle.judge("REST", read, begin, heard, truth);
    oracle.judgeLiving();
    long soon = Math.min(until, heard + 4 * MINUTE);
    await("market time")
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> now() >= soon);
  }

  private JsonObject rest(String symbol, String chart) throws Exception {
    String[] parts = chart.split(":", -1);
    String mode = parts.length > 1 ? "&sessionMode=" + parts[1] : "";
    return hub.json(
        "/api/market/aggs?limit=50000&ticker=" + symbol + "&timeframe=" + parts[0] + mode);
  }

  private void judgeEnd(Session session, FaultSchedule schedule) throws Exception {
    List<String> wrongs = new ArrayList<>();
    for (String symbol : SYMBOLS) {
      Oracle oracle = oracles.get(symbol);
      for (Map.Entry<String, Long> chart : CHARTS.entrySet()) {
        String name = chart.getKey();
        Optional<List<String>> differing = Optional.empty();
        for (int attempt = 0; attempt < 3 && differing.map(List::size).orElse(1) > 0; attempt++) {
          JsonObject truth = oracle.learn(begin, now());
          long to = truth.getLong("marketMillis") / MINUTE * MINUTE - MINUTE;
          long correctedTo = session.both ? to - UNTIL_COMPARED : to;
          JsonObject held = clients.get(symbol).dump().getJsonObject("charts").getJsonObject(name);
          List<String> both = new ArrayList<>();
          oracle
              .differences(held, begin, to, truth, chart.getValue(), correctedTo)
              .forEach(found -> both.add("client " + found));
          oracle
              .differences(rest(symbol, name), begin, to, truth, chart.getValue(), correctedTo)
              .forEach(found -> both.add("REST " + found));
          differing = Optional.of(both);
        }
        differing
            .orElseThrow()
            .forEach(found -> wrongs.add(symbol + " " + name + " at the end: " + found));
      }
      wrongs.addAll(oracle.wrongs());
    }
    report(session, schedule, wrongs);
    assertThat(wrongs).isEmpty();
    assertThat(sum(hub.get("/metrics").body(), TAKEN_OVER) > 0).isEqualTo(session.both);
    JsonObject connections = hub.exchange("/sim/stats").getJsonObject("connections");
    assertThat(connections.getJsonObject("stocks").getInteger("peak")).isEqualTo(1);
    assertThat(connections.getJsonObject("tradier").getInteger("peak"))
        .isEqualTo(session.both ? 1 : 0);
  }

  private void report(Session session, FaultSchedule schedule, List<String> wrongs)
      throws Exception {
    long bars = oracles.values().stream().mapToLong(Oracle::barsChecked).sum();
    long intervals =
        oracles.values().stream().mapToLong(Oracle::intervalsChecked).sum();
    String metrics = hub.get("/metrics").body();
    double requests = sum(metrics, "candlehub_ingest_rest_requests_total\\{[^}]*}");
    double shared = sum(metrics, "candlehub_ingest_questions_total\\{[^}]*shared=\"true\"[^}]*}");
    System.out.printf(
        "oracle [seed: %d, providers: %d, faults: %d, probes: %d, bars checked: %d, intervals checked: %d, wrong: %d, provider requests: %.0f, without single flight: %.0f, streams taken over: %.0f]%n",
        session.seed,
        session.both ? 2 : 1,
        schedule.hits().size(),
        probes,
        bars,
        intervals,
        wrongs.size(),
        requests,
        requests + shared,
        sum(metrics, TAKEN_OVER));
    wrongs.stream().limit(20).forEach(wrong -> System.out.println("  " + wrong));
  }

  private static double sum(String metrics, String pattern) {
    Matcher matcher = Pattern.compile("(?m)^" + pattern + " (\\S+)$").matcher(metrics);
    double sum = 0;
    while (matcher.find()) {
      sum += Double.parseDouble(matcher.group(1));
    }
    return sum;
  }
}
