package io.candlehub.gateway.socketio;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * An event with one JSON argument, encoded once and shared by all the sockets of a namespace that get it.
 *
 * <p>Threads: immutable.
 */
public final class EncodedEvent {

  private final String namespace;
  private final String packet;

  private EncodedEvent(String namespace, String packet) {
    this.namespace = namespace;
    this.packet = packet;
  }

  /**
   * Encodes an event.
   *
   * @param namespace the namespace of the sockets that will get it
   * @param event the event's name
   * @param jsonArgument the argument, one JSON value, taken as it is: that it is valid is the caller's word
   * @return the event
   * @throws IllegalArgumentException if the name is reserved by the protocol
   */
  public static EncodedEvent of(String namespace, String event, String jsonArgument) {
    EventNames.requireFree(event);
    Objects.requireNonNull(jsonArgument, "jsonArgument");
    return new EncodedEvent(namespace, PacketEncoder.rawEvent(namespace, event, jsonArgument));
  }

  /**
   * Encodes an event.
   *
   * @param namespace the namespace of the sockets that will get it
   * @param event the event's name
   * @param jsonArgument the argument, one JSON value in UTF-8, taken as it is
   * @return the event
   * @throws IllegalArgumentException if the name is reserved by the protocol
   */
  public static EncodedEvent of(String namespace, String event, Buffer jsonArgument) {
    return of(namespace, event, jsonArgument.toString(StandardCharsets.UTF_8));
  }

  String namespace() {
    return namespace;
  }

  String packet() {
    return packet;
  }
}
