package io.candlehub.gateway.auth;

import java.util.HashMap;
import java.util.Map;

/** From where a request comes. */
enum Source {
  NO_PAGE("", "", true),
  ALLOWED_PAGE("https://chart.example", "", true),
  FOREIGN_PAGE("https://evil.example", "", false),
  SANDBOXED_PAGE("null", "", false),
  FOREIGN_HOST("", "evil.example", false),
  /** A page whose name was made to resolve to this machine. */
  REBOUND_PAGE("http://evil.example", "evil.example", false);

  private final String origin;
  private final String host;
  private final boolean allowed;

  Source(String origin, String host, boolean allowed) {
    this.origin = origin;
    this.host = host;
    this.allowed = allowed;
  }

  boolean isAllowed() {
    return allowed;
  }

  Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    if (!origin.isEmpty()) {
      headers.put("Origin", origin);
    }
    if (!host.isEmpty()) {
      headers.put("Host", host);
    }
    return headers;
  }
}
