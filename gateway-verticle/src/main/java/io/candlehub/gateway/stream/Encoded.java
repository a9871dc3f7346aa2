package io.candlehub.gateway.stream;

import java.util.Objects;

/**
 * A message in the form a protocol writes, shared by all clients at the same position.
 *
 * @param form what is written
 * @param bytes about how many bytes that is on the wire
 * @param onDropped told when no client gets it any more
 * @param <T> the protocol's form
 */
public record Encoded<T>(T form, int bytes, Runnable onDropped) {
  /** Checks presence. */
  public Encoded {
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(onDropped, "onDropped");
  }

  /** Creates a message that needs no care when it is dropped. */
  public Encoded(T form, int bytes) {
    this(form, bytes, () -> {});
  }
}
