package io.candlehub.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.ChainUpdate;
import io.candlehub.model.ComputedInputs;
import io.candlehub.model.ExerciseStyle;
import io.candlehub.model.Expirations;
import io.candlehub.model.Greeks;
import io.candlehub.model.Instrument;
import io.candlehub.model.MissingReason;
import io.candlehub.model.OptionChain;
import io.candlehub.model.OptionContract;
import io.candlehub.model.OptionLeg;
import io.candlehub.model.OptionTerms;
import io.candlehub.model.Quality;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 5, unit = TimeUnit.SECONDS)
class ChainJsonTest {
  private static final OptionContract CONTRACT =
      OptionContract.of(Instrument.of("O:SPY251219C00650000")).orElseThrow();
  private static final Quality GOOD = new Quality("first", false, List.of(), 100, 1_000, "");
  private static final OptionLeg FULL = new OptionLeg(
      CONTRACT,
      12.4,
      12.5,
      17,
      24,
      12.45,
      5_012,
      15_230,
      0.1421,
      new Greeks(0.56, 0.0123, -0.214, 0.611, 0.1),
      0,
      true,
      List.of(new ComputedInputs(
          List.of("rho"), ExerciseStyle.AMERICAN, Double.NaN, 652.91, 0.04, 0.013, 0.05, 250)),
      Map.of(),
      GOOD);
  private static final OptionLeg BARE = new OptionLeg(
      CONTRACT,
      Double.NaN,
      0.05,
      Double.NaN,
      3,
      Double.NaN,
      0,
      Double.NaN,
      Double.NaN,
      Greeks.NONE,
      0,
      false,
      List.of(),
      Map.of("bid", MissingReason.ONE_SIDED, "iv", MissingReason.NO_TIME_VALUE),
      new Quality("second", true, List.of("one-sided"), 71, 0, "first: empty answer"));

  @Test
  void shouldWriteALegAsTheContractSays() {
    JsonObject leg =
        new JsonObject(ChainJson.update(update(FULL))).getJsonArray("legs").getJsonObject(0);
    assertThat(leg.fieldNames())
        .containsExactly(
            "symbol",
            "bid",
            "ask",
            "mid",
            "last",
            "bidSize",
            "askSize",
            "volume",
            "openInterest",
            "iv",
            "greeks",
            "live",
            "computed",
            "quality");
    assertThat(leg.getDouble("mid")).isEqualTo(12.45);
    assertThat(leg.getJsonObject("greeks"))
        .isEqualTo(new JsonObject()
            .put("delta", 0.56)
            .put("gamma", 0.0123)
            .put("theta", -0.214)
            .put("vega", 0.611)
            .put("rho", 0.1));
    assertThat(leg.getJsonObject("computed"))
        .isEqualTo(new JsonObject()
            .put("fields", new JsonArray().add("rho"))
            .put("exerciseStyle", "american")
            .put("spot", 652.91)
            .put("rate", 0.04)
            .put("dividendYield", 0.013)
            .put("years", 0.05)
            .put("ageMs", 250));
    assertThat(leg.getJsonObject("quality"))
        .isEqualTo(new JsonObject()
            .put("source", "first")
            .put("isStale", false)
            .put("hasWarnings", false)
            .put("warnings", new JsonArray())
            .put("confidence", 100)
            .put("quality", "excellent")
            .put("updatedAt", 1_000));
  }

  @Test
  void shouldLeaveOutWhatIsMissingAndSayWhy() {
    JsonObject leg =
        new JsonObject(ChainJson.update(update(BARE))).getJsonArray("legs").getJsonObject(0);
    assertThat(leg.fieldNames())
        .containsExactly(
            "symbol", "ask", "askSize", "volume", "greeks", "live", "reasons", "quality");
    assertThat(leg.getJsonObject("greeks").isEmpty()).isTrue();
    assertThat(leg.getJsonObject("reasons"))
        .isEqualTo(new JsonObject().put("bid", "one-sided").put("iv", "no-time-value"));
    assertThat(leg.getJsonObject("quality").getString("quality")).isEqualTo("good");
    assertThat(leg.getJsonObject("quality").getString("fallbackReason"))
        .isEqualTo("first: empty answer");
  }

  @Test
  void shouldWriteChainsUpdatesAndContracts() {
    OptionChain chain = new OptionChain(
        "SPY",
        652.91,
        List.of(new OptionChain.Expiration(
            CONTRACT.expiration(), "SPY", List.of(new OptionChain.Strike(650, List.of(FULL))))),
        GOOD);
    JsonObject json = new JsonObject(ChainJson.chain(chain));
    assertThat(json.fieldNames()).containsExactly("underlying", "spot", "expirations", "quality");
    JsonObject expiration = json.getJsonArray("expirations").getJsonObject(0);
    assertThat(expiration.getString("expiration")).isEqualTo("2025-12-19");
    JsonObject strike = expiration.getJsonArray("strikes").getJsonObject(0);
    assertThat(strike.fieldNames()).containsExactly("strike", "call");
    JsonObject update = new JsonObject(ChainJson.update(update(FULL)));
    assertThat(update.fieldNames())
        .containsExactly("underlying", "expiration", "legs", "window", "windowWanted", "removed");
    assertThat(update.getInteger("windowWanted")).isEqualTo(42);
    JsonObject whole = new JsonObject(ChainJson.update(new ChainUpdate(
        "SPY",
        CONTRACT.expiration(),
        List.of(),
        List.of(),
        0,
        List.of(),
        List.of("O:SPY251219C00650000"),
        652.91,
        List.of(GOOD))));
    assertThat(whole.getDouble("spot")).isEqualTo(652.91);
    assertThat(whole.getJsonArray("unlisted")).containsExactly("O:SPY251219C00650000");
    assertThat(whole.getJsonObject("quality")).isEqualTo(json.getJsonObject("quality"));
    JsonObject terms = new JsonObject(ChainJson.contract(FULL, OptionTerms.of(CONTRACT), "SPY"))
        .getJsonObject("terms");
    assertThat(terms)
        .isEqualTo(new JsonObject()
            .put("underlying", "SPY")
            .put("type", "call")
            .put("strike", 650)
            .put("expiration", "2025-12-19")
            .put("tradedUntil", 1_766_178_000_000L)
            .put("expiresAt", 1_766_178_000_000L)
            .put("exerciseStyle", "american")
            .put("settlement", "pm")
            .put("sharesPerContract", 100));
  }

  @Test
  void shouldWriteExpirationsWithWhoSaidThem() {
    Expirations said = new Expirations(
        "SPY", List.of(LocalDate.of(2025, 12, 19), LocalDate.of(2026, 1, 16)), "first", "");
    JsonObject json = new JsonObject(ChainJson.expirations(said, GOOD.lastKnown()));
    assertThat(json.fieldNames()).containsExactly("underlying", "expirations", "quality");
    assertThat(json.getJsonArray("expirations"))
        .isEqualTo(new JsonArray().add("2025-12-19").add("2026-01-16"));
    JsonObject quality = json.getJsonObject("quality");
    assertThat(quality.getBoolean("isStale")).isTrue();
    assertThat(quality.getJsonArray("warnings")).containsExactly("last-known");
    assertThat(quality.getInteger("confidence")).isEqualTo(95);
  }

  private static ChainUpdate update(OptionLeg leg) {
    return new ChainUpdate(
        "SPY",
        LocalDate.of(2025, 12, 19),
        List.of(leg),
        List.of("O:SPY251219C00650000"),
        42,
        List.of(),
        List.of(),
        Double.NaN,
        List.of());
  }
}
