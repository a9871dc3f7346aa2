package io.candlehub.hub;

import static io.candlehub.hub.HubRig.MINUTE;
import static io.candlehub.hub.HubRig.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.EncodedHistory;
import io.candlehub.bus.Failure;
import io.candlehub.model.Bar;
import io.candlehub.model.BarState;
import io.candlehub.model.ChartMessage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HubHistoryTest {
  private static final long TEN = at("2013-10-07T10:00");

  @TempDir
  private Path dataDir;

  private HubRig rig;

  private HubRig rig(String newYork) {
    rig = new HubRig(newYork, dataDir);
    return rig;
  }

  @AfterEach
  void close() {
    if (rig != null) {
      rig.close();
    }
  }

  private static Bar last(ChartMessage message) {
    return message.bars().get(message.bars().size() - 1);
  }

  private static List<Bar> between(ChartMessage message, long from, long to) {
    return message.bars().stream()
        .filter(bar -> bar.startMillis() >= from && bar.startMillis() < to)
        .toList();
  }

  @Test
  void shouldServeLongChartsWithOlderBars() {
    rig("2013-10-07T10:01:30");
    ChartMessage hours = rig.snapshot("1h");
    assertThat(hours.bars().get(0).startMillis()).isEqualTo(at("2013-09-09T09:00"));
    assertThat(last(hours).state()).isEqualTo(BarState.LIVE);
    ChartMessage days = rig.snapshot("1d");
    assertThat(days.bars()).hasSizeGreaterThan(490);
    assertThat(last(days).startMillis()).isEqualTo(at("2013-10-07T00:00"));
    assertThat(last(days).state()).isEqualTo(BarState.LIVE);
    assertThat(days.bars().get(days.bars().size() - 2).isFinal()).isTrue();
    ChartMessage weeks = rig.snapshot("1w");
    assertThat(last(weeks).startMillis()).isEqualTo(at("2013-10-07T00:00"));
  }

  private JsonObject history(JsonObject question) {
    return rig.<EncodedHistory>request(
            Addresses.COMMAND_HISTORY, question.put("symbol", "SPY").put("adjusted", true))
        .body()
        .toBuffer()
        .toJsonObject();
  }

  @Test
  void shouldStitchHistoryWithoutSeamAndCutIt() {
    rig("2013-10-07T10:01:30");
    JsonObject all = history(new JsonObject()
        .put("timeframe", "1m")
        .put("limit", 50_000)
        .put("from", at("2013-10-01T00:00")));
    JsonArray bars = all.getJsonArray("bars");
    long last = 0;
    int expected = 0;
    for (long minute = at("2013-10-01T00:00"); minute <= TEN + MINUTE; minute += MINUTE) {
      expected += HubRig.isTraded(minute) ? 1 : 0;
    }
    assertThat(bars).hasSize(expected);
    for (int i = 0; i < bars.size(); i++) {
      long start = bars.getJsonObject(i).getLong("t");
      assertThat(start).isGreaterThan(last);
      last = start;
    }
    JsonObject cut = history(new JsonObject()
        .put("timeframe", "5m")
        .put("limit", 100)
        .put("from", at("2013-10-01T00:00"))
        .put("to", at("2013-10-03T00:00")));
    assertThat(cut.getJsonArray("bars")).hasSize(100);
    assertThat(cut.getLong("nextFrom")).isEqualTo(at("2013-10-02T11:20"));
    int asked = rig.questions.size();
    history(new JsonObject()
        .put("timeframe", "15m")
        .put("limit", 100)
        .put("from", at("2013-10-01T00:00"))
        .put("to", at("2013-10-03T00:00")));
    assertThat(rig.questions).hasSize(asked);
  }

  @Test
  void shouldNotCallABarFinalThatWasNotOverWhenRead() {
    rig("2013-10-07T10:01:30");
    JsonObject answer = history(new JsonObject()
        .put("timeframe", "1h")
        .put("limit", 10)
        .put("from", at("2013-10-07T09:00"))
        .put("to", at("2013-10-07T10:00")));
    assertThat(answer.getJsonArray("bars").getJsonObject(0).getBoolean("isFinal"))
        .isTrue();
    assertThat(answer.getJsonArray("bars").getJsonObject(1).getString("state")).isEqualTo("live");
  }

  @Test
  void shouldAdjustForSplitsOnRead() {
    rig("2013-10-07T10:01:30");
    rig.splits = new JsonArray()
        .add(new JsonObject().put("date", "2013-10-07").put("from", 1).put("to", 7));
    ChartMessage chart = rig.snapshot("1m");
    Bar before = between(chart, at("2013-10-04T09:30"), at("2013-10-04T16:00")).get(0);
    assertThat(before.open()).isEqualTo(HubRig.price(before.startMillis()) / 7);
    assertThat(before.volume()).isEqualTo(420);
    Bar after = between(chart, at("2013-10-07T09:30"), at("2013-10-07T16:00")).get(0);
    assertThat(after.volume()).isEqualTo(60);
  }

  @Test
  void shouldGiveSecondsOfTheLastHourAndOfEarlierDays() {
    rig("2013-10-07T10:01:30");
    JsonArray now = history(new JsonObject().put("timeframe", "1s")).getJsonArray("bars");
    assertThat(now.getJsonObject(0).getLong("t")).isGreaterThanOrEqualTo(TEN - 29 * MINUTE);
    long last = 0;
    for (int i = 0; i < now.size(); i++) {
      long start = now.getJsonObject(i).getLong("t");
      assertThat(start).isGreaterThan(last);
      assertThat(now.getJsonObject(i).getDouble("c")).isEqualTo(HubRig.price(start));
      last = start;
    }
    long day = at("2013-10-04T10:00");
    JsonObject before = history(
        new JsonObject().put("timeframe", "15s").put("from", day).put("to", day + 3 * MINUTE - 1));
    int expected = 0;
    for (long minute = day; minute < day + 3 * MINUTE; minute += MINUTE) {
      expected += HubRig.isTraded(minute) ? 4 : 0;
    }
    assertThat(before.getJsonArray("bars")).hasSize(expected);
    assertThat(before.getJsonArray("bars").getJsonObject(0).getDouble("v")).isEqualTo(15);
  }

  @Test
  void shouldAnswerWithWhatIsKnownWhenTheProviderFails() {
    rig("2013-10-07T10:01:30");
    history(new JsonObject().put("timeframe", "1m"));
    rig.failure = Optional.of(Failure.RATE_LIMITED.because("slow down", 30_000));
    JsonObject answer =
        history(new JsonObject().put("timeframe", "1m").put("from", at("2013-09-20T00:00")));
    assertThat(answer.getJsonArray("bars").size()).isGreaterThan(300);
    assertThat(answer.getJsonObject("health").getString("mode")).isEqualTo("DEGRADED");
    assertThat(answer.getJsonObject("session").getString("note")).startsWith("Older bars");
    JsonObject unseen = answer.getJsonArray("intervals").getJsonObject(0);
    assertThat(unseen.getString("state")).isEqualTo("outage");
    assertThat(unseen.getLong("from")).isEqualTo(at("2013-09-20T00:00"));
  }

  @Test
  void shouldTellWhyThereAreNoBarsWhenThereAreNoSplitsEither() {
    rig("2013-10-07T10:01:30");
    rig.splitsFailure = Optional.of(Failure.PROVIDER_ERROR.because("the provider failed"));
    rig.failure = Optional.of(Failure.ALL_PROVIDERS_FAILED.because("every provider failed"));
    JsonObject past =
        new JsonObject().put("from", at("2013-09-16T00:00")).put("to", at("2013-09-17T00:00"));
    for (String timeframe : List.of("1d", "5m")) {
      assertThatThrownBy(() -> history(past.copy().put("timeframe", timeframe)))
          .hasMessageContaining("ALL_PROVIDERS_FAILED");
    }
    past.put("timeframe", "1d");
    rig.failure = Optional.empty();
    rig.questions.clear();
    assertThatThrownBy(() -> history(past.copy().put("from", at("2013-06-16T00:00"))))
        .as("bars are never told without the splits that belong to them")
        .hasMessageContaining("PROVIDER_ERROR");
    assertThat(rig.questions)
        .isNotEmpty()
        .allMatch(question -> question.getLong("from") >= at("2013-09-15T00:00"));
    rig.splitsFailure = Optional.empty();
    assertThat(history(past.copy()).getJsonArray("bars")).isNotEmpty();
  }

  @Test
  void shouldAskForNoRangeTwice() {
    rig("2013-10-07T10:01:30");
    JsonObject question = new JsonObject()
        .put("timeframe", "5m")
        .put("limit", 50_000)
        .put("from", at("2013-09-16T00:00"))
        .put("to", at("2013-09-27T23:59"));
    JsonObject first = history(question);
    int asked = rig.questions.size();
    assertThat(history(question).getJsonArray("bars")).isEqualTo(first.getJsonArray("bars"));
    assertThat(rig.questions).hasSize(asked);
    long from = at("2013-09-12T00:00");
    JsonObject last = lastQuestion(question.put("from", from));
    while (last.getLong("to") >= at("2013-09-16T00:00")) {
      assertThat(rig.questions).as("not written yet, so asked for once more").hasSize(++asked);
      from -= Duration.ofDays(7).toMillis();
      last = lastQuestion(question.put("from", from));
    }
    assertThat(rig.questions).hasSize(asked + 1);
    assertThat(last.getLong("from")).isEqualTo(from);
  }

  private JsonObject lastQuestion(JsonObject asked) {
    history(asked);
    return rig.questions.get(rig.questions.size() - 1);
  }

  @Test
  void shouldLoadAheadBehindEverythingElse() {
    rig("2013-10-07T10:01:30");
    JsonObject question = new JsonObject()
        .put("symbols", new JsonArray().add("SPY").add("QQQ").add("SPY"))
        .put("timeframes", new JsonArray().add("1d").add("5m"));
    JsonObject answer =
        rig.<JsonObject>request(Addresses.COMMAND_WARM, question).body();
    assertThat(answer.getJsonArray("queued")).hasSize(4);
    rig.until(() -> rig.questions.size() >= 4);
    assertThat(rig.questions).extracting(asked -> asked.getString("priority")).containsOnly("warm");
    int asked = rig.questions.size();
    history(new JsonObject()
        .put("timeframe", "5m")
        .put("from", at("2013-10-04T00:00"))
        .put("to", at("2013-10-04T23:59")));
    assertThat(rig.questions).hasSize(asked);
  }

  @Test
  void shouldRefuseToLoadTooMuchAhead() {
    rig("2013-10-07T10:01:30");
    JsonArray many = new JsonArray();
    for (int i = 0; i < 51; i++) {
      many.add("S" + i);
    }
    JsonObject question =
        new JsonObject().put("symbols", many).put("timeframes", new JsonArray().add("1d"));
    assertThatThrownBy(() -> rig.<JsonObject>request(Addresses.COMMAND_WARM, question))
        .hasMessageContaining("symbols");
  }
}
