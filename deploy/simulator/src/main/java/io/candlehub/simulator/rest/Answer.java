package io.candlehub.simulator.rest;

import io.vertx.core.json.JsonObject;

/**
 * What is sent back.
 *
 * @param status HTTP status
 * @param body the body
 * @param contentType its type
 */
public record Answer(int status, String body, String contentType) {
  private static final String JSON = "application/json";

  /** Answers a JSON text with 200. */
  public static Answer json(String body) {
    return new Answer(200, body, JSON);
  }

  /** Answers a JSON object with 200. */
  public static Answer json(JsonObject body) {
    return json(body.encode());
  }

  /** Answers a JSON object with a status. */
  public static Answer json(int status, JsonObject body) {
    return new Answer(status, body.encode(), JSON);
  }

  /** Answers an error as the provider words it: 400, 401 and 429 under {@code error}. */
  static Answer error(int status, String requestId, String message) {
    return json(
        status,
        new JsonObject().put("status", "ERROR").put("request_id", requestId).put("error", message));
  }

  /** Answers that the plan lacks something. */
  static Answer notEntitled(String requestId) {
    return json(
        403,
        new JsonObject()
            .put("status", "NOT_AUTHORIZED")
            .put("request_id", requestId)
            .put(
                "message",
                "You are not entitled to this data. Please upgrade your plan at"
                    + " https://massive.com/pricing"));
  }

  /** Answers that a ticker is unknown. */
  static Answer tickerNotFound(String requestId) {
    return json(
        404,
        new JsonObject()
            .put("status", "NOT_FOUND")
            .put("request_id", requestId)
            .put("message", "Ticker not found."));
  }

  /** Answers that there is no such route. */
  static Answer noRoute() {
    return new Answer(404, "404 page not found\n", "text/plain; charset=utf-8");
  }

  /** Answers the documented body of an error status. */
  static Answer fault(int status, String requestId) {
    return switch (status) {
      case 401 -> error(401, requestId, "Unknown API Key");
      case 403 -> notEntitled(requestId);
      case 404 -> tickerNotFound(requestId);
      case 429 ->
        error(
            429,
            requestId,
            "You've exceeded the maximum requests per minute, please wait or upgrade your"
                + " subscription to continue. https://massive.com/pricing");
      case 500, 503 -> error(status, requestId, "internal server error");
      default ->
        status < 500
            ? error(status, requestId, "bad request")
            : new Answer(
                status,
                "<html><head><title>" + status + "</title></head><body>" + status
                    + "</body></html>",
                "text/html");
    };
  }
}
