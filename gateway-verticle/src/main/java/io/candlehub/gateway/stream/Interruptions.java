package io.candlehub.gateway.stream;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What keeps this gateway's streams from being current, all of them at once. Clients keep what they have and are told
 * why it does not change.
 *
 * <p>Confined to the gateway's event loop.
 */
final class Interruptions {
  private final Set<Cause> present = EnumSet.noneOf(Cause.class);
  private final Consumer<String> onInterrupted;
  private final Runnable onOver;

  /** Why nothing comes; the first that holds is told. */
  enum Cause {
    /** This node hears no majority of the cluster. */
    CUT_OFF("this node is cut off from the cluster"),
    /** No hub answers. */
    HUB_LOST("the market data service is not reachable"),
    /** What hubs publish is not delivered. */
    UNDELIVERED("updates do not reach this node");

    private final String reason;

    Cause(String reason) {
      this.reason = reason;
    }
  }

  /**
   * Creates the state in which nothing is amiss.
   *
   * @param onInterrupted told the reason when it changes
   * @param onOver told when the last cause is over
   */
  Interruptions(Consumer<String> onInterrupted, Runnable onOver) {
    this.onInterrupted = onInterrupted;
    this.onOver = onOver;
  }

  /** Returns why nothing comes, in words fit for clients; empty if nothing is amiss. */
  String reason() {
    return present.isEmpty() ? "" : present.iterator().next().reason;
  }

  boolean has(Cause cause) {
    return present.contains(cause);
  }

  void begin(Cause cause) {
    String before = reason();
    present.add(cause);
    if (!reason().equals(before)) {
      onInterrupted.accept(reason());
    }
  }

  /** Ends one cause; nothing happens if it was not present. */
  void end(Cause cause) {
    String before = reason();
    if (!present.remove(cause)) {
      return;
    }
    if (present.isEmpty()) {
      onOver.run();
    } else if (!reason().equals(before)) {
      onInterrupted.accept(reason());
    }
  }
}
