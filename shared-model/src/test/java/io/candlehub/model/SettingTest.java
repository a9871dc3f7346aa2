package io.candlehub.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingTest {
  private static final Setting<Integer> PORT =
      Setting.integer("http.port", 8080, 0, 65535, "Port.");

  @Test
  void shouldTakeDefaultWhenAbsentOrBlank() {
    assertThat(PORT.from(Map.of())).isEqualTo(8080);
    assertThat(PORT.from(Map.of("http.port", " "))).isEqualTo(8080);
  }

  @Test
  void shouldNameKeyValueAndRangeOfRefusedValue() {
    assertThatThrownBy(() -> PORT.from(Map.of("http.port", "70000")))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("http.port")
        .hasMessageContaining("70000")
        .hasMessageContaining("0 to 65535");
    assertThatThrownBy(() -> PORT.from(Map.of("http.port", "web")))
        .isInstanceOf(SettingException.class);
  }

  @Test
  void shouldReadEveryKind() {
    assertThat(Setting.list("a", "", "").from(Map.of("a", "x, y ,"))).containsExactly("x", "y");
    assertThat(Setting.flag("a", false, "").from(Map.of("a", "TRUE"))).isTrue();
    assertThat(Setting.number("a", 1, 0, 600, "").from(Map.of("a", "0.5"))).isEqualTo(0.5);
    assertThat(Setting.number("a", 1, 0, 600, "").defaultText()).isEqualTo("1");
    assertThatThrownBy(() -> Setting.number("a", 1, 0, 600, "").from(Map.of("a", "NaN")))
        .isInstanceOf(SettingException.class);
    assertThatThrownBy(() -> Setting.oneOf("a", "x", List.of("x", "y"), "").from(Map.of("a", "z")))
        .hasMessageContaining("one of x, y");
  }
}
