package io.candlehub.bench;

import java.util.List;

/** Prints what was measured, and the aims beside it. */
final class FanoutTable {
  private static final double FLOOR_AIM = 0.85;
  private static final double NODE_AIM = 1.4;
  private static final double COALESCED_AIM = 5;
  private static final double HEAP_AIM = 12 * 1024;

  private final List<FanoutResult> results;

  FanoutTable(List<FanoutResult> results) {
    this.results = results;
  }

  void print() {
    FanoutResult node = first(FanoutKind.NODE);
    FanoutResult floor = first(FanoutKind.PLAIN);
    System.out.println(
        "| server | updates/s | updates per processor second (least–most) | against floor | against Node"
            + " | the same with clients awake | messages/s | bytes | p50 | p99 | heap connected / following |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
    for (FanoutResult result : results) {
      System.out.printf(
          "| %s | %,.0f | %,.0f (%,.0f–%,.0f) | %.2f | %.2f | %,.0f | %,.0f | %.0f | %.2f ms | %.2f ms | %.1f / %.1f KB |%n",
          result.title(),
          result.median(FanoutResult.Round::updates),
          perSecond(result),
          result.least(FanoutResult.Round::updatesPerProcessorSecond),
          result.most(FanoutResult.Round::updatesPerProcessorSecond),
          perSecond(result) / perSecond(floor),
          perSecond(result) / perSecond(node),
          result.median(FanoutResult.Round::awakePerProcessorSecond),
          result.median(FanoutResult.Round::messages),
          result.median(FanoutResult.Round::bytes),
          result.median(FanoutResult.Round::medianMillis),
          result.median(FanoutResult.Round::p99Millis),
          result.connectedBytes() / 1024,
          result.followingBytes() / 1024);
    }
    aims(node, floor);
  }

  private void aims(FanoutResult node, FanoutResult floor) {
    FanoutResult own = results.get(0);
    FanoutResult coalesced = results.get(1);
    System.out.printf("%n| aim | figure | |%n|---|---|---|%n");
    aim(
        "0.85 times the floor without coalescing",
        perSecond(own) / perSecond(floor),
        "times",
        perSecond(own) >= FLOOR_AIM * perSecond(floor));
    aim(
        "1.4 times Node without coalescing",
        perSecond(own) / perSecond(node),
        "times",
        perSecond(own) >= NODE_AIM * perSecond(node));
    aim(
        "5 times Node with 50 ms",
        perSecond(coalesced) / perSecond(node),
        "times",
        perSecond(coalesced) >= COALESCED_AIM * perSecond(node));
    double p99 = own.median(FanoutResult.Round::p99Millis);
    double nodeP99 = node.median(FanoutResult.Round::p99Millis);
    aim("p99 not above Node's", p99 / nodeP99, "times", p99 <= nodeP99);
    if (!Double.isNaN(own.followingBytes())) {
      aim(
          "at most 12 KB live heap per idle connection that follows a stream",
          own.followingBytes() / 1024,
          "KB",
          own.followingBytes() <= HEAP_AIM);
    }
  }

  private static void aim(String aim, double figure, String unit, boolean met) {
    System.out.printf("| %s | %.2f %s | %s |%n", aim, figure, unit, met ? "met" : "**missed**");
  }

  private FanoutResult first(FanoutKind kind) {
    return results.stream().filter(result -> result.kind() == kind).findFirst().orElseThrow();
  }

  private static double perSecond(FanoutResult result) {
    return result.median(FanoutResult.Round::updatesPerProcessorSecond);
  }
}
