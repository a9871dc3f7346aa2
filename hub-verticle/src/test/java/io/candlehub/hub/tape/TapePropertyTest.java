package io.candlehub.hub.tape;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.AssetClass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Sides follow from stamps, not from the order of arrival, and no reader misses a trade without being told. */
class TapePropertyTest {
  @Property(tries = 200)
  void shouldFindQuoteStrictlyBeforeWhateverTheOrderOfArrival(@ForAll long seed) {
    Random random = new Random(seed);
    List<TopOfBook> quotes = new ArrayList<>();
    List<Print> prints = new ArrayList<>();
    for (int i = 1; i <= 60; i++) {
      double bid = 10 + random.nextInt(8) / 4.0;
      quotes.add(Tapes.quote(TapeStamp.ofMillis(random.nextInt(40), i), bid, bid + 0.25));
      prints.add(Tapes.print(
          TapeStamp.ofMillis(random.nextInt(42), 1_000 + i), 10 + random.nextInt(8) / 4.0, 1, 1));
    }
    TradeTape tape = new TradeTape(AssetClass.EQUITY, TapeFeed.COARSE, 100);
    Collections.shuffle(quotes, random);
    quotes.forEach(tape::onQuote);
    for (Print print : prints) {
      SidedTrade trade = tape.onTrade(print).orElseThrow();
      Optional<TopOfBook> expected = quotes.stream()
          .filter(quote -> quote.at().nanos() < print.at().nanos())
          .max(Comparator.comparing(TopOfBook::at));
      assertThat(trade.quote()).isEqualTo(expected.orElse(TopOfBook.none()));
      assertThat(trade.side()).isEqualTo(naive(print.price(), expected));
    }
  }

  private static Side naive(double price, Optional<TopOfBook> quote) {
    if (quote.isEmpty()) {
      return Side.NONE;
    }
    return price >= quote.orElseThrow().ask() ? Side.BUY : Side.SELL;
  }

  @Property(tries = 100)
  void shouldAccountForEveryTradeToEveryReader(@ForAll long seed) {
    Random random = new Random(seed);
    TradeTape tape = new TradeTape(AssetClass.EQUITY, TapeFeed.COARSE, 16);
    long read = 0;
    long seen = 0;
    long missed = 0;
    for (int i = 1; i <= 500; i++) {
      tape.onTrade(Tapes.print(i, i, i));
      if (random.nextInt(12) == 0) {
        TapeSlice slice = tape.after(read, 1 + random.nextInt(20));
        seen += slice.trades().size();
        missed += slice.conflated();
        read = slice.position();
        assertThat(seen + missed).isEqualTo(i);
        assertThat(slice.trades().get(slice.trades().size() - 1).print().price())
            .isEqualTo(i);
      }
    }
  }
}
