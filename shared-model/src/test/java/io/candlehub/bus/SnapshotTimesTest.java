package io.candlehub.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Instrument;
import io.candlehub.model.MarketSnapshot;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of when bid and offer, and the last price, of a snapshot are, as it travels. */
class SnapshotTimesTest {
  private static final double NONE = Double.NaN;

  private static MarketSnapshot snapshot(long quotedAtMillis, long lastAtMillis) {
    return new MarketSnapshot(
        Instrument.of("SPY"),
        "",
        1,
        2,
        3,
        4,
        1.5,
        NONE,
        NONE,
        NONE,
        NONE,
        NONE,
        NONE,
        9_000,
        quotedAtMillis,
        lastAtMillis,
        "first",
        "",
        Set.of());
  }

  private static JsonObject written(MarketSnapshot snapshot) {
    return new JsonArray(SnapshotJson.snapshots(List.of(snapshot))).getJsonObject(0);
  }

  @Test
  void shouldCarryTheTimesOfTheParts() {
    JsonObject json = written(snapshot(7_000, 8_000));

    assertThat(json.getLong("t")).isEqualTo(9_000);
    assertThat(json.getLong("quotedAt")).isEqualTo(7_000);
    assertThat(json.getLong("lastAt")).isEqualTo(8_000);
  }

  @Test
  void shouldTakeTimesThatAnOlderNodeDoesNotTellForUnknown() {
    JsonObject json = written(snapshot(0, 0));
    assertThat(json.fieldNames()).doesNotContain("quotedAt", "lastAt");

    Buffer body = new JsonArray().add(json).toBuffer();
    assertThat(SnapshotJson.readSnapshots(body)).singleElement().satisfies(read -> {
      assertThat(read.atMillis()).isEqualTo(9_000);
      assertThat(read.quotedAtMillis()).isZero();
      assertThat(read.lastAtMillis()).isZero();
    });
  }
}
