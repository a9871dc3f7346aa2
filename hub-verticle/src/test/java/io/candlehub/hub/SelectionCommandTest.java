package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SelectionCommandTest {
  private static final JsonObject CHOSEN = new JsonObject()
      .put("underlying", "SPY")
      .put("expiration", "2025-12-19")
      .put("contract", "O:SPY251219C00650000");

  @TempDir
  private Path folder;

  private OptionBus options;

  private HubRig rig() {
    return rig("2025-11-03T10:00:00");
  }

  private HubRig rig(String newYork) {
    HubRig rig = new HubRig(newYork, folder);
    options = new OptionBus(rig.vertx, rig.clock);
    return rig;
  }

  private static JsonObject checked(boolean isChecked) {
    return CHOSEN.copy().put("checked", isChecked);
  }

  private static void assertRefused(HubRig rig, Failure code, String selection) {
    assertThatThrownBy(() -> ask(rig, of("ada").put("selection", new JsonObject(selection))))
        .isInstanceOfSatisfying(
            FailureException.class, failure -> assertThat(failure.code()).isEqualTo(code));
    assertNothingOf(rig, "ada");
  }

  private static JsonObject ask(HubRig rig, JsonObject question) throws Exception {
    try {
      return rig.vertx
          .eventBus()
          .<Buffer>request(Addresses.COMMAND_SELECTION, question)
          .await(10, TimeUnit.SECONDS)
          .body()
          .toJsonObject();
    } catch (Exception e) {
      throw FailureException.of(e);
    }
  }

  private static JsonObject of(String caller) {
    return new JsonObject().put("caller", caller);
  }

  private static void assertNothingOf(HubRig rig, String caller) {
    assertThatThrownBy(() -> ask(rig, of(caller)))
        .isInstanceOfSatisfying(
            FailureException.class,
            failure -> assertThat(failure.code()).isEqualTo(Failure.NO_DATA));
  }

  @Test
  void shouldKeepEachCallersSelectionOverARestart() throws Exception {
    try (HubRig rig = rig()) {
      assertNothingOf(rig, "ada");
      assertThat(ask(rig, of("ada").put("selection", CHOSEN))).isEqualTo(checked(true));
      assertNothingOf(rig, "bob");
    }
    try (HubRig rig = rig()) {
      assertThat(ask(rig, of("ada"))).isEqualTo(CHOSEN);
    }
  }

  @Test
  void shouldForgetASelectionThatIsNotRenewedForAYear() throws Exception {
    try (HubRig rig = rig()) {
      ask(rig, of("ada").put("selection", CHOSEN));
    }
    try (HubRig rig = rig("2026-11-02T10:00:00")) {
      assertThat(ask(rig, of("ada"))).isEqualTo(CHOSEN);
    }
    try (HubRig rig = rig("2026-11-05T10:00:00")) {
      assertNothingOf(rig, "ada");
    }
  }

  @Test
  void shouldRefuseWhatDoesNotExist() throws Exception {
    try (HubRig rig = rig()) {
      assertRefused(rig, Failure.UNKNOWN_INSTRUMENT, "{\"underlying\":\"NOPE\"}");
      assertRefused(rig, Failure.NO_DATA, "{\"underlying\":\"SPY\",\"expiration\":\"2020-01-17\"}");
      assertRefused(
          rig,
          Failure.CONTRACT_NOT_FOUND,
          "{\"underlying\":\"SPY\",\"contract\":\"O:SPY251219C09999000\"}");
      JsonObject derived = CHOSEN.copy();
      derived.remove("expiration");
      assertThat(ask(rig, of("ada").put("selection", derived))).isEqualTo(checked(true));
      JsonObject date = new JsonObject().put("underlying", "SPY").put("expiration", "2026-01-16");
      assertThat(ask(rig, of("ada").put("selection", date)))
          .isEqualTo(date.copy().put("checked", true));
      assertThat(ask(rig, of("ada"))).isEqualTo(date);
    }
  }

  @Test
  void shouldKeepWhatNobodyCanCheckNow() throws Exception {
    try (HubRig rig = rig()) {
      options.options.fail(Failure.ALL_PROVIDERS_FAILED);
      assertThat(ask(rig, of("ada").put("selection", CHOSEN))).isEqualTo(checked(false));
      assertThat(ask(rig, of("ada"))).isEqualTo(CHOSEN);
      JsonObject date = new JsonObject().put("underlying", "SPY").put("expiration", "2026-01-16");
      assertThat(ask(rig, of("ada").put("selection", date)))
          .isEqualTo(date.copy().put("checked", false));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"caller\":7}",
        "{\"caller\":\"\"}",
        "{\"caller\":\"ada\",\"selection\":7}",
        "{\"caller\":\"ada\",\"selection\":{}}",
        "{\"caller\":\"ada\",\"selection\":{\"underlying\":\"A B\"}}",
        "{\"caller\":\"ada\",\"selection\":{\"underlying\":\"O:SPY251219C00650000\"}}",
        "{\"caller\":\"ada\",\"selection\":{\"underlying\":\"SPY\",\"expiration\":7}}",
        "{\"caller\":\"ada\",\"selection\":{\"underlying\":\"SPY\",\"expiration\":\"2025-13-01\"}}",
        "{\"caller\":\"ada\",\"selection\":{\"underlying\":\"QQQ\","
            + "\"contract\":\"O:SPY251219C00650000\"}}",
        "{\"caller\":\"ada\",\"selection\":{\"underlying\":\"SPY\",\"expiration\":\"2026-01-16\","
            + "\"contract\":\"O:SPY251219C00650000\"}}"
      })
  void shouldRefuseWhatIsNoQuestion(String question) {
    try (HubRig rig = rig()) {
      assertThatThrownBy(() -> ask(rig, new JsonObject(question)))
          .isInstanceOfSatisfying(
              FailureException.class,
              failure -> assertThat(failure.code()).isEqualTo(Failure.INVALID_PARAMETER));
    }
  }
}
