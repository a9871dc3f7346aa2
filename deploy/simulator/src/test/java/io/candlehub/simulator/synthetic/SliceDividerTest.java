package io.candlehub.simulator.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class SliceDividerTest {
  @Property(tries = 500)
  void shouldAddUpToTheWhole(
      @ForAll long key,
      @ForAll @LongRange(min = 50, max = 100_000) long open,
      @ForAll @LongRange(min = -40, max = 400) long move,
      @ForAll @IntRange(max = 300) int up,
      @ForAll @IntRange(max = 9) int down,
      @ForAll @LongRange(min = 4, max = 5_000_000) long volume,
      @ForAll @DoubleRange(min = 0.01, max = 1) double chance) {
    long close = open + move;
    Slice whole =
        new Slice(open, Math.max(open, close) + up, Math.min(open, close) - down, close, volume);
    List<Slice> parts = new ArrayList<>();
    List<Integer> slots = new ArrayList<>();
    SliceDivider.divide(key, whole, 60, new Even(chance), (slot, slice) -> {
      slots.add(slot);
      parts.add(slice);
    });
    assertThat(slots).isSorted().doesNotHaveDuplicates().isNotEmpty();
    assertThat(parts.get(0).open()).isEqualTo(whole.open());
    assertThat(parts.get(parts.size() - 1).close()).isEqualTo(whole.close());
    assertThat(parts.stream().mapToLong(Slice::high).max()).hasValue(whole.high());
    assertThat(parts.stream().mapToLong(Slice::low).min()).hasValue(whole.low());
    assertThat(parts.stream().mapToLong(Slice::volume).sum()).isEqualTo(whole.volume());
    assertThat(parts).allSatisfy(part -> {
      assertThat(part.high()).isGreaterThanOrEqualTo(Math.max(part.open(), part.close()));
      assertThat(part.low()).isLessThanOrEqualTo(Math.min(part.open(), part.close()));
      assertThat(part.volume()).isGreaterThanOrEqualTo(Slice.MIN_VOLUME);
    });
  }

  private record Even(double even) implements Activity {
    @Override
    public double chance(int slot) {
      return even;
    }

    @Override
    public double weight(int slot) {
      return 1;
    }
  }
}
