package io.candlehub.ingest.provider;

import io.vertx.core.buffer.Buffer;

/** Reads the body of one REST answer while it arrives. Nothing makes it throw. Confined to one event loop. */
public interface AnswerReader {
  /** Takes the next bytes. */
  void feed(Buffer chunk);

  /** Notes that no more bytes come. */
  void finish();

  /** Returns true if the whole body was what it should be. */
  boolean isWellFormed();

  /** Returns the answer's own status, empty if absent. */
  String status();

  /** Returns the provider's error text for logs, empty if there is none. */
  String problem();
}
