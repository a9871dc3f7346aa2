package io.candlehub.hub.chain;

import io.candlehub.hub.option.ChainBook;
import io.candlehub.model.Quality;
import io.candlehub.model.quality.Assessment;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What viewers are told of the expirations on one underlying as wholes: the spot, and the quality, which is judged again
 * when the provider has answered or the newest part counts as older. One expiration at a time is judged, on a worker.
 * Confined to the hub's event loop.
 */
final class ChainWholes {
  private static final Logger LOG = LoggerFactory.getLogger(ChainWholes.class);

  private final ChainParts parts;
  private final UnderlyingDesk options;
  private final Map<LocalDate, Ground> grounds = new HashMap<>();
  private final Map<LocalDate, Quality> judged = new HashMap<>();
  private final Map<LocalDate, Whole> told = new HashMap<>();
  private boolean judging;

  /** What a judgement depends on. */
  private record Ground(long askedMillis, boolean current, int stage) {}

  /**
   * What is known of an expiration as a whole, or what is new of it.
   *
   * @param spot the underlying's price, NaN if not known or not new
   * @param quality none if not known or not new
   */
  record Whole(double spot, List<Quality> quality) {
    private static final Whole UNKNOWN = new Whole(Double.NaN, List.of());

    private Whole since(Whole earlier) {
      return new Whole(
          Double.compare(spot, earlier.spot) == 0 ? Double.NaN : spot,
          quality.equals(earlier.quality) ? List.of() : quality);
    }
  }

  ChainWholes(ChainParts parts, UnderlyingDesk options) {
    this.parts = parts;
    this.options = options;
  }

  /** Looks at the expirations that somebody looks at; returns those of which something is new. */
  Set<LocalDate> look(Set<LocalDate> viewed) {
    grounds.keySet().retainAll(viewed);
    judged.keySet().retainAll(viewed);
    told.keySet().retainAll(viewed);
    ChainBook book = options.book();
    long nowMillis = parts.clock().millis();
    book.age(viewed, nowMillis)
        .forEach((date, atMillis) -> judge(date, Assessment.stage(atMillis, nowMillis)));
    return viewed.stream()
        .filter(date -> !whole(date).equals(told.getOrDefault(date, Whole.UNKNOWN)))
        .collect(Collectors.toSet());
  }

  private void judge(LocalDate date, int stage) {
    ChainSheet sheet = options.sheet(date);
    Ground ground = new Ground(sheet.askedMillis(), sheet.isCurrent(), stage);
    if (judging || !sheet.isKnown() || ground.equals(grounds.get(date))) {
      return;
    }
    judging = true;
    options.quality(date).onComplete(done -> {
      judging = false;
      if (done.succeeded()) {
        grounds.put(date, ground);
        judged.put(date, done.result());
      } else {
        LOG.debug("chain is not judged [expiration: {}]", date, done.cause());
      }
    });
  }

  private Whole whole(LocalDate date) {
    return new Whole(
        options.book().spot().price(),
        Optional.ofNullable(judged.get(date)).stream().toList());
  }

  /** Returns what is new of an expiration since the last call. */
  Whole drain(LocalDate date) {
    Whole now = whole(date);
    Whole before = told.getOrDefault(date, Whole.UNKNOWN);
    told.put(date, now);
    return now.since(before);
  }
}
