package io.candlehub.model;

import java.util.List;

/** What travels on a chart stream: a snapshot, or an update that continues it (contract §4, Streams). */
public sealed interface ChartMessage permits ChartSnapshot, ChartUpdate {
  /** Returns the stream. */
  StreamKey key();

  /** Returns the bars, ascending by start. */
  List<Bar> bars();

  /** Returns the stretches without bars, ascending. */
  List<Interval> intervals();

  /** Returns the health at the time of the message. */
  Health health();

  /** Returns the session at the time of the message. */
  SessionInfo session();

  /** Returns the stream's continuity: positions of different epochs do not compare. */
  String epoch();

  /** Returns the position after this message. */
  long seq();
}
