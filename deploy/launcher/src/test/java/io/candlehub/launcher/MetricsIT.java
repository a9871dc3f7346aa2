package io.candlehub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of metrics and what the running program serves say the same. */
@Timeout(120)
class MetricsIT {
  private static final Pattern DOCUMENTED =
      Pattern.compile("^\\| `(candlehub_[a-z_]+)` \\|", Pattern.MULTILINE);
  private static final Pattern SERVED =
      Pattern.compile("^# TYPE (candlehub_[a-z_]+) ", Pattern.MULTILINE);

  /** Served from the first time something happens, which a healthy start does not bring about. */
  private static final Set<String> ON_OCCASION = Set.of(
      "candlehub_ingest_violations_total",
      "candlehub_ingest_fallbacks_total",
      "candlehub_ingest_quotes_distrusted_total",
      "candlehub_ingest_streams_taken_total",
      "candlehub_gateway_refused_total");

  @TempDir
  Path folder;

  @Test
  void shouldServeExactlyTheDocumentedMetrics() throws Exception {
    Set<String> documented =
        names(DOCUMENTED, Files.readString(Path.of("..", "..", "docs", "metrics.md")));
    documented.removeIf(
        name -> name.startsWith("candlehub_cluster_") || name.startsWith("candlehub_carrier_"));
    try (HubProcess hub = HubProcess.start(folder, Map.of("providers.order", "massive,tradier"));
        ClientProcess client = ClientProcess.socketIo(hub.url(), "SPY", "1m")) {
      await("updates")
          .atMost(Duration.ofSeconds(30))
          .until(() -> client.dump().getJsonObject("counters").getInteger("updates") > 2);
      assertThat(hub.get("/api/market/status").statusCode()).isEqualTo(200);
      List<String> expected =
          documented.stream().filter(name -> !ON_OCCASION.contains(name)).toList();
      // Some are served from the first time something happens, which may be later than the updates.
      await("every metric")
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(served(hub)).containsAll(expected));

      assertThat(documented).containsAll(served(hub));
      String page = hub.get("/metrics").body();
      assertThat(page).doesNotContain("SPY");
      assertThat(page).doesNotContainPattern("(?m)^# HELP candlehub_[a-z_]+ *$");
    }
  }

  private static Set<String> served(HubProcess hub) throws Exception {
    return names(SERVED, hub.get("/metrics").body()).stream()
        .filter(name -> !name.endsWith("_max"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> names(Pattern pattern, String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
