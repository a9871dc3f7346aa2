package io.candlehub.gateway.socketio;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The sockets of one server that their clients may come back for.
 *
 * <p>Threads: any; a socket is touched on its own loop only.
 */
final class Recovery {

  private final RecoveryOptions options;
  private final Map<String, SocketIoSocket> sockets = new ConcurrentHashMap<>();
  private final AtomicInteger lost = new AtomicInteger();

  Recovery(RecoveryOptions options) {
    this.options = options;
  }

  /** Returns the number of sockets whose clients may come back. */
  int size() {
    return sockets.size();
  }

  /** Takes note of a socket with a log, on its loop. */
  void joined(SocketIoSocket socket) {
    socket.log().ifPresent(log -> sockets.put(log.privateId(), socket));
  }

  /** Takes note that a socket has ended, on its loop, and whether its client may come back for it. */
  void left(SocketIoSocket socket, boolean recoverable) {
    if (socket.log().isEmpty()) {
      return;
    }
    if (!recoverable || lost.incrementAndGet() > options.maxLost()) {
      if (recoverable) {
        lost.decrementAndGet();
      }
      sockets.remove(socket.log().get().privateId(), socket);
      socket.forget();
      return;
    }
    socket.keepUntil(
        socket.loop().schedule(options.maxDisconnection().toMillis(), () -> expire(socket)));
  }

  /**
   * Takes over the socket that a client asks for in its CONNECT packet. A client that comes back before the server has
   * noticed its loss ends its old connection by that.
   *
   * @return completes, on any thread, with the socket's state, or empty if there is none or events are missing
   */
  Future<Optional<Recovered>> claim(String namespace, JsonObject auth) {
    if (!(auth.getValue("pid") instanceof String pid)
        || !(auth.getValue("offset") instanceof String offset)) {
      return Future.succeededFuture(Optional.empty());
    }
    SocketIoSocket socket = sockets.get(pid);
    if (socket == null || !socket.namespace().equals(namespace)) {
      return Future.succeededFuture(Optional.empty());
    }
    Promise<Optional<Recovered>> state = Promise.promise();
    socket.run(() -> state.complete(take(socket, pid, offset)));
    return state.future();
  }

  private Optional<Recovered> take(SocketIoSocket socket, String pid, String offset) {
    socket.replaced();
    if (!sockets.remove(pid, socket)) {
      return Optional.empty();
    }
    lost.decrementAndGet();
    Optional<Recovered> state = socket
        .log()
        .flatMap(log -> log.after(offset, socket.loop().nanoTime())
            .map(missed ->
                new Recovered(socket.id(), log, missed, socket.attachment(Object.class))));
    socket.forget();
    return state;
  }

  private void expire(SocketIoSocket socket) {
    if (socket.log().isPresent() && sockets.remove(socket.log().get().privateId(), socket)) {
      lost.decrementAndGet();
      socket.forget();
    }
  }

  /**
   * What a client gets back.
   *
   * @param id the socket's public id
   * @param log the socket's log
   * @param missed the events that the client has not seen
   * @param attachment what the application kept with the socket
   */
  record Recovered(
      String id, EventLog log, List<EncodedPacket> missed, Optional<Object> attachment) {}
}
