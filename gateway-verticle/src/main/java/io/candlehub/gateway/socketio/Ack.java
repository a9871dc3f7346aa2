package io.candlehub.gateway.socketio;

/**
 * The answer to one event.
 *
 * <p>Threads: any; an answer given elsewhere is sent on the socket's event loop.
 */
public final class Ack {

  private final SocketIoSocket socket;
  private final long id;
  private boolean sent;

  Ack(SocketIoSocket socket, long id) {
    this.socket = socket;
    this.id = id;
  }

  /**
   * Tells whether the client wants an answer.
   *
   * @return whether {@link #send} sends anything
   */
  public boolean requested() {
    return id != Packet.NO_ID;
  }

  /**
   * Sends the answer. Only the first answer of an event is sent, and none if the client wants none or has left.
   *
   * @param args JsonObject, JsonArray, Map, List, String, Number, Boolean, Buffer, byte[] or null
   * @throws IllegalArgumentException if an argument cannot be encoded
   */
  public void send(Object... args) {
    if (!requested()) {
      return;
    }
    EncodedPacket packet = PacketEncoder.ack(socket.namespace(), id, args);
    socket.loop().run(() -> {
      if (!sent) {
        sent = true;
        socket.write(packet);
      }
    });
  }
}
