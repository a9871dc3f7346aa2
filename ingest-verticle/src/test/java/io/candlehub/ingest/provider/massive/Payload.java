package io.candlehub.ingest.provider.massive;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads fixtures of this provider. */
final class Payload {
  private Payload() {}

  /** Returns the text of {@code payload/massive.<name>.json}. */
  static String text(String name) {
    try (InputStream in = Payload.class.getResourceAsStream("/payload/massive." + name + ".json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a fixture that is an object. */
  static JsonObject object(String name) {
    return new JsonObject(text(name));
  }
}
