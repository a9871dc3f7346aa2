package io.candlehub.launcher;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** One connection of a client that follows one chart over some protocol. */
interface ChartLink extends AutoCloseable {

  /** Asks for a stream, from a position {@code {epoch, seq}} on or from its snapshot. */
  void follow(String symbol, String timeframe, Optional<JsonObject> since);

  /** Waits for the next message of the stream. */
  Optional<Arrival> next(long millis) throws InterruptedException;

  /** Ends the connection as a lost network does. */
  void cut();

  @Override
  void close();

  /**
   * A message of the stream.
   *
   * @param snapshot whether it replaces what is held
   * @param body the chart message
   * @param bytes its length on the wire, as JSON text
   */
  record Arrival(boolean snapshot, JsonObject body, int bytes) {}
}
