package io.candlehub.gateway.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * An event with one JSON argument, encoded once and shared by all the sockets of a namespace that get it.
 *
 * <p>Whoever sends one event to many sockets can {@link #share} it: its WebSocket frame is then kept outside the heap and
 * used by all of them, until it is {@link #release released}. One that is not shared, or not any more, is encoded for each.
 *
 * <p>Threads: any.
 */
public final class EncodedEvent {

  private final String namespace;
  private final String packet;
  private ByteBuf shared;
  private boolean sharing;

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

  /**
   * Lets all sockets that get the event from now on share one frame.
   *
   * @return this event
   */
  public synchronized EncodedEvent share() {
    sharing = true;
    return this;
  }

  /** Gives back the memory of the shared frame; the event may still be sent. */
  public synchronized void release() {
    sharing = false;
    if (shared != null) {
      shared.release();
      shared = null;
    }
  }

  /** Returns the event's frame, to be released. */
  synchronized ByteBuf frame(ChannelHandlerContext channel) {
    if (!sharing) {
      return FrameWriter.frame(channel, packet);
    }
    if (shared == null) {
      shared = FrameWriter.frame(channel, packet);
    }
    return shared.retainedDuplicate();
  }

  String namespace() {
    return namespace;
  }

  String packet() {
    return packet;
  }
}
