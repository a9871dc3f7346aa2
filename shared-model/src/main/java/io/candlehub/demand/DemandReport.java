package io.candlehub.demand;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a teller wants, as one message. It is answered by {@code {known}}: false if one of its changes is from a version
 * that is not known, so that everything is to be told whole.
 *
 * @param owner who wants it; another one after a restart
 * @param node the node it lives on, with which the demand ends
 * @param number rises with each report of an owner; an older one that comes late counts no more
 * @param complete whether it names all sets there are; what it does not name is wanted no more
 * @param positions whether the teller wants to hear where the demanded streams are
 * @param since of which positions it needs to hear nothing more: those up to this one of the listener's versions; 0 if it
 *     wants to hear all
 * @param sets what became of each named set
 */
public record DemandReport(
    String owner,
    String node,
    long number,
    boolean complete,
    boolean positions,
    long since,
    Map<String, TopicChange> sets) {
  /** What a hub calls its set of topics whose number providers limit, the most important first. */
  public static final String RANKED = "ranked";

  /** What a hub calls its set of all other topics. */
  public static final String OTHERS = "others";

  private static final String COMPLETE = "complete";
  private static final String POSITIONS = "positions";
  private static final String SINCE = "since";
  private static final String KNOWN = "known";

  /** Copies the sets. */
  public DemandReport {
    sets = Map.copyOf(sets);
  }

  /** Returns whether it says all there is, whatever was told before. */
  boolean isWhole() {
    return complete && sets.values().stream().allMatch(TopicChange::isWhole);
  }

  /** Returns the form on the bus. */
  public JsonObject toJson() {
    JsonObject named = new JsonObject();
    sets.forEach((name, change) -> named.put(name, change.toJson()));
    JsonObject json = new JsonObject()
        .put("owner", owner)
        .put("node", node)
        .put("number", number)
        .put("sets", named);
    if (complete) {
      json.put(COMPLETE, true);
    }
    if (positions) {
      json.put(POSITIONS, true);
    }
    return since > 0 ? json.put(SINCE, since) : json;
  }

  /**
   * Reads the form on the bus.
   *
   * @throws FailureException {@code INVALID_PARAMETER} if it is none
   */
  public static DemandReport from(JsonObject json) {
    if (!(json.getValue("owner") instanceof String owner)
        || !(json.getValue("node") instanceof String node)
        || !(json.getValue("number") instanceof Number number)
        || !(json.getValue("sets") instanceof JsonObject named)) {
      throw Failure.INVALID_PARAMETER.because("owner, node, number and sets must be there");
    }
    Map<String, TopicChange> sets = new LinkedHashMap<>();
    for (String name : named.fieldNames()) {
      if (!(named.getValue(name) instanceof JsonObject change)) {
        throw Failure.INVALID_PARAMETER.because("sets must be objects");
      }
      try {
        sets.put(name, TopicChange.from(change));
      } catch (IllegalArgumentException e) {
        throw Failure.INVALID_PARAMETER.because("sets: " + e.getMessage());
      }
    }
    return new DemandReport(
        owner,
        node,
        number.longValue(),
        json.getValue(COMPLETE) == Boolean.TRUE,
        json.getValue(POSITIONS) == Boolean.TRUE,
        json.getValue(SINCE) instanceof Number since ? since.longValue() : 0,
        sets);
  }

  /** Returns the answer to a report. */
  public static JsonObject answer(boolean known) {
    return new JsonObject().put(KNOWN, known);
  }

  /** Returns whether an answer says that everything a report said was understood. */
  public static boolean isKnown(JsonObject answer) {
    return answer.getValue(KNOWN) == Boolean.TRUE;
  }
}
