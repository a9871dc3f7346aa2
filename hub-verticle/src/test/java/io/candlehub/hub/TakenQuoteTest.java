package io.candlehub.hub;

import static io.candlehub.hub.HubRig.SPY;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.cluster.Shards;
import io.candlehub.model.Instrument;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a shard's next owner says of quotes of which only bid and offer stream. */
@Timeout(60)
class TakenQuoteTest {
  private static final Instrument CALL = Instrument.of("O:SPY131018C00150000");

  @TempDir
  private Path folder;

  private final List<Message<Buffer>> told = new CopyOnWriteArrayList<>();
  private ClusterRig rig;
  private MarketAnswers market;

  @AfterEach
  void close() {
    rig.close();
  }

  private void start(String newYork, Instrument instrument) {
    rig = new ClusterRig(newYork, folder, instrument);
    rig.ingest.onlyQuotes = true;
    market = new MarketAnswers(rig.vertx);
    rig.vertx.eventBus().<Buffer>consumer(Addresses.quote(instrument), told::add);
  }

  private void follow(Instrument instrument) {
    rig.start("a", "b");
    rig.cluster.grant(Shards.of(instrument), "a", false).await();
    rig.demand(Addresses.quote(instrument));
  }

  /** Lets the owner die once its standby knows all; returns how much was told until then. */
  private int takeOver(Instrument instrument) {
    rig.pass(15_000);
    rig.kill("a");
    int before = told.size();
    rig.cluster.grant(Shards.of(instrument), "b", false).await();
    return before;
  }

  private List<JsonObject> toldSince(int first) {
    return told.stream()
        .skip(first)
        .map(message -> message.body().toJsonObject())
        .toList();
  }

  @Test
  void shouldCompareWithTheSessionBeforeTheLastPriceAsTheFormerOwnerDid() {
    start("2013-10-14T10:00:20", SPY);
    long fridayEvening = HubRig.at("2013-10-11T16:00:00");
    market.lastAt = millis -> fridayEvening;
    market.say(SPY, 153, 153.02, 150, rig.marketMillis() - 500, "massive", "");
    follow(SPY);
    rig.until(() -> toldSince(0).stream()
        .anyMatch(quote -> Integer.valueOf(140).equals(quote.getValue("prevClose"))));

    int before = takeOver(SPY);
    rig.until(() -> told.size() > before + 20);
    assertThat(toldSince(before))
        .extracting(quote -> quote.getDouble("prevClose"))
        .containsOnly(140.0);
  }

  private long asked() {
    return market.asked.stream()
        .filter(question -> question.containsKey("symbols"))
        .count();
  }

  @Test
  void shouldGoOnWithWhatIsPendingAndAskOnce() {
    start("2013-10-07T10:00:20", CALL);
    market.doubted = Set.of(CALL.symbol());
    follow(CALL);
    rig.until(() -> told.size() > 5 && asked() == 1);

    int before = takeOver(CALL);
    rig.until(() -> asked() > 1 && told.size() > before + 5);
    rig.pass(15_000);
    assertThat(asked()).isEqualTo(2);
    assertThat(toldSince(before))
        .extracting(quote -> quote.getJsonObject("reasons").getString("prevClose"))
        .containsOnly("pending");
  }
}
