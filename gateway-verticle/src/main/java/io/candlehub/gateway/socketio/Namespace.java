package io.candlehub.gateway.socketio;

import io.vertx.core.Future;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A namespace of a {@link SocketIoServer}: who may join it, and what happens when somebody has.
 *
 * <p>Threads: to be set up before the server is mounted; its callbacks run on the event loop of the connection in
 * question.
 */
public final class Namespace {

  /** The namespace that every client can name. */
  public static final String MAIN = "/";

  private final String name;
  private volatile Function<Handshake, Future<Void>> gate = handshake -> Future.succeededFuture();
  private volatile Consumer<SocketIoSocket> entry = socket -> {};

  Namespace(String name) {
    if (!name.startsWith("/") || name.indexOf(',') >= 0) {
      throw new IllegalArgumentException(
          "namespace must start with '/' and hold no ',' [name: " + name + "]");
    }
    this.name = name;
  }

  /**
   * Returns the name.
   *
   * @return the name, starting with {@code /}
   */
  public String name() {
    return name;
  }

  /**
   * Sets who may join; without it everybody may. A failed future refuses: a {@link ConnectRefusedException} with its
   * message and data, any other failure with a general message. While the future is open the client waits, at most for
   * the connect timeout.
   *
   * @param decision judges a handshake; must not block
   * @return this namespace
   */
  public Namespace authorise(Function<Handshake, Future<Void>> decision) {
    gate = Objects.requireNonNull(decision, "decision");
    return this;
  }

  /**
   * Sets what greets a socket that has joined. It runs after the client was told, before any of its events, and is the
   * place to register handlers.
   *
   * @param handler takes the new socket
   * @return this namespace
   */
  public Namespace onConnect(Consumer<SocketIoSocket> handler) {
    entry = Objects.requireNonNull(handler, "handler");
    return this;
  }

  Future<Void> admit(Handshake handshake) {
    try {
      return gate.apply(handshake);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  void greet(SocketIoSocket socket) {
    entry.accept(socket);
  }
}
