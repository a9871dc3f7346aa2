package io.candlehub.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Instrument;
import io.candlehub.model.SessionMode;
import io.candlehub.model.StreamKey;
import io.candlehub.model.Timeframe;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamPositionsTest {
  private static final Instrument BRK = Instrument.of("BRK.B");

  private static StreamPositions positions() {
    return new StreamPositions(
        "hub-1",
        7,
        List.of(new StreamPositions.Chart(
            new StreamKey(BRK, Timeframe.M5, SessionMode.REGULAR),
            1_800_000_000_000L,
            "e1",
            1L << 52,
            -7)),
        List.of(new StreamPositions.Quote(
            BRK, 1_800_000_000_000L, StreamPositions.digest(Buffer.buffer("{}")))));
  }

  @Test
  void shouldReadBackWhatItWrites() {
    JsonObject wire = new JsonObject(positions().toJson().toBuffer());

    assertThat(StreamPositions.from(wire)).isEqualTo(positions());
  }

  @Test
  void shouldLeaveOutWhatItCannotRead() {
    JsonObject json = positions().toJson();
    json.getJsonArray("charts")
        .add("x")
        .addNull()
        .add(new JsonObject())
        .add(json.getJsonArray("charts").getJsonObject(0).copy().put("topic", "md.chart.7m.SPY"));
    json.getJsonArray("quotes")
        .add(json.getJsonArray("quotes").getJsonObject(0).copy().put("digest", "x"));

    assertThat(StreamPositions.from(json)).isEqualTo(positions());
    StreamPositions nothing = new StreamPositions("", 0, List.of(), List.of());
    assertThat(StreamPositions.from(new JsonObject().put("charts", 1).put("upTo", "x")))
        .isEqualTo(nothing);
    assertThat(StreamPositions.from(new JsonObject().put("quotes", new JsonArray())))
        .isEqualTo(nothing);
  }

  @Test
  void shouldTellBodiesApart() {
    assertThat(StreamPositions.digest(Buffer.buffer("{\"bid\":1}")))
        .isEqualTo(StreamPositions.digest(Buffer.buffer("{\"bid\":1}")))
        .isNotEqualTo(StreamPositions.digest(Buffer.buffer("{\"bid\":2}")));
  }
}
