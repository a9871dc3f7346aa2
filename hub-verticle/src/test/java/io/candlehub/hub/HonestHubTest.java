package io.candlehub.hub;

import static io.candlehub.hub.HubRig.MINUTE;
import static io.candlehub.hub.HubRig.SPY;
import static io.candlehub.hub.HubRig.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.EncodedHistory;
import io.candlehub.bus.Failure;
import io.candlehub.model.Bar;
import io.candlehub.model.BarSource;
import io.candlehub.model.BarState;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.HealthMode;
import io.candlehub.model.Interval;
import io.candlehub.model.IntervalState;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.HaltEvent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the hub does about what a stream does not tell: compares, repairs, names and reports it. */
@Timeout(60)
class HonestHubTest {
  private static final long TEN = at("2013-10-07T10:00");
  private static final Duration LEASE = Duration.ofHours(1);

  @TempDir
  Path folder;

  private HubRig rig;

  @BeforeEach
  void start() {
    rig = new HubRig("2013-10-07T10:01:30", folder);
  }

  @AfterEach
  void end() {
    rig.close();
  }

  private Optional<Bar> bar(long minute) {
    return rig.snapshot("1m").bars().stream()
        .filter(bar -> bar.startMillis() == minute)
        .findFirst();
  }

  private List<String> alerts() {
    return rig.alerts.stream().map(alert -> alert.getString("kind")).toList();
  }

  private JsonObject health() {
    return rig.<JsonObject>request(Addresses.COMMAND_HEALTH, new JsonObject()).body();
  }

  private JsonObject parity() {
    return health().getJsonObject("parity");
  }

  @Test
  void shouldShowHowTheProviderAccountsDo() {
    assertThat(health().containsKey("providers")).isFalse();
    JsonObject account = new JsonObject()
        .put("id", "massive")
        .put("healthy", false)
        .put("errorsInARow", 3)
        .put("lastError", "PROVIDER_ERROR")
        .put("lastErrorMsAgo", 12)
        .put("busyMs", 0)
        .put("streams", new JsonObject().put("stocks", "streaming"));
    rig.vertx
        .eventBus()
        .consumer(
            Addresses.INGEST_PROVIDERS,
            message ->
                message.reply(new JsonObject().put("providers", new JsonArray().add(account))));

    assertThat(health().getJsonArray("providers")).containsExactly(account);
    assertThat(health().getString("status")).isEqualTo("degraded");
  }

  @Test
  void shouldCompareNothingWithTheHistoryOfAnotherProvider() {
    rig.fallbackReason = "error";
    rig.demand(LEASE, "md.chart.1m.SPY");
    rig.snapshot("1m");
    rig.correction = 7;
    int asked = rig.questions.size();
    rig.advance(Duration.ofMinutes(40), true);

    assertThat(rig.questions).hasSizeGreaterThan(asked);
    assertThat(parity().getLong("equal")).isZero();
    assertThat(parity().getJsonObject("different").getMap().values())
        .allMatch(count -> ((Number) count).intValue() == 0);
    assertThat(alerts()).isEmpty();
  }

  private String historyNote() {
    return rig.<EncodedHistory>request(
            Addresses.COMMAND_HISTORY, new JsonObject().put("symbol", "SPY").put("timeframe", "1m"))
        .body()
        .toBuffer()
        .toJsonObject()
        .getJsonObject("session")
        .getString("note", "");
  }

  @Test
  void shouldNotCallBarsTheLastKnownOnesThatGoOn() {
    rig.demand(LEASE, "md.chart.1m.SPY");
    rig.snapshot("1m");
    rig.advance(Duration.ofMinutes(1), true);
    rig.feed(FeedStatus.State.STREAMING, "tradier takes its place", rig.clock.millis());
    assertThat(rig.snapshot("1m").health().mode()).isEqualTo(HealthMode.DEGRADED);
    assertThat(rig.snapshot("1m").session().note()).isEqualTo("Tradier takes its place.");
    assertThat(historyNote()).isEqualTo("Tradier takes its place.");
    rig.feed(FeedStatus.State.DISCONNECTED, "connection lost", rig.clock.millis());
    rig.advance(Duration.ofMinutes(2), false);
    assertThat(rig.snapshot("1m").session().note())
        .isEqualTo("Bars are asked for, not streamed: connection lost.");
  }

  @Test
  void shouldSayWhoToldBarsUntilTheFirstProviderDoes() {
    rig.fallbackReason = "error";
    rig.demand(LEASE, "md.chart.1m.SPY");
    assertThat(rig.snapshot("1m").health().mode()).isEqualTo(HealthMode.DEGRADED);
    assertThat(rig.snapshot("1m").health().reason()).isEqualTo("bars come from tradier (error)");
    assertThat(rig.snapshot("1m").session().note())
        .isEqualTo("Bars come from tradier, because massive failed.");
    assertThat(historyNote()).isEqualTo("Bars come from tradier, because massive failed.");
    rig.advance(Duration.ofMinutes(2), true);
    assertThat(rig.snapshot("1m").health().mode()).isEqualTo(HealthMode.DEGRADED);
    rig.fallbackReason = "";
    rig.correction = 7;
    rig.advance(Duration.ofMinutes(2), true);
    assertThat(rig.snapshot("1m").health().mode()).isEqualTo(HealthMode.LIVE);
    assertThat(rig.snapshot("1m").bars())
        .filteredOn(bar -> bar.startMillis() < TEN)
        .isNotEmpty()
        .allMatch(bar -> bar.state() == BarState.REVISED);
  }

