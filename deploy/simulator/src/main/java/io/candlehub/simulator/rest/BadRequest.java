package io.candlehub.simulator.rest;

/** A request that cannot be understood; the message is sent to the client. */
final class BadRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadRequest(String message) {
    super(message);
  }
}
