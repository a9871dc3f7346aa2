package io.candlehub.gateway.socketio;

import java.time.Duration;
import java.util.Objects;

/**
 * The limits and times of a {@link SocketIoServer} or {@link EngineServer}.
 *
 * <p>Threads: immutable.
 *
 * @param path where the application mounts the server, starting and ending with {@code /}
 * @param pingInterval time from one ping to the next; announced to the client
 * @param pingTimeout time a client has for its pong; announced to the client
 * @param connectTimeout time a client has to join its first namespace
 * @param stallLimit longest time a connection may stay blocked for writing
 * @param closeTimeout longest time a closing handshake may take before the connection is cut, and that a closed session
 *     waits for the poll that tells its client
 * @param upgradeTimeout longest time from a WebSocket's opening to the end of the upgrade from polling
 * @param bodyTimeout longest time the body of a POST may take to arrive
 * @param maxPayloadBytes largest message accepted from a client, in bytes of one WebSocket message or of one POST;
 *     announced to the client
 * @param writeQueueBytes bytes waiting for the network, or for the client's next poll, above which a connection counts as
 *     blocked for writing; it counts as writable again at half of it
 * @param recovery whether and how clients get back what they missed; not used by {@link EngineServer}
 */
public record SocketIoOptions(
    String path,
    Duration pingInterval,
    Duration pingTimeout,
    Duration connectTimeout,
    Duration stallLimit,
    Duration closeTimeout,
    Duration upgradeTimeout,
    Duration bodyTimeout,
    int maxPayloadBytes,
    int writeQueueBytes,
    RecoveryOptions recovery) {

  /**
   * Validates the options.
   *
   * @throws IllegalArgumentException if the path does not start and end with {@code /}, or a time or size is not
   *     positive
   */
  public SocketIoOptions {
    if (!path.startsWith("/") || !path.endsWith("/")) {
      throw new IllegalArgumentException("path must start and end with '/' [path: " + path + "]");
    }
    requirePositive("pingInterval", pingInterval);
    requirePositive("pingTimeout", pingTimeout);
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("stallLimit", stallLimit);
    requirePositive("closeTimeout", closeTimeout);
    requirePositive("upgradeTimeout", upgradeTimeout);
    requirePositive("bodyTimeout", bodyTimeout);
    requirePositive("maxPayloadBytes", maxPayloadBytes);
    requirePositive("writeQueueBytes", writeQueueBytes);
    Objects.requireNonNull(recovery, "recovery");
  }

  /**
   * Returns the defaults of the protocol's reference implementation (path {@code /socket.io/}, ping every 25 s, answer
   * within 20 s, join within 45 s, upgrade within 10 s, 1,000,000 bytes per message, no recovery) with a stall limit of
   * 120 s, a close timeout of 5 s, 10 s for a body and a write queue of 64 KiB.
   *
   * @return the default options
   */
  public static SocketIoOptions defaults() {
    return new SocketIoOptions(
        "/socket.io/",
        Duration.ofSeconds(25),
        Duration.ofSeconds(20),
        Duration.ofSeconds(45),
        Duration.ofSeconds(120),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        1_000_000,
        64 * 1024,
        RecoveryOptions.OFF);
  }

  /**
   * Returns these options with another mount path.
   *
   * @param newPath starts and ends with {@code /}
   * @return the changed copy
   */
  public SocketIoOptions withPath(String newPath) {
    return new SocketIoOptions(
        newPath,
        pingInterval,
        pingTimeout,
        connectTimeout,
        stallLimit,
        closeTimeout,
        upgradeTimeout,
        bodyTimeout,
        maxPayloadBytes,
        writeQueueBytes,
        recovery);
  }

  /**
   * Returns these options with another heartbeat.
   *
   * @param interval time from one ping to the next
   * @param timeout time a client has for its pong
   * @return the changed copy
   */
  public SocketIoOptions withHeartbeat(Duration interval, Duration timeout) {
    return new SocketIoOptions(
        path,
        interval,
        timeout,
        connectTimeout,
        stallLimit,
        closeTimeout,
        upgradeTimeout,
        bodyTimeout,
        maxPayloadBytes,
        writeQueueBytes,
        recovery);
  }

  /**
   * Returns these options with other limits on what a client may delay.
   *
   * @param connect time a client has to join its first namespace
   * @param stall longest time a connection may stay blocked for writing
   * @param close longest time a closing handshake may take
   * @return the changed copy
   */
  public SocketIoOptions withTimeouts(Duration connect, Duration stall, Duration close) {
    return new SocketIoOptions(
        path,
        pingInterval,
        pingTimeout,
        connect,
        stall,
        close,
        upgradeTimeout,
        bodyTimeout,
        maxPayloadBytes,
        writeQueueBytes,
        recovery);
  }

  /**
   * Returns these options with other limits on the requests of the polling transport.
   *
   * @param upgrade longest time an upgrade to WebSocket may take
   * @param body longest time the body of a POST may take to arrive
   * @return the changed copy
   */
  public SocketIoOptions withPolling(Duration upgrade, Duration body) {
    return new SocketIoOptions(
        path,
        pingInterval,
        pingTimeout,
        connectTimeout,
        stallLimit,
        closeTimeout,
        upgrade,
        body,
        maxPayloadBytes,
        writeQueueBytes,
        recovery);
  }

  /**
   * Returns these options with other sizes.
   *
   * @param maxPayload largest message accepted from a client, in bytes
   * @param writeQueue bytes waiting for the network above which a connection counts as blocked
   * @return the changed copy
   */
  public SocketIoOptions withSizes(int maxPayload, int writeQueue) {
    return new SocketIoOptions(
        path,
        pingInterval,
        pingTimeout,
        connectTimeout,
        stallLimit,
        closeTimeout,
        upgradeTimeout,
        bodyTimeout,
        maxPayload,
        writeQueue,
        recovery);
  }

  /**
   * Returns these options with connection state recovery.
   *
   * @param newRecovery what is kept of a lost client, and for how long
   * @return the changed copy
   */
  public SocketIoOptions withRecovery(RecoveryOptions newRecovery) {
    return new SocketIoOptions(
        path,
        pingInterval,
        pingTimeout,
        connectTimeout,
        stallLimit,
        closeTimeout,
        upgradeTimeout,
        bodyTimeout,
        maxPayloadBytes,
        writeQueueBytes,
        newRecovery);
  }

  private static void requirePositive(String name, Duration value) {
    requirePositive(name, value.toMillis());
  }

  private static void requirePositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive [value: " + value + "]");
    }
  }
}
