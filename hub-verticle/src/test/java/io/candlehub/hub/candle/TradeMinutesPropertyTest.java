package io.candlehub.hub.candle;

import static io.candlehub.hub.candle.Tape.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.AssetClass;
import io.candlehub.model.BarState;
import io.candlehub.model.feed.TradeEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Bars depend on the trades alone, not on their order, their repetition or the way they are added up. */
class TradeMinutesPropertyTest {
  private static final int WINDOW = 16;
  private static final Integer[][] CONDITIONS = {
    {},
    {},
    {},
    {14, 41},
    {14, 41},
    {14},
    {12, 14, 41},
    {12},
    {41},
    {2, 10, 41},
    {2, 12},
    {10, 41},
    {17, 41},
    {19, 41},
    {32},
    {7, 41},
    {2, 41},
    {15},
    {16},
    {12, 52},
    {37},
    {14, 37, 41},
    {38},
    {13, 20},
    {22},
    {5},
    {2, 13},
    {13}
  };

  private static List<TradeEvent> trades(Random random, long start, int count) {
    List<TradeEvent> trades = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      // Few minutes, instants and prices, so that thin minutes and ties are frequent.
      long minute = start + random.nextInt(WINDOW) * MINUTE;
      double size =
          random.nextInt(4) == 0 ? random.nextInt(1_000_000) / 1e6 : random.nextInt(30) * 100.0;
      trades.add(Tape.trade(
          minute + random.nextInt(5) * 7_000L,
          i,
          (16_700 + random.nextInt(40)) / 100.0,
          size,
          CONDITIONS[random.nextInt(CONDITIONS.length)]));
    }
    return trades;
  }

  private static TradeMinutes minutes() {
    return new TradeMinutes(SaleConditions.documented(AssetClass.EQUITY));
  }

  @Property(tries = 300)
  void shouldEqualNaiveBarsInAnyOrder(@ForAll long seed) {
    Random random = new Random(seed);
    long start = Feed.at("2013-10-07T09:20") + random.nextInt(2) * (390 * MINUTE);
    List<TradeEvent> trades = trades(random, start, 1 + random.nextInt(300));
    List<TradeEvent> sent = new ArrayList<>(trades);
    for (int i = random.nextInt(50); i > 0; i--) {
      sent.add(trades.get(random.nextInt(trades.size())));
    }
    Collections.shuffle(sent, random);
    TradeMinutes minutes = minutes();

    sent.forEach(minutes::put);

    assertThat(Tape.held(minutes, start, start + WINDOW * MINUTE)).isEqualTo(Tape.naive(trades));
  }

  @Property(tries = 100)
  void shouldNotDependOnOrderWithoutNumbers(@ForAll long seed) {
    Random random = new Random(seed);
    long start = Feed.at("2013-10-07T10:00");
    List<TradeEvent> trades = new ArrayList<>(trades(random, start, 200).stream()
        .map(trade -> new TradeEvent(
            trade.instrument(),
            trade.atMillis(),
            0,
            trade.exchange(),
            trade.price(),
            trade.size(),
            trade.conditions()))
        .toList());
    TradeMinutes one = minutes();
    trades.forEach(one::put);
    Collections.shuffle(trades, random);
    TradeMinutes other = minutes();
    trades.forEach(other::put);

    for (long minute = start; minute < start + WINDOW * MINUTE; minute += MINUTE) {
      assertThat(other.bar(minute, BarState.FINAL)).isEqualTo(one.bar(minute, BarState.FINAL));
    }
  }

  @Property(tries = 100)
  void shouldNameExactlyTheMinuteThatChanged(@ForAll long seed) {
    Random random = new Random(seed);
    long start = Feed.at("2013-10-07T09:20");
    long end = start + WINDOW * MINUTE;
    TradeMinutes minutes = minutes();
    List<TradeEvent> trades = trades(random, start, 150);
    trades.addAll(trades.subList(0, 20));
    Collections.shuffle(trades, random);
    minutes.put(Tape.trade(end - 1, 1_000, 167, 100));
    Map<Long, String> before = Tape.held(minutes, start, end);
    for (TradeEvent trade : trades) {
      OptionalLong named = minutes.put(trade);
      Map<Long, String> after = Tape.held(minutes, start, end);
      Set<Long> changed = new HashSet<>();
      after.forEach((minute, bar) -> {
        if (!bar.equals(before.get(minute))) {
          changed.add(minute);
        }
      });
      assertThat(changed).isEqualTo(named.isPresent() ? Set.of(named.getAsLong()) : Set.of());
      before.putAll(after);
    }
  }

  @Property(tries = 100)
  void shouldKnowEveryNumberOfTheMinute(@ForAll long seed) {
    Random random = new Random(seed);
    SequenceSet set = new SequenceSet();
    Set<Long> naive = new HashSet<>();
    long sequence = random.nextLong();
    for (int i = 0; i < 5_000; i++) {
      sequence += random.nextInt(3) * (1L << random.nextInt(40));
      if (sequence != 0) {
        assertThat(set.add(sequence)).isEqualTo(naive.add(sequence));
      }
    }
  }
}
