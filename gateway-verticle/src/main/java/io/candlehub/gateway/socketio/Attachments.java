package io.candlehub.gateway.socketio;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The attachments that a binary packet has announced, while they arrive.
 *
 * <p>Placeholders ({@code {"_placeholder":true,"num":n}}) may stand anywhere in the payload, in any order, and more than
 * once for the same attachment.
 *
 * <p>Source: Socket.IO protocol 5, "Packet encoding", "Including binary".
 */
final class Attachments {

  private static final String PLACEHOLDER = "_placeholder";
  private static final String NUMBER = "num";

  private final Packet packet;
  private final int announced;
  private final List<Buffer> arrived = new ArrayList<>();

  /**
   * Starts to wait for the attachments of a packet.
   *
   * @throws MalformedPacketException if a placeholder points at no attachment
   */
  Attachments(Packet packet, int announced) throws MalformedPacketException {
    this.packet = packet;
    this.announced = announced;
    check(packet.data());
  }

  void add(Buffer attachment) {
    arrived.add(attachment);
  }

  boolean complete() {
    return arrived.size() == announced;
  }

  /** Returns the packet with the attachments in their places. */
  Packet packet() {
    fill(packet.data());
    return packet;
  }

  private void check(Object node) throws MalformedPacketException {
    if (isPlaceholder(node)) {
      Object number = ((JsonObject) node).getValue(NUMBER);
      if (!(number instanceof Integer index) || index < 0 || index >= announced) {
        throw new MalformedPacketException("placeholder points at no attachment");
      }
    } else if (node instanceof JsonObject object) {
      for (Object child : object.getMap().values()) {
        check(child);
      }
    } else if (node instanceof JsonArray array) {
      for (Object child : array.getList()) {
        check(child);
      }
    }
  }

  private Object fill(Object node) {
    if (isPlaceholder(node)) {
      return arrived.get(((JsonObject) node).getInteger(NUMBER));
    }
    if (node instanceof JsonObject object) {
      for (Map.Entry<String, Object> field : object.getMap().entrySet()) {
        field.setValue(fill(field.getValue()));
      }
    } else if (node instanceof JsonArray array) {
      Object[] children = array.getList().toArray();
      for (int i = 0; i < children.length; i++) {
        array.set(i, fill(children[i]));
      }
    }
    return node;
  }

  private static boolean isPlaceholder(Object node) {
    return node instanceof JsonObject object
        && Boolean.TRUE.equals(object.getMap().get(PLACEHOLDER));
  }
}
