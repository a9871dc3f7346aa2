package io.candlehub.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.gateway.FakeMarket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ChainReplicaTest {
  private static final String DATE = FakeMarket.DATES.get(0);

  static String call(int strike) {
    return FakeMarket.option("SPY", DATE, 'C', strike);
  }

  private static JsonObject chain(double spot, JsonObject... legs) {
    JsonArray strikes = new JsonArray();
    for (JsonObject leg : legs) {
      strikes.add(new JsonObject().put("strike", 1).put("call", leg));
    }
    return new JsonObject()
        .put("spot", spot)
        .put(
            "expirations",
            new JsonArray().add(new JsonObject().put("expiration", DATE).put("strikes", strikes)));
  }

  static JsonObject update(List<JsonObject> legs, List<String> window, List<String> removed) {
    return new JsonObject()
        .put("legs", new JsonArray(legs))
        .put("window", new JsonArray(window))
        .put("removed", new JsonArray(removed));
  }

  static ChainReplica replica(JsonObject... legs) {
    ChainReplica replica = new ChainReplica("SPY", LocalDate.parse(DATE));
    replica.merge(chain(650, legs));
    return replica;
  }

  private static List<String> symbols(JsonArray legs) {
    return legs.stream().map(leg -> ((JsonObject) leg).getString("symbol")).toList();
  }

  @Test
  void shouldSortLegsByStrikeWithCallAndPut() {
    String put = FakeMarket.option("SPY", DATE, 'P', 650);
    ChainReplica replica = replica(
        FakeMarket.leg(call(660), 1, false),
        FakeMarket.leg(put, 1, false),
        FakeMarket.leg(call(650), 1, true));
    JsonObject body = replica.snapshot().body();
    JsonArray strikes = body.getJsonArray("expirations").getJsonObject(0).getJsonArray("strikes");
    assertThat(strikes).hasSize(2);
    assertThat(strikes.getJsonObject(0).fieldNames()).containsExactly("strike", "call", "put");
    assertThat(strikes.getJsonObject(1).getInteger("strike")).isEqualTo(660);
    assertThat(body.getJsonArray("window")).containsExactly(call(650));
    assertThat(body.getDouble("spot")).isEqualTo(650);
  }

  @Test
  void shouldBeginAnewWithoutWhatTheChainDoesNotHaveAnyMore() {
    ChainReplica replica =
        replica(FakeMarket.leg(call(650), 1, true), FakeMarket.leg(call(660), 1, true));
    Position before = replica.head();
    JsonObject update = update(List.of(), List.of(call(650)), List.of(call(660)));
    replica.apply(update.copy().put("unlisted", new JsonArray().add(call(670))));
    assertThat(replica.continues(before)).as("a leg that nobody held").isTrue();
    replica.apply(update.copy().put("unlisted", new JsonArray().add(call(660))));
    assertThat(replica.continues(before)).isFalse();
    assertThat(replica.has(call(660))).isFalse();
    JsonObject body = replica.snapshot().body();
    assertThat(body.getJsonArray("expirations").getJsonObject(0).getJsonArray("strikes"))
        .hasSize(1);
    assertThat(body.getJsonArray("window")).containsExactly(call(650));
    assertThat(replica.after(replica.head().seq()).body().getJsonArray("removed"))
        .isEmpty();
  }

  @Test
  void shouldTellHowManyContractsTheWindowShouldHave() {
    ChainReplica replica =
        replica(FakeMarket.leg(call(650), 1, false), FakeMarket.leg(call(660), 1, false));
    assertThat(replica.snapshot().body().containsKey("windowWanted"))
        .as("an answer does not tell")
        .isFalse();
    replica.apply(update(List.of(), List.of(call(650)), List.of()).put("windowWanted", 2));
    long told = replica.head().seq();
    assertThat(replica.snapshot().body().getInteger("windowWanted")).isEqualTo(2);
    replica.apply(update(List.of(FakeMarket.leg(call(650), 2, true)), List.of(call(650)), List.of())
        .put("windowWanted", 2));
    assertThat(replica.after(told).body().getInteger("windowWanted"))
        .as("beside every window")
        .isEqualTo(2);
    replica.merge(chain(650, FakeMarket.leg(call(650), 1, false)));
    assertThat(replica.snapshot().body().getInteger("windowWanted")).isEqualTo(2);
  }

  @Test
  void shouldTellOnlyWhatAnAnswerChanged() {
    ChainReplica replica =
        replica(FakeMarket.leg(call(650), 1, false), FakeMarket.leg(call(660), 1, false));
    Position before = replica.head();
    assertThat(replica.merge(
            chain(650, FakeMarket.leg(call(650), 1, false), FakeMarket.leg(call(660), 1, false))))
        .isFalse();
    assertThat(replica.head()).isEqualTo(before);
    assertThat(replica.merge(
            chain(651, FakeMarket.leg(call(650), 1, false), FakeMarket.leg(call(660), 2, false))))
        .isTrue();
    JsonObject after = replica.after(before.seq()).body();
    assertThat(symbols(after.getJsonArray("legs"))).containsExactly(call(660));
    assertThat(after.getDouble("spot")).isEqualTo(651);
    assertThat(replica.continues(before)).isTrue();
  }

  @Test
  void shouldBeginAnewWhenAContractIsGoneButNotForAnEmptyAnswer() {
    ChainReplica replica =
        replica(FakeMarket.leg(call(650), 1, false), FakeMarket.leg(call(660), 1, false));
    Position before = replica.head();
    replica.merge(chain(650));
    assertThat(replica.continues(before)).isTrue();
    replica.merge(chain(650, FakeMarket.leg(call(650), 1, false)));
    assertThat(replica.continues(before)).isFalse();
    JsonArray groups = replica.snapshot().body().getJsonArray("expirations");
    assertThat(groups.getJsonObject(0).getJsonArray("strikes")).hasSize(1);
  }

  @Test
  void shouldTellWhatLeftTheWindowUntilItComesBack() {
    ChainReplica replica = replica(FakeMarket.leg(call(650), 1, true));
    Position before = replica.head();
    replica.apply(update(List.of(), List.of(), List.of(call(650))));
    JsonObject after = replica.after(before.seq()).body();
    assertThat(after.getJsonArray("removed")).containsExactly(call(650));
    JsonObject leg = after.getJsonArray("legs").getJsonObject(0);
    assertThat(leg.getBoolean("live")).isFalse();
    assertThat(leg.getJsonObject("quality").getBoolean("isStale")).isTrue();
    replica.apply(
        update(List.of(FakeMarket.leg(call(650), 2, true)), List.of(call(650)), List.of()));
    after = replica.after(before.seq()).body();
    assertThat(after.getJsonArray("removed")).isEmpty();
    assertThat(after.getJsonArray("legs").getJsonObject(0).getBoolean("live")).isTrue();
  }

  @Test
  void shouldIgnoreWhatIsNoLeg() {
    ChainReplica replica = replica(FakeMarket.leg(call(650), 1, false));
    replica.apply(new JsonObject()
        .put(
            "legs",
            new JsonArray()
                .add("x")
                .add(new JsonObject())
                .add(new JsonObject().put("symbol", "SPY")))
        .put("window", 7));
    assertThat(replica.snapshot().body().getJsonArray("window")).isEmpty();
    assertThat(replica.isLive()).isFalse();
  }
}
