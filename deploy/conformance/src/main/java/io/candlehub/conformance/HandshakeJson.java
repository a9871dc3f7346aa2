package io.candlehub.conformance;

import io.candlehub.gateway.socketio.Handshake;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** A handshake as the reference server shows it to clients. */
final class HandshakeJson {
  private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
          "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
      .withZone(ZoneOffset.UTC);

  private HandshakeJson() {}

  /** Renders a handshake. */
  static JsonObject of(Handshake handshake) {
    return new JsonObject()
        .put("headers", headers(handshake.headers()))
        .put(
            "time",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(handshake.time().atZone(ZoneOffset.UTC)))
        .put("address", handshake.remoteAddress().hostAddress())
        .put("xdomain", handshake.headers().contains("Origin"))
        .put("secure", handshake.secure())
        .put("issued", handshake.time().toEpochMilli())
        .put("url", handshake.uri())
        .put("query", flat(handshake.query(), UnaryOperator.identity()))
        .put("auth", handshake.auth());
  }

  /** Renders an instant as a date of JavaScript. */
  static String date(Instant instant) {
    return ISO.format(instant);
  }

  /** Renders headers with names in lower case. */
  static JsonObject headers(MultiMap headers) {
    return flat(headers, name -> name.toLowerCase(Locale.ROOT));
  }

  /** Several values of one name become one text. */
  private static JsonObject flat(MultiMap values, UnaryOperator<String> naming) {
    JsonObject flat = new JsonObject();
    for (String name : values.names()) {
      flat.put(naming.apply(name), String.join(", ", values.getAll(name)));
    }
    return flat;
  }
}
