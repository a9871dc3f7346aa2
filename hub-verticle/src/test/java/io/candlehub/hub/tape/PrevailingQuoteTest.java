package io.candlehub.hub.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.candlehub.hub.FlatFile;
import io.candlehub.hub.FlatFile.Row;
import io.candlehub.model.AssetClass;
import io.candlehub.model.SessionPhase;
import io.candlehub.model.TradingCalendar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The quote strictly before each trade of a day of two stocks gives the expected figures of the quote rule. */
@Timeout(60)
class PrevailingQuoteTest {
  private static final String DAY = "2013-10-07";
  private static final Set<Integer> LEFT_OUT = Set.of(2, 10, 15, 16, 17, 19);

  /** Contracts and trades on each side of the quote: bought, sold, between. */
  private static final class Tally {
    private final long[] shares = new long[3];
    private final long[] trades = new long[3];

    void add(SidedTrade trade) {
      double price = trade.print().price();
      int place = price >= trade.quote().ask() ? 0 : price <= trade.quote().bid() ? 1 : 2;
      shares[place] += (long) trade.print().size();
      trades[place]++;
    }

    List<String> figures() {
      return List.of(
          Long.toString(trades[0] + trades[1] + trades[2]),
          shares[0] + " / " + shares[1] + " / " + shares[2],
          trades[0] + " / " + trades[1] + " / " + trades[2]);
    }
  }

  @Test
  void shouldGiveExpectedFiguresOfQuoteRule() throws IOException {
    Optional<String> data = Optional.ofNullable(System.getenv("CANDLEHUB_SHARED_DATA"));
    assumeTrue(
        data.isPresent(), "skipped: no shared market data (the twin on generated data runs)");
    Path root = Path.of(data.orElseThrow());
    for (String ticker : List.of("BAC", "IBM")) {
      String[] expected = expected(root, ticker);
      assertThat(replay(root, ticker).figures())
          .as(ticker)
          .containsExactly(expected[2], expected[3], expected[4]);
    }
  }

  private static String[] expected(Path root, String ticker) throws IOException {
    return Files.readAllLines(root.resolve("EXPECTED.md")).stream()
        .dropWhile(line -> !line.startsWith("### C5."))
        .filter(line -> line.startsWith("| " + DAY + " | " + ticker + " |"))
        .findFirst()
        .map(line -> Stream.of(line.split("\\|")).map(String::strip).skip(1).toArray(String[]::new))
        .orElseThrow();
  }

  private static Tally replay(Path root, String ticker) throws IOException {
    List<TopOfBook> quotes = new ArrayList<>();
    List<Print> prints = new ArrayList<>();
    FlatFile.read(root, "us_stocks_sip/quotes_v1", DAY, row -> {
      if (row.get("ticker").equals(ticker)) {
        quotes.add(quote(row));
      }
    });
    FlatFile.read(root, "us_stocks_sip/trades_v1", DAY, row -> {
      if (row.get("ticker").equals(ticker)) {
        prints.add(print(row));
      }
    });
    TradeTape tape = new TradeTape(AssetClass.EQUITY, TapeFeed.COARSE, 100);
    Tally tally = new Tally();
    int next = 0;
    for (Print print : prints) {
      while (next < quotes.size() && quotes.get(next).at().nanos() <= print.at().nanos()) {
        tape.onQuote(quotes.get(next++));
      }
      SidedTrade trade = tape.onTrade(print).orElseThrow();
      boolean regular = TradingCalendar.nyse().phaseAt(print.at().millis()) == SessionPhase.OPEN;
      if (regular && Collections.disjoint(print.conditions(), LEFT_OUT)) {
        tally.add(trade);
      }
    }
    return tally;
  }

  private static TopOfBook quote(Row row) {
    return new TopOfBook(
        new TapeStamp(row.whole("sip_timestamp"), row.whole("sequence_number")),
        row.number("bid_price"),
        row.number("bid_size"),
        row.number("ask_price"),
        row.number("ask_size"));
  }

  private static Print print(Row row) {
    String conditions = row.get("conditions");
    return new Print(
        new TapeStamp(row.whole("sip_timestamp"), row.whole("sequence_number")),
        row.number("price"),
        row.number("size"),
        (int) row.whole("exchange"),
        conditions.isEmpty()
            ? List.of()
            : Stream.of(conditions.split(",")).map(Integer::valueOf).toList());
  }
}
