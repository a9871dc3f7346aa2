package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.ingest.IngestConfig;
import io.candlehub.ingest.hybrid.SoleConfig;
import io.candlehub.model.Instrument;
import io.candlehub.model.SettingException;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.Topic;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WireFormsTest {
  @Test
  void shouldSplitTopicAtTheFirstDot() {
    Topic topic = WireTopics.parse("A.BRK.B").orElseThrow();

    assertThat(topic).isEqualTo(new Topic(Channel.SECONDS, Instrument.of("BRK.B")));
    assertThat(WireTopics.write(topic)).isEqualTo("A.BRK.B");
    assertThat(WireTopics.parse("ZZ.SPY")).isEmpty();
    assertThat(WireTopics.parse("SPY")).isEmpty();
  }

  @Test
  void shouldNameTradesOfIndicesByTheirOwnChannel() {
    Topic value = new Topic(Channel.TRADES, Instrument.of("I:SPX"));
    Topic trade = new Topic(Channel.TRADES, Instrument.of("BRK.B"));
    Topic halt = new Topic(Channel.HALTS, Instrument.of("SPY"));

    assertThat(WireTopics.write(value)).isEqualTo("V.I:SPX");
    assertThat(WireTopics.write(trade)).isEqualTo("T.BRK.B");
    assertThat(WireTopics.write(halt)).isEqualTo("LULD.SPY");
    assertThat(List.of(value, trade, halt))
        .allSatisfy(
            topic -> assertThat(WireTopics.parse(WireTopics.write(topic))).contains(topic));
    assertThat(WireTopics.parse("T.I:SPX")).isEmpty();
    assertThat(WireTopics.parse("V.SPY")).isEmpty();
  }

  @Test
  void shouldChunkLongRequests() {
    List<Topic> topics = IntStream.range(0, 1_203)
        .mapToObj(i -> new Topic(Channel.QUOTES, Instrument.of("LONG-SYMBOL-NAME-" + i)))
        .toList();

    List<String> requests = WireTopics.requests("subscribe", topics);

    assertThat(requests)
        .hasSize(3)
        .allSatisfy(text -> assertThat(text.length()).isLessThan(65_536));
    assertThat(new JsonObject(requests.get(2)).getString("params").split(",", -1))
        .hasSize(203);
    assertThat(WireTopics.requests("subscribe", List.of())).isEmpty();
  }

  @Test
  void shouldDeriveDelayedAddress() {
    assertThat(config("massive.ws-url", "wss://socket.massive.com").delayedWsUrl())
        .hasToString("wss://delayed.massive.com");
    assertThat(config("massive.ws-url", "ws://127.0.0.1:9000/").delayedWsUrl())
        .hasToString("ws://127.0.0.1:9000/delayed");
    assertThat(config("massive.delayed-ws-url", "ws://127.0.0.1:9001").delayedWsUrl())
        .hasToString("ws://127.0.0.1:9001");
  }

  @Test
  void shouldRefuseWrongSettingsNamingThem() {
    assertThatThrownBy(() -> IngestConfig.from(Map.of()))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("massive.api-key");
    assertThatThrownBy(() -> config("massive.rest-url", "ftp://x"))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("massive.rest-url")
        .hasMessageContaining("http or https");
    assertThatThrownBy(() -> config("massive.ws-url", "http://["))
        .isInstanceOf(SettingException.class);
    assertThatThrownBy(() -> config("massive.request-timeout", "0"))
        .isInstanceOf(SettingException.class);
  }

  @Test
  void shouldHideTheKey() {
    assertThat(config("massive.rest-url", "http://127.0.0.1:1")).asString().doesNotContain("k-e-y");
    assertThat(IngestConfig.SETTINGS)
        .filteredOn(setting -> setting.key().equals("massive.api-key"))
        .allMatch(setting -> setting.isSecret());
  }

  private static MassiveConfig config(String key, String value) {
    IngestConfig ingest = IngestConfig.from(Map.of("massive.api-key", "k-e-y", key, value));
    assertThat(ingest.toString()).doesNotContain("k-e-y");
    return (MassiveConfig) ((SoleConfig) ingest.provider()).account();
  }
}
