package io.candlehub.hub.history;

import io.candlehub.bus.FailureException;
import io.candlehub.model.Origin;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Bars of a range, encoded: rows of pieces that ascend and do not overlap, and the stretches without bars between them.
 *
 * @param bars runs of encoded bars, ascending
 * @param intervals runs of encoded intervals, ascending
 * @param newest start of the last bar, if there is any
 * @param stored true if every piece came from the store
 * @param next start of the first bar left out because of the limit
 * @param problem why a part of the range is missing, if one is
 * @param standIn who told bars that the first provider should have told, and why; unknown if nobody did
 */
public record HistoryAnswer(
    List<Buffer> bars,
    List<Buffer> intervals,
    OptionalLong newest,
    boolean stored,
    OptionalLong next,
    Optional<FailureException> problem,
    Origin standIn) {
  /** Copies the lists. */
  public HistoryAnswer {
    bars = List.copyOf(bars);
    intervals = List.copyOf(intervals);
  }

  /** The rows of one piece that belong to the answer. */
  private record Run(EncodedPiece piece, int from, int to) {
    int size() {
      return to - from;
    }
  }

  /** The rows of a range. */
  static final class Assembly {
    private final List<EncodedPiece> pieces;
    private final List<Run> runs = new ArrayList<>();
    private long fromMillis;
    private long endMillis;
    private OptionalLong next = OptionalLong.empty();

    /** Takes the bars that start in [from, to]; a bar at or before one of an earlier piece is left out. */
    Assembly(List<EncodedPiece> pieces, long fromMillis, long toMillis) {
      this.pieces = pieces;
      this.fromMillis = fromMillis;
      endMillis = toMillis;
      long first = fromMillis;
      for (EncodedPiece piece : pieces) {
        EncodedRows rows = piece.bars();
        int from = rows.lowerBound(first);
        int to = toMillis == Long.MAX_VALUE ? rows.size() : rows.lowerBound(toMillis + 1);
        if (to > from) {
          runs.add(new Run(piece, from, to));
          first = rows.key(to - 1) + 1;
        }
      }
    }

    private int size() {
      return runs.stream().mapToInt(Run::size).sum();
    }

    /** Keeps so many of the oldest bars, or of the newest if the reader gave no start. */
    Assembly cut(int limit, boolean keepOldest) {
      int surplus = size() - limit;
      if (surplus > 0 && keepOldest) {
        next = OptionalLong.of(dropNewest(surplus));
        endMillis = next.getAsLong();
      } else if (surplus > 0) {
        fromMillis = dropOldest(surplus);
      }
      return this;
    }

    private long dropNewest(int surplus) {
      int left = surplus;
      long start = 0;
      while (left > 0) {
        Run last = runs.remove(runs.size() - 1);
        int kept = Math.max(0, last.size() - left);
        start = last.piece.bars().key(last.from + kept);
        left -= last.size() - kept;
        if (kept > 0) {
          runs.add(new Run(last.piece, last.from, last.from + kept));
        }
      }
      return start;
    }

    private long dropOldest(int surplus) {
      int left = surplus;
      while (left >= runs.get(0).size()) {
        left -= runs.remove(0).size();
      }
      Run first = runs.get(0);
      runs.set(0, new Run(first.piece, first.from + left, first.to));
      return first.piece.bars().key(first.from + left);
    }

    HistoryAnswer answer(Optional<FailureException> problem, Origin standIn) {
      List<Buffer> intervals = new ArrayList<>();
      for (EncodedPiece piece : pieces) {
        piece.stretches(fromMillis, endMillis, intervals::add);
      }
      OptionalLong newest = OptionalLong.empty();
      if (!runs.isEmpty()) {
        Run last = runs.get(runs.size() - 1);
        newest = OptionalLong.of(last.piece.bars().key(last.to - 1));
      }
      return new HistoryAnswer(
          runs.stream().map(run -> run.piece.bars().rows(run.from, run.to)).toList(),
          intervals,
          newest,
          runs.stream().allMatch(run -> run.piece.isStored()),
          next,
          problem,
          standIn);
    }
  }
}
