package io.candlehub.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import io.candlehub.model.HealthSource;
import io.candlehub.model.Instrument;
import io.candlehub.model.Interval;
import io.candlehub.model.IntervalState;
import io.candlehub.model.SessionInfo;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartJsonTest {
  private static final StreamKey KEY =
      new StreamKey(Instrument.of("SPY"), Timeframe.M5, SessionMode.REGULAR);
  private static final Health HEALTH = new Health(
      HealthMode.DEGRADED,
      HealthSource.REST,
      "massive",
      1_200,
      0,
      true,
      5_000,
      2,
      List.of("seconds"),
      "open",
      "throttled");
  private static final SessionInfo SESSION = new SessionInfo(false, false, false, "5m", "half day");
  private static final Bar BAR = new Bar(
      1_381_154_400_000L,
      167.72,
      167.75,
      167.61,
      167.69,
      1_765_059,
      167.68,
      12,
      BarState.REVISED,
      3,
      BarSource.LIVE,
      0.8);

  @Test
  void shouldReadBackSnapshot() {
    ChartMessage snapshot = new ChartSnapshot(
        KEY,
        "SPY",
        List.of(BAR),
        List.of(new Interval(1, 2, IntervalState.QUIET)),
        HEALTH,
        SESSION,
        "e1",
        77,
        99,
        List.of(5L));

    assertThat(ChartJsonReader.read(ChartJson.body(snapshot))).isEqualTo(snapshot);
  }

  @Test
  void shouldReadBackUpdate() {
    ChartMessage update =
        new ChartUpdate(KEY, List.of(BAR), List.of(), HEALTH, SESSION, "e1", 70, 77);

    assertThat(ChartJsonReader.read(ChartJson.body(update))).isEqualTo(update);
  }

  @Test
  void shouldWriteTheContractsFields() {
    JsonObject json = ChartJson.body(
            new ChartUpdate(KEY, List.of(BAR), List.of(), HEALTH, SESSION, "e1", 70, 77))
        .toJsonObject();

    assertThat(json.getJsonArray("bars").getJsonObject(0).encode())
        .isEqualTo(
            "{\"t\":1381154400000,\"o\":167.72,\"h\":167.75,\"l\":167.61,\"c\":167.69,\"v\":1765059,\"vw\":167.68,"
                + "\"n\":12,\"state\":\"revised\",\"isFinal\":true,\"revision\":3,\"source\":\"live\",\"coverage\":0.8}");
    assertThat(json.getJsonObject("stream"))
        .isEqualTo(new JsonObject("{\"epoch\":\"e1\",\"fromSeq\":70,\"seq\":77}"));
    assertThat(json.getJsonObject("health").getString("reason")).isEqualTo("throttled");
    assertThat(json.containsKey("intervals")).isFalse();
  }

  @Test
  void shouldSkipUnknownFieldsInAnyOrder() {
    ChartMessage update =
        new ChartUpdate(KEY, List.of(BAR), List.of(), HEALTH, SESSION, "e1", 70, 77);
    JsonObject json = ChartJson.body(update).toJsonObject();
    JsonObject reordered = new JsonObject().put("new", new JsonObject().put("a", List.of(1, 2)));
    json.fieldNames().stream().sorted().forEach(name -> reordered.put(name, json.getValue(name)));
    reordered.getJsonArray("bars").getJsonObject(0).put("x", List.of("y"));

    assertThat(ChartJsonReader.read(reordered.toBuffer())).isEqualTo(update);
  }

  @Test
  void shouldRefuseWhatIsNoChartMessage() {
    assertThatThrownBy(
            () -> ChartJsonReader.read(Buffer.buffer("{\"kind\":\"update\",\"bars\":[1]}")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ChartJsonReader.read(Buffer.buffer("{\"bars\":[")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ChartJsonReader.read(Buffer.buffer("{}")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ChartJsonReader.read(Buffer.buffer("nonsense")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
