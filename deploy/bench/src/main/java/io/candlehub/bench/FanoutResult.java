package io.candlehub.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What was measured of one server, the median of its rounds. */
final class FanoutResult {
  private final FanoutKind kind;
  private final String title;
  private final List<Round> rounds = new ArrayList<>();
  private double connectedBytes = Double.NaN;
  private double followingBytes = Double.NaN;

  /**
   * One round.
   *
   * @param offered updates times clients that were published in a second
   * @param updates updates that clients received in a second, each on its own or within another message
   * @param messages messages that clients received in a second
   * @param processorSeconds the server's processor time in a second
   * @param awakePerProcessorSecond updates per processor second while clients do not sleep, wake-ups of the clients included
   * @param bytes of a message on the wire, frame head included
   * @param medianMillis median age of the newest update in a message when it arrived
   * @param p99Millis the same, 99th percentile
   * @param gaps updates that never came
   */
  record Round(
      double offered,
      double updates,
      double messages,
      double processorSeconds,
      double awakePerProcessorSecond,
      double bytes,
      double medianMillis,
      double p99Millis,
      long gaps) {
    double updatesPerProcessorSecond() {
      return updates / processorSeconds;
    }
  }

  FanoutResult(FanoutServer server) {
    this.kind = server.kind();
    this.title = server.title();
  }

  void add(Round round) {
    rounds.add(round);
  }

  /** Takes the heap of a connection with a session, and of one that also follows a stream. */
  void idleHeap(double connected, double following) {
    connectedBytes = connected;
    followingBytes = following;
  }

  FanoutKind kind() {
    return kind;
  }

  String title() {
    return title;
  }

  double connectedBytes() {
    return connectedBytes;
  }

  double followingBytes() {
    return followingBytes;
  }

  double median(ToDoubleFunction<Round> value) {
    double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  double least(ToDoubleFunction<Round> value) {
    return rounds.stream().mapToDouble(value).min().orElse(Double.NaN);
  }

  double most(ToDoubleFunction<Round> value) {
    return rounds.stream().mapToDouble(value).max().orElse(Double.NaN);
  }
}
