package io.candlehub.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Selection;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 5, unit = TimeUnit.SECONDS)
class SelectionJsonTest {
  private static final String CONTRACT = "O:SPXW251219C06500000";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"underlying\":\"SPY\"}",
        "{\"underlying\":\"SPY\",\"expiration\":\"2025-12-19\"}",
        "{\"underlying\":\"I:SPX\",\"expiration\":\"2025-12-19\",\"contract\":\"O:SPXW251219C06500000\"}"
      })
  void shouldReadBackWhatItWrote(String json) {
    Selection selection = SelectionJson.read(new JsonObject(json)).orElseThrow();
    assertThat(SelectionJson.write(selection)).isEqualTo(new JsonObject(json));
  }

  @Test
  void shouldTakeTheExpirationOfTheContract() {
    JsonObject json = new JsonObject().put("underlying", "I:SPX").put("contract", CONTRACT);
    assertThat(SelectionJson.read(json)).contains(new Selection("I:SPX", "2025-12-19", CONTRACT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"underlying\":7}",
        "{\"underlying\":\"A B\"}",
        "{\"underlying\":\"O:SPXW251219C06500000\"}",
        "{\"underlying\":\"SPY\",\"expiration\":7}",
        "{\"underlying\":\"SPY\",\"expiration\":\"soon\"}",
        "{\"underlying\":\"SPY\",\"expiration\":\"2025-02-30\"}",
        "{\"underlying\":\"SPY\",\"contract\":{}}",
        "{\"underlying\":\"SPY\",\"contract\":\"SPY\"}",
        "{\"underlying\":\"SPY\",\"contract\":\"O:SPY\"}",
        "{\"underlying\":\"SPY\",\"contract\":\"O:SPXW251219C06500000\"}",
        "{\"underlying\":\"I:SPX\",\"expiration\":\"2025-12-20\",\"contract\":\"O:SPXW251219C06500000\"}"
      })
  void shouldNotTakeForASelectionWhatIsNone(String json) {
    assertThat(SelectionJson.read(new JsonObject(json))).isEmpty();
  }
}
