package io.candlehub.hub;

/** How far one series has come. Confined to the hub's event loop. */
final class SeriesStanding {
  /** True while somebody wants it. */
  boolean active;

  /** True from when the first load may begin. */
  boolean loading;

  /** True once the first load is complete. */
  boolean everLoaded;

  /** True once the history has answered any question. */
  boolean historyAnswered;

  /** True if the history answered since the stream was lost. */
  boolean polledOk;

  /** Market time of the last input, -1 if there was none. */
  long lastInputMillis = -1;
}
