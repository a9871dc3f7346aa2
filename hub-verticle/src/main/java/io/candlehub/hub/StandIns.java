package io.candlehub.hub;

/**
 * Who told a series' bars in place of the first provider, by what was loaded.
 *
 * @param minutes of the minutes
 * @param hours of the older hours, in words; empty for nobody
 * @param days of the days, in words; empty for nobody
 */
record StandIns(StandIn minutes, String hours, String days) {
  static final StandIns NONE = new StandIns(StandIn.NONE, "", "");
}
