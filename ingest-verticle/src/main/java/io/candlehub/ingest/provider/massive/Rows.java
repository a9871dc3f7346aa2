package io.candlehub.ingest.provider.massive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Takes the rows of an answer while they are read. What it rejects it counts itself. */
interface Rows {
  /** A row begins. */
  void begin();

  /** The row has a field; nested values come as {@code START_ARRAY} or {@code START_OBJECT} only. */
  void field(String name, JsonToken token, JsonParser parser) throws IOException;

  /** The row is complete. */
  void end();

  /** An element is no row at all. */
  void malformed();
}
