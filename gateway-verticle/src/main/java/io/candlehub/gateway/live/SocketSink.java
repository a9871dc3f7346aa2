package io.candlehub.gateway.live;

import io.candlehub.gateway.socketio.EncodedEvent;
import io.candlehub.gateway.socketio.SocketIoSocket;
import io.candlehub.gateway.stream.Sink;

/** Writes encoded events to one socket while it keeps up. */
record SocketSink(SocketIoSocket socket) implements Sink<EncodedEvent> {
  @Override
  public boolean writable() {
    return socket.writable();
  }

  @Override
  public void write(EncodedEvent event) {
    socket.emit(event);
  }
}
