package io.candlehub.hub.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.candlehub.hub.FlatFile;
import io.candlehub.model.AssetClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sides of a day of which the exchange itself has said who was the aggressor, and of a generated one. */
@Timeout(60)
class OrderFlowTruthTest {
  private static final String DAY = "2023-12-25";
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** A quote or a trade, with the true aggressor of a trade. */
  private record Event(TapeStamp at, Optional<TopOfBook> quote, Optional<Print> print, Side truth) {
    static Event of(TopOfBook quote) {
      return new Event(quote.at(), Optional.of(quote), Optional.empty(), Side.NONE);
    }

    static Event of(Print print, Side truth) {
      return new Event(print.at(), Optional.empty(), Optional.of(print), truth);
    }

    boolean isQuote() {
      return quote.isPresent();
    }

    /** Returns the event as a feed tells it that cuts times off to millis. */
    Event coarse() {
      return isQuote() ? of(cut(quote.orElseThrow())) : of(cut(print.orElseThrow()), truth);
    }

    private static TopOfBook cut(TopOfBook exact) {
      return new TopOfBook(
          cut(exact.at()), exact.bid(), exact.bidSize(), exact.ask(), exact.askSize());
    }

    private static Print cut(Print exact) {
      return new Print(
          cut(exact.at()), exact.price(), exact.size(), exact.exchange(), exact.conditions());
    }

    private static TapeStamp cut(TapeStamp exact) {
      return new TapeStamp(
          Math.floorDiv(exact.nanos(), NANOS_PER_MILLI) * NANOS_PER_MILLI, exact.sequence());
    }
  }

  /** What came of a day. */
  private static final class Tally {
    private final Map<Side, Double> contracts = new EnumMap<>(Side.class);
    private int trades;
    private int right;
    private int leastConfidence = 100;
    private int mostConfidenceWhereWrong;

    void add(SidedTrade trade, Side truth) {
      trades++;
      contracts.merge(trade.side(), trade.print().size(), Double::sum);
      if (trade.side() == truth) {
        right++;
      } else {
        mostConfidenceWhereWrong = Math.max(mostConfidenceWhereWrong, trade.confidence());
      }
      if (trade.side() != Side.NONE) {
        leastConfidence = Math.min(leastConfidence, trade.confidence());
      }
    }

    double contracts(Side side) {
      return contracts.getOrDefault(side, 0.0);
    }
  }

  private static Tally play(List<Event> events, TapeFeed feed) {
    TradeTape tape = new TradeTape(AssetClass.FUTURE, feed, 1_000);
    Tally tally = new Tally();
    for (Event event : events) {
      event.quote().ifPresent(tape::onQuote);
      event.print().ifPresent(print -> tally.add(tape.onTrade(print).orElseThrow(), event.truth()));
    }
    return tally;
  }

  private static Path sharedData() {
    Optional<String> data = Optional.ofNullable(System.getenv("CANDLEHUB_SHARED_DATA"));
    assumeTrue(
        data.isPresent(), "skipped: no shared market data (the twin on generated data runs)");
    Path root = Path.of(data.orElseThrow());
    assumeTrue(
        Files.isDirectory(root.resolve("us_futures_cme/trades_v1")),
        "skipped: the shared market data has no futures");
    return root;
  }

