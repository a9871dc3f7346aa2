package io.candlehub.hub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.model.BarSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CompactBarsTest {
  @Property(tries = 300)
  void shouldGiveBackWhatItGot(@ForAll @LongRange(min = 0, max = 1L << 40) long seed) {
    Random random = new Random(seed);
    List<StoredBar> bars = new ArrayList<>();
    long start = random.nextLong(-(1L << 45), 1L << 45);
    int decimals = random.nextInt(12);
    for (int i = random.nextInt(40); i > 0; i--) {
      start += 1 + random.nextLong(1L << random.nextInt(1, 40));
      bars.add(randomBar(random, start, Math.pow(10, decimals)));
    }
    assertThat(CompactBars.decode(CompactBars.encode(bars))).isEqualTo(bars);
  }

  private static StoredBar randomBar(Random random, long start, double power) {
    double[] prices = random
        .doubles(4, 1, 10_000)
        .map(price -> Math.rint(price * power) / power)
        .sorted()
        .toArray();
    return new StoredBar(
        start,
        prices[1],
        prices[3],
        prices[0],
        prices[2],
        random.nextBoolean() ? random.nextInt(1_000_000) : random.nextDouble() * 1e6,
        random.nextInt(20) == 0 ? Double.NaN : prices[1],
        random.nextInt(-1, 100_000),
        random.nextBoolean() ? BarSource.LIVE : BarSource.SNAPSHOT,
        random.nextInt(0, 5) == 0 ? Integer.MAX_VALUE : random.nextInt(3));
  }

  @Property(tries = 300)
  void shouldGiveBackAnyDecimals(
      @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = -1e300, max = 1e300) Double> given) {
    double[] values = given.stream().mapToDouble(Double::doubleValue).toArray();
    ColumnWriter out = new ColumnWriter();
    out.writeDecimals(values);
    assertThat(new ColumnReader(out.toBytes()).readDecimals(values.length)).isEqualTo(values);
  }

  @Property(tries = 300)
  void shouldGiveBackAnyLongs(@ForAll @Size(max = 20) List<Long> given) {
    long[] values = given.stream().mapToLong(Long::longValue).toArray();
    ColumnWriter out = new ColumnWriter();
    out.writeLongs(values);
    out.writeSteps(values);
    ColumnReader in = new ColumnReader(out.toBytes());
    assertThat(in.readLongs(values.length)).isEqualTo(values);
    assertThat(in.readSteps(values.length)).isEqualTo(values);
  }

  @Property(tries = 300)
  void shouldRefuseDamagedBytesWithAnExceptionOnly(
      @ForAll @LongRange(min = 0, max = 1L << 40) long seed) {
    Random random = new Random(seed);
    List<StoredBar> bars = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      bars.add(Bars.bar(i * 60_000L));
    }
    byte[] bytes = CompactBars.encode(bars);
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
    try {
      assertThat(CompactBars.decode(bytes)).isNotNull();
    } catch (RuntimeException expected) {
      assertThat(expected).isNotNull();
    }
  }

  @Test
  @Timeout(20)
  void shouldBeCompact() {
    List<StoredBar> bars = new ArrayList<>();
    for (int i = 0; i < 390; i++) {
      bars.add(Bars.bar(1_762_182_000_000L + i * 60_000L));
    }
    assertThat(CompactBars.encode(bars)).hasSizeLessThan(390 * 20);
  }

  @Test
  @Timeout(20)
  void shouldRefuseAnUnknownVersion() {
    assertThatThrownBy(() -> CompactBars.decode(new byte[] {9, 0}))
        .hasMessageContaining("version 9");
  }
}
