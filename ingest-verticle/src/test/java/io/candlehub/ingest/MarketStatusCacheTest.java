package io.candlehub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class MarketStatusCacheTest {
  private final ManualClock clock = new ManualClock(0);
  private final List<Promise<MarketStatus>> calls = new ArrayList<>();
  private final MarketStatusCache cache = new MarketStatusCache(
      () -> {
        Promise<MarketStatus> call = Promise.promise();
        calls.add(call);
        return call.future();
      },
      () -> clock.millis() * 1_000_000,
      new FeedMeters(new SimpleMeterRegistry(), "test"));

  @Test
  void shouldAskOnceInHalfAMinute() {
    Future<MarketStatus> first = cache.ask();
    Future<MarketStatus> second = cache.ask();
    calls.get(0).complete(status("open"));
    clock.advance(29_999);
    Future<MarketStatus> third = cache.ask();
    clock.advance(1);
    cache.ask();

    assertThat(calls).hasSize(2);
    assertThat(List.of(first.result(), second.result(), third.result()))
        .containsOnly(status("open"));
  }

  @Test
  void shouldNotKeepFailures() {
    Future<MarketStatus> failed = cache.ask();
    calls.get(0).fail("no");
    cache.ask();

    assertThat(failed.failed()).isTrue();
    assertThat(calls).hasSize(2);
  }

  @Test
  void shouldWriteTheFormOfTheBus() {
    assertThat(status("open").toJson())
        .hasToString("{\"market\":\"open\",\"exchanges\":{\"nyse\":\"open\"},"
            + "\"serverTime\":\"2025-12-01T10:00-05:00\",\"earlyHours\":false,"
            + "\"afterHours\":true,\"askedAt\":7}");
  }

  private static MarketStatus status(String market) {
    return new MarketStatus(
        market, Map.of("nyse", "open"), "2025-12-01T10:00-05:00", false, true, 7);
  }
}
