package io.candlehub.gateway.socketio;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Decodes the messages of one client to Socket.IO packets.
 *
 * <p>Whatever the input, a message either is (part of) a valid packet or raises {@link MalformedPacketException}; after
 * that the decoder is not used again.
 *
 * <p>Threads: confined to the loop of the connection.
 *
 * <p>Source: Socket.IO protocol 5, "Packet encoding".
 */
final class PacketDecoder {

  /** The most attachments of one packet, the limit of the reference server. */
  static final int MAX_ATTACHMENTS = 10;

  /** The largest integer that JavaScript represents exactly, and so the largest acknowledgement id. */
  static final long MAX_ID = (1L << 53) - 1;

  private Attachments pending;

  /**
   * Takes a text message that starts at an index of the text.
   *
   * @return the packet, or empty if its attachments are still to come
   * @throws MalformedPacketException if the message is no packet, or an attachment was due
   */
  Optional<Packet> text(String text, int from) throws MalformedPacketException {
    if (pending != null) {
      throw new MalformedPacketException("text while attachments are outstanding");
    }
    Header header = new Header(text, from);
    Packet packet = new Packet(header.type, header.namespace, header.id, payload(header, text));
    if (!header.type.isBinary()) {
      return Optional.of(packet);
    }
    pending = new Attachments(packet, header.attachments);
    return completed();
  }

  /**
   * Takes a binary message.
   *
   * @return the packet, or empty if more attachments are to come
   * @throws MalformedPacketException if no attachment was announced
   */
  Optional<Packet> binary(Buffer attachment) throws MalformedPacketException {
    if (pending == null) {
      throw new MalformedPacketException("binary message without announcement");
    }
    pending.add(attachment);
    return completed();
  }

  private Optional<Packet> completed() {
    if (!pending.complete()) {
      return Optional.empty();
    }
    Packet packet = pending.packet();
    pending = null;
    return Optional.of(packet);
  }

  private static Object payload(Header header, String text) throws MalformedPacketException {
    if (header.end == text.length()) {
      if (header.type == PacketType.CONNECT || header.type == PacketType.DISCONNECT) {
        return Packet.NO_DATA;
      }
      throw new MalformedPacketException("payload is missing");
    }
    if (header.type == PacketType.DISCONNECT) {
      throw new MalformedPacketException("DISCONNECT has a payload");
    }
    Object data = JsonReader.read(text, header.end);
    if (!isValid(header.type, data)) {
      throw new MalformedPacketException("payload does not fit the type " + header.type);
    }
    return data;
  }

  private static boolean isValid(PacketType type, Object data) {
    return switch (type) {
      case CONNECT -> data instanceof JsonObject;
      case DISCONNECT -> false;
      case EVENT, BINARY_EVENT -> data instanceof JsonArray array && startsWithName(array);
      case ACK, BINARY_ACK -> data instanceof JsonArray;
      case CONNECT_ERROR -> data instanceof JsonObject || data instanceof String;
    };
  }

  private static boolean startsWithName(JsonArray array) {
    return !array.isEmpty()
        && array.getValue(0) instanceof String name
        && !EventNames.isReserved(name);
  }

  /** What stands before the payload. */
  private static final class Header {

    private final String text;
    private final PacketType type;
    private final int attachments;
    private final String namespace;
    private final long id;
    private int end;

    Header(String text, int from) throws MalformedPacketException {
      this.text = text;
      this.end = from;
      if (from >= text.length()) {
        throw new MalformedPacketException("packet is empty");
      }
      type = PacketType.of(text.charAt(end++));
      attachments = type.isBinary() ? attachments() : 0;
      namespace = namespace();
      id = id();
    }

    private int attachments() throws MalformedPacketException {
      long count = digits(MAX_ATTACHMENTS, "too many attachments");
      if (count == Packet.NO_ID || end == text.length() || text.charAt(end) != '-') {
        throw new MalformedPacketException("attachment count is malformed");
      }
      end++;
      return (int) count;
    }

    private String namespace() {
      if (end == text.length() || text.charAt(end) != '/') {
        return Namespace.MAIN;
      }
      int comma = text.indexOf(',', end);
      int stop = comma < 0 ? text.length() : comma;
      String name = text.substring(end, stop);
      end = comma < 0 ? stop : stop + 1;
      return name;
    }

    private long id() throws MalformedPacketException {
      long value = digits(MAX_ID, "acknowledgement id is too large");
      if (value != Packet.NO_ID && !type.mayHaveId()) {
        throw new MalformedPacketException("unexpected digits after the type " + type);
      }
      return value;
    }

    private long digits(long max, String tooLarge) throws MalformedPacketException {
      int start = end;
      long value = 0;
      while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
        value = value * 10 + (text.charAt(end) - '0');
        if (value > max) {
          throw new MalformedPacketException(tooLarge);
        }
        end++;
      }
      return end == start ? Packet.NO_ID : value;
    }
  }
}
