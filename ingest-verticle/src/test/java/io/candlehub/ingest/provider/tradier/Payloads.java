package io.candlehub.ingest.provider.tradier;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The fixtures of this provider; payload/README.md tells what they show. */
final class Payloads {
  private Payloads() {}

  /** Returns a fixture by what follows the provider in its name. */
  static String text(String name) {
    try (InputStream in = Payloads.class.getResourceAsStream("/payload/tradier." + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