  /** Returns the day in the order of its stamps; of one stamp the trades first, as the exchange sent them. */
  private static List<Event> publishedDay() throws IOException {
    Path root = sharedData();
    Map<Long, Side> truth = new java.util.HashMap<>();
    FlatFile.read(
        root.resolve("reference/orderflow_truth_ESH4_" + DAY + ".csv.gz"),
        row -> truth.put(row.whole("sequence_number"), Side.valueOf(row.get("aggressor"))));
    List<Event> events = new ArrayList<>();
    FlatFile.read(
        root,
        "us_futures_cme/trades_v1",
        DAY,
        row -> events.add(Event.of(
            new Print(
                new TapeStamp(row.whole("timestamp"), row.whole("sequence_number")),
                row.number("price"),
                row.number("size"),
                0,
                List.of()),
            truth.get(row.whole("sequence_number")))));
    FlatFile.read(
        root,
        "us_futures_cme/quotes_v1",
        DAY,
        row -> events.add(Event.of(new TopOfBook(
            new TapeStamp(row.whole("timestamp"), 0),
            row.number("bid_price"),
            row.number("bid_size"),
            row.number("ask_price"),
            row.number("ask_size")))));
    events.sort(Comparator.comparingLong((Event event) -> event.at().nanos())
        .thenComparing(Event::isQuote));
    return events;
  }

  @Test
  void shouldAgreeWithExchangeOnEveryTrade() throws IOException {
    Tally tally = play(publishedDay(), TapeFeed.EXACT);
    assertThat(tally.trades).isEqualTo(1_865);
    assertThat(tally.right).isEqualTo(1_865);
    assertThat(tally.contracts(Side.BUY)).isEqualTo(3_188);
    assertThat(tally.contracts(Side.SELL)).isEqualTo(2_366);
    assertThat(tally.contracts(Side.NONE)).isEqualTo(44);
    assertThat(tally.contracts(Side.BUY) - tally.contracts(Side.SELL)).isEqualTo(822);
    assertThat(tally.leastConfidence).isEqualTo(100);
  }

  @Test
  void shouldAgreeAlsoWhenQuotesOfOneStampComeFirst() throws IOException {
    List<Event> events = publishedDay();
    events.sort(Comparator.comparingLong((Event event) -> event.at().nanos())
        .thenComparing(event -> !event.isQuote()));
    assertThat(play(events, TapeFeed.EXACT).right).isEqualTo(1_865);
  }

  @Test
  void shouldDoubtWhatMillisecondsCannotTell() throws IOException {
    Tally tally = play(publishedDay().stream().map(Event::coarse).toList(), TapeFeed.COARSE);
    assertThat(tally.trades).isEqualTo(1_865);
    assertThat(tally.right).isEqualTo(1_760);
    assertThat(tally.mostConfidenceWhereWrong).isLessThanOrEqualTo(70);
  }

  @Test
  void shouldAgreeWithGeneratedExchangeOnEveryTrade() {
    Random random = new Random(20231225);
    List<Event> events = new ArrayList<>();
    long nanos = 1_703_545_200_000_000_000L;
    double bid = 4_800;
    int sequence = 0;
    double delta = 0;
    for (int i = 0; i < 20_000; i++) {
      nanos += 1 + random.nextInt(3_000_000);
      if (i > 0 && random.nextInt(5) == 0) {
        boolean buy = random.nextBoolean();
        int size = 1 + random.nextInt(9);
        delta += buy ? size : -size;
        sequence++;
        events.add(Event.of(
            new Print(new TapeStamp(nanos, sequence), buy ? bid + 0.25 : bid, size, 0, List.of()),
            buy ? Side.BUY : Side.SELL));
        bid += buy ? 0.25 : -0.25;
      } else {
        bid += 0.25 * (random.nextInt(3) - 1);
      }
      events.add(Event.of(new TopOfBook(new TapeStamp(nanos, 0), bid, 5, bid + 0.25, 7)));
    }
    Tally tally = play(events, TapeFeed.EXACT);
    assertThat(tally.trades).isEqualTo(sequence).isGreaterThan(3_000);
    assertThat(tally.right).isEqualTo(sequence);
    assertThat(tally.contracts(Side.BUY) - tally.contracts(Side.SELL)).isEqualTo(delta);
    Tally coarse = play(events.stream().map(Event::coarse).toList(), TapeFeed.COARSE);
    assertThat(coarse.right).isLessThan(sequence);
    assertThat(coarse.mostConfidenceWhereWrong).isLessThanOrEqualTo(70);
  }
}
