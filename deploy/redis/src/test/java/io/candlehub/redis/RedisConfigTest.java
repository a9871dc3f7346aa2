package io.candlehub.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.model.SettingException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which settings are taken, and that none of their secrets is shown. */
@Timeout(10)
class RedisConfigTest {
  private static RedisConfig of(String uri) {
    return RedisConfig.from(Map.of("fanout.mode", "redis", "redis.uri", uri));
  }

  @Test
  void shouldNeedNothingByDefault() {
    assertThat(RedisConfig.from(Map.of()).isWanted()).isFalse();
    assertThat(RedisConfig.from(Map.of("redis.uri", "redis://127.0.0.1")).isWanted())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://127.0.0.1",
        "redis://127.0.0.1:6379/",
        "redis://cache.internal:6380/2",
        "redis://:secret@127.0.0.1:1",
        "rediss://user:s%40cret@[::1]:6379"
      })
  void shouldTakeAddresses(String uri) {
    RedisConfig config = of(uri);

    assertThat(config.isWanted()).isTrue();
    assertThat(config.options().getEndpoint()).isEqualTo(uri);
    assertThat(config.server()).doesNotContain("cret").contains(":");
    assertThat(config.toString()).doesNotContain("cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:6379",
        "http://127.0.0.1",
        "redis://",
        "redis://user:secret@",
        "redis://127.0.0.1:99999",
        "redis://127.0.0.1/name",
        "redis://127.0.0.1?password=secret",
        "redis://:se cret@127.0.0.1"
      })
  void shouldRefuseOtherAddressesWithoutShowingThem(String uri) {
    assertThatThrownBy(() -> of(uri))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("redis.uri")
        .hasMessageContaining("redis://")
        .hasMessageNotContaining("cret");
  }

  @Test
  void shouldRefuseRedisWithoutAnAddress() {
    assertThatThrownBy(() -> RedisConfig.from(Map.of("fanout.mode", "redis")))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("redis.uri");
    assertThatThrownBy(() -> RedisConfig.from(Map.of("fanout.mode", "kafka")))
        .hasMessageContaining("eventbus, redis");
    assertThatThrownBy(() -> RedisConfig.from(Map.of("redis.tls.ca", "/no/such/file")))
        .hasMessageContaining("redis.tls.ca");
  }
}
