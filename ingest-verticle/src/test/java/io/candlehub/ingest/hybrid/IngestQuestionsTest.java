package io.candlehub.ingest.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.BusCodecs;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.IndicatorValuesJson;
import io.candlehub.bus.SnapshotJson;
import io.candlehub.contract.BusWatch;
import io.candlehub.ingest.IngestConfig;
import io.candlehub.ingest.IngestVerticle;
import io.candlehub.ingest.JournalLimits;
import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.MarketSnapshot;
import io.candlehub.model.Origin;
import io.candlehub.model.Snapshots;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The questions about options, snapshots and trades, asked on the bus of two accounts as one. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class IngestQuestionsTest {
  private static final long NOW = 1_764_601_200_000L;
  private static final JsonObject SPY = new JsonObject().put("symbol", "SPY");
  private static final JsonObject CHAIN = new JsonObject()
      .put("symbol", "SPY")
      .put("first", "2025-12-19")
      .put("last", "2025-12-19")
      .put("priority", "reader");

  private final Vertx vertx = Vertx.vertx();
  private final ScriptedProvider first =
      new ScriptedProvider("first", ScriptedProvider.everything(ScriptedProvider.ALL));
  private final ScriptedProvider second =
      new ScriptedProvider("second", ScriptedProvider.everything(ScriptedProvider.ALL));
  private BusWatch watch;

  @BeforeEach
  void deploy() {
    BusCodecs.register(vertx);
    watch = BusWatch.over(vertx.eventBus(), address -> address.startsWith("ingest."));
    IngestConfig config = new IngestConfig(
        new HybridConfig(List.of(first, second)),
        new JournalLimits(Duration.ofSeconds(30), 1 << 20));
    vertx
        .deployVerticle(new IngestVerticle(config, new ManualClock(NOW), new SimpleMeterRegistry()))
        .await();
  }

  @AfterEach
  void close() {
    watch.check();
    vertx.close().await();
  }

  private <T> Future<T> ask(String address, JsonObject question) {
    return vertx.eventBus().<T>request(address, question).map(reply -> reply.body());
  }

  private Failure failure(String address, JsonObject question) {
    return ask(address, question)
        .transform(
            done -> Future.succeededFuture(FailureException.of(done.cause()).code()))
        .await();
  }

  @Test
  void shouldAnswerEachQuestionWithItsSource() {
    first.answer = ScriptedProvider.Answer.ERROR;

    Buffer expirations = this.<Buffer>ask(Addresses.INGEST_EXPIRATIONS, SPY).await();
    assertThat(SnapshotJson.readExpirations(expirations).source()).isEqualTo("second");
    Buffer chain = this.<Buffer>ask(Addresses.INGEST_CHAIN, CHAIN).await();
    assertThat(SnapshotJson.readChain(chain).legs())
        .allMatch(leg -> leg.fallbackReason().equals("error"));
    JsonObject contract = new JsonObject().put("symbol", ScriptedProvider.CALL);
    Buffer leg = this.<Buffer>ask(Addresses.INGEST_CONTRACT, contract).await();
    assertThat(SnapshotJson.readContract(leg).leg().symbol()).isEqualTo(ScriptedProvider.CALL);
    Buffer trades = this.<Buffer>ask(Addresses.INGEST_TRADES, contract.copy().put("limit", 5))
        .await();
    assertThat(SnapshotJson.readTrades(trades).trades()).hasSize(1);
    JsonObject symbols = new JsonObject()
        .put("symbols", new JsonArray().add("SPY").add("I:SPX").add("SPY"))
        .put("priority", "warm");
    Buffer snapshots = this.<Buffer>ask(Addresses.INGEST_SNAPSHOTS, symbols).await();
    assertThat(SnapshotJson.readSnapshots(snapshots))
        .extracting(MarketSnapshot::instrument)
        .hasSize(2);
    JsonObject sma = new JsonObject()
        .put("symbol", "SPY")
        .put("name", "sma")
        .put("windows", new JsonArray().add(50))
        .put("timeframe", "1d")
        .put("to", 60_000)
        .put("limit", 10);
    JsonObject values = this.<JsonObject>ask(Addresses.INGEST_INDICATOR, sma).await();
    assertThat(IndicatorValuesJson.read(values).origin())
        .isEqualTo(new Origin("second", "unhealthy"));
    JsonObject status =
        this.<JsonObject>ask(Addresses.INGEST_MARKET_STATUS, new JsonObject()).await();
    assertThat(status.getString("source")).isEqualTo("second");
    JsonObject providers =
        this.<JsonObject>ask(Addresses.INGEST_PROVIDERS, new JsonObject()).await();
    JsonObject state = providers.getJsonArray("providers").getJsonObject(0);
    assertThat(state.getBoolean("healthy")).isFalse();
    assertThat(state.getString("lastError")).isEqualTo("PROVIDER_ERROR");
  }

  @Test
  void shouldTellWhatThereIsAndWhoToldASplit() {
    JsonObject offer =
        this.<JsonObject>ask(Addresses.INGEST_CAPABILITIES, new JsonObject()).await();
    assertThat(offer)
        .hasToString(
            "{\"bars\":{\"stocks\":[\"second\",\"minute\",\"day\"],\"options\":[],\"indices\":[]}}");
    first.answer = ScriptedProvider.Answer.ERROR;
    JsonArray splits = this.<JsonArray>ask(Addresses.INGEST_SPLITS, SPY).await();
    assertThat(splits.getJsonObject(0).getString("source")).isEqualTo("second");
    assertThat(splits.getJsonObject(0).getString("fallbackReason")).isEqualTo("error");
  }

  @Test
  void shouldRefuseWhatIsNotAsAgreed() {
    assertThat(failure(Addresses.INGEST_EXPIRATIONS, new JsonObject()))
        .isEqualTo(Failure.INVALID_PARAMETER);
    assertThat(failure(Addresses.INGEST_CHAIN, CHAIN.copy().put("first", "2025-12-20")))
        .isEqualTo(Failure.INVALID_PARAMETER);
    assertThat(failure(Addresses.INGEST_CHAIN, CHAIN.copy().put("last", "tomorrow")))
        .isEqualTo(Failure.INVALID_PARAMETER);
    assertThat(failure(Addresses.INGEST_SNAPSHOTS, SPY)).isEqualTo(Failure.INVALID_PARAMETER);
    assertThat(failure(Addresses.INGEST_TRADES, SPY)).isEqualTo(Failure.INVALID_PARAMETER);
    JsonObject weekly = new JsonObject()
        .put("symbol", "SPY")
        .put("name", "sma")
        .put("windows", new JsonArray().add(50))
        .put("timeframe", "1w")
        .put("to", 60_000)
        .put("limit", 10);
    assertThat(failure(Addresses.INGEST_INDICATOR, weekly)).isEqualTo(Failure.INVALID_PARAMETER);
    JsonObject windowless = weekly.copy().put("timeframe", "1d").put("windows", new JsonArray());
    assertThat(failure(Addresses.INGEST_INDICATOR, windowless))
        .isEqualTo(Failure.INVALID_PARAMETER);
    assertThat(first.asked).isEmpty();
  }

  @Test
  void shouldSayThatNobodyConfirmedThatThereAreNoBars() {
    first.answer = ScriptedProvider.Answer.EMPTY;
    second.answer = ScriptedProvider.Answer.BUSY;
    JsonObject minutes = SPY.copy()
        .put("unit", "minute")
        .put("from", NOW - 900_000)
        .put("to", NOW)
        .put("priority", "gap");
    assertThat(headers(minutes).get("doubted")).isEqualTo("true");
    assertThat(headers(minutes).get("source")).isEqualTo("first");
    assertThat(headers(minutes).contains("fallbackReason")).isFalse();

    second.answer = ScriptedProvider.Answer.EMPTY;
    assertThat(headers(minutes).contains("doubted")).isFalse();
  }

  @Test
  void shouldNameTheInstrumentsOfWhichNobodyConfirmedAnything() {
    first.answer = ScriptedProvider.Answer.ERROR;
    second.answers.put(Instrument.of("QQQ"), ScriptedProvider.Answer.EMPTY);
    JsonObject symbols = new JsonObject()
        .put("symbols", new JsonArray().add("SPY").add("QQQ"))
        .put("priority", "reader");
    Message<Buffer> answer =
        vertx.eventBus().<Buffer>request(Addresses.INGEST_SNAPSHOTS, symbols).await();
    Snapshots found = SnapshotJson.readSnapshots(answer);
    assertThat(found.told())
        .extracting(MarketSnapshot::instrument)
        .containsExactly(Instrument.of("SPY"));
    assertThat(found.doubted()).containsExactly(Instrument.of("QQQ"));

    first.answer = ScriptedProvider.Answer.EMPTY;
    Message<Buffer> none =
        vertx.eventBus().<Buffer>request(Addresses.INGEST_SNAPSHOTS, symbols).await();
    assertThat(none.headers().contains("doubted")).isFalse();
  }

  private MultiMap headers(JsonObject question) {
    return vertx
        .eventBus()
        .request(Addresses.INGEST_HISTORY, question)
        .map(Message::headers)
        .await();
  }

  @Test
  void shouldFailWhenAllAccountsFail() {
    first.answer = ScriptedProvider.Answer.ERROR;
    second.answer = ScriptedProvider.Answer.BUG;

    assertThat(failure(Addresses.INGEST_CHAIN, CHAIN)).isEqualTo(Failure.ALL_PROVIDERS_FAILED);
  }
}
