package io.candlehub.gateway;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What runs here, as the build wrote it next to a class. */
final class VersionInfo {
  private static final String FILE = "version.properties";

  private final Properties properties = new Properties();

  VersionInfo(Class<?> beside) {
    try (InputStream in = beside.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing beside " + beside.getName());
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("name", "candlehub")
        .put("version", properties.getProperty("version"))
        .put("java", Runtime.version().feature());
  }
}
