package io.candlehub.gateway.socketio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Encodes packets for clients. Values are what JSON knows (objects as JsonObject or Map, arrays as JsonArray or List,
 * strings, numbers, booleans, null) and bytes (Buffer or byte[]), which leave as attachments.
 *
 * <p>Every failure is the caller's and raises {@link IllegalArgumentException}: another type, a number that is not
 * finite, a structure that contains itself.
 */
final class PacketEncoder {

  private static final char MESSAGE = '4';
  private static final JsonFactory FACTORY = new JsonFactory();

  private final StringWriter json = new StringWriter();
  private final List<Buffer> attachments = new ArrayList<>();

  private PacketEncoder() {}

  /** Encodes an event; {@link Packet#NO_ID} if no acknowledgement is wanted. */
  static EncodedPacket event(String namespace, long id, String event, Object... args) {
    PacketEncoder encoder = new PacketEncoder();
    List<Object> items = new ArrayList<>(args.length + 1);
    items.add(event);
    items.addAll(Arrays.asList(args));
    encoder.write(items);
    return encoder.packet(PacketType.EVENT, PacketType.BINARY_EVENT, namespace, id);
  }

  /** Returns an event that was encoded without an id, now with one. */
  static EncodedPacket withId(EncodedPacket event, String namespace, long id) {
    boolean plain = event.attachments().isEmpty();
    PacketType type = plain ? PacketType.EVENT : PacketType.BINARY_EVENT;
    int attachments = event.attachments().size();
    String oldHeader = header(type, attachments, namespace, Packet.NO_ID);
    String payload = event.text().substring(oldHeader.length());
    return new EncodedPacket(
        header(type, attachments, namespace, id) + payload, event.attachments());
  }

  /** Encodes the acknowledgement of an event. */
  static EncodedPacket ack(String namespace, long id, Object... args) {
    PacketEncoder encoder = new PacketEncoder();
    encoder.write(Arrays.asList(args));
    return encoder.packet(PacketType.ACK, PacketType.BINARY_ACK, namespace, id);
  }

  /** Encodes the admission to a namespace; the private id is told if there is one. */
  static String connected(String namespace, String socketId, Optional<String> privateId) {
    JsonObject payload = new JsonObject().put("sid", socketId);
    privateId.ifPresent(pid -> payload.put("pid", pid));
    return header(PacketType.CONNECT, 0, namespace, Packet.NO_ID) + payload.encode();
  }

  /** Encodes the refusal of a namespace. */
  static String refused(String namespace, JsonObject error) {
    return header(PacketType.CONNECT_ERROR, 0, namespace, Packet.NO_ID) + error.encode();
  }

  /** Encodes the end of a namespace. */
  static String disconnected(String namespace) {
    return header(PacketType.DISCONNECT, 0, namespace, Packet.NO_ID);
  }

  /** Encodes an event whose only argument is JSON already. */
  static String rawEvent(String namespace, String event, String jsonArgument) {
    return header(PacketType.EVENT, 0, namespace, Packet.NO_ID)
        + '['
        + Json.encode(event)
        + ','
        + jsonArgument
        + ']';
  }

  private EncodedPacket packet(PacketType plain, PacketType binary, String namespace, long id) {
    PacketType type = attachments.isEmpty() ? plain : binary;
    return new EncodedPacket(
        header(type, attachments.size(), namespace, id) + json, List.copyOf(attachments));
  }

  private static String header(PacketType type, int attachments, String namespace, long id) {
    StringBuilder header = new StringBuilder(24).append(MESSAGE).append(type.digit());
    if (type.isBinary()) {
      header.append(attachments).append('-');
    }
    if (!Namespace.MAIN.equals(namespace)) {
      header.append(namespace).append(',');
    }
    if (id != Packet.NO_ID) {
      header.append(id);
    }
    return header.toString();
  }

  private void write(List<Object> items) {
    try (JsonGenerator generator = FACTORY.createGenerator(json)) {
      value(generator, items);
    } catch (IOException e) {
      throw new IllegalArgumentException("value cannot be encoded: " + e.getMessage(), e);
    }
  }

  private void value(JsonGenerator generator, Object value) throws IOException {
    if (value == null) {
      generator.writeNull();
    } else if (value instanceof CharSequence text) {
      generator.writeString(text.toString());
    } else if (value instanceof Number number) {
      number(generator, number);
    } else if (value instanceof Boolean flag) {
      generator.writeBoolean(flag);
    } else if (value instanceof JsonObject object) {
      object(generator, object.getMap());
    } else if (value instanceof Map<?, ?> map) {
      object(generator, map);
    } else if (value instanceof JsonArray array) {
      array(generator, array.getList());
    } else if (value instanceof List<?> list) {
      array(generator, list);
    } else if (value instanceof Buffer bytes) {
      attachment(generator, bytes);
    } else if (value instanceof byte[] bytes) {
      attachment(generator, Buffer.buffer(bytes));
    } else {
      throw new IllegalArgumentException("value of " + value.getClass() + " cannot be encoded");
    }
  }

  private static void number(JsonGenerator generator, Number number) throws IOException {
    if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
      generator.writeNumber(number.intValue());
    } else if (number instanceof Long) {
      generator.writeNumber(number.longValue());
    } else if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw new IllegalArgumentException("number is not finite [value: " + number + "]");
      }
      if (number instanceof Float) {
        generator.writeNumber(number.floatValue());
      } else {
        generator.writeNumber(number.doubleValue());
      }
    } else if (number instanceof BigInteger integer) {
      generator.writeNumber(integer);
    } else if (number instanceof BigDecimal decimal) {
      generator.writeNumber(decimal);
    } else {
      throw new IllegalArgumentException("value of " + number.getClass() + " cannot be encoded");
    }
  }

  private void object(JsonGenerator generator, Map<?, ?> fields) throws IOException {
    generator.writeStartObject();
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      generator.writeFieldName(String.valueOf(field.getKey()));
      value(generator, field.getValue());
    }
    generator.writeEndObject();
  }

  private void array(JsonGenerator generator, List<?> items) throws IOException {
    generator.writeStartArray();
    for (Object item : items) {
      value(generator, item);
    }
    generator.writeEndArray();
  }

  private void attachment(JsonGenerator generator, Buffer bytes) throws IOException {
    generator.writeStartObject();
    generator.writeBooleanField("_placeholder", true);
    generator.writeNumberField("num", attachments.size());
    generator.writeEndObject();
    attachments.add(bytes);
  }
}
