package io.candlehub.redis;

/** A message to be published; compared by identity. */
final class Outgoing {
  private final String channel;
  private final byte[] payload;

  Outgoing(String channel, byte[] payload) {
    this.channel = channel;
    this.payload = payload;
  }

  String channel() {
    return channel;
  }

  byte[] payload() {
    return payload;
  }

  int bytes() {
    return payload.length;
  }
}
