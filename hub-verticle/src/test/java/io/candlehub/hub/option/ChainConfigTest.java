package io.candlehub.hub.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.model.SettingException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 5, unit = TimeUnit.SECONDS)
class ChainConfigTest {
  @Test
  void shouldReadRatesAndYields() {
    ChainConfig config = ChainConfig.from(Map.of(
        "chain.rate", "0.05",
        "chain.dividend-yield", "0.01",
        "chain.dividend-yields", "SPY=0.012, I:SPX = 0.013"));
    assertThat(config.windowStrikes()).isEqualTo(10);
    assertThat(config.rate()).isEqualTo(0.05);
    assertThat(config.yieldOf("SPY")).isEqualTo(0.012);
    assertThat(config.yieldOf("I:SPX")).isEqualTo(0.013);
    assertThat(config.yieldOf("QQQ")).isEqualTo(0.01);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SPY",
        "=0.1",
        "SPY=x",
        "SPY=-0.1",
        "SPY=0.6",
        "spy=0.1",
        "I:spx=0.1",
        "F:ES=0.1",
        "SPX=0.1",
        "SPY=0.1, SPY=0.2"
      })
  void shouldNameAWrongYield(String item) {
    assertThatThrownBy(() -> ChainConfig.from(Map.of("chain.dividend-yields", item)))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("chain.dividend-yields");
  }
}
