package io.candlehub.bus;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Goes through the fields of objects and the items of arrays as they stream by. */
final class JsonWalk {
  private JsonWalk() {}

  /** Takes one field of an object, or one item of an array; the parser stands on its value. */
  @FunctionalInterface
  interface Field {
    /**
     * Takes it, all that is in it included.
     *
     * @param name the field's name, empty for an item
     */
    void take(String name) throws IOException;
  }

  /** Takes the fields of the object on whose begin the parser stands. */
  static void fields(JsonParser in, Field field) throws IOException {
    expect(in, JsonToken.START_OBJECT);
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      field.take(name);
    }
  }

  /** Takes the items of the array on whose begin the parser stands. */
  static void items(JsonParser in, Field item) throws IOException {
    expect(in, JsonToken.START_ARRAY);
    while (in.nextToken() != JsonToken.END_ARRAY) {
      item.take("");
    }
  }

  /** Returns the text on which the parser stands. */
  static String text(JsonParser in) throws IOException {
    expect(in, JsonToken.VALUE_STRING);
    return in.getText();
  }

  private static void expect(JsonParser in, JsonToken token) {
    if (in.currentToken() != token) {
      throw new IllegalArgumentException("found " + in.currentToken() + " instead of " + token);
    }
  }
}
