package io.candlehub.clustertests;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The series of one client: replaced by a snapshot, changed by updates that continue it. */
final class CrowdSeries {
  private final TreeMap<Long, HeldBar> bars = new TreeMap<>();
  private String epoch = "";
  private long seq = -1;

  /** What became of a message. */
  enum Outcome {
    /** It replaced the series. */
    REPLACED,
    /** It continued the series. */
    CONTINUED,
    /** It continued the series and told some of what was held once more, under a higher position. */
    RETOLD,
    /** It was a change that was held already. */
    DUPLICATE,
    /** Something before it is missing and nobody said so; it was not applied. */
    LOSS
  }

  Outcome take(boolean snapshot, JsonObject message) {
    JsonObject stream = message.getJsonObject("stream");
    JsonArray changed = message.getJsonArray("bars");
    long now = stream.getLong("seq");
    Outcome outcome = Outcome.REPLACED;
    if (snapshot) {
      bars.clear();
    } else {
      outcome = judge(stream, now, changed.isEmpty());
      if (outcome == Outcome.LOSS || outcome == Outcome.DUPLICATE) {
        return outcome;
      }
    }
    for (int i = 0; i < changed.size(); i++) {
      JsonObject bar = changed.getJsonObject(i);
      if (bars.put(bar.getLong("t"), HeldBar.of(bar)) != null && snapshot) {
        outcome = Outcome.DUPLICATE;
      }
    }
    epoch = stream.getString("epoch");
    seq = now;
    return outcome;
  }

  private Outcome judge(JsonObject stream, long now, boolean empty) {
    long from = stream.getLong("fromSeq");
    if (!stream.getString("epoch").equals(epoch) || from > seq) {
      return Outcome.LOSS;
    }
    if (now <= seq && !empty) {
      return Outcome.DUPLICATE;
    }
    return from < seq && !empty ? Outcome.RETOLD : Outcome.CONTINUED;
  }

  /** Forgets everything. */
  void clear() {
    bars.clear();
    epoch = "";
    seq = -1;
  }

  /** Returns the position to resume from, empty before the first message. */
  Optional<JsonObject> position() {
    return epoch.isEmpty()
        ? Optional.empty()
        : Optional.of(new JsonObject().put("epoch", epoch).put("seq", seq));
  }

  String epoch() {
    return epoch;
  }

  long seq() {
    return seq;
  }

  NavigableMap<Long, HeldBar> bars() {
    return bars;
  }
}
