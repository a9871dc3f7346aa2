package io.candlehub.gateway.stream;

import static io.candlehub.gateway.stream.ChainReplicaTest.call;
import static io.candlehub.gateway.stream.ChainReplicaTest.replica;
import static io.candlehub.gateway.stream.ChainReplicaTest.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.gateway.FakeMarket;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ChainReplicaPropertyTest {
  /** However a reader is held up, it ends with the newest form of every leg, and shows nothing as live that is not. */
  @Property(tries = 100)
  void shouldBringAnyReaderUpToDate(@ForAll long seed) {
    Random random = new Random(seed);
    List<JsonObject> first = new ArrayList<>();
    for (int strike = 600; strike < 610; strike++) {
      first.add(FakeMarket.leg(call(strike), 1, false));
    }
    ChainReplica replica = replica(first.toArray(JsonObject[]::new));
    Map<String, JsonObject> truth = new TreeMap<>();
    first.forEach(leg -> truth.put(leg.getString("symbol"), leg));
    Map<String, JsonObject> seen = new TreeMap<>(truth);
    Position position = replica.head();
    TreeSet<String> window = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      String symbol = call(600 + random.nextInt(10));
      boolean live = random.nextBoolean();
      List<String> removed = new ArrayList<>();
      if (live) {
        window.add(symbol);
      } else if (window.remove(symbol)) {
        removed.add(symbol);
      }
      JsonObject leg = FakeMarket.leg(symbol, i, live);
      truth.put(symbol, leg);
      replica.apply(update(List.of(leg), List.copyOf(window), removed));
      if (random.nextInt(5) == 0) {
        JsonObject update = replica.after(position.seq()).body();
        position = replica.head();
        update
            .getJsonArray("legs")
            .forEach(each -> seen.put(((JsonObject) each).getString("symbol"), (JsonObject) each));
        assertThat(seen).isEqualTo(truth);
        assertThat(update.getJsonArray("window").stream().toList()).isEqualTo(List.copyOf(window));
      }
    }
  }
}