  @Test
  void shouldRepairAndReportWhatTheStreamLost() {
    rig.demand(LEASE, "md.chart.1m.SPY");
    rig.snapshot("1m");
    while (parity().getLong("equal") == 0) {
      rig.advance(Duration.ofMinutes(1), true);
    }
    long compared = rig.clock.millis() / MINUTE * MINUTE;
    rig.advance(Duration.ofMinutes(10), true);
    long minute = compared - 9 * MINUTE;
    while (!HubRig.isTraded(minute)) {
      minute -= MINUTE;
    }
    double before = bar(minute).orElseThrow().volume();
    rig.correction = 7;
    rig.advance(Duration.ofMinutes(6), true);

    Bar repaired = bar(minute).orElseThrow();
    assertThat(repaired.volume()).isEqualTo(before + 7);
    assertThat(repaired.state()).isEqualTo(BarState.REVISED);
    assertThat(alerts()).containsExactly("parity-difference");
    assertThat(parity().getJsonObject("different").getLong("unexplained")).isPositive();
  }

  @Test
  void shouldFindNothingToRepairInAnHonestStream() {
    rig.demand(LEASE, "md.chart.1m.SPY");
    rig.snapshot("1m");
    rig.advance(Duration.ofMinutes(50), true);

    assertThat(parity().getLong("equal")).isBetween(12L, 60L);
    assertThat(parity().getJsonObject("different").getLong("unexplained")).isZero();
    assertThat(rig.alerts).isEmpty();
  }

  @Test
  void shouldNameMinutesWithoutTradesInAPause() {
    long quiet = TEN;
    while (HubRig.isTraded(quiet)) {
      quiet += MINUTE;
    }
    rig.demand(LEASE, "md.chart.1m.SPY");
    rig.snapshot("1m");
    rig.advance(Duration.ofMillis(quiet - rig.clock.millis()), true);
    rig.tell(new HaltEvent(SPY, quiet, true));
    assertThat(rig.snapshot("1m").health().state()).isEqualTo("halted");
    rig.advance(Duration.ofSeconds(75), true);
    rig.send(List.of(new HaltEvent(SPY, quiet + MINUTE, false)));
    rig.advance(Duration.ofSeconds(10), true);

    ChartMessage chart = rig.snapshot("1m");
    assertThat(chart.intervals())
        .contains(new Interval(quiet, quiet + MINUTE, IntervalState.HALTED));
    assertThat(chart.health().state()).isEqualTo("open");
  }

  @Test
  void shouldBuildBarsFromTradesWhereThereAreNoAggregates() {
    rig.refusedChannels = Set.of("minutes", "seconds");
    rig.failure = Optional.of(Failure.NOT_ENTITLED.because("not in the plan"));
    rig.demand(LEASE, "md.chart.1m.SPY");
    assertThat(rig.demanded).contains("trades:SPY");
    rig.advance(Duration.ofMinutes(4), true);

    assertThat(bar(TEN + MINUTE)).isEmpty();
    Bar built = bar(TEN + 2 * MINUTE).orElseThrow();
    assertThat(built.isFinal()).isTrue();
    assertThat(built.source()).isEqualTo(BarSource.LIVE);
    assertThat(built.volume()).isEqualTo(60);
    assertThat(built.open()).isEqualTo(HubRig.price(TEN + 2 * MINUTE));
    assertThat(built.close()).isEqualTo(HubRig.price(TEN + 3 * MINUTE - 1_000));
  }

  @Test
  void shouldLetTheHistoryReviseBarsBuiltFromTrades() {
    rig.refusedChannels = Set.of("minutes", "seconds");
    rig.demand(LEASE, "md.chart.1m.SPY");
    rig.snapshot("1m");
    rig.advance(Duration.ofMinutes(3), true);
    rig.correction = 3;
    rig.advance(Duration.ofMinutes(32), true);

    assertThat(bar(TEN + 2 * MINUTE).orElseThrow().volume()).isEqualTo(63);
    JsonObject different = parity().getJsonObject("different");
    assertThat(different.getLong("condition-rule")).isPositive();
    assertThat(different.getLong("unexplained")).isZero();
  }

