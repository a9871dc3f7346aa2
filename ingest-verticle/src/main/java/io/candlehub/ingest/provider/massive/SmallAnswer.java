package io.candlehub.ingest.provider.massive;

import io.candlehub.ingest.provider.AnswerReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/**
 * An answer so small that it is read as a whole, because it has no rows as others have. Nothing makes it throw. Confined
 * to one event loop.
 */
abstract class SmallAnswer implements AnswerReader {
  private final int maxBytes;
  private final Buffer bytes = Buffer.buffer();
  private JsonObject body = new JsonObject();
  private boolean tooLong;

  SmallAnswer(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public final void feed(Buffer chunk) {
    tooLong |= bytes.length() + chunk.length() > maxBytes;
    if (!tooLong) {
      bytes.appendBuffer(chunk);
    }
  }

  @Override
  public final void finish() {
    try {
      body = new JsonObject(bytes);
    } catch (DecodeException | ClassCastException e) {
      body = new JsonObject();
    }
  }

  @Override
  public final boolean isWellFormed() {
    return !tooLong && !body.isEmpty();
  }

  @Override
  public final String status() {
    return text("status");
  }

  @Override
  public final String problem() {
    String error = text("error");
    return error.isEmpty() ? text("message") : error;
  }

  /** Returns what was read, empty if that is no object. */
  final JsonObject body() {
    return body;
  }

  /** Returns a text, empty if there is none of that name. */
  final String text(String name) {
    return body.getValue(name) instanceof String text ? text : "";
  }
}
