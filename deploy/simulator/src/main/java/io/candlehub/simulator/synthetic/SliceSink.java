package io.candlehub.simulator.synthetic;

/** Takes the parts a slice is divided into, ascending by slot. */
@FunctionalInterface
interface SliceSink {
  /** Takes one part. */
  void part(int slot, Slice slice);
}
