package io.candlehub.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.cluster.Shards;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TermsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private boolean cutOff;
  private final Terms terms = new Terms(() -> cutOff, new StreamMeters(registry));

  private double dropped(String reason) {
    return registry
        .get("candlehub.gateway.dropped")
        .tag("reason", reason)
        .counter()
        .count();
  }

  private static JsonObject announcement(Object shards, Object terms) {
    return new JsonObject().put("shards", shards).put("terms", terms);
  }

  @Test
  void shouldDropWhatAFormerOwnerTells() {
    assertThat(terms.accepts(3, "100")).isTrue();
    assertThat(terms.accepts(3, "100")).isTrue();
    assertThat(terms.accepts(3, "102")).isTrue();

    assertThat(terms.accepts(3, "100")).isFalse();
    assertThat(terms.accepts(3, 101)).isFalse();
    assertThat(terms.accepts(3, "102")).isTrue();
    assertThat(terms.accepts(4, "100")).isTrue();
    assertThat(dropped("former-owner")).isEqualTo(2);
  }

  @Test
  void shouldLearnTermsFromAnnouncements() {
    terms.announced(
        announcement(new JsonArray().add(3).add(5), new JsonArray().add(7).add(9)));

    assertThat(terms.accepts(3, "6")).isFalse();
    assertThat(terms.accepts(3, "7")).isTrue();
    assertThat(terms.accepts(5, "8")).isFalse();
    terms.announced(announcement(new JsonArray().add(3), new JsonArray().add(6)));
    assertThat(terms.accepts(3, "7")).isTrue();
  }

  @Test
  void shouldNotStumbleOverNonsense() {
    terms.announced(announcement("x", "y"));
    terms.announced(
        announcement(new JsonArray().add(-1).add(64), new JsonArray().add(7).add(7)));
    terms.announced(announcement(new JsonArray().add("a"), new JsonArray().addNull()));

    assertThat(terms.accepts(0, "x")).isFalse();
    assertThat(terms.accepts(0, "1")).isTrue();
  }

  @Test
  void shouldTakeWhatHasNoTerm() {
    terms.accepts(3, "100");

    assertThat(terms.accepts(3, null)).isTrue();
  }

  @Test
  void shouldBelieveNobodyWhileThisNodeIsCutOff() {
    cutOff = true;
    assertThat(terms.accepts(3, "100")).isFalse();
    assertThat(terms.accepts(3, null)).isFalse();
    cutOff = false;

    assertThat(terms.accepts(3, "99")).isTrue();
    assertThat(dropped("cut-off")).isEqualTo(2);
  }

  @Property(tries = 200)
  void shouldNeverTakeALowerTermAfterAHigherOne(@ForAll long seed) {
    Random random = new Random(seed);
    Terms fresh = new Terms(() -> false, new StreamMeters(registry));
    long[] highest = new long[Shards.COUNT];
    for (int i = 0; i < 500; i++) {
      int shard = random.nextInt(3);
      long term = 100L + random.nextInt(10);
      if (random.nextInt(5) == 0) {
        fresh.announced(announcement(new JsonArray().add(shard), new JsonArray().add(term)));
        highest[shard] = Math.max(highest[shard], term);
      } else {
        boolean taken = random.nextBoolean()
            ? fresh.accepts(shard, Long.toString(term))
            : fresh.accepts(shard, term);
        assertThat(taken).isEqualTo(term >= highest[shard]);
        highest[shard] = Math.max(highest[shard], term);
      }
    }
  }
}
