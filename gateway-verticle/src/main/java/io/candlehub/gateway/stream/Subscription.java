package io.candlehub.gateway.stream;

/** A client's place in a stream. */
public interface Subscription {
  /** Writes what the client has not seen yet, if it can be written; to be called when the client has drained. */
  void flush();

  /** Ends it: nothing more is written. Closing again does nothing. */
  void close();
}
