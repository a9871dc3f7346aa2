package io.candlehub.gateway;

import io.candlehub.model.Bar;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.ChartUpdate;
import java.util.List;
import java.util.TreeMap;

/** What a client holds that does nothing but follow the contract: replace on snapshot, upsert on a continuous update. */
public final class ClientSeries {
  private final TreeMap<Long, Bar> bars = new TreeMap<>();
  private String epoch = "";
  private long seq;
  private int messages;

  /** Takes a message; one that does not continue what is held is a fault of the sender. */
  public void take(ChartMessage message) {
    messages++;
    if (message instanceof ChartUpdate update) {
      if (!update.epoch().equals(epoch) || update.fromSeq() > seq || update.seq() < seq) {
        throw new AssertionError("update " + update.epoch() + " " + update.fromSeq() + ".."
            + update.seq() + " does not continue " + epoch + " " + seq);
      }
    } else {
      bars.clear();
    }
    if (!(message instanceof ChartSnapshot) && messages == 1 && epoch.isEmpty()) {
      throw new AssertionError("the first message must be a snapshot");
    }
    message.bars().forEach(bar -> bars.put(bar.startMillis(), bar));
    epoch = message.epoch();
    seq = message.seq();
  }

  /** Returns the bars, oldest first. */
  public List<Bar> bars() {
    return List.copyOf(bars.values());
  }

  /** Returns the continuity, empty before the first message. */
  public String epoch() {
    return epoch;
  }

  /** Returns the position. */
  public long seq() {
    return seq;
  }

  /** Returns how many messages were taken. */
  public int messages() {
    return messages;
  }
}
