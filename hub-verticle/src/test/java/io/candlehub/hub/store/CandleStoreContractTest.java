package io.candlehub.hub.store;

import static io.candlehub.hub.store.Bars.await;
import static io.candlehub.hub.store.Bars.bar;
import static io.candlehub.hub.store.Bars.millis;
import static io.candlehub.hub.store.Bars.starts;
import static io.candlehub.hub.store.StoreUnit.DAY;
import static io.candlehub.hub.store.StoreUnit.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.model.BarBlock;
import io.candlehub.model.BarSource;
import io.candlehub.model.Instrument;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link CandleStore} must do. */
@Timeout(60)
abstract class CandleStoreContractTest {
  private static final TradingCalendar CALENDAR = TradingCalendar.nyse();
  private static final Instrument SPY = Instrument.of("SPY");
  private static final long T = millis("2025-11-03T10:00:00-05:00");
  private static final long MINUTE_MILLIS = 60_000;

  final Vertx vertx = Vertx.vertx();
  private CandleStore store;

  /**
   * Opens the store under test.
   *
   * @param keep true to find what was stored before, false to begin empty
   */
  abstract CandleStore open(boolean keep) throws Exception;

  /** Ends what the store under test needs. */
  void stopBackend() throws Exception {}

  @BeforeEach
  void openEmpty() throws Exception {
    store = open(false);
  }

  @AfterEach
  void closeAll() throws Exception {
    await(store.close());
    stopBackend();
    await(vertx.close());
  }

  private BarBlock read(long from, long to) throws Exception {
    return await(store.read(SPY, MINUTE, from, to));
  }

  private Set<LocalDate> completeDays(LocalDate from, LocalDate to) throws Exception {
    return await(store.completeDays(SPY, MINUTE, from, to));
  }

  private void write(StoredBar... bars) throws Exception {
    await(store.write(SPY, MINUTE, List.of(bars)));
  }

  @Test
  void shouldAnswerEmptyWhenNothingIsStored() throws Exception {
    await(store.write(SPY, MINUTE, List.of()));
    await(store.markComplete(SPY, MINUTE, Set.of()));
    assertThat(read(0, Long.MAX_VALUE).size()).isZero();
    assertThat(completeDays(LocalDate.of(2025, 1, 1), LocalDate.of(2025, 12, 31)))
        .isEmpty();
  }

  @Test
  void shouldReturnEveryValueAsWritten() throws Exception {
    StoredBar odd = new StoredBar(
        T, 0.1 + 0.2, 1e9 / 3, 1e-9, 0.30000000000000004, 12.34567, 1 / 3.0, 7, BarSource.CACHE, 3);
    StoredBar bare =
        new StoredBar(T + MINUTE_MILLIS, 1, 1, 1, 1, 0, Double.NaN, -1, BarSource.SNAPSHOT, 0);
    write(odd, bare);
    BarBlock found = read(T, T + MINUTE_MILLIS);
    assertThat(found.size()).isEqualTo(2);
    assertThat(Bars.same(found, 0, odd)).isTrue();
    assertThat(Bars.same(found, 1, bare)).isTrue();
  }

  @Test
  void shouldKeepOneBarPerStartWhenWrittenAgain() throws Exception {
    write(bar(T), bar(T + MINUTE_MILLIS));
    write(bar(T), bar(T + MINUTE_MILLIS));
    assertThat(starts(read(T, T + MINUTE_MILLIS))).containsExactly(T, T + MINUTE_MILLIS);
  }

  @Test
  void shouldReplaceBarByItsRevision() throws Exception {
    write(bar(T, 45_000, 0), bar(T + MINUTE_MILLIS, 45_100, 0));
    write(bar(T, 45_050, 1));
    BarBlock found = read(T, T + MINUTE_MILLIS);
    assertThat(found.size()).isEqualTo(2);
    assertThat(Bars.same(found, 0, bar(T, 45_050, 1))).isTrue();
    assertThat(Bars.same(found, 1, bar(T + MINUTE_MILLIS, 45_100, 0))).isTrue();
  }

  @Test
  void shouldLetTheLastOfAListWin() throws Exception {
    write(bar(T, 45_050, 2), bar(T, 45_070, 1));
    assertThat(read(T, T).close(0)).isEqualTo(450.70);
  }

