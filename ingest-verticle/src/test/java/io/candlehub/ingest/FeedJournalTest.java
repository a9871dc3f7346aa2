package io.candlehub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.cluster.Shards;
import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class FeedJournalTest {
  private static final long MEGABYTE = 1 << 20;

  @Property(tries = 20)
  void shouldStayWithinItsMemory(
      @ForAll @LongRange(min = 8, max = 16) long megabytes,
      @ForAll @IntRange(min = 1, max = 64) int busyShards) {
    FeedJournal journal =
        new FeedJournal(new JournalLimits(Duration.ofSeconds(90), megabytes * MEGABYTE), 0);
    for (int i = 0; i < 60_000; i++) {
      int shard = i % busyShards;
      journal.append(shard, ShardJournalTest.events(i, 5), i);
      assertThat(journal.bytes()).isLessThanOrEqualTo(megabytes * MEGABYTE);
    }

    assertThat(journal.shard(0).bytes()).isLessThanOrEqualTo(megabytes * MEGABYTE / 4);
    assertThat(journal.shard(0).oldestSeq()).isPositive();
    assertThat(journal.overruns()).isPositive();
    assertThat(sum(journal)).isEqualTo(journal.bytes());
  }

  @Example
  void shouldKeepWhatIsYoungOrNotSafe() {
    FeedJournal journal = new FeedJournal(new JournalLimits(Duration.ofSeconds(90), MEGABYTE), 0);
    for (int second = 0; second < 200; second++) {
      journal.append(1, ShardJournalTest.events(second, 1), second * 1_000L);
      journal.append(2, ShardJournalTest.events(second, 1), second * 1_000L);
      journal.shard(1).safe(second + 1);
      journal.expire(second * 1_000L);
    }

    assertThat(journal.shard(1).oldestSeq()).isBetween(1L, 110L);
    assertThat(journal.shard(1).covers(110_000)).isTrue();
    assertThat(journal.shard(2).oldestSeq()).isZero();
    assertThat(journal.overruns()).isZero();
  }

  @Example
  void shouldForgetEverythingOnceItIsOldAndSafe() {
    FeedJournal journal = new FeedJournal(new JournalLimits(Duration.ofSeconds(90), MEGABYTE), 0);
    assertThat(journal.ageMillis(1_000)).isZero();
    journal.append(7, ShardJournalTest.events(0, 10), 1_000);
    journal.shard(7).safe(10);
    assertThat(journal.ageMillis(5_000)).isEqualTo(4_000);

    journal.expire(91_001);
    assertThat(journal.ageMillis(91_001)).isZero();

    assertThat(journal.bytes()).isZero();
    assertThat(journal.shard(7).oldestSeq()).isEqualTo(10);
    assertThat(journal.shard(7).covers(1_000)).isFalse();
    assertThat(journal.shard(7).covers(1_001)).isTrue();
  }

  private static long sum(FeedJournal journal) {
    long sum = 0;
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      sum += journal.shard(shard).bytes();
    }
    return sum;
  }
}
