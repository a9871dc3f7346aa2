package io.candlehub.hub;

import static io.candlehub.hub.chain.ScriptedOptions.NEAR;
import static io.candlehub.hub.chain.ScriptedOptions.symbol;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChainFocus;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.cluster.Role;
import io.candlehub.cluster.ScriptedCluster;
import io.candlehub.cluster.Shards;
import io.candlehub.cluster.SingleNode;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.QuoteEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Option chains over the bus. */
@Timeout(60)
class OptionHubTest {
  private static final String NOW = "2025-12-01T10:00:20";
  private static final String CALL = symbol(NEAR, 'C', 650);
  private static final String PUT = symbol(NEAR, 'P', 655);
  private static final int SHARD = Shards.of(HubRig.SPY);
  private static final Duration LONG = Duration.ofHours(1);

  @TempDir
  private Path folder;

  private ScriptedCluster cluster;
  private final List<Message<Buffer>> updates = new CopyOnWriteArrayList<>();
  private HubRig rig;
  private OptionBus bus;

  @BeforeEach
  void start() {
    cluster = new ScriptedCluster();
    rig = new HubRig(NOW, folder, clock -> cluster.join(SingleNode.NODE_ID, Role.HUB));
    bus = new OptionBus(rig.vertx, rig.clock);
    cluster.grant(SHARD, SingleNode.NODE_ID, false).await();
    rig.vertx.eventBus().<Buffer>consumer(Addresses.chain(HubRig.SPY), updates::add);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private JsonObject ask(String address, JsonObject question) {
    return rig.<Buffer>request(address, question).body().toJsonObject();
  }

  private static JsonObject ofSpy() {
    return new JsonObject().put("underlying", "SPY");
  }

  private static JsonObject near() {
    return ofSpy().put("expiration", NEAR.toString());
  }

  private void assertRefused(Failure code, String address, JsonObject question) {
    assertThatThrownBy(() -> rig.request(address, question))
        .satisfies(cause -> assertThat(FailureException.of(cause).code()).isEqualTo(code));
  }

  private static List<JsonObject> legs(JsonObject chain) {
    List<JsonObject> legs = new ArrayList<>();
    for (Object expiration : chain.getJsonArray("expirations")) {
      for (Object strike : ((JsonObject) expiration).getJsonArray("strikes")) {
        legs.add(((JsonObject) strike).getJsonObject("call"));
        legs.add(((JsonObject) strike).getJsonObject("put"));
      }
    }
    return legs;
  }

  private void view() {
    rig.demand(LONG, Addresses.chainFocus(ChainFocus.on(HubRig.SPY, NEAR, Instrument.of(PUT))));
    rig.until(() -> isDemanded(CALL));
  }

  private boolean isDemanded(String contract) {
    rig.settle();
    synchronized (rig.demanded) {
      return rig.demanded.contains("quotes:" + contract);
    }
  }

  private Stream<JsonObject> withLegs() {
    return updates.stream()
        .map(update -> update.body().toJsonObject())
        .filter(update -> !update.getJsonArray("legs").isEmpty());
  }

  private boolean isDemandedSoon(String contract) {
    rig.runOnHub(() -> rig.scheduler.advance(Duration.ofMillis(1)));
    return isDemanded(contract);
  }

  private void quote(String contract, double bid) {
    rig.send(List.of(
        new QuoteEvent(Instrument.of(contract), rig.clock.millis(), 0, 0, bid, 3, bid + 0.1, 4)));
    rig.settle();
  }

  /** Lets a tenth of a second pass and returns the last update. */
  private JsonObject told() {
    int before = updates.size();
    rig.runOnHub(() -> rig.scheduler.advance(Duration.ofMillis(100)));
    rig.until(() -> updates.size() > before);
    return updates.get(updates.size() - 1).body().toJsonObject();
  }

  @Test
  void shouldCallOffWhatOnlyWasToBeLookedAt() {
    bus.options.silence();
    rig.vertx.eventBus().request(Addresses.COMMAND_CHAIN, near().put("replica", true));
    rig.until(() -> !bus.questions.isEmpty());
    rig.demand(LONG, Addresses.chainFocus(ChainFocus.on(HubRig.SPY, NEAR)));
    rig.demand(LONG);
    rig.runOnHub(() -> rig.scheduler.advance(Duration.ofMillis(300)));
    rig.until(() -> !rig.cancelled.isEmpty());
    assertThat(bus.questions).hasSize(1);
    assertThat(rig.cancelled).containsExactly(bus.questions.get(0).getString("ticket"));
  }

  @Test
  void shouldAnswerForChainsExpirationsAndContracts() {
    JsonObject chain = ask(Addresses.COMMAND_CHAIN, near());
    assertThat(chain.getString("underlying")).isEqualTo("SPY");
    assertThat(chain.getDouble("spot")).isEqualTo(650);
    assertThat(legs(chain)).hasSize(202).allSatisfy(leg -> {
      assertThat(leg.getBoolean("live")).isFalse();
      assertThat(leg.getJsonObject("quality").getString("source")).isEqualTo("massive");
    });
    assertThat(legs(ask(Addresses.COMMAND_CHAIN, ofSpy()))).hasSize(404);
    JsonObject narrow = near().put("strikeMin", 645).put("strikeMax", 655);
    assertThat(legs(ask(Addresses.COMMAND_CHAIN, narrow))).hasSize(22);
    assertThat(ask(Addresses.COMMAND_EXPIRATIONS, ofSpy()).getJsonArray("expirations"))
        .isEqualTo(new JsonArray().add("2025-12-19").add("2026-01-16"));
    JsonObject contract = ask(Addresses.COMMAND_CONTRACT, new JsonObject().put("symbol", CALL));
    assertThat(contract.getString("symbol")).isEqualTo(CALL);
    assertThat(contract.getJsonObject("terms").getString("underlying")).isEqualTo("SPY");
    assertThat(contract.getJsonObject("computed").getJsonArray("fields")).contains("iv");
    assertThat(bus.questions).hasSize(3);
  }

  @Test
  void shouldRefuseWhatIsWrong() {
    assertRefused(Failure.INVALID_PARAMETER, Addresses.COMMAND_CHAIN, new JsonObject());
    assertRefused(
        Failure.INVALID_PARAMETER, Addresses.COMMAND_CHAIN, ofSpy().put("expiration", "soon"));
    assertRefused(Failure.INVALID_PARAMETER, Addresses.COMMAND_CHAIN, near().put("strikeMin", "x"));
    assertRefused(
        Failure.INVALID_PARAMETER,
        Addresses.COMMAND_EXPIRATIONS,
        new JsonObject().put("underlying", CALL));
    assertRefused(
        Failure.INVALID_PARAMETER,
        Addresses.COMMAND_CONTRACT,
        new JsonObject().put("symbol", "SPY"));
    assertRefused(
        Failure.CONTRACT_NOT_FOUND,
        Addresses.COMMAND_CONTRACT,
        new JsonObject().put("symbol", symbol(NEAR, 'C', 9_000)));
    bus.options.fail(Failure.ALL_PROVIDERS_FAILED);
    assertRefused(Failure.ALL_PROVIDERS_FAILED, Addresses.COMMAND_CHAIN, near());
  }

  @Test
  void shouldStreamTheWindowAndTheSelectionAndTheUnderlying() {
    view();
    Set<String> demanded = Set.copyOf(rig.demanded);
    assertThat(demanded)
        .contains("quotes:SPY", "seconds:SPY", "trades:" + CALL, "quotes:" + PUT)
        .hasSize(2 + 2 * 42);
    rig.demand(LONG, Addresses.quote(HubRig.SPY));
    rig.until(() -> !isDemanded(CALL));
    assertThat(rig.demanded).containsExactlyInAnyOrder("quotes:SPY", "seconds:SPY");
  }

  @Test
  void shouldPublishWhatChanged() {
    view();
    assertThat(told().getJsonArray("legs")).hasSize(202);
    quote(CALL, 5);
    JsonObject update = told();
    Message<Buffer> message = updates.get(updates.size() - 1);
    assertThat(message.headers().get("kind")).isEqualTo("update");
    assertThat(message.headers().get("term")).isNotEmpty();
    assertThat(update.getString("expiration")).isEqualTo("2025-12-19");
    assertThat(update.getJsonArray("window")).hasSize(42).startsWith(PUT);
    assertThat(update.getJsonArray("legs")).hasSize(1);
    JsonObject leg = update.getJsonArray("legs").getJsonObject(0);
    assertThat(leg.getString("symbol")).isEqualTo(CALL);
    assertThat(leg.getBoolean("live")).isTrue();
    assertThat(leg.getDouble("bid")).isEqualTo(5);
    JsonObject chain = ask(Addresses.COMMAND_CHAIN, near());
    assertThat(legs(chain)).filteredOn(each -> each.getBoolean("live")).hasSize(1);
  }

  @Test
  void shouldAskForNoSingleContractOfAChainThatIsLookedAt() {
    ask(Addresses.COMMAND_CHAIN, near());
    rig.runOnHub(() -> rig.scheduler.advance(Duration.ofSeconds(18)));
    view();
    rig.until(() -> bus.questions.size() > 1);
    told();
    assertThat(bus.questions)
        .extracting(question -> question.getString("symbol"))
        .containsOnly("SPY");
  }

  @Test
  void shouldTakeLiveValuesBackWhenTheConnectionIsLost() {
    view();
    quote(CALL, 5);
    told();
    rig.send(List.of(new FeedStatus(
        "massive", "options", FeedStatus.State.DISCONNECTED, "lost", 0, Set.of(), -1)));
    rig.settle();
    assertThat(told().getJsonArray("removed")).containsExactly(CALL);
  }

  @Test
  void shouldOpenAgainWhatIsDemandedOfAShardThatComesBack() {
    view();
    quote(CALL, 5);
    told();
    cluster.lose(SHARD, SingleNode.NODE_ID).await();
    rig.until(() -> !isDemandedSoon(CALL));
    updates.clear();
    cluster.grant(SHARD, SingleNode.NODE_ID, false).await();
    rig.until(() -> isDemandedSoon(CALL) && withLegs().findFirst().isPresent());
    JsonObject first = withLegs().findFirst().orElseThrow();
    assertThat(first.getJsonArray("window")).hasSize(42);
    assertThat(first.getJsonArray("legs"))
        .hasSize(202)
        .noneMatch(leg -> ((JsonObject) leg).getBoolean("live"));
  }

  @Test
  void shouldShowTheStoredChainAfterARestart() {
    ask(Addresses.COMMAND_CHAIN, near());
    rig.settle();
    rig.close();
    start();
    bus.options.fail(Failure.PROVIDER_ERROR);
    JsonObject chain = ask(Addresses.COMMAND_CHAIN, near());
    assertThat(legs(chain)).hasSize(202);
    assertThat(chain.getJsonObject("quality").getBoolean("isStale")).isTrue();
    assertThat(chain.getJsonObject("quality").getJsonArray("warnings")).contains("last-known");
  }
}
