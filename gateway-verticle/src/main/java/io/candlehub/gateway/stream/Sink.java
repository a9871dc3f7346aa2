package io.candlehub.gateway.stream;

/**
 * The way to one client.
 *
 * @param <T> the form its protocol writes
 */
public interface Sink<T> {
  /** Returns true if what is written now goes on to the network instead of piling up. */
  boolean writable();

  /** Writes one message; called only while the client is writable. */
  void write(T form);
}
