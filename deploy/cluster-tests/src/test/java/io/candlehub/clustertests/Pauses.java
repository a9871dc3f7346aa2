package io.candlehub.clustertests;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long clients waited for a change when something happened. Only clients whose stream normally changes more often
 * than every {@value #RHYTHM_MILLIS} ms can tell.
 */
final class Pauses {
  private static final long SLOW_MILLIS = 2_000;
  private static final long RHYTHM_MILLIS = 1_000;

  private final Crowd crowd;
  private final List<Long> calm;
  private final List<Long> worsts = new ArrayList<>();

  /** Takes the rhythm from what was seen since the crowd's mark. */
  Pauses(Crowd crowd) {
    this.crowd = crowd;
    this.calm = millis();
  }

  private Pauses(Crowd crowd, List<Long> calm) {
    this.crowd = crowd;
    this.calm = calm;
  }

  /** Returns the same rhythm without events. */
  Pauses again() {
    return new Pauses(crowd, calm);
  }

  private List<Long> millis() {
    return crowd.gaps().stream().map(Crowd.Gap::millis).toList();
  }

  /** Notes an event; the crowd was marked before it and everything flows again. Returns it in words. */
  String note(String event) {
    List<Long> gaps = millis();
    List<Long> telling = new ArrayList<>();
    for (int i = 0; i < gaps.size(); i++) {
      if (calm.get(i) <= RHYTHM_MILLIS) {
        telling.add(gaps.get(i));
      }
    }
    if (telling.isEmpty()) {
      return event + ": no stream changed often enough to tell a pause";
    }
    telling.sort(null);
    long worst = telling.get(telling.size() - 1);
    worsts.add(worst);
    Instant now = Instant.now();
    Map<String, String> slow = new TreeMap<>();
    crowd.gaps().stream()
        .filter(gap -> gap.millis() > SLOW_MILLIS)
        .forEach(gap -> slow.put(
            gap.stream().symbol() + "/" + gap.stream().timeframe() + "@" + gap.gateway(),
            gap.millis() + " until "
                + now.minusMillis(gap.endedMillisAgo()).toString().substring(14, 21)));
    return String.format(
        "%s: pause of a client median %d ms, p95 %d ms, worst %d ms (%d clients; calm: worst %d ms)%s",
        event,
        telling.get(telling.size() / 2),
        telling.get(telling.size() * 95 / 100),
        worst,
        telling.size(),
        calm.stream().filter(gap -> gap <= RHYTHM_MILLIS).max(Long::compare).orElse(0L),
        slow.isEmpty() ? "" : "; slow: " + slow);
  }

  /** Returns the worst pauses of all events in words. */
  String summary() {
    if (worsts.isEmpty()) {
      return "no pause could be told";
    }
    long[] sorted = worsts.stream().mapToLong(Long::longValue).sorted().toArray();
    return String.format(
        "worst pause per event: median %d ms, p95 %d ms, worst %d ms of %s",
        sorted[sorted.length / 2],
        sorted[sorted.length * 95 / 100],
        sorted[sorted.length - 1],
        Arrays.toString(sorted));
  }
}
