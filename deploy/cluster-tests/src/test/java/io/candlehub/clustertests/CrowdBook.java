package io.candlehub.clustertests;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What all clients of a crowd have seen. Confined to the crowd's event loop. */
final class CrowdBook {
  private static final int MOST_FAULTS = 40;

  private final Map<ChartStream, Set<String>> epochs = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final Map<Count, Long> counted = new EnumMap<>(Count.class);

  /** What is counted, in the order and by the names in which it is reported. */
  enum Count {
    UPDATES("updates"),
    SNAPSHOTS("snapshots"),
    /** Updates that told some of what a client held once more, under a higher position. */
    RETOLD("retold"),
    DUPLICATES("duplicates"),
    LOSSES("unflagged losses"),
    RECONNECTS("reconnects"),
    RESUMES("resumed without snapshot"),
    /** Charts that were refused and asked for again. */
    REFUSALS("refusals");

    private final String title;

    Count(String title) {
      this.title = title;
    }
  }

  private void count(Count what) {
    counted.merge(what, 1L, Long::sum);
  }

  /** Counts a message by what became of it. */
  void took(ChartStream stream, CrowdSeries.Outcome outcome, String epoch, String message) {
    switch (outcome) {
      case REPLACED -> count(Count.SNAPSHOTS);
      case CONTINUED -> count(Count.UPDATES);
      case RETOLD -> {
        count(Count.UPDATES);
        count(Count.RETOLD);
      }
      case DUPLICATE -> {
        count(Count.DUPLICATES);
        fault("duplicate [stream: " + stream + "] " + message);
      }
      case LOSS -> {
        count(Count.LOSSES);
        fault("loss [stream: " + stream + "] " + message);
      }
    }
    epochs.computeIfAbsent(stream, key -> new HashSet<>()).add(epoch);
  }

  /** Counts a connection that was lost. */
  void reconnected() {
    count(Count.RECONNECTS);
  }

  /** Counts a chart that was refused. */
  void refused() {
    count(Count.REFUSALS);
  }

  /** Counts a first message after a lost connection that was no snapshot. */
  void resumed() {
    count(Count.RESUMES);
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
    return new Counts(Map.copyOf(counted), newEpochs(false), newEpochs(true), List.copyOf(faults));
  }

  /**
   * The numbers.
   *
   * @param counted how often what happened; what never did is missing
   * @param epochs new epochs of streams of minutes and longer
   * @param epochsOfSeconds new epochs of streams of seconds
   */
  record Counts(Map<Count, Long> counted, long epochs, long epochsOfSeconds, List<String> faults) {
    /** Returns how often something happened. */
    long of(Count what) {
      return counted.getOrDefault(what, 0L);
    }

    /** Returns them as one line without the faults. */
    String line() {
      return Stream.of(Count.values())
          .map(what -> what.title + " " + of(what))
          .collect(Collectors.joining(
              ", ", "", String.format(", new epochs %d (of seconds %d)", epochs, epochsOfSeconds)));
    }
  }
}
