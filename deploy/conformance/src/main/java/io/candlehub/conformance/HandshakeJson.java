package io.candlehub.conformance;

import io.candlehub.gateway.socketio.Handshake;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** A handshake as the reference server shows it to clients. */
final class HandshakeJson {
  private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
          "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
      .withZone(ZoneOffset.UTC);

  private HandshakeJson() {}

  /** Renders a handshake of a server that is mounted on a path. */
  static JsonObject of(Handshake handshake, String path) {
    return new JsonObject()
        .put("headers", flat(handshake.headers(), true))
        .put(
            "time",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(handshake.time().atZone(ZoneOffset.UTC)))
        .put("address", handshake.remoteAddress().hostAddress())
        .put("xdomain", handshake.headers().contains("Origin"))
        .put("secure", handshake.secure())
        .put("issued", handshake.time().toEpochMilli())
        .put("url", path + "?" + query(handshake.query()))
        .put("query", flat(handshake.query(), false))
        .put("auth", handshake.auth());
  }

  /** Renders an instant as a date of JavaScript. */
  static String date(Instant instant) {
    return ISO.format(instant);
  }

  /** Renders headers or a query with one text per name. */
  static JsonObject flat(MultiMap values, boolean lowerCase) {
    JsonObject flat = new JsonObject();
    for (String name : values.names()) {
      flat.put(
          lowerCase ? name.toLowerCase(Locale.ROOT) : name, String.join(", ", values.getAll(name)));
    }
    return flat;
  }

  private static String query(MultiMap query) {
    return query.entries().stream()
        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
