package io.candlehub.gateway.stream;

import java.util.Objects;

/**
 * A message in the form a protocol writes, shared by all clients at the same position.
 *
 * @param form what is written
 * @param bytes about how many bytes that is on the wire
 * @param <T> the protocol's form
 */
public record Encoded<T>(T form, int bytes) {
  /** Checks presence. */
  public Encoded {
    Objects.requireNonNull(form, "form");
  }
}
