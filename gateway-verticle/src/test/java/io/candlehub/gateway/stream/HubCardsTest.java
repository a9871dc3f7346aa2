package io.candlehub.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Failure;
import io.candlehub.gateway.watch.WatchCard;
import io.candlehub.gateway.watch.WatchReply;
import io.candlehub.model.Instrument;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(5)
class HubCardsTest {
  private static final Instrument SPY = Instrument.of("SPY");

  private static JsonObject card() {
    return new JsonObject()
        .put("symbol", "SPY")
        .put("last", 650)
        .put(
            "quality",
            new JsonObject()
                .put("source", "first")
                .put("isStale", false)
                .put("confidence", 95)
                .put("quality", "excellent"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 95, excellent, false",
    "5000, 95, excellent, false",
    "5001, 86, good, true",
    "15001, 71, good, true"
  })
  void shouldTrustOlderReadingsLess(long age, int confidence, String grade, boolean stale) {
    JsonObject card = card();
    JsonObject quality = HubCards.appraise(SPY, card, 1_000, 1_000 + age);
    assertThat(quality.getInteger("confidence")).isEqualTo(confidence);
    assertThat(quality.getString("quality")).isEqualTo(grade);
    assertThat(quality.getBoolean("isStale")).isEqualTo(stale);
    assertThat(card).isEqualTo(card());
  }

  @Test
  void shouldAskAgainWhenTheProviderSaysSo() {
    JsonObject error = Failure.RATE_LIMITED.because("later", 7_000).toJson();
    WatchReply<JsonObject> reply = HubCards.reply(
        List.of(SPY),
        new JsonObject()
            .put("cards", new JsonArray().add(card().put("error", error)))
            .toBuffer());
    assertThat(reply.values()).isEmpty();
    assertThat(reply.failures()).containsEntry(SPY, Failure.RATE_LIMITED);
    assertThat(reply.retryAfterMillis()).isEqualTo(7_000);
  }

  @Test
  void shouldKeepWhatWasReadAndSayWhyThereIsNothingNewer() {
    JsonObject quality = new JsonObject().put("confidence", 71);
    JsonObject stale =
        HubCards.json(new WatchCard.Stale<>(SPY, card(), quality, 1_000, Failure.PROVIDER_ERROR));
    assertThat(stale.getInteger("last")).isEqualTo(650);
    assertThat(stale.getJsonObject("quality")).isEqualTo(quality);
    assertThat(stale.getJsonObject("error").getString("code")).isEqualTo("PROVIDER_ERROR");
    JsonObject missing = HubCards.json(new WatchCard.Missing<>(SPY, Failure.NO_DATA));
    assertThat(missing.fieldNames()).containsExactly("symbol", "error");
    assertThat(HubCards.json(new WatchCard.Shown<>(SPY, card(), quality))).isEqualTo(card());
  }
}
