package io.candlehub.gateway.socketio;

/** The packet types of Socket.IO protocol 5. */
enum PacketType {
  CONNECT('0'),
  DISCONNECT('1'),
  EVENT('2'),
  ACK('3'),
  CONNECT_ERROR('4'),
  BINARY_EVENT('5'),
  BINARY_ACK('6');

  private final char digit;

  PacketType(char digit) {
    this.digit = digit;
  }

  /**
   * Returns the type that a character names.
   *
   * @throws MalformedPacketException if it names none
   */
  static PacketType of(char c) throws MalformedPacketException {
    return switch (c) {
      case '0' -> CONNECT;
      case '1' -> DISCONNECT;
      case '2' -> EVENT;
      case '3' -> ACK;
      case '4' -> CONNECT_ERROR;
      case '5' -> BINARY_EVENT;
      case '6' -> BINARY_ACK;
      default -> throw new MalformedPacketException("unknown packet type");
    };
  }

  /** Returns the character that names the type. */
  char digit() {
    return digit;
  }

  /** Tells whether packets of this type announce attachments. */
  boolean isBinary() {
    return this == BINARY_EVENT || this == BINARY_ACK;
  }

  /** Tells whether packets of this type may carry an acknowledgement id. */
  boolean mayHaveId() {
    return this == EVENT || this == ACK || isBinary();
  }
}
