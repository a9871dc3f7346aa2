package io.candlehub.hub.candle;

import static io.candlehub.hub.candle.Tape.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.candlehub.model.Bar;
import io.candlehub.model.feed.TradeEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole days of trades become the bars that the rule of the provider's condition table gives. */
@Timeout(60)
class TradeTapeTest {
  private static final String SECTION = "### C3.";

  @Test
  void shouldGiveExpectedBarsOfPublishedTrades() throws IOException {
    Optional<String> data = Optional.ofNullable(System.getenv("CANDLEHUB_SHARED_DATA"));
    assumeTrue(
        data.isPresent(), "skipped: no shared market data (the twin on generated data runs)");
    Path root = Path.of(data.orElseThrow());
    List<String[]> expected = expectedRows(root.resolve("EXPECTED.md"));
    assertThat(expected).isNotEmpty();
    Map<String, Map<String, TapeReplay>> replays = new HashMap<>();
    for (String[] row : expected) {
      PublishedDay day = new PublishedDay(root, row[0]);
      if (!replays.containsKey(row[0])) {
        replays.put(row[0], day.replay());
      }
      TapeReplay replay = replays.get(row[0]).get(row[1]);
      assertThat(figures(row[0], day.bars(row[1]), replay))
          .as("%s %s: trades, published, rule M, 10:00, 09:30", row[0], row[1])
          .containsExactly(row[2], row[3], row[6], row[7], row[8]);
    }
  }

  /** Returns the cells of the first table of the section about trades. */
  private static List<String[]> expectedRows(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .dropWhile(line -> !line.startsWith(SECTION))
        .dropWhile(line -> !line.startsWith("| 2"))
        .takeWhile(line -> line.startsWith("| 2"))
        .map(line -> Stream.of(line.split("\\|")).map(String::strip).skip(1).toArray(String[]::new))
        .toList();
  }

  private static List<String> figures(
      String day, Map<Long, double[]> published, TapeReplay replay) {
    int equal = 0;
    int volumeEqual = 0;
    for (Bar bar : replay.bars().values()) {
      double[] other = published.get(bar.startMillis());
      if (other != null) {
        boolean sameVolume = bar.volume() == other[4];
        volumeEqual += sameVolume ? 1 : 0;
        equal += sameVolume
                && bar.open() == other[0]
                && bar.high() == other[1]
                && bar.low() == other[2]
                && bar.close() == other[3]
            ? 1
            : 0;
      }
    }
    return List.of(
        Long.toString(replay.trades()),
        Integer.toString(published.size()),
        replay.bars().size() + " / " + equal + " / " + volumeEqual,
        slashed(replay.bars().get(Feed.at(day + "T10:00"))),
        slashed(replay.bars().get(Feed.at(day + "T09:30"))));
  }

  private static String slashed(Bar bar) {
    return String.join(
        "/",
        Stream.of(
                bar.open(), bar.high(), bar.low(), bar.close(), bar.volume(), (double) bar.trades())
            .map(value -> value.toString().replaceAll("\\.0$", ""))
            .map(text -> text.contains("E") ? Long.toString((long) Double.parseDouble(text)) : text)
            .toList());
  }

  @Test
  void shouldGiveNaiveBarsOfGeneratedTrades() {
    List<TradeEvent> trades = generatedDay();
    TapeReplay replay = new TapeReplay();
    trades.forEach(replay::put);

    Map<Long, String> bars = new TreeMap<>();
    replay
        .bars()
        .forEach((start, bar) -> bars.put(start, Tape.values(bar) + " vw=" + (float) bar.vwap()));
    assertThat(replay.trades()).isEqualTo(trades.size());
    assertThat(bars).isEqualTo(Tape.naive(trades)).hasSizeGreaterThan(500);
  }

  /** A day as thin before and after the regular session as real ones, with the conditions that real ones carry. */
  private static List<TradeEvent> generatedDay() {
    Random random = new Random(20131007);
    long open = Feed.at("2013-10-07T09:30");
    long close = Feed.at("2013-10-07T16:00");
    long end = Feed.at("2013-10-07T20:00");
    List<TradeEvent> trades = new ArrayList<>();
    long cents = 16_743;
    long sequence = 0;
    for (long minute = Feed.at("2013-10-07T04:00"); minute < end; minute += MINUTE) {
      boolean regular = minute >= open && minute < close;
      int count = regular ? random.nextInt(200) : random.nextInt(4);
      for (int i = 0; i < count; i++) {
        cents += random.nextInt(5) - 2;
        sequence += 1 + random.nextInt(9);
        trades.add(Tape.trade(
            minute + i * MINUTE / count,
            sequence,
            cents / 100.0,
            100.0 * (1 + random.nextInt(20)),
            conditions(random, regular)));
      }
    }
    return trades;
  }

  private static Integer[] conditions(Random random, boolean regular) {
    return switch (random.nextInt(10)) {
      case 0 -> new Integer[] {2, 10, 41};
      case 1 -> regular ? new Integer[] {41} : new Integer[] {2, 12};
      case 2 -> new Integer[] {15};
      case 3 -> new Integer[] {37};
      case 4, 5 -> regular ? new Integer[] {14, 41} : new Integer[] {12, 14, 41};
      case 6 -> new Integer[] {12};
      default -> regular ? new Integer[0] : new Integer[] {12};
    };
  }
}
