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

  private HubRig rig() {
    return new HubRig("2025-11-03T10:00:00", folder);
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
      assertThat(ask(rig, of("ada").put("selection", CHOSEN))).isEqualTo(CHOSEN);
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
    try (HubRig rig = new HubRig("2026-11-02T10:00:00", folder)) {
      assertThat(ask(rig, of("ada"))).isEqualTo(CHOSEN);
    }
    try (HubRig rig = new HubRig("2026-11-05T10:00:00", folder)) {
      assertNothingOf(rig, "ada");
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
        "{\"caller\":\"ada\",\"selection\":{\"underlying\":\"A B\"}}"
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
