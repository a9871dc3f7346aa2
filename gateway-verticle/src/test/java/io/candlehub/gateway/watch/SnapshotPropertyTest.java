package io.candlehub.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Instrument;
import io.candlehub.model.ManualClock;
import io.candlehub.model.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** However fast values change, snapshots keep their distance and end with the newest values. */
class SnapshotPropertyTest {
  private static final Duration WINDOW = Duration.ofMillis(100);

  @Property(tries = 50)
  void shouldNeverSendMoreThanOncePerWindowNorLoseNewestValue(@ForAll long seed) {
    Random random = new Random(seed);
    ManualClock time = new ManualClock(0);
    ManualScheduler timers = new ManualScheduler(time);
    Map<String, Integer> truth = new TreeMap<>();
    Map<String, Integer> seen = new TreeMap<>();
    List<Long> times = new ArrayList<>();
    boolean[] writable = {true};
    SnapshotBoard<Integer> values =
        new SnapshotBoard<>(timers, WINDOW, () -> writable[0], snapshot -> {
          times.add(time.millis());
          snapshot.values().forEach((instrument, value) -> seen.put(instrument.symbol(), value));
          snapshot.removed().forEach(instrument -> seen.remove(instrument.symbol()));
        });
    for (int i = 0; i < 300; i++) {
      Instrument instrument = Instrument.of("S" + random.nextInt(5));
      if (random.nextInt(6) == 0) {
        values.remove(instrument);
        truth.remove(instrument.symbol());
      } else {
        values.put(instrument, i);
        truth.put(instrument.symbol(), i);
      }
      timers.advance(Duration.ofMillis(random.nextInt(40)));
      writable[0] = random.nextInt(4) > 0;
      if (writable[0]) {
        values.flush();
      }
    }
    writable[0] = true;
    values.flush();
    timers.advance(WINDOW);
    assertThat(seen).isEqualTo(truth);
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).isGreaterThanOrEqualTo(WINDOW.toMillis());
    }
  }
}
