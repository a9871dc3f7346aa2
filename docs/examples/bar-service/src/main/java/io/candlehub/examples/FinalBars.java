package io.candlehub.examples;

import io.candlehub.model.Bar;
import io.candlehub.model.ChartMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Chooses the bars that became final or were revised: each once, however often the stream tells it. After the hub behind
 * a stream was replaced, what changed last is told again. Confined to one thread.
 */
final class FinalBars {
  /** More than any stream tells again. */
  private static final int REMEMBERED = 10_000;

  private final TreeMap<Long, Integer> revisions = new TreeMap<>();

  /** Returns the final bars of a message that are new, or are a new revision. */
  List<Bar> of(ChartMessage message) {
    List<Bar> fresh = new ArrayList<>();
    for (Bar bar : message.bars()) {
      if (bar.isFinal() && isNew(bar)) {
        fresh.add(bar);
      }
    }
    return fresh;
  }

  private boolean isNew(Bar bar) {
    Integer known = revisions.get(bar.startMillis());
    if (known != null && known >= bar.revision()) {
      return false;
    }
    revisions.put(bar.startMillis(), bar.revision());
    if (revisions.size() > REMEMBERED) {
      revisions.pollFirstEntry();
    }
    return true;
  }
}
