package io.candlehub.launcher;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;

/**
 * What all clients saw, put together. Two clients at the same position of a stream must hold the same bars, however they
 * got there; where they do not, one of them has lost something without being told. Safe on any thread.
 */
final class ResumeBook {
  private final Map<String, Long> fingerprints;
  private final Map<String, Integer> snapshotBytes = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Double> deltaShares = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
  private final AtomicInteger cycles = new AtomicInteger();
  private final AtomicInteger resumes = new AtomicInteger();
  private final AtomicInteger deltas = new AtomicInteger();
  private final AtomicInteger compared = new AtomicInteger();
  private final AtomicInteger duplicates = new AtomicInteger();
  private final AtomicInteger losses = new AtomicInteger();

  /** Creates the book of one protocol; the clients of all protocols are compared by the same fingerprints. */
  ResumeBook(Map<String, Long> fingerprints) {
    this.fingerprints = fingerprints;
  }

  void cycle() {
    cycles.incrementAndGet();
  }

  /** Counts the first message after a resume. */
  void resumed(String stream, ChartLink.Arrival first) {
    resumes.incrementAndGet();
    if (!first.snapshot()) {
      deltas.incrementAndGet();
      Optional.ofNullable(snapshotBytes.get(stream))
          .ifPresent(bytes -> deltaShares.add(first.bytes() / (double) bytes));
    }
  }

  /** Applies a message to what a client holds and compares the result with everybody else's. */
  void take(String stream, SeriesModel series, ChartLink.Arrival arrival) {
    if (arrival.snapshot()) {
      snapshotBytes.put(stream, arrival.bytes());
    }
    SeriesModel.Outcome outcome = series.take(arrival.snapshot(), arrival.body());
    if (outcome == SeriesModel.Outcome.DUPLICATE) {
      duplicates.incrementAndGet();
      fault("duplicate", stream, arrival);
    } else if (outcome == SeriesModel.Outcome.HOLE) {
      losses.incrementAndGet();
      fault("hole", stream, arrival);
      return;
    }
    String position = stream + " " + series.position().orElseThrow().encode();
    Long other = fingerprints.putIfAbsent(position, series.fingerprint());
    if (other != null) {
      compared.incrementAndGet();
      if (other != series.fingerprint()) {
        losses.incrementAndGet();
        fault("other bars at the same position", stream, arrival);
      }
    }
  }

  private void fault(String what, String stream, ChartLink.Arrival arrival) {
    faults.add(what + " [stream: " + stream + ", snapshot: " + arrival.snapshot() + ", position: "
        + arrival.body().getJsonObject("stream") + "]");
  }

  /** Notes something that no client should see. */
  void fault(String fault) {
    faults.add(fault);
  }

  ConcurrentLinkedQueue<String> faults() {
    return faults;
  }

  int cycles() {
    return cycles.get();
  }

  int duplicates() {
    return duplicates.get();
  }

  int losses() {
    return losses.get();
  }

  int compared() {
    return compared.get();
  }

  double deltaPercent() {
    return resumes.get() == 0 ? 0 : 100.0 * deltas.get() / resumes.get();
  }

  /** Returns the median length of a delta in percent of its stream's snapshot. */
  double medianDeltaPercent() {
    double[] sorted =
        deltaShares.stream().flatMapToDouble(DoubleStream::of).sorted().toArray();
    return sorted.length == 0 ? 0 : 100 * sorted[sorted.length / 2];
  }

  String summary() {
    return String.format(
        "cycles %d, resumes %d, by delta %.2f %%, median delta %.2f %% of its snapshot, "
            + "series compared %d times, duplicates %d, unflagged losses %d",
        cycles.get(),
        resumes.get(),
        deltaPercent(),
        medianDeltaPercent(),
        compared.get(),
        duplicates.get(),
        losses.get());
  }
}
