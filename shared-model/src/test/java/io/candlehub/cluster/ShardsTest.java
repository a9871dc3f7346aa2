package io.candlehub.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.model.Instrument;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardsTest {
  @ParameterizedTest
  @CsvSource({
    "SPY, SPY",
    "BRK.B, BRK.B",
    "I:SPX, I:SPX",
    "O:SPY251219C00650000, SPY",
    "O:SPY1251219C00650000, SPY",
    "O:SPX251219P06500000, I:SPX",
    "O:SPXW251219P06500000, I:SPX",
    "O:VIXW251219P00025000, I:VIX",
    "O:NDXP251219P25000000, I:NDX",
    "O:XEO251219P02500000, I:OEX",
    "O:XYZW251219P00025000, XYZW",
    "O:BRKB251219P00500000, BRK.B",
    "O:ODD, O:ODD",
    "F:GC, F:GC",
    "F:NG, F:NG",
    "F:GCZ5, F:GC",
    "F:NGF26, F:NG",
    "F:M2KH6, F:M2K"
  })
  void shouldKeepAChainWithItsUnderlying(String symbol, String underlying) {
    assertThat(Shards.underlying(Instrument.of(symbol))).isEqualTo(underlying);
    assertThat(Shards.of(Instrument.of(symbol))).isEqualTo(Shards.of(Instrument.of(underlying)));
  }

  /** The function must never change: nodes of two versions run side by side in a rolling upgrade. */
  @ParameterizedTest
  @CsvSource({"SPY, 50", "AAPL, 7", "I:SPX, 34", "F:ES, 23"})
  void shouldStayTheSameForEver(String symbol, int shard) {
    assertThat(Shards.of(Instrument.of(symbol))).isEqualTo(shard);
  }

  @Test
  void shouldSpreadSymbolsEvenly() {
    int[] symbols = new int[Shards.COUNT];
    for (char a = 'A'; a <= 'Z'; a++) {
      for (char b = 'A'; b <= 'Z'; b++) {
        for (char c = 'A'; c <= 'J'; c++) {
          symbols[Shards.of(Instrument.of("" + a + b + c))]++;
        }
      }
    }
    // 105.6 expected per shard, standard deviation 10.2.
    assertThat(Arrays.stream(symbols)).allSatisfy(count -> assertThat(count).isBetween(65, 147));
  }

  @Test
  void shouldReadBackLeaseKeys() {
    assertThat(IntStream.range(0, Shards.COUNT))
        .allSatisfy(
            shard -> assertThat(Shards.ofLeaseKey(Shards.leaseKey(shard))).hasValue(shard));
    assertThat(Shards.ofLeaseKey("ingest/a/stocks")).isEmpty();
    assertThatThrownBy(() -> Shards.leaseKey(64)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldPreferAvailableHubsOnly() {
    Member hub = new Member("h", Set.of(Role.HUB), true);
    Member leaving = new Member("l", Set.of(Role.HUB), false);
    Member gateway = new Member("g", Set.of(Role.GATEWAY), true);

    assertThat(Shards.preference(3, List.of(gateway, leaving, hub))).containsExactly("h");
  }

  @Property(tries = 200)
  void shouldMoveOnlyWhatAGoneNodeHad(
      @ForAll @IntRange(max = Shards.COUNT - 1) int shard,
      @ForAll @Size(min = 2, max = 6) @UniqueElements List<@IntRange(max = 999) Integer> ids) {
    List<Member> members =
        ids.stream().map(id -> new Member("n" + id, Set.of(Role.HUB), true)).toList();
    List<String> all = Shards.preference(shard, members);
    List<String> fewer = Shards.preference(shard, members.subList(1, members.size()));

    assertThat(all).hasSize(members.size());
    assertThat(fewer)
        .isEqualTo(all.stream()
            .filter(nodeId -> !nodeId.equals(members.get(0).nodeId()))
            .toList());
  }

  @Test
  void shouldShareShardsFairly() {
    List<Member> members = IntStream.range(0, 3)
        .mapToObj(i -> new Member("node-" + i, Set.of(Role.HUB), true))
        .toList();
    int[] owned = new int[3];
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      owned[Integer.parseInt(Shards.preference(shard, members).get(0).substring(5))]++;
    }
    assertThat(Arrays.stream(owned)).allSatisfy(count -> assertThat(count).isBetween(10, 32));
  }
}
