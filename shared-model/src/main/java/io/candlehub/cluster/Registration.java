package io.candlehub.cluster;

/** A listener's registration. */
@FunctionalInterface
public interface Registration {
  /** Ends it; harmless if it has ended. A call that is already on its way may still arrive. */
  void cancel();
}
