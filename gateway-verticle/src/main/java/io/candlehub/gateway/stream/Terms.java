package io.candlehub.gateway.stream;

import io.candlehub.cluster.Shards;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Which hub may be believed. Each grant of a shard has a higher term than the one before, so what comes under a lower term
 * than the highest heard of is told by a former owner, late or without knowing that it is none any more. While this
 * node hears no majority nobody may be believed.
 *
 * <p>Confined to the gateway's event loop.
 */
final class Terms {
  private static final long UNREADABLE = -1;

  private final BooleanSupplier cutOff;
  private final StreamMeters meters;
  private final long[] highest = new long[Shards.COUNT];
  /** The highest terms as they were written, because nearly every message repeats its predecessor's. */
  private final String[] written = new String[Shards.COUNT];

  /** Creates a memory of nothing; {@code cutOff} tells whether this node hears no majority. */
  Terms(BooleanSupplier cutOff, StreamMeters meters) {
    this.cutOff = cutOff;
    this.meters = meters;
  }

  /** Returns true while this node hears no majority. */
  boolean isCutOff() {
    return cutOff.getAsBoolean();
  }

  /**
   * Returns whether something told of a shard is to be taken, and counts it if it is not.
   *
   * @param term the term it is told under; null if its sender knows of no terms
   */
  boolean accepts(int shard, String term) {
    if (cutOff.getAsBoolean()) {
      meters.droppedCutOff();
      return false;
    }
    if (term == null || term.equals(written[shard])) {
      return true;
    }
    long number = number(term);
    if (!accepts(shard, number)) {
      return false;
    }
    if (number == highest[shard]) {
      written[shard] = term;
    }
    return true;
  }

  /** Returns whether something told of a shard under a term is to be taken, and counts it if it is not. */
  boolean accepts(int shard, long term) {
    if (cutOff.getAsBoolean()) {
      meters.droppedCutOff();
      return false;
    }
    if (term < highest[shard]) {
      meters.droppedFormerOwner();
      return false;
    }
    raise(shard, term);
    return true;
  }

  private static long number(String term) {
    try {
      return Long.parseLong(term);
    } catch (NumberFormatException e) {
      return UNREADABLE;
    }
  }

  private void raise(int shard, long term) {
    if (term > highest[shard]) {
      highest[shard] = term;
      written[shard] = null;
    }
  }

  /** Takes the terms of a hub's announcement, {@code {shards, terms}}, lists of the same length; returns them by shard. */
  Map<Integer, Long> announced(JsonObject announcement) {
    Map<Integer, Long> announced = new HashMap<>();
    if (!(announcement.getValue("shards") instanceof JsonArray shards)
        || !(announcement.getValue("terms") instanceof JsonArray terms)
        || shards.size() != terms.size()) {
      return announced;
    }
    for (int i = 0; i < shards.size(); i++) {
      if (shards.getValue(i) instanceof Number shard
          && terms.getValue(i) instanceof Number term
          && shard.intValue() >= 0
          && shard.intValue() < Shards.COUNT) {
        raise(shard.intValue(), term.longValue());
        announced.put(shard.intValue(), term.longValue());
      }
    }
    return announced;
  }
}