  @Test
  void shouldReturnBarsInOrderWhateverTheOrderOfWriting() throws Exception {
    List<StoredBar> bars = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      bars.add(bar(T + i * MINUTE_MILLIS));
    }
    List<Long> ascending = bars.stream().map(StoredBar::startMillis).toList();
    Collections.shuffle(bars, new Random(5));
    await(store.write(SPY, MINUTE, bars.subList(0, 200)));
    await(store.write(SPY, MINUTE, bars.subList(200, 500)));
    assertThat(starts(read(0, Long.MAX_VALUE))).isEqualTo(ascending);
  }

  @Test
  void shouldIncludeBothEndsOfARange() throws Exception {
    write(bar(T), bar(T + MINUTE_MILLIS), bar(T + 2 * MINUTE_MILLIS));
    assertThat(starts(read(T, T + MINUTE_MILLIS))).containsExactly(T, T + MINUTE_MILLIS);
    assertThat(starts(read(T + 1, T + 2 * MINUTE_MILLIS - 1))).containsExactly(T + MINUTE_MILLIS);
    assertThat(starts(read(T + MINUTE_MILLIS, T))).isEmpty();
    assertThat(starts(read(Long.MIN_VALUE, Long.MAX_VALUE))).hasSize(3);
  }

  @Test
  void shouldKeepBarsAcrossMidnightAndBothClockChanges() throws Exception {
    List<Long> expected = new ArrayList<>();
    for (String midnight : List.of(
        "2025-03-09T00:00:00-05:00",
        "2025-03-10T00:00:00-04:00",
        "2025-11-02T00:00:00-04:00",
        "2025-11-03T00:00:00-05:00",
        "2025-12-31T00:00:00-05:00",
        "2026-01-01T00:00:00-05:00")) {
      long at = millis(midnight);
      expected.addAll(List.of(at - MINUTE_MILLIS, at, at + MINUTE_MILLIS));
    }
    long firstHourTwice = millis("2025-11-02T01:30:00-04:00");
    long secondHourTwice = millis("2025-11-02T01:30:00-05:00");
    expected.addAll(List.of(firstHourTwice, secondHourTwice));
    Collections.sort(expected);
    await(store.write(SPY, MINUTE, expected.stream().map(Bars::bar).toList()));
    assertThat(starts(read(0, Long.MAX_VALUE))).isEqualTo(expected);
    assertThat(starts(read(firstHourTwice, secondHourTwice)))
        .containsExactly(firstHourTwice, secondHourTwice);
    long midnight = millis("2025-03-10T00:00:00-04:00");
    assertThat(starts(read(midnight, midnight + MINUTE_MILLIS)))
        .containsExactly(midnight, midnight + MINUTE_MILLIS);
  }

  @Test
  void shouldKeepUnitsApart() throws Exception {
    long day = CALENDAR.startOf(LocalDate.of(2025, 11, 3));
    await(store.write(SPY, DAY, List.of(bar(day, 50_000, 0))));
    await(store.write(SPY, MINUTE, List.of(bar(day, 40_000, 0))));
    await(store.markComplete(SPY, DAY, Set.of(LocalDate.of(2025, 11, 3))));
    assertThat(await(store.read(SPY, DAY, day, day)).close(0)).isEqualTo(500);
    assertThat(read(day, day).close(0)).isEqualTo(400);
    LocalDate date = LocalDate.of(2025, 11, 3);
    assertThat(await(store.completeDays(SPY, MINUTE, date, date))).isEmpty();
    assertThat(await(store.completeDays(SPY, DAY, date, date))).containsExactly(date);
  }

  @Test
  void shouldKeepYearsOfDayBars() throws Exception {
    List<StoredBar> days =
        CALENDAR.between(LocalDate.of(2022, 6, 1), LocalDate.of(2025, 6, 30)).stream()
            .map(day -> bar(CALENDAR.startOf(day.date())))
            .toList();
    await(store.write(SPY, DAY, days));
    BarBlock all = await(store.read(SPY, DAY, 0, Long.MAX_VALUE));
    assertThat(starts(all)).isEqualTo(days.stream().map(StoredBar::startMillis).toList());
    long from = CALENDAR.startOf(LocalDate.of(2022, 12, 30));
    long to = CALENDAR.startOf(LocalDate.of(2023, 1, 4));
    assertThat(starts(await(store.read(SPY, DAY, from, to)))).hasSize(3);
  }

  @Test
  void shouldKeepInstrumentsApartWhateverTheirNames() throws Exception {
    List<String> symbols = List.of(
        "A",
        "AA",
        "A.B",
        "A.BB",
        "A/B",
        "BRK.B",
        "BRK/B",
        "BRK|B",
        "O:SPY251219C00650000",
        "I:SPX",
        "F:GC",
        "F:GCZ5",
        "ÄÖ",
        "spy",
        "minute|1",
        "$SPY",
        "..");
    for (int i = 0; i < symbols.size(); i++) {
      Instrument instrument = Instrument.of(symbols.get(i));
      await(store.write(instrument, MINUTE, List.of(bar(T, 10_000 + i, 0))));
      await(store.markComplete(instrument, MINUTE, Set.of(LocalDate.of(2025, 1, 1 + i))));
    }
    for (int i = 0; i < symbols.size(); i++) {
      Instrument instrument = Instrument.of(symbols.get(i));
      BarBlock found = await(store.read(instrument, MINUTE, 0, Long.MAX_VALUE));
      assertThat(found.size()).as(symbols.get(i)).isEqualTo(1);
      assertThat(found.close(0)).isEqualTo((10_000 + i) / 100.0);
      assertThat(await(store.completeDays(
              instrument, MINUTE, LocalDate.of(2024, 1, 1), LocalDate.of(2026, 1, 1))))
          .containsExactly(LocalDate.of(2025, 1, 1 + i));
    }
  }

  @Test
  void shouldRememberCompleteDays() throws Exception {
    Set<LocalDate> days = Set.of(
        LocalDate.of(2024, 12, 31),
        LocalDate.of(2025, 1, 2),
        LocalDate.of(2025, 1, 3),
        LocalDate.of(2025, 12, 31));
    await(store.markComplete(SPY, MINUTE, days));
    await(store.markComplete(SPY, MINUTE, Set.of(LocalDate.of(2025, 1, 3))));
    assertThat(completeDays(LocalDate.of(2024, 1, 1), LocalDate.of(2026, 1, 1)))
        .containsExactlyInAnyOrderElementsOf(days);
    assertThat(completeDays(LocalDate.of(2025, 1, 2), LocalDate.of(2025, 1, 3)))
        .containsExactlyInAnyOrder(LocalDate.of(2025, 1, 2), LocalDate.of(2025, 1, 3));
    assertThat(completeDays(LocalDate.of(2025, 1, 4), LocalDate.of(2025, 1, 1))).isEmpty();
  }

  @Test
  void shouldPruneMinutesOfWholeDaysAndKeepDayBars() throws Exception {
    Instrument other = Instrument.of("BRK.B");
    LocalDate kept = LocalDate.of(2025, 11, 4);
    long midnight = CALENDAR.startOf(kept);
    for (Instrument instrument : List.of(SPY, other)) {
      await(store.write(
          instrument,
          MINUTE,
          List.of(
              bar(T), bar(midnight - MINUTE_MILLIS), bar(midnight), bar(midnight + 3_600_000))));
      await(store.write(instrument, DAY, List.of(bar(midnight - 30L * 86_400_000))));
      Set<LocalDate> days = Set.of(LocalDate.of(2024, 5, 2), LocalDate.of(2025, 11, 3), kept);
      await(store.markComplete(instrument, MINUTE, days));
      await(store.markComplete(instrument, DAY, days));
    }
    await(store.prune(MINUTE, midnight + 7_200_000));
    for (Instrument instrument : List.of(SPY, other)) {
      assertThat(starts(await(store.read(instrument, MINUTE, 0, Long.MAX_VALUE))))
          .containsExactly(midnight, midnight + 3_600_000);
      assertThat(await(store.read(instrument, DAY, 0, Long.MAX_VALUE)).size()).isEqualTo(1);
      LocalDate from = LocalDate.of(2020, 1, 1);
      assertThat(await(store.completeDays(instrument, MINUTE, from, kept))).containsExactly(kept);
      assertThat(await(store.completeDays(instrument, DAY, from, kept))).hasSize(3);
    }
  }

  @Test
  void shouldKeepEverythingOverAReopen() throws Exception {
    write(bar(T, 45_000, 1), bar(T + MINUTE_MILLIS));
    await(store.markComplete(SPY, MINUTE, Set.of(LocalDate.of(2025, 11, 3))));
    await(store.close());
    store = open(true);
    BarBlock found = read(0, Long.MAX_VALUE);
    assertThat(starts(found)).containsExactly(T, T + MINUTE_MILLIS);
    assertThat(Bars.same(found, 0, bar(T, 45_000, 1))).isTrue();
    assertThat(completeDays(LocalDate.of(2025, 11, 1), LocalDate.of(2025, 11, 30)))
        .containsExactly(LocalDate.of(2025, 11, 3));
  }

  @Test
  void shouldBeginEmptyWhenNotKept() throws Exception {
    write(bar(T));
    await(store.markComplete(SPY, MINUTE, Set.of(LocalDate.of(2025, 11, 3))));
    await(store.close());
    store = open(false);
    assertThat(read(0, Long.MAX_VALUE).size()).isZero();
    assertThat(completeDays(LocalDate.of(2025, 11, 1), LocalDate.of(2025, 11, 30)))
        .isEmpty();
  }

  @Test
  void shouldServeRangesOfAYearOfMinutes() throws Exception {
    List<StoredBar> year =
        CALENDAR.between(LocalDate.of(2024, 11, 4), LocalDate.of(2025, 11, 3)).stream()
            .flatMap(day -> Bars.session(day).stream())
            .toList();
    await(store.write(SPY, MINUTE, year));
    BarBlock all = read(0, Long.MAX_VALUE);
    assertThat(all.size()).isEqualTo(year.size()).isGreaterThan(96_000);
    Random random = new Random(11);
    for (int i = 0; i < 10; i++) {
      int first = random.nextInt(year.size() - 1_000);
      int last = first + random.nextInt(1_000);
      BarBlock part = read(year.get(first).startMillis(), year.get(last).startMillis());
      assertThat(part.size()).isEqualTo(last - first + 1);
      assertThat(Bars.same(part, 0, year.get(first))).isTrue();
      assertThat(Bars.same(part, part.size() - 1, year.get(last))).isTrue();
    }
  }

  @Test
  void shouldApplyWritesInTheOrderOfTheCalls() throws Exception {
    List<Future<Void>> writes = new ArrayList<>();
    Promise<Void> issued = Promise.promise();
    vertx.runOnContext(start -> {
      for (int i = 0; i < 300; i++) {
        StoredBar common = bar(T, 45_000 + i, i);
        StoredBar own = bar(T + (1 + i) * MINUTE_MILLIS, 45_000 + i, 0);
        writes.add(store.write(SPY, MINUTE, List.of(common, own)));
      }
      issued.complete();
    });
    await(issued.future());
    await(Future.all(writes));
    BarBlock found = read(0, Long.MAX_VALUE);
    assertThat(found.size()).isEqualTo(301);
    assertThat(found.close(0)).isEqualTo(452.99);
    assertThat(found.close(300)).isEqualTo(452.99);
  }

  @Test
  void shouldNotTakeOverTheCallersList() throws Exception {
    List<StoredBar> bars = new ArrayList<>(List.of(bar(T)));
    Future<Void> written = store.write(SPY, MINUTE, bars);
    bars.clear();
    await(written);
    assertThat(read(T, T).size()).isEqualTo(1);
  }

  @Test
  void shouldCompleteOnTheCallersContext() throws Exception {
    Context context = vertx.getOrCreateContext();
    List<Future<Boolean>> answers = new ArrayList<>();
    Promise<Void> issued = Promise.promise();
    context.runOnContext(start -> {
      answers.add(onContext(context, store.write(SPY, MINUTE, List.of(bar(T)))));
      answers.add(onContext(context, store.read(SPY, MINUTE, 0, T)));
      answers.add(onContext(context, store.prune(MINUTE, T)));
      answers.add(
          onContext(context, store.markComplete(SPY, MINUTE, Set.of(LocalDate.of(2025, 11, 3)))));
      issued.complete();
    });
    await(issued.future());
    for (Future<Boolean> answer : answers) {
      assertThat(await(answer)).isTrue();
    }
  }

  private static Future<Boolean> onContext(Context context, Future<?> answer) {
    return answer.map(done -> context.equals(Vertx.currentContext()));
  }

  @Test
  void shouldRefuseCallsAfterClose() throws Exception {
    await(store.close());
    await(store.close());
    assertThatThrownBy(() -> read(0, T))
        .isInstanceOfSatisfying(
            FailureException.class,
            failure -> assertThat(failure.code()).isEqualTo(Failure.UNAVAILABLE));
    assertThatThrownBy(() -> write(bar(T))).isInstanceOf(FailureException.class);
  }

  @Test
  void shouldFinishPendingWritesOnClose() throws Exception {
    List<Future<Void>> writes = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      writes.add(store.write(SPY, MINUTE, List.of(bar(T + i * MINUTE_MILLIS))));
    }
    await(store.close());
    await(Future.all(writes));
    store = open(true);
    assertThat(read(0, Long.MAX_VALUE).size()).isEqualTo(50);
  }
}
