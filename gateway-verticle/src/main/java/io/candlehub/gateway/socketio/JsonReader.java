package io.candlehub.gateway.socketio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads exactly one JSON value from a client's text: no trailing characters, no number beyond a double, nesting at most
 * {@link #MAX_DEPTH} deep.
 *
 * <p>Field names are neither interned nor shared between parsers, so that clients cannot fill shared tables.
 */
final class JsonReader {

  /** The deepest nesting of a client's JSON. */
  static final int MAX_DEPTH = 64;

  private static final JsonFactory FACTORY = new JsonFactoryBuilder()
      .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
      .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
      .streamReadConstraints(
          StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
      .build();

  private JsonReader() {}

  /**
   * Reads the value that starts at an index and ends with the text.
   *
   * @return a JsonObject, JsonArray, String, Number or Boolean, or the null of JSON
   * @throws MalformedPacketException if the text is not one JSON value within the limits
   */
  static Object read(String text, int from) throws MalformedPacketException {
    try (JsonParser parser = parser(text, from)) {
      if (parser.nextToken() == null) {
        throw new MalformedPacketException("JSON is missing");
      }
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new MalformedPacketException("text after the JSON value");
      }
      return value;
    } catch (IOException e) {
      throw new MalformedPacketException("payload is not JSON within the limits");
    }
  }

  private static JsonParser parser(String text, int from) throws IOException {
    StringReader reader = new StringReader(text);
    if (reader.skip(from) != from) {
      throw new IOException("text is shorter than its header");
    }
    return FACTORY.createParser(reader);
  }

  private static Object value(JsonParser parser) throws IOException, MalformedPacketException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> decimal(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new MalformedPacketException("payload is not JSON");
    };
  }

  private static JsonObject object(JsonParser parser) throws IOException, MalformedPacketException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return new JsonObject(fields);
  }

  private static JsonArray array(JsonParser parser) throws IOException, MalformedPacketException {
    List<Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return new JsonArray(items);
  }

  private static Double decimal(JsonParser parser) throws IOException, MalformedPacketException {
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      throw new MalformedPacketException("number is out of range");
    }
    return value;
  }
}
