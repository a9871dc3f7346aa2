package io.candlehub.simulator.rest;

import java.util.List;
import java.util.Map;

/**
 * A request, taken apart. Immutable, safe anywhere.
 *
 * @param base scheme, host and port the client used, for absolute links
 * @param segments the path's variable parts, decoded
 * @param query first value of each query parameter, decoded
 * @param requestId what identifies it in the answer
 * @param nowMillis market time to answer for; 15 minutes back under a delayed plan
 * @param delayed true under a delayed plan
 */
record Ask(
    String base,
    List<String> segments,
    Map<String, String> query,
    String requestId,
    long nowMillis,
    boolean delayed) {
  String segment(int i) {
    return segments.get(i);
  }

  String param(String name, String fallback) {
    return query.getOrDefault(name, fallback);
  }

  int limit(int fallback, int most) {
    String text = param("limit", Integer.toString(fallback));
    try {
      int value = Integer.parseInt(text);
      if (value >= 1 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new BadRequest("The parameter 'limit' could not be parsed: " + text);
    }
    throw new BadRequest("The parameter 'limit' must be between 1 and " + most + ".");
  }

  String okStatus() {
    return delayed ? "DELAYED" : "OK";
  }
}
