package io.candlehub.gateway.live;

import io.candlehub.bus.ChartJson;
import io.candlehub.bus.Json;
import io.candlehub.gateway.socketio.EncodedEvent;
import io.candlehub.gateway.stream.Encoded;
import io.candlehub.gateway.stream.Encoding;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.ChartSnapshot;
import io.vertx.core.buffer.Buffer;

/**
 * Chart messages as {@code chart:snapshot} and {@code chart:update}.
 *
 * @param chartId the client's name for the chart, part of the payload
 */
record ChartEvents(String chartId) implements Encoding<ChartMessage, EncodedEvent> {
  @Override
  public Encoded<EncodedEvent> encode(ChartMessage message) {
    Buffer payload = Json.buffer(ChartJson.expectedBytes(message), out -> {
      out.writeStartObject();
      out.writeStringField("chartId", chartId);
      ChartJson.writeFields(out, message);
      out.writeEndObject();
    });
    return JsonEvent.encoded(
        message instanceof ChartSnapshot ? "chart:snapshot" : "chart:update", payload);
  }
}