  @Test
  void shouldSayWhyTheLastBarsStay() {
    rig.demand(LEASE, "md.chart.1m.SPY");
    rig.snapshot("1m");
    rig.advance(Duration.ofMinutes(1), true);
    int before = rig.snapshot("1m").bars().size();
    rig.failure = Optional.of(Failure.RATE_LIMITED.because("slow down", 20_000));
    rig.feed(FeedStatus.State.DISCONNECTED, "the stream is disconnected", rig.clock.millis());
    rig.advance(Duration.ofMinutes(2), false);

    ChartMessage chart = rig.snapshot("1m");
    assertThat(chart.bars()).hasSizeGreaterThanOrEqualTo(before);
    assertThat(chart.health().mode()).isEqualTo(HealthMode.DEGRADED);
    assertThat(chart.session().note()).contains("last known bars");
    assertThat(alerts()).contains("throttled");
  }

  @Test
  void shouldReportGapThatIsNotFilledOnce() {
    rig.demand(LEASE, "md.chart.1m.SPY");
    rig.snapshot("1m");
    rig.failure = Optional.of(Failure.PROVIDER_ERROR.because("down"));
    rig.feed(FeedStatus.State.MUTE, "the stream is silent", rig.clock.millis());
    rig.advance(Duration.ofMinutes(12), false);

    assertThat(alerts()).containsExactly("mute-feed", "gap-not-filled");
  }

  @Test
  void shouldShowSecondsOfTheLastHourWithoutGaps() {
    rig.demand(LEASE, "md.chart.1s.SPY", "md.chart.5s.SPY");
    rig.snapshot("1s");
    rig.advance(Duration.ofMinutes(3), true);
    long asked = rig.asked("second");
    rig.advance(Duration.ofMinutes(3), true);

    ChartMessage seconds = rig.snapshot("1s");
    long from = TEN - 20 * MINUTE;
    long to = TEN + 7 * MINUTE;
    Map<Long, Double> closes =
        seconds.bars().stream().collect(Collectors.toMap(Bar::startMillis, Bar::close));
    Set<Long> quiet = new TreeSet<>();
    for (Interval stretch : seconds.intervals()) {
      for (long start = stretch.fromMillis(); start < stretch.toMillis(); start += 1_000) {
        assertThat(start >= to || quiet.add(start)).isTrue();
      }
    }
    for (long start = from; start < to; start += 1_000) {
      Double expected = HubRig.isTraded(start) ? HubRig.price(start) : null;
      assertThat(closes.get(start)).isEqualTo(expected);
      assertThat(quiet.contains(start)).isEqualTo(expected == null);
    }
    Bar five = rig.snapshot("5s").bars().stream()
        .filter(bar -> bar.startMillis() == TEN + 2 * MINUTE)
        .findFirst()
        .orElseThrow();
    assertThat(five.volume()).isEqualTo(5);
    assertThat(five.isFinal()).isTrue();
    assertThat(five.close()).isEqualTo(HubRig.price(TEN + 2 * MINUTE + 4_000));
    assertThat(rig.asked("second")).isEqualTo(asked);
  }

  private static AggregateEvent withVolume(AggregateEvent bar, double volume) {
    return new AggregateEvent(
        bar.span(),
        bar.instrument(),
        bar.startMillis(),
        bar.endMillis(),
        bar.open(),
        bar.high(),
        bar.low(),
        bar.close(),
        volume,
        bar.vwap(),
        bar.dayVolume());
  }

  @Test
  void shouldAskOnceForTheSecondsOfARestatedMinute() {
    rig.demand(LEASE, "md.chart.1s.SPY");
    rig.snapshot("1s");
    rig.advance(Duration.ofMinutes(3), true);
    long asked = rig.asked("second");
    long minute = TEN + MINUTE;
    long second = minute + 5_000;
    rig.send(List.of(withVolume(HubRig.second(second), 30)));
    rig.send(List.of(withVolume(HubRig.minute(minute, minute + MINUTE), 61)));
    rig.advance(Duration.ofMinutes(2), true);

    Bar corrected = rig.snapshot("1s").bars().stream()
        .filter(bar -> bar.startMillis() == second)
        .findFirst()
        .orElseThrow();
    assertThat(corrected.volume()).isEqualTo(1);
    assertThat(rig.asked("second")).isEqualTo(asked + 1);
  }

  @Test
  void shouldFollowTheProvidersMarketStatusUntilTheCalendarMoves() {
    rig.demand(LEASE, "md.chart.1m.SPY");
    assertThat(rig.snapshot("1m").health().state()).isEqualTo("open");
    rig.providerMarket = "closed";
    rig.advance(Duration.ofSeconds(31), true);
    assertThat(rig.snapshot("1m").health().state()).isEqualTo("closed");
    assertThat(rig.snapshot("1m").session().marketClosed()).isTrue();

    rig.providerMarket = "";
    rig.advance(Duration.ofSeconds(95), true);
    assertThat(rig.snapshot("1m").health().state()).isEqualTo("open");
  }

  @Test
  void shouldCancelTheQuestionOfChartThatNobodyWants() {
    rig.answering = false;
    rig.demand(Duration.ofSeconds(5), "md.chart.1m.SPY");
    rig.advance(Duration.ofSeconds(3), false);
    String ticket = rig.questions.get(0).getString("ticket");
    assertThat(ticket).isNotEmpty();
    rig.advance(Duration.ofSeconds(20), false);
    assertThat(rig.cancelled).contains(ticket);
  }
}
