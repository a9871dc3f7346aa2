package io.candlehub.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of one shape.
 *
 * @param windows one after the other under the same load
 */
record ClusterResult(ClusterShape shape, List<Window> windows) {
  /**
   * Some seconds of the load.
   *
   * @param seconds how long
   * @param messages what clients received
   * @param updates what hubs published
   * @param processorSeconds of each node
   */
  record Window(double seconds, long messages, long updates, List<Double> processorSeconds) {
    double allProcessorSeconds() {
      return processorSeconds.stream().mapToDouble(Double::doubleValue).sum();
    }

    double microsPerMessage() {
      return allProcessorSeconds() * 1e6 / messages;
    }

    /** Returns the processor seconds of some of the nodes in a second. */
    double cores(int node) {
      return processorSeconds.get(node) / seconds;
    }
  }

  double median(ToDoubleFunction<Window> value) {
    double[] sorted = windows.stream().mapToDouble(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  double least(ToDoubleFunction<Window> value) {
    return windows.stream().mapToDouble(value).min().orElse(Double.NaN);
  }

  double most(ToDoubleFunction<Window> value) {
    return windows.stream().mapToDouble(value).max().orElse(Double.NaN);
  }

  /** Returns what the gateways delivered for each second of their processors. */
  double messagesPerGatewaySecond() {
    return median(window -> window.messages / processorSeconds(window, true));
  }

  /** Returns what the other nodes published for each second of their processors. */
  double updatesPerHubSecond() {
    return median(window -> window.updates / processorSeconds(window, false));
  }

  private double processorSeconds(Window window, boolean gateways) {
    double sum = 0;
    for (int node = 0; node < shape.roles().size(); node++) {
      if (shape.isGateway(node) == gateways) {
        sum += window.processorSeconds().get(node);
      }
    }
    return sum;
  }
}
