package io.candlehub.demand;

import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one listener what is wanted of it: a change at once, changes that come before the answer together after it, what
 * was not taken soon again. Who never heard of it, or missed something, is told everything. Renewing is the caller's.
 *
 * <p>Confined to one event loop.
 */
public final class DemandTeller {
  private static final Logger LOG = LoggerFactory.getLogger(DemandTeller.class);
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(1);

  private final String owner;
  private final String node;
  private final String listener;
  private final Link link;
  private final Scheduler scheduler;
  private final LongSupplier numbers;
  private final Runnable onFailure;
  private Map<String, TopicSet> sets = Map.of();
  private final Map<String, Long> taken = new HashMap<>();
  private Scheduler.Cancellable retry = () -> {};
  private Duration retryDelay = FIRST_RETRY;
  private boolean telling;
  private boolean again;
  private boolean complete = true;
  private boolean positions;
  private boolean allPositions;
  private long knownPositions;
  private boolean failing;
  private boolean stopped;

  /** The way to the listener. */
  public interface Link {
    /** Brings a {@link DemandReport}; done with the listener's answer. Has a time limit. */
    Future<JsonObject> tell(JsonObject report);
  }

  /**
   * Creates a teller that has nothing to tell.
   *
   * @param owner names who wants it, this run of it
   * @param node the node it lives on
   * @param listener who is told, for the log
   * @param numbers counts the owner's reports to all listeners
   * @param onFailure called whenever a report was not taken
   */
  public DemandTeller(
      String owner,
      String node,
      String listener,
      Link link,
      Scheduler scheduler,
      LongSupplier numbers,
      Runnable onFailure) {
    this.owner = owner;
    this.node = node;
    this.listener = listener;
    this.link = link;
    this.scheduler = scheduler;
    this.numbers = numbers;
    this.onFailure = onFailure;
  }

  /** Sets which sets are told, by name; to be renewed afterwards. */
  public void sets(Map<String, TopicSet> named) {
    sets = new LinkedHashMap<>(named);
  }

  /** Tells what has changed. */
  public void changed() {
    tell();
  }

  /** Tells all versions again. */
  public void renew() {
    complete = true;
    tell();
  }

  /** Tells all versions again, and has the listener tell which streams have come to rest since it told that last. */
  public void renewForPositions() {
    positions = true;
    renew();
  }

  /** Tells all versions again, and has the listener tell where all streams are. */
  public void renewForAllPositions() {
    allPositions = true;
    renewForPositions();
  }

  /** Takes note that positions up to one of the listener's versions need not be told again. */
  public void positionsKnown(long version) {
    knownPositions = version;
  }

  /** Tells nothing any more. */
  public void stop() {
    stopped = true;
    retry.cancel();
  }

  /** Stops, with a last report that nothing is wanted any more; done when it is taken or not. */
  public Future<Void> release() {
    stop();
    return link.tell(
            new DemandReport(owner, node, numbers.getAsLong(), true, false, 0, Map.of()).toJson())
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private void tell() {
    if (telling || stopped) {
      again = true;
      return;
    }
    again = false;
    telling = true;
    retry.cancel();
    DemandReport report = report();
    complete = false;
    positions = false;
    allPositions = false;
    link.tell(report.toJson()).onComplete(done -> {
      telling = false;
      if (done.succeeded()) {
        told(report, DemandReport.isKnown(done.result()));
      } else {
        untold(report, done.cause());
      }
    });
  }

  private DemandReport report() {
    Map<String, TopicChange> changes = new LinkedHashMap<>();
    sets.forEach((name, set) -> {
      TopicChange change = set.since(taken.getOrDefault(name, TopicChange.EMPTY));
      boolean wasUsed = change.version() != TopicChange.EMPTY;
      if (wasUsed && (complete || !change.isNone())) {
        changes.put(name, change);
      }
    });
    long since = positions && !allPositions ? knownPositions : 0;
    return new DemandReport(owner, node, numbers.getAsLong(), complete, positions, since, changes);
  }

  private void told(DemandReport report, boolean known) {
    if (!known && report.isWhole()) {
      untold(report, new IllegalStateException("the answer makes no sense"));
      return;
    }
    retryDelay = FIRST_RETRY;
    if (failing) {
      failing = false;
      LOG.info("demand is taken again [by: {}, sets: {}]", listener, sets.size());
    }
    if (!known) {
      taken.clear();
      complete = true;
      askAgain(report);
      tell();
      return;
    }
    if (report.complete()) {
      taken.clear();
    }
    report.sets().forEach((name, change) -> taken.put(name, change.version()));
    if (wantsNothing()) {
      beginAnew();
    }
    if (again) {
      tell();
    }
  }

  /** Asks for the positions that a report has asked for in vain. */
  private void askAgain(DemandReport report) {
    positions |= report.positions();
    allPositions |= report.positions() && report.since() == 0;
  }

  private boolean wantsNothing() {
    return sets.values().stream().allMatch(TopicSet::isEmpty);
  }

  /** Who is told that nothing is wanted forgets all about it. */
  private void beginAnew() {
    taken.clear();
    complete = true;
  }

  private void untold(DemandReport report, Throwable cause) {
    if (stopped) {
      return;
    }
    onFailure.run();
    if (wantsNothing()) {
      beginAnew();
      return;
    }
    complete |= report.complete();
    askAgain(report);
    if (!failing) {
      failing = true;
      LOG.warn(
          "demand not taken [by: {}, sets: {}, cause: {}]",
          listener,
          sets.size(),
          cause.getMessage());
    }
    retry = scheduler.after(retryDelay, this::tell);
    Duration doubled = retryDelay.multipliedBy(2);
    retryDelay = doubled.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : doubled;
  }
}
