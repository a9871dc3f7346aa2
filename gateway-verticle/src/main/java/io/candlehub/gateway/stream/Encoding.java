package io.candlehub.gateway.stream;

/**
 * Turns messages of a stream into the form of one protocol. Equal encodings share what was encoded, so implementations
 * are records of all that shows in the result.
 *
 * @param <M> the stream's messages
 * @param <T> the protocol's form
 */
@FunctionalInterface
public interface Encoding<M, T> {
  /** Returns a message in the protocol's form. */
  Encoded<T> encode(M message);
}
