package io.candlehub.ingest.provider.massive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Takes the rows of an answer while they are read. What it rejects it counts itself. */
interface Rows {
  /** A row begins. */
  void begin();

  /** The row has a field; of a list or an object only its beginning comes here. */
  void field(String name, JsonToken token, JsonParser parser) throws IOException;

  /**
   * A list or an object of the row has a member; of lists and objects within it only the beginning comes here.
   *
   * @param name the member's name, empty in a list
   */
  default void member(String field, String name, JsonToken token, JsonParser parser)
      throws IOException {}

  /** The row is complete. */
  void end();

  /** An element is no row at all. */
  void malformed();
}
