package io.candlehub.ingest;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One question on its way to a provider, possibly for several askers: its priority may change and it may be called off
 * while it waits or is on the wire. Confined to one event loop.
 */
public final class Errand {
  private static final Carrier NOBODY = new Carrier() {
    @Override
    public void priorityChanged() {}

    @Override
    public void dropped() {}
  };

  private final List<Errand> parts = new ArrayList<>();
  private Priority priority;
  private Carrier carrier = NOBODY;
  private boolean dropped;
  private OptionalLong sentAtMillis = OptionalLong.empty();

  /** Who has the errand in hand at the moment: the queue, or the exchange with the provider. */
  public interface Carrier {
    /** The errand has another priority now. */
    void priorityChanged();

    /** Nobody waits for the errand any more. */
    void dropped();
  }

  /** Creates an errand nobody carries yet. */
  public Errand(Priority priority) {
    this.priority = Objects.requireNonNull(priority, "priority");
  }

  /** Returns the failure of an errand that was called off. */
  public static FailureException droppedFailure() {
    return Failure.UNAVAILABLE.because("the question is no longer wanted");
  }

  /** Returns the priority of the most important asker. */
  public Priority priority() {
    return priority;
  }

  /** Sets the priority; who carries the errand is told if it is another one. */
  public void priority(Priority newPriority) {
    if (priority != newPriority) {
      priority = newPriority;
      carrier.priorityChanged();
      parts.forEach(part -> part.priority(newPriority));
    }
  }

  /**
   * Returns the errand of one of several requests that are under way side by side: its priority follows this one's, and it
   * is called off with it.
   */
  public Errand part() {
    Errand part = new Errand(priority);
    if (dropped) {
      part.drop();
    }
    parts.add(part);
    return part;
  }

  /** Calls the errand off; who carries it is told. */
  public void drop() {
    if (!dropped) {
      dropped = true;
      Carrier last = carrier;
      carrier = NOBODY;
      last.dropped();
      List.copyOf(parts).forEach(Errand::drop);
    }
  }

  /** Returns true once the errand was called off. */
  public boolean isDropped() {
    return dropped;
  }

  /** Hands the errand over. */
  public void carriedBy(Carrier newCarrier) {
    carrier = newCarrier;
  }

  /** Takes the errand out of every hand. */
  public void putDown() {
    carrier = NOBODY;
  }

  /** Notes the market time at which its first request was sent; later ones do not count. */
  public void sentAt(long marketMillis) {
    if (sentAtMillis.isEmpty()) {
      sentAtMillis = OptionalLong.of(marketMillis);
    }
  }

  /** Returns the market time at which its first request was sent, empty while it waits. */
  public OptionalLong sentAtMillis() {
    return sentAtMillis;
  }
}
