package io.candlehub.hub.store;

import static io.candlehub.hub.store.Bars.await;
import static io.candlehub.hub.store.Bars.bar;
import static io.candlehub.hub.store.Bars.millis;
import static io.candlehub.hub.store.StoreUnit.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.FailureException;
import io.candlehub.model.BarBlock;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketDescriptor;
import io.candlehub.model.SettingException;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCandleStoreTest extends CandleStoreContractTest {
  private static final Instrument SPY = Instrument.of("SPY");
  private static final MarketDescriptor MARKET =
      new MarketDescriptor("sim-1", MarketDescriptor.Mode.SYNTHETIC, "massive");
  private static final long T = millis("2025-11-03T10:00:00-05:00");

  @TempDir
  private Path folder;

  @Override
  CandleStore open(boolean keep) throws Exception {
    return open(folder.resolve("data"), MARKET, keep);
  }

  private CandleStore open(Path dataDir, MarketDescriptor market, boolean keep) throws Exception {
    return await(CandleStores.open(vertx, config(dataDir, keep), market, InstantSource.system()));
  }

  private static StoreConfig config(Path dataDir, boolean keep) {
    return StoreConfig.from(Map.of(
        "store.data-dir", dataDir.toString(), "store.keep-simulated", Boolean.toString(keep)));
  }

  private Path file(Path dataDir) {
    return dataDir.resolve("sim-1").resolve("candles.mv.db");
  }

  @Test
  void shouldKeepAllAcknowledgedWritesWhenTheWriterIsKilled() throws Exception {
    Path data = folder.resolve("killed");
    Process writer = StoreKilledWriter.start(data);
    int acknowledged = -1;
    try (BufferedReader output = writer.inputReader()) {
      int next = StoreKilledWriter.nextAcknowledged(output);
      while (next >= 0) {
        acknowledged = Math.max(acknowledged, next);
        if (acknowledged == 300) {
          writer.toHandle().destroyForcibly();
        }
        next = StoreKilledWriter.nextAcknowledged(output);
      }
    } finally {
      writer.destroyForcibly().waitFor();
    }
    assertThat(acknowledged).isGreaterThanOrEqualTo(300);
    CandleStore reopened = open(data, MARKET, true);
    for (Instrument instrument : StoreKilledWriter.INSTRUMENTS) {
      BarBlock found = await(reopened.read(instrument, MINUTE, 0, Long.MAX_VALUE));
      assertThat(found.size()).isGreaterThan(acknowledged);
      for (int batch = 0; batch <= acknowledged; batch++) {
        assertThat(Bars.same(found, batch, StoreKilledWriter.barOf(batch))).isTrue();
      }
    }
    await(reopened.close());
  }

  @Test
  void shouldRefuseAFileInUseAndLeaveItAlone() throws Exception {
    Path data = folder.resolve("used");
    Process writer = StoreKilledWriter.start(data);
    try (BufferedReader output = writer.inputReader()) {
      assertThat(StoreKilledWriter.nextAcknowledged(output)).isZero();
      for (boolean keep : new boolean[] {true, false}) {
        assertThatThrownBy(() -> open(data, MARKET, keep))
            .isInstanceOf(SettingException.class)
            .hasMessageContaining("store.data-dir")
            .hasMessageContaining("another process uses it");
        assertThatThrownBy(() -> await(CandleStores.check(vertx, config(data, keep), MARKET)))
            .hasMessageContaining("another process uses it");
      }
      assertThat(StoreKilledWriter.nextAcknowledged(output)).isEqualTo(1);
    } finally {
      writer.destroyForcibly().waitFor();
    }
  }

  @Test
  void shouldCheckWithoutTouchingWhatIsThere() throws Exception {
    Path data = folder.resolve("checked");
    CandleStore written = open(data, MARKET, true);
    await(written.write(SPY, MINUTE, List.of(bar(T))));
    await(written.close());
    for (boolean keep : new boolean[] {true, false}) {
      await(CandleStores.check(vertx, config(data, keep), MARKET));
    }
    CandleStore reopened = open(data, MARKET, true);
    assertThat(await(reopened.read(SPY, MINUTE, 0, T)).size()).isEqualTo(1);
    await(reopened.close());

    Path taken = Files.createFile(folder.resolve("no-folder"));
    assertThatThrownBy(() -> await(CandleStores.check(vertx, config(taken, false), MARKET)))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("store.data-dir");
  }

  @Test
  void shouldRefuseAPathThatIsNoFolder() throws Exception {
    Path taken = Files.createFile(folder.resolve("taken"));
    assertThatThrownBy(() -> open(taken, MARKET, true))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("setting store.data-dir = '" + taken + "'");
  }

  @Test
  void shouldRefuseAFolderInThePlaceOfItsFile() throws Exception {
    Path data = folder.resolve("odd");
    Files.createDirectories(file(data));
    assertThatThrownBy(() -> open(data, MARKET, true))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("candles.mv.db is not a readable and writable file");
  }

  @Test
  void shouldRefuseAFileOfANewerVersion() throws Exception {
    Path data = folder.resolve("newer");
    Files.createDirectories(file(data).getParent());
    try (MVStore newer = MVStore.open(file(data).toString())) {
      newer.setStoreVersion(99);
    }
    assertThatThrownBy(() -> open(data, MARKET, true))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("newer version");
  }

  @Test
  void shouldSetADamagedFileAsideAndBeginAnew() throws Exception {
    Path data = folder.resolve("damaged");
    Files.createDirectories(file(data).getParent());
    Files.writeString(file(data), "not a store ".repeat(2_000));
    CandleStore reopened = open(data, MARKET, true);
    await(reopened.write(SPY, MINUTE, List.of(bar(T))));
    assertThat(await(reopened.read(SPY, MINUTE, 0, T)).size()).isEqualTo(1);
    assertThat(file(data).resolveSibling("candles.damaged.mv.db")).isRegularFile();
    await(reopened.close());
  }

  @Test
  void shouldKeepRealBarsWithoutBeingTold() throws Exception {
    MarketDescriptor real =
        new MarketDescriptor("live-massive", MarketDescriptor.Mode.LIVE, "massive");
    Path data = folder.resolve("real");
    CandleStore first = open(data, real, false);
    await(first.write(SPY, MINUTE, List.of(bar(T))));
    await(first.close());
    CandleStore second = open(data, real, false);
    assertThat(await(second.read(SPY, MINUTE, 0, T)).size()).isEqualTo(1);
    assertThat(second.kind()).isEqualTo("embedded");
    await(second.close());
    assertThat(data.resolve("live-massive")).isDirectory();
  }

  @Test
  void shouldFailTheCallsOfABrokenFileAndOpenItAnew() throws Exception {
    Path data = folder.resolve("broken");
    EmbeddedCandleStore broken = (EmbeddedCandleStore) open(data, MARKET, true);
    await(broken.write(SPY, MINUTE, List.of(bar(T))));
    assertThatThrownBy(() -> await(broken.submit(true, file -> {
          file.close();
          throw new IllegalStateException("disk is gone");
        })))
        .isInstanceOf(IllegalStateException.class);
    await(broken.write(SPY, MINUTE, List.of(bar(T + 60_000))));
    assertThat(await(broken.read(SPY, MINUTE, 0, Long.MAX_VALUE)).size()).isEqualTo(2);
    await(broken.close());
  }

  @Test
  void shouldReportAFailureAsUnavailableWhileTheFolderIsUnusable() throws Exception {
    Path data = folder.resolve("lost");
    EmbeddedCandleStore lost = (EmbeddedCandleStore) open(data, MARKET, true);
    await(lost.submit(false, file -> {
      file.close();
      return null;
    }));
    Files.delete(file(data));
    Files.createDirectory(file(data));
    assertThatThrownBy(() -> await(lost.write(SPY, MINUTE, List.of(bar(T)))))
        .isInstanceOf(FailureException.class)
        .hasMessage("the candle store is not available");
    Files.delete(file(data));
    await(lost.write(SPY, MINUTE, List.of(bar(T))));
    assertThat(await(lost.read(SPY, MINUTE, 0, T)).size()).isEqualTo(1);
    await(lost.close());
  }

  @Test
  void shouldGiveBackSpaceWhenPruned() throws Exception {
    Path data = folder.resolve("pruned");
    EmbeddedCandleStore pruned = (EmbeddedCandleStore) open(data, MARKET, true);
    for (int symbol = 0; symbol < 20; symbol++) {
      Instrument instrument = Instrument.of("SYM" + symbol);
      for (int day = 0; day < 30; day++) {
        long midnight = T + day * 86_400_000L;
        await(pruned.write(
            instrument,
            MINUTE,
            LongStream.range(0, 390)
                .mapToObj(minute -> bar(midnight + minute * 60_000))
                .toList()));
      }
    }
    long before = await(pruned.submit(false, CandleFile::sizeBytes));
    await(pruned.prune(StoreUnit.MINUTE, T + 25 * 86_400_000L));
    long after = await(pruned.submit(false, CandleFile::sizeBytes));
    assertThat(after).isLessThan(before / 2);
    assertThat(
            await(pruned.read(Instrument.of("SYM7"), MINUTE, 0, Long.MAX_VALUE)).size())
        .isEqualTo(5 * 390);
    await(pruned.close());
  }

  @Test
  void shouldStayBoundedWhenBlocksAreRewrittenOverAndOver() throws Exception {
    Path data = folder.resolve("bounded");
    EmbeddedCandleStore rewritten = (EmbeddedCandleStore) open(data, MARKET, true);
    for (int minute = 0; minute < 390; minute++) {
      long start = T + minute * 60_000L;
      for (int symbol = 0; symbol < 10; symbol++) {
        rewritten.write(Instrument.of("SYM" + symbol), MINUTE, List.of(bar(start)));
      }
      await(rewritten.markComplete(SPY, MINUTE, Set.of(LocalDate.of(2025, 11, 3))));
    }
    await(rewritten.prune(StoreUnit.MINUTE, 0));
    assertThat(await(rewritten.submit(false, CandleFile::sizeBytes))).isLessThan(1_000_000);
    await(rewritten.close());
  }
}
