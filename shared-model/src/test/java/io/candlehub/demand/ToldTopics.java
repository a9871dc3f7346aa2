package io.candlehub.demand;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a stand-in was told by {@link DemandReport}s; for the tests of every module. Safe to use from any thread. */
public final class ToldTopics {
  private static final ToldSets.Listener NOBODY = new ToldSets.Listener() {
    @Override
    public void added(String set, String topic) {}

    @Override
    public void removed(String set, String topic) {}
  };

  private final Map<String, ToldSets> byOwner = new HashMap<>();

  /** Takes a report and returns the answer. */
  public synchronized JsonObject take(String at, JsonObject report) {
    DemandReport read = DemandReport.from(report);
    ToldSets sets = byOwner.computeIfAbsent(at + " " + read.owner(), owner -> new ToldSets());
    return DemandReport.answer(sets.take(read, NOBODY));
  }

  /** Returns everything that is wanted. */
  public synchronized Set<String> topics() {
    Set<String> topics = new TreeSet<>();
    byOwner.values().forEach(sets -> sets.topics().forEach(topics::add));
    return topics;
  }

  /** Knows nothing any more. */
  public synchronized void forget() {
    byOwner.clear();
  }
}
