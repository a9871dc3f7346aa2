package io.candlehub.launcher;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a client holds that follows the contract and does nothing more: replace on snapshot, upsert on update. */
final class SeriesModel {
  private static final long PRIME = 0x100000001b3L;

  private final TreeMap<Long, String> bars = new TreeMap<>();
  private String epoch = "";
  private long seq;
  private long fingerprint;

  /** What became of a message. */
  enum Outcome {
    /** It was applied. */
    APPLIED,
    /** It repeats changes that are held already. */
    DUPLICATE,
    /** Something between it and what is held is missing, and it says so. */
    HOLE
  }

  /** Takes a message; one that does not continue what is held is not applied. */
  Outcome take(boolean snapshot, JsonObject message) {
    JsonObject stream = message.getJsonObject("stream");
    boolean repeats = false;
    if (snapshot) {
      bars.clear();
      fingerprint = 0;
    } else if (!stream.getString("epoch").equals(epoch) || stream.getLong("fromSeq") > seq) {
      return Outcome.HOLE;
    } else {
      repeats = stream.getLong("fromSeq") < seq && !message.getJsonArray("bars").isEmpty();
    }
    for (JsonObject bar : ClientProcess.list(message.getJsonArray("bars"))) {
      repeats |= put(bar.getLong("t"), bar.encode()) && snapshot;
    }
    epoch = stream.getString("epoch");
    seq = stream.getLong("seq");
    return repeats ? Outcome.DUPLICATE : Outcome.APPLIED;
  }

  /** Returns true if there was a bar with that start. */
  private boolean put(long start, String bar) {
    String former = bars.put(start, bar);
    fingerprint ^= digest(bar) ^ (former == null ? 0 : digest(former));
    return former != null;
  }

  private static long digest(String bar) {
    long digest = 0xcbf29ce484222325L;
    for (int i = 0; i < bar.length(); i++) {
      digest = (digest ^ bar.charAt(i)) * PRIME;
    }
    return digest;
  }

  /** Returns the position to resume from, empty before the first message. */
  Optional<JsonObject> position() {
    return epoch.isEmpty()
        ? Optional.empty()
        : Optional.of(new JsonObject().put("epoch", epoch).put("seq", seq));
  }

  /** Returns a number that is the same for equal bars, whatever the order in which they came. */
  long fingerprint() {
    return fingerprint;
  }

  Map<Long, String> bars() {
    return bars;
  }
}
