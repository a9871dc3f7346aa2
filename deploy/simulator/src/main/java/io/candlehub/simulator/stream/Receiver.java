package io.candlehub.simulator.stream;

/** A client's socket as far as events are concerned. Confined to one event loop. */
public interface Receiver {
  /** Returns the market whose faults concern it. */
  String market();

  /** Adds an event to what is being gathered. */
  void gather(String event);

  /** Sends what was gathered. */
  void flush();

  /** Sends a text as it is, whatever it holds. */
  void sendRaw(String text);
}
