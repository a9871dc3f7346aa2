package io.candlehub.bench;

import io.vertx.core.json.JsonObject;

/** How many connections of a measurement's clients have come how far. Confined to their event loop. */
final class ConnectionCounts {
  private int joined;
  private int following;
  private int failed;
  private int closed;
  private String failure = "";

  void joined() {
    joined++;
  }

  void following() {
    following++;
  }

  void failed(String cause) {
    failed++;
    failure = cause;
  }

  void closed() {
    closed++;
  }

  void closed(String cause) {
    closed++;
    failure = cause;
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("joined", joined)
        .put("following", following)
        .put("failed", failed)
        .put("closed", closed)
        .put("failure", failure);
  }
}
