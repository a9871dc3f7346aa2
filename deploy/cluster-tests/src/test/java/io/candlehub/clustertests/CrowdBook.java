package io.candlehub.clustertests;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What all clients of a crowd have seen. Confined to the crowd's event loop. */
final class CrowdBook {
  private static final int MOST_FAULTS = 40;

  private final Map<ChartStream, Set<String>> epochs = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private long updates;
  private long snapshots;
  private long retold;
  private long duplicates;
  private long losses;
  private long reconnects;
  private long resumes;
  private long refusals;

  /** Counts a message by what became of it. */
  void took(ChartStream stream, CrowdSeries.Outcome outcome, String epoch, String message) {
    switch (outcome) {
      case REPLACED -> snapshots++;
      case CONTINUED -> updates++;
      case RETOLD -> {
        updates++;
        retold++;
      }
      case DUPLICATE -> {
        duplicates++;
        fault("duplicate [stream: " + stream + "] " + message);
      }
      case LOSS -> {
        losses++;
        fault("loss [stream: " + stream + "] " + message);
      }
    }
    epochs.computeIfAbsent(stream, key -> new HashSet<>()).add(epoch);
  }

  /** Counts a connection that was lost. */
  void reconnected() {
    reconnects++;
  }

  /** Counts a chart that was refused. */
  void refused() {
    refusals++;
  }

  /** Counts a first message after a lost connection that was no snapshot. */
  void resumed() {
    resumes++;
  }

  /** Notes something that no client should see. */
  void fault(String fault) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(fault);
    }
  }

  /** Returns how often streams of minutes and longer began a new epoch. */
  long newEpochs(boolean ofSeconds) {
    return epochs.entrySet().stream()
        .filter(entry -> entry.getKey().isOfSeconds() == ofSeconds)
        .mapToLong(entry -> entry.getValue().size() - 1)
        .sum();
  }

  /** Returns a copy that any thread may read. */
  Counts counts() {
    return new Counts(
        updates,
        snapshots,
        retold,
        duplicates,
        losses,
        reconnects,
        resumes,
        refusals,
        newEpochs(false),
        newEpochs(true),
        List.copyOf(faults));
  }

  /**
   * The numbers.
   *
   * @param retold updates that told some of what a client held once more, under a higher position
   * @param refusals charts that were refused and asked for again
   * @param epochs new epochs of streams of minutes and longer
   * @param epochsOfSeconds new epochs of streams of seconds
   */
  record Counts(
      long updates,
      long snapshots,
      long retold,
      long duplicates,
      long losses,
      long reconnects,
      long resumes,
      long refusals,
      long epochs,
      long epochsOfSeconds,
      List<String> faults) {
    /** Returns them as one line without the faults. */
    String line() {
      return String.format(
          "updates %d, snapshots %d, retold %d, duplicates %d, unflagged losses %d, reconnects %d,"
              + " resumed without snapshot %d, refusals %d, new epochs %d (of seconds %d)",
          updates,
          snapshots,
          retold,
          duplicates,
          losses,
          reconnects,
          resumes,
          refusals,
          epochs,
          epochsOfSeconds);
    }
  }
}
