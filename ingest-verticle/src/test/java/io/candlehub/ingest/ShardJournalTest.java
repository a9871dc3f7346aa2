package io.candlehub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.Instrument;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.FeedEvent;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TradeEvent;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** A journal against a plain list of everything that was ever appended. */
class ShardJournalTest {
  private static final Instrument SPY = Instrument.of("SPY");

  private sealed interface Step {}

  private record Append(int count, int afterMillis) implements Step {}

  private record Safe(double share) implements Step {}

  private record Expire(int ageMillis) implements Step {}

  private record Forget() implements Step {}

  private record Entry(FeedEvent event, long receivedMillis) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Step> append = Combinators.combine(
            Arbitraries.integers().between(1, 40), Arbitraries.integers().between(-50, 2_000))
        .as(Append::new);
    Arbitrary<Step> safe = Arbitraries.doubles().between(0, 1.2).map(Safe::new);
    Arbitrary<Step> expire = Arbitraries.integers().between(0, 20_000).map(Expire::new);
    return Arbitraries.frequencyOf(
            Tuple.of(8, append),
            Tuple.of(3, safe),
            Tuple.of(2, expire),
            Tuple.of(1, Arbitraries.just(new Forget())))
        .list()
        .ofMaxSize(120);
  }

  @Property(tries = 300)
  void shouldReadBackWhatIsNotForgotten(
      @ForAll("steps") List<Step> steps, @ForAll("position") double position) {
    List<Entry> model = new ArrayList<>();
    ShardJournal journal = new ShardJournal(1_000);
    long now = 1_000;
    long received = 1_000;
    for (Step step : steps) {
      if (step instanceof Append append) {
        now += append.afterMillis;
        received = Math.max(received, now);
        List<FeedEvent> events = events(model.size(), append.count);
        for (FeedEvent event : events) {
          model.add(new Entry(event, received));
        }
        journal.append(events, now);
      } else if (step instanceof Safe safe) {
        long before = journal.safeSeq();
        journal.safe(Math.round(model.size() * safe.share));
        assertThat(journal.safeSeq()).isBetween(before, (long) model.size());
      } else if (step instanceof Expire expire) {
        long oldest = journal.oldestSeq();
        journal.expire(now - expire.ageMillis);
        long limit = now - expire.ageMillis;
        model
            .subList((int) oldest, (int) journal.oldestSeq())
            .forEach(gone -> assertThat(gone.receivedMillis).isLessThan(limit));
        assertThat(journal.oldestSeq()).isLessThanOrEqualTo(Math.max(oldest, journal.safeSeq()));
      } else if (journal.oldestSeq() < journal.nextSeq()) {
        journal.forgetOldest();
      }
      check(journal, model, position);
    }
  }

  @Provide
  Arbitrary<Double> position() {
    return Arbitraries.doubles().between(0, 1.1);
  }

  private static void check(ShardJournal journal, List<Entry> model, double position) {
    assertThat(journal.nextSeq()).isEqualTo(model.size());
    assertThat(journal.oldestSeq()).isBetween(0L, (long) model.size());
    long from = Math.round(model.size() * position);
    long at = Math.max(from, journal.oldestSeq());
    List<FeedEvent> read = new ArrayList<>();
    while (true) {
      ShardJournal.Slice slice = journal.read(at + read.size(), 700);
      assertThat(slice.firstSeq()).isEqualTo(at + read.size());
      if (slice.events().isEmpty()) {
        break;
      }
      assertThat(slice.receivedMillis())
          .isEqualTo(model.get((int) slice.firstSeq()).receivedMillis);
      read.addAll(slice.events());
    }
    assertThat(read)
        .isEqualTo(model.subList((int) Math.min(at, model.size()), model.size()).stream()
            .map(Entry::event)
            .toList());
    if (!model.isEmpty()) {
      long millis = model.get((int) Math.min(from, model.size() - 1)).receivedMillis;
      long first = firstAt(model, millis);
      if (journal.covers(millis)) {
        assertThat(journal.seqFrom(millis)).isEqualTo(first);
      } else {
        assertThat(first).isLessThan(journal.oldestSeq());
      }
    }
  }

  private static long firstAt(List<Entry> model, long millis) {
    for (int seq = 0; seq < model.size(); seq++) {
      if (model.get(seq).receivedMillis >= millis) {
        return seq;
      }
    }
    return model.size();
  }

  @Example
  void shouldTakeFewBytesAnEvent() {
    ShardJournal journal = new ShardJournal(0);
    for (int second = 0; second < 90; second++) {
      for (int symbol = 0; symbol < 20; symbol++) {
        journal.append(List.of(bar(second)), second * 1_000L);
      }
    }

    assertThat(journal.bytes() / journal.nextSeq()).isLessThan(130);
  }

  static List<FeedEvent> events(int first, int count) {
    List<FeedEvent> events = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      events.add(
          switch (i % 3) {
            case 0 -> bar(i);
            case 1 -> new QuoteEvent(SPY, i, 0, i, 1, i, Double.NaN, 0);
            default -> new TradeEvent(SPY, i, i, 4, 1.5, 2, List.of(12, 37));
          });
    }
    return events;
  }

  static AggregateEvent bar(long second) {
    return bar(SPY, second);
  }

  static AggregateEvent bar(Instrument instrument, long second) {
    return new AggregateEvent(
        AggregateEvent.Span.SECOND,
        instrument,
        second * 1_000,
        second * 1_000 + 1_000,
        1,
        2,
        0.5,
        1.5,
        second,
        1.25,
        Double.NaN);
  }
}
