package io.candlehub.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.model.SettingException;
import io.candlehub.model.TradingCalendar;
import io.candlehub.model.TradingDay;
import io.candlehub.simulator.market.BarRow;
import io.candlehub.simulator.market.Bars;
import io.candlehub.simulator.market.Market;
import io.candlehub.simulator.market.SymbolDay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class ReplayMarketTest {
  private static final TradingCalendar CALENDAR = TradingCalendar.nyse();
  private static final TradingDay MONDAY =
      CALENDAR.day(LocalDate.of(2013, 10, 7)).orElseThrow();
  private static final long OPEN = MONDAY.openMillis();
  private static final String TRADES = "ticker,conditions,correction,exchange,id,"
      + "participant_timestamp,price,sequence_number,sip_timestamp,size,tape,trf_id,trf_timestamp";

  @TempDir
  Path folder;

  private static String bar(
      String ticker, double v, double o, double c, double h, double l, long t) {
    return ticker + "," + v + "," + o + "," + c + "," + h + "," + l + "," + t + "000000,";
  }

  private static String trade(String conditions, double price, long millis, int size) {
    return "ABC,\"" + conditions + "\",0,11,,," + price + ",1," + millis + "000000," + size
        + ",1,,";
  }

  private SymbolDay day(Market.Detail detail) {
    return ReplayMarket.open(folder, CALENDAR).day("ABC", MONDAY, detail);
  }

  @Test
  void shouldReadColumnsByTheirNames() {
    new FlatFileFolder(folder)
        .plain(
            "minute_aggs_v1",
            "2013-10-07",
            "Low,HIGH,close,open,volume,window_start,ticker",
            List.of("9.5,11,10.5,10,700," + OPEN + "000000,ABC", "broken,row", ",,,,,,"));
    assertThat(day(Market.Detail.MINUTES).minutes().row(0))
        .isEqualTo(new BarRow(OPEN, 10, 11, 9.5, 10.5, 700, 10.25, 0));
  }

  @Test
  void shouldTakeSecondsFromTheirFileAndElseFromTrades() {
    FlatFileFolder files = new FlatFileFolder(folder)
        .packed(
            "minute_aggs_v1",
            "2013-10-07",
            FlatFileFolder.BARS,
            List.of(bar("ABC", 900, 10, 10.2, 10.3, 9.9, OPEN)))
        .packed(
            "trades_v1",
            "2013-10-07",
            TRADES,
            List.of(
                trade("", 10, OPEN + 100, 100),
                trade("15", 99, OPEN + 200, 5_000),
                trade("14,41", 10.3, OPEN + 300, 200),
                trade("2", 10.1, OPEN + 400, 50),
                trade("", 12, OPEN + 500, 10),
                trade("", 9.9, OPEN + 2_000, 100),
                trade("", 10.2, OPEN + 2_500, 100),
                trade("", 10.2, OPEN + 70_000, 100)));
    SymbolDay folded = day(Market.Detail.TRADES);
    Bars seconds = folded.seconds(OPEN, OPEN + 100_000);
    assertThat(seconds.size()).isEqualTo(2);
    assertThat(seconds.row(0))
        .usingRecursiveComparison()
        .ignoringFields("vwap", "count")
        .isEqualTo(new BarRow(OPEN, 10, 10.3, 10, 10.3, 360, 0, 0));
    assertThat(seconds.volume(1)).isEqualTo(200);
    assertThat(folded.trades(OPEN, OPEN + 100_000).size()).isEqualTo(8);
    files.packed(
        "second_aggs_v1",
        "2013-10-07",
        FlatFileFolder.BARS,
        List.of(bar("ABC", 5, 10, 10.2, 10.3, 9.9, OPEN + 7_000)));
    assertThat(day(Market.Detail.BARS).seconds(OPEN, OPEN + 60_000).startMillis(0))
        .isEqualTo(OPEN + 7_000);
  }

  @Test
  void shouldWalkInsideTheMinuteWithoutAnythingFiner() {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      double o = 10 + i * 0.01;
      rows.add(bar(
          "ABC", i * 7 + 1, o, o + (i % 3 - 1) * 0.02, o + 0.05, o - 0.0333, OPEN + i * 60_000L));
    }
    new FlatFileFolder(folder).packed("minute_aggs_v1", "2013-10-07", FlatFileFolder.BARS, rows);
    SymbolDay walked = day(Market.Detail.BARS);
    for (int i = 0; i < 30; i++) {
      long start = OPEN + i * 60_000L;
      Bars seconds = walked.seconds(start, start + 60_000);
      assertThat(seconds.fold(0, seconds.size(), start))
          .usingRecursiveComparison()
          .ignoringFields("vwap", "count")
          .isEqualTo(walked.minutes().row(i));
    }
  }

  @Test
  void shouldRollDaysUpWhereThereIsNoDayFile() {
    new FlatFileFolder(folder)
        .packed(
            "minute_aggs_v1",
            "2013-10-07",
            FlatFileFolder.BARS,
            List.of(
                bar("ABC", 5, 8, 8, 8, 8, OPEN - 60_000),
                bar("ABC", 100, 10, 11, 12, 9, OPEN),
                bar("ABC", 200, 11, 10, 11, 9.5, OPEN + 60_000)))
        .packed(
            "day_aggs_v1",
            "2013-10-04",
            FlatFileFolder.BARS,
            List.of(bar("ABC", 9, 7, 7, 7, 7, CALENDAR.startOf(LocalDate.of(2013, 10, 4)))))
        .splits(List.of("ABC,2013-10-07,1,2"));
    ReplayMarket market = ReplayMarket.open(folder, CALENDAR);
    Bars days = market.days("ABC", LocalDate.of(2013, 10, 1), LocalDate.of(2013, 10, 31));
    assertThat(days.size()).isEqualTo(2);
    assertThat(days.volume(1)).isEqualTo(305);
    assertThat(days.high(1)).isEqualTo(12);
    assertThat(market.splits("ABC")).hasSize(1);
    assertThat(market.startMillis()).isEqualTo(MONDAY.preOpenMillis());
  }

  @Test
  void shouldRefuseFoldersWithoutAnythingToReplay() throws Exception {
    assertThatThrownBy(() -> ReplayMarket.open(folder, CALENDAR))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("simulator.replay-path = '" + folder);
    Path file = folder.resolve("us_stocks_sip/minute_aggs_v1/2013/10/2013-10-07.csv.gz");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "this is not gzip");
    assertThatThrownBy(() -> ReplayMarket.open(folder, CALENDAR))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("simulator.replay-path")
        .hasMessageContaining("minute_aggs_v1 of 2013-10-07: Not in GZIP format");
  }
}
