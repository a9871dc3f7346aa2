package io.candlehub.gateway;

import io.candlehub.bus.ChartedBars;
import io.candlehub.bus.StreamPositions;
import io.candlehub.model.Bar;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import io.candlehub.model.HealthSource;
import io.candlehub.model.Interval;
import io.candlehub.model.StreamKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The canonical series of a stream, as a hub would hold it. */
public final class FakeSeries {
  private record Changed(Bar bar, long seq) {}

  private final StreamKey key;
  private final Map<Long, Changed> bars = new TreeMap<>();
  private String epoch = "e1";
  private long seq = 1;
  private Health health = Charts.health();

  /** Creates an empty series. */
  public FakeSeries(StreamKey key) {
    this.key = key;
  }

  /** Changes bars and returns the update that tells so. */
  public synchronized ChartUpdate put(Bar... changed) {
    long from = seq;
    seq += 1 + changed.length;
    for (Bar bar : changed) {
      bars.put(bar.startMillis(), new Changed(bar, seq));
    }
    return update(List.of(changed), from);
  }

  /** Changes the health alone, at the same position. */
  public synchronized ChartUpdate put(Health changed) {
    health = changed;
    return update(List.of(), seq);
  }

  /** Returns where it is, as its owner tells. */
  public synchronized StreamPositions.Chart position(long term) {
    return new StreamPositions.Chart(key, term, epoch, seq, health.verdictCode());
  }

  /** Returns the key. */
  public StreamKey key() {
    return key;
  }

  /** Returns the snapshot of a series that has not been loaded yet. */
  public synchronized ChartSnapshot loading() {
    epoch = "e2";
    health = new Health(
        HealthMode.DEGRADED,
        HealthSource.SNAPSHOT,
        "fake",
        -1,
        0,
        false,
        0,
        0,
        List.of(),
        "open",
        "still loading");
    return snapshot(true);
  }

  /** Starts a new continuity. */
  public synchronized void restart(String newEpoch) {
    epoch = newEpoch;
    seq = 1;
    bars.replaceAll((start, changed) -> new Changed(changed.bar, 1));
  }

  private ChartUpdate update(List<Bar> changed, long from) {
    return new ChartUpdate(
        key, changed, List.<Interval>of(), health, Charts.session(), epoch, from, seq);
  }

  /** Returns what followed a position, or a snapshot. */
  public synchronized ChartMessage since(String wantedEpoch, long wantedSeq) {
    if (!wantedEpoch.equals(epoch) || wantedSeq > seq) {
      return snapshot(true);
    }
    return update(
        bars.values().stream()
            .filter(it -> it.seq > wantedSeq)
            .map(Changed::bar)
            .toList(),
        wantedSeq);
  }

  /** Returns everything. */
  public synchronized ChartSnapshot snapshot(boolean withSeqs) {
    return new ChartSnapshot(
        key,
        ChartedBars.of(key).instrument().symbol(),
        bars(),
        List.of(),
        health,
        Charts.session(),
        epoch,
        seq,
        Charts.START,
        withSeqs ? bars.values().stream().map(Changed::seq).toList() : List.of());
  }

  /** Returns the bars, oldest first. */
  public synchronized List<Bar> bars() {
    return bars.values().stream().map(Changed::bar).toList();
  }

  /** Returns the position. */
  public synchronized long seq() {
    return seq;
  }
}
