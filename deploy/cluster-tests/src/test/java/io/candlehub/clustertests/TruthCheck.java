package io.candlehub.clustertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares what every client of a crowd holds with what truly happened, field for field. */
final class TruthCheck {
  private static final int MOST_SHOWN = 5;

  private final TestCluster cluster;
  private final Crowd crowd;

  TruthCheck(TestCluster cluster, Crowd crowd) {
    this.cluster = cluster;
    this.crowd = crowd;
  }

  /**
   * Waits until every series up to now equals the truth; corrections of the exchange take some market minutes.
   *
   * @return how many bars were equal
   */
  long awaitEqual(Duration patience) throws Exception {
    long until = cluster.marketMillis() / 60_000 * 60_000;
    long[] compared = new long[1];
    await("series equal to the truth")
        .atMost(patience)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> {
          compared[0] = 0;
          assertThat(differences(until, compared)).isEmpty();
        });
    return compared[0];
  }

  private List<String> differences(long until, long[] compared) throws Exception {
    Map<ChartStream, Long> first = crowd.with(clients -> clients.stream()
        .filter(client -> !client.series().bars().isEmpty())
        .collect(Collectors.toMap(
            CrowdClient::stream, client -> client.series().bars().firstKey(), Math::min)));
    List<String> found = new ArrayList<>();
    for (Map.Entry<ChartStream, Long> entry : first.entrySet()) {
      ChartStream stream = entry.getKey();
      NavigableMap<Long, HeldBar> truth = truth(stream, entry.getValue(), until);
      List<String> wrong = crowd.with(clients -> clients.stream()
          .filter(client -> client.stream().equals(stream))
          .flatMap(client -> {
            compared[0] += client.series().bars().size();
            return differences(client, truth, until).stream();
          })
          .toList());
      wrong.stream().limit(MOST_SHOWN).forEach(found::add);
      if (wrong.size() > MOST_SHOWN) {
        found.add(stream + ": " + (wrong.size() - MOST_SHOWN) + " more");
      }
    }
    return found;
  }

  private NavigableMap<Long, HeldBar> truth(ChartStream stream, long from, long until)
      throws Exception {
    JsonArray bars = cluster.exchange().get(stream.truthPath(from, until - 1)).getJsonArray("bars");
    NavigableMap<Long, HeldBar> truth = new TreeMap<>();
    for (int i = 0; i < bars.size(); i++) {
      JsonObject bar = bars.getJsonObject(i);
      if (bar.getLong("t") + stream.barMillis() <= until) {
        truth.put(bar.getLong("t"), HeldBar.of(bar));
      }
    }
    return truth;
  }

  private static List<String> differences(
      CrowdClient client, NavigableMap<Long, HeldBar> truth, long until) {
    ChartStream stream = client.stream();
    NavigableMap<Long, HeldBar> held = client.series().bars();
    String who = stream + " at gateway " + client.gateway() + ": ";
    if (held.isEmpty()) {
      return List.of(who + "holds nothing");
    }
    List<String> found = new ArrayList<>();
    truth.tailMap(held.firstKey(), true).forEach((start, bar) -> {
      HeldBar mine = held.get(start);
      if (mine == null) {
        found.add(who + start + " is missing");
      } else if (!mine.sameValues(bar)) {
        found.add(who + start + " is " + mine + " instead of " + bar);
      } else if (!mine.isFinal()) {
        found.add(who + start + " is not final");
      }
    });
    held.headMap(until - stream.barMillis(), true).keySet().stream()
        .filter(start -> !truth.containsKey(start))
        .forEach(start -> found.add(who + start + " is invented"));
    return found;
  }
}
