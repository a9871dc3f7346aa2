package io.candlehub.redis;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The form of a message on Redis: the JSON object that was published, with the member {@code headers} in front, an object
 * of texts. Whoever parses it gets the documented update and its headers; body and headers are joined and parted as bytes,
 * without reading the body.
 *
 * @param headers the headers
 * @param body the JSON object without them
 */
record Envelope(MultiMap headers, Buffer body) {
  private static final byte[] BEGIN = "{\"headers\":{".getBytes(StandardCharsets.US_ASCII);

  /**
   * Returns headers and body as one JSON object.
   *
   * @throws IllegalArgumentException if the body is no JSON object
   */
  static byte[] join(MultiMap headers, Buffer body) {
    int length = body.length();
    if (length < 2 || body.getByte(0) != '{' || body.getByte(length - 1) != '}') {
      throw new IllegalArgumentException("body must be a JSON object");
    }
    byte[] head = head(headers).getBytes(StandardCharsets.UTF_8);
    boolean empty = length == 2;
    byte[] joined = new byte[head.length + length - (empty ? 1 : 0)];
    System.arraycopy(head, 0, joined, 0, head.length);
    if (empty) {
      joined[head.length] = '}';
    } else {
      joined[head.length] = ',';
      body.getBytes(1, length, joined, head.length + 1);
    }
    return joined;
  }

  private static String head(MultiMap headers) {
    StringBuilder head = new StringBuilder(160).append("{\"headers\":{");
    String separator = "";
    for (Map.Entry<String, String> header : headers) {
      head.append(separator);
      quote(header.getKey(), head);
      head.append(':');
      quote(header.getValue(), head);
      separator = ",";
    }
    return head.append('}').toString();
  }

  private static void quote(String text, StringBuilder into) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        into.append(Json.encode(text));
        return;
      }
    }
    into.append('"').append(text).append('"');
  }

  /**
   * Parts a message.
   *
   * @param message is reused for the body
   * @return empty if it does not begin with headers as {@link #join} writes them, or is cut off
   */
  static Optional<Envelope> part(Buffer message) {
    int length = message.length();
    if (length < BEGIN.length + 2 || message.getByte(length - 1) != '}' || !begins(message)) {
      return Optional.empty();
    }
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    int at = BEGIN.length;
    while (message.getByte(at) == '"') {
      int nameEnd = textEnd(message, at);
      int valueEnd = nameEnd < 0 || nameEnd >= length || message.getByte(nameEnd) != ':'
          ? -1
          : textEnd(message, nameEnd + 1);
      if (valueEnd < 0) {
        return Optional.empty();
      }
      Optional<String> name = text(message, at, nameEnd);
      Optional<String> value = text(message, nameEnd + 1, valueEnd);
      if (name.isEmpty() || value.isEmpty()) {
        return Optional.empty();
      }
      headers.add(name.get(), value.get());
      at = message.getByte(valueEnd) == ',' ? valueEnd + 1 : valueEnd;
    }
    return message.getByte(at) == '}'
        ? body(message, at + 1).map(rest -> new Envelope(headers, rest))
        : Optional.empty();
  }

  private static boolean begins(Buffer message) {
    for (int i = 0; i < BEGIN.length; i++) {
      if (message.getByte(i) != BEGIN[i]) {
        return false;
      }
    }
    return true;
  }

  /** The rest begins with the comma that followed the headers, whose place the body's brace takes. */
  private static Optional<Buffer> body(Buffer message, int from) {
    int length = message.length();
    if (from == length - 1) {
      return Optional.of(Buffer.buffer("{}"));
    }
    if (from >= length || message.getByte(from) != ',') {
      return Optional.empty();
    }
    message.setByte(from, (byte) '{');
    return Optional.of(message.slice(from, length));
  }

  /** Returns the index behind a text's closing quote if a byte follows it, else -1. */
  private static int textEnd(Buffer message, int begin) {
    int length = message.length();
    if (begin >= length || message.getByte(begin) != '"') {
      return -1;
    }
    for (int i = begin + 1; i < length - 1; i++) {
      byte b = message.getByte(i);
      if (b == '\\') {
        i++;
      } else if (b == '"') {
        return i + 1;
      }
    }
    return -1;
  }

  private static Optional<String> text(Buffer message, int begin, int end) {
    String inner = message.getString(begin + 1, end - 1);
    if (inner.indexOf('\\') < 0) {
      return Optional.of(inner);
    }
    try {
      return Optional.of((String) Json.decodeValue('"' + inner + '"'));
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }
}
