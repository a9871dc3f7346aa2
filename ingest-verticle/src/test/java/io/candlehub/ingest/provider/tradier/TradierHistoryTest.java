package io.candlehub.ingest.provider.tradier;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Failure;
import io.candlehub.ingest.Errand;
import io.candlehub.ingest.History;
import io.candlehub.ingest.HistoryQuery;
import io.candlehub.ingest.HistoryUnit;
import io.candlehub.ingest.Priority;
import io.candlehub.model.BarBlock;
import io.candlehub.model.Instrument;
import io.vertx.core.Future;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TradierHistoryTest extends TradierFixture {
  private static final String HISTORY = "/v1/markets/history";
  private static final String TIMESALES = "/v1/markets/timesales";

  @Test
  void shouldAskForMinutesInTheTimeOfNewYork() {
    server.answer(TIMESALES, Payloads.text("timesales.list.json"));

    History history = run(() -> minutes(SPY, "2025-12-01T14:30:10Z", "2025-12-01T14:59:59Z"));

    assertThat(server.asked(TIMESALES).get(0).uri())
        .isEqualTo(TIMESALES + "?symbol=SPY&interval=1min&start=2025-12-01%2009%3A30"
            + "&end=2025-12-01%2010%3A00&session_filter=all");
    assertThat(history.askedAtMillis()).isEqualTo(NOW);
    BarBlock bars = history.bars();
    assertThat(bars.size()).isEqualTo(2);
    assertThat(Instant.ofEpochMilli(bars.startMillis(0))).hasToString("2025-12-01T14:50:00Z");
    assertThat(bars.open(0)).isEqualTo(652.85);
    assertThat(bars.high(0)).isEqualTo(653.02);
    assertThat(bars.low(0)).isEqualTo(652.81);
    assertThat(bars.close(0)).isEqualTo(652.97);
    assertThat(bars.volume(0)).isEqualTo(41_250);
    assertThat(bars.vwap(0)).isEqualTo(652.9);
    assertThat(bars.trades(0)).as("how many is not told").isEqualTo(-1);
    assertThat(bars.volume(1)).isEqualTo(12_010.5);
    assertThat(bars.vwap(1)).isNaN();
    assertThat(violations("bad-time")).isEqualTo(1);
    assertThat(violations("high-below-price")).isEqualTo(1);
    assertThat(violations("missing-field")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-07-07T13:30:00Z,2025-07-07%2009%3A30",
    "2025-12-01T14:30:00Z,2025-12-01%2009%3A30"
  })
  void shouldFollowTheClockOfNewYorkThroughTheYear(String from, String start) {
    long millis = Instant.parse(from).toEpochMilli();

    assertThat(TradierHistory.minute(millis)).isEqualTo(start);
  }

  @Test
  void shouldDropBarsOutsideTheRange() {
    server.answer(TIMESALES, Payloads.text("timesales.list.json"));

    assertThat(run(() -> minutes(SPY, "2025-12-01T14:51:00Z", "2025-12-01T15:00:00Z"))
            .bars()
            .size())
        .isEqualTo(1);
  }

  @Test
  void shouldNotCallMinutesQuietThatAreKeptNoMore() {
    assertThat(failure(() -> minutes(SPY, "2025-11-20T21:00:00Z", "2025-12-01T15:00:00Z"))
            .code())
        .isEqualTo(Failure.UNSUPPORTED);
    assertThat(server.asked()).isEmpty();

    server.answer(TIMESALES, Payloads.text("timesales.null.json"));
    assertThat(run(() -> minutes(SPY, "2025-11-21T05:00:00Z", "2025-12-01T15:00:00Z"))
            .bars()
            .size())
        .isZero();
  }

  @Test
  void shouldAskForDaysByDate() {
    server.answer(HISTORY, Payloads.text("history.list.json"));

    BarBlock bars =
        run(() -> days(SPY, "2025-11-25T05:00:00Z", "2025-12-01T05:00:00Z")).bars();

    assertThat(server.asked(HISTORY).get(0).uri())
        .isEqualTo(HISTORY + "?symbol=SPY&interval=daily&start=2025-11-25&end=2025-12-01");
    assertThat(bars.size()).isEqualTo(3);
    assertThat(Instant.ofEpochMilli(bars.startMillis(0)))
        .as("midnight in New York")
        .hasToString("2025-11-25T05:00:00Z");
    assertThat(bars.volume(2)).isEqualTo(61_000_000);
    assertThat(bars.vwap(2)).isNaN();
    assertThat(violations("duplicate")).isEqualTo(1);
    assertThat(violations("not-ascending")).isEqualTo(1);
    assertThat(violations("not-finite")).isEqualTo(1);
  }

  @Test
  void shouldNotAskForTheFuture() {
    server.answer(HISTORY, Payloads.text("history.null.json"));

    run(() -> days(SPY, "2025-11-25T05:00:00Z", "9999-12-31T23:59:59Z"));

    assertThat(server.asked(HISTORY).get(0).uri()).endsWith("&end=2025-12-02");
  }

  @ParameterizedTest
  @CsvSource({"history.single.json,1", "history.null.json,0"})
  void shouldReadCollapsedLists(String fixture, int count) {
    server.answer(HISTORY, Payloads.text(fixture));

    assertThat(run(() -> days(CALL, "2025-11-25T05:00:00Z", "2025-12-01T05:00:00Z"))
            .bars()
            .size())
        .isEqualTo(count);
    assertThat(server.asked(HISTORY).get(0).uri()).contains("?symbol=SPY251219C00650000&");
  }

  @Test
  void shouldWriteClassSharesItsOwnWay() {
    server.answer(HISTORY, Payloads.text("history.null.json"));

    run(() -> days(Instrument.of("BRK.B"), "2025-11-25T05:00:00Z", "2025-12-01T05:00:00Z"));

    assertThat(server.asked(HISTORY).get(0).uri()).contains("?symbol=BRK%2FB&");
  }

  @ParameterizedTest
  @ValueSource(strings = {"I:SPX", "F:ES"})
  void shouldRefuseWhatIsNotKnownToBeThere(String symbol) {
    Instrument other = Instrument.of(symbol);

    assertThat(failure(() -> days(other, "2025-11-25T05:00:00Z", "2025-12-01T05:00:00Z"))
            .code())
        .isEqualTo(Failure.UNSUPPORTED);
    assertThat(failure(() -> ask(CALL, HistoryUnit.MINUTE, NOW - 60_000, NOW)).code())
        .isEqualTo(Failure.UNSUPPORTED);
    assertThat(failure(() -> ask(SPY, HistoryUnit.SECOND, NOW - 60_000, NOW)).code())
        .isEqualTo(Failure.UNSUPPORTED);
    assertThat(server.asked()).isEmpty();
  }

  private Future<History> minutes(Instrument instrument, String from, String to) {
    return ask(instrument, HistoryUnit.MINUTE, millis(from), millis(to));
  }

  private Future<History> days(Instrument instrument, String from, String to) {
    return ask(instrument, HistoryUnit.DAY, millis(from), millis(to));
  }

  private Future<History> ask(Instrument instrument, HistoryUnit unit, long from, long to) {
    return provider.history(
        new HistoryQuery(instrument, unit, from, to), new Errand(Priority.CHART));
  }

  private static long millis(String text) {
    return Instant.parse(text).toEpochMilli();
  }
}
