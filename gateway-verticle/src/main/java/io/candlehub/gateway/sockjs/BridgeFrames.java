package io.candlehub.gateway.sockjs;

import io.candlehub.bus.ChartJson;
import io.candlehub.bus.FailureException;
import io.candlehub.gateway.stream.ChainMessage;
import io.candlehub.gateway.stream.Encoded;
import io.candlehub.gateway.stream.Encoding;
import io.candlehub.gateway.stream.Trades;
import io.candlehub.model.ChartMessage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

/** The bridge's messages to clients. */
final class BridgeFrames {
  private static final int ENVELOPE_BYTES = 80;

  private BridgeFrames() {}

  /** Charts as deliveries on an address. */
  record Chart(String address) implements Encoding<ChartMessage, Buffer> {
    @Override
    public Encoded<Buffer> encode(ChartMessage message) {
      return encoded(address, ChartJson.body(message));
    }
  }

  /** Trades as deliveries on an address. */
  record OfTrades(String address) implements Encoding<Trades, Buffer> {
    @Override
    public Encoded<Buffer> encode(Trades trades) {
      return encoded(address, trades.toJson().toBuffer());
    }
  }

  /** An expiration of a chain as deliveries on an address. */
  record Chain(String address) implements Encoding<ChainMessage, Buffer> {
    @Override
    public Encoded<Buffer> encode(ChainMessage message) {
      JsonObject body = new JsonObject().put("kind", message.kind());
      message.body().forEach(field -> body.put(field.getKey(), field.getValue()));
      return encoded(address, body.toBuffer());
    }
  }

  /** Quotes, alerts and unusual trades as deliveries on an address. */
  record Plain(String address) implements Encoding<Buffer, Buffer> {
    @Override
    public Encoded<Buffer> encode(Buffer body) {
      return encoded(address, body);
    }
  }

  /** The market's status as deliveries on an address. */
  record Status(String address) implements Encoding<JsonObject, Buffer> {
    @Override
    public Encoded<Buffer> encode(JsonObject status) {
      return encoded(address, status.toBuffer());
    }
  }

  private static Encoded<Buffer> encoded(String address, Buffer body) {
    Buffer frame = delivery(address, body);
    return new Encoded<>(frame, frame.length());
  }

  /** Returns the delivery of a JSON body. */
  static Buffer delivery(String address, Buffer body) {
    return Buffer.buffer(body.length() + ENVELOPE_BYTES)
        .appendString("{\"type\":\"rec\",\"address\":")
        .appendBuffer(Json.encodeToBuffer(address))
        .appendString(",\"body\":")
        .appendBuffer(body)
        .appendString("}");
  }

  /** Returns an error of the protocol or of the rules; it has no address. */
  static Buffer error(String code) {
    return new JsonObject().put("type", "err").put("body", code).toBuffer();
  }

  /** Returns the failure of a request, for the address its answer was wanted at. */
  static Buffer failure(String replyAddress, FailureException failure) {
    return failed(replyAddress, failure).toBuffer();
  }

  /** Returns the failure of a registration, which reaches the client's handlers of the address. */
  static Buffer registrationFailure(String address, FailureException failure) {
    return failed(address, failure).put("body", "registration_failure").toBuffer();
  }

  /** Returns the refusal of a frame for want of a caller; its body is the code, as with errors that have no address. */
  static Buffer refusal(String address, FailureException failure) {
    return failed(address, failure).put("body", failure.code().name()).toBuffer();
  }

  private static JsonObject failed(String address, FailureException failure) {
    return new JsonObject()
        .put("type", "err")
        .put("address", address)
        .put("failureCode", failure.code().httpStatus())
        .put("failureType", "RECIPIENT_FAILURE")
        .put("message", failure.code() + ": " + failure.getMessage())
        .put("error", failure.toJson());
  }
}
