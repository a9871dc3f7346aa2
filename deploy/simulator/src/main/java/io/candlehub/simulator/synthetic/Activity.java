package io.candlehub.simulator.synthetic;

/** How lively each slot of a span is. */
interface Activity {
  /** Returns how likely a slot has a trade at all, 0 to 1; 0 forbids one. */
  double chance(int slot);

  /** Returns a slot's share of the volume relative to the others. */
  double weight(int slot);
}
