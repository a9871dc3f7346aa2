package io.candlehub.hub.candle;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Bar;
import io.candlehub.model.Interval;
import io.candlehub.model.SessionMode;
import io.candlehub.model.Timeframe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** A reader that knows nothing but the contract: bars and stretches replace what they overlap. */
final class Replica {
  private final Timeframe frame;
  private final SessionMode mode;
  private final TreeMap<Long, Bar> bars = new TreeMap<>();
  private List<Interval> intervals = new ArrayList<>();
  private boolean strict = true;
  private String epoch = "";
  private long seq = -1;

  Replica(Timeframe frame, SessionMode mode) {
    this.frame = frame;
    this.mode = mode;
  }

  /** Lets a revision be taken back: whoever owns the series now has not heard of its cause yet. */
  void lenient() {
    strict = false;
  }

  void resume(CandleSeries series) {
    apply(series, seq);
  }

  /** Takes the update that tells what changed after a position, which must not be one it has not reached. */
  void apply(CandleSeries series, long fromSeq) {
    assertThat(fromSeq).isLessThanOrEqualTo(seq);
    boolean begins = !series.epoch().equals(epoch);
    if (begins) {
      bars.clear();
      intervals.clear();
      epoch = series.epoch();
    } else {
      assertThat(series.seq()).isGreaterThanOrEqualTo(seq);
    }
    Reading reading = series.views().read(frame, mode, begins ? -1 : fromSeq);
    seq = series.seq();
    for (Bar bar : reading.bars()) {
      Bar former = bars.put(bar.startMillis(), bar);
      if (strict && former != null && former.isFinal()) {
        assertThat(bar.isFinal()).isTrue();
        assertThat(bar.revision() > former.revision() || bar.sameValues(former)).isTrue();
      }
      cut(bar.startMillis(), bar.startMillis() + frame.millis());
    }
    for (Interval interval : reading.intervals()) {
      cut(interval.fromMillis(), interval.toMillis());
      intervals.add(interval);
    }
    intervals.sort(Comparator.comparingLong(Interval::fromMillis));
  }

  private void cut(long from, long to) {
    List<Interval> left = new ArrayList<>();
    for (Interval interval : intervals) {
      if (interval.toMillis() <= from || interval.fromMillis() >= to) {
        left.add(interval);
        continue;
      }
      if (interval.fromMillis() < from) {
        left.add(new Interval(interval.fromMillis(), from, interval.state()));
      }
      if (interval.toMillis() > to) {
        left.add(new Interval(to, interval.toMillis(), interval.state()));
      }
    }
    intervals = left;
  }

  long seq() {
    return seq;
  }

  void check(CandleSeries series) {
    Reading whole = series.views().read(frame, mode, -1);
    long first = series.firstMillis();
    assertThat(List.copyOf(bars.tailMap(first).values()))
        .isEqualTo(
            whole.bars().stream().filter(bar -> bar.startMillis() >= first).toList());
    assertThat(intervals.stream().filter(interval -> interval.fromMillis() >= first))
        .containsExactlyElementsOf(whole.intervals());
    long last = Long.MIN_VALUE;
    for (Interval interval : whole.intervals()) {
      assertThat(interval.fromMillis()).isGreaterThanOrEqualTo(last);
      last = interval.toMillis();
    }
  }
}
