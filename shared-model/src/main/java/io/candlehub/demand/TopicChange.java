package io.candlehub.demand;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What became of a set of topics between two of its versions. A set is empty at version {@link #EMPTY}, so that a change
 * from there is the whole set.
 *
 * @param from the version it is to be applied to
 * @param version the version it leads to; the same as {@code from} if nothing has changed
 * @param added what has come, in this order at the end
 * @param removed what has gone
 */
public record TopicChange(long from, long version, List<String> added, List<String> removed) {
  /** The version of every set that nothing was ever put into. */
  public static final long EMPTY = 0;

  /** Checks and copies. */
  public TopicChange {
    if (from < EMPTY || version < from) {
      throw new IllegalArgumentException("version " + version + " must not be below " + from);
    }
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }

  /** Returns that a set is what it was. */
  static TopicChange none(long version) {
    return new TopicChange(version, version, List.of(), List.of());
  }

  /** Returns whether the set is what it was. */
  boolean isNone() {
    return from == version;
  }

  /** Returns whether it says all there is in the set. */
  boolean isWhole() {
    return from == EMPTY;
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject().put("version", version);
    if (!isNone()) {
      json.put("from", from).put("add", new JsonArray(added));
      if (!removed.isEmpty()) {
        json.put("remove", new JsonArray(removed));
      }
    }
    return json;
  }

  /**
   * Reads the form on the bus.
   *
   * @throws IllegalArgumentException if it is none
   */
  static TopicChange from(JsonObject json) {
    if (!(json.getValue("version") instanceof Number version)
        || !(json.getValue("from", version) instanceof Number from)) {
      throw new IllegalArgumentException("version and from must be numbers");
    }
    return new TopicChange(
        from.longValue(), version.longValue(), texts(json, "add"), texts(json, "remove"));
  }

  private static List<String> texts(JsonObject json, String name) {
    if (!(json.getValue(name, new JsonArray()) instanceof JsonArray list)) {
      throw new IllegalArgumentException(name + " must be a list");
    }
    return list.stream()
        .map(each -> {
          if (each instanceof String text) {
            return text;
          }
          throw new IllegalArgumentException(name + " must be a list of texts");
        })
        .toList();
  }
}
