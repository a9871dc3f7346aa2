package io.candlehub.ingest.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.candlehub.ingest.ToldLog;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.Topic;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class MarketVoiceTest {
  private static final String STOCKS = "stocks";
  private static final Set<Topic> QUOTES = Set.of(new Topic(Channel.QUOTES, Instrument.of("SPY")));

  @RegisterExtension
  final ToldLog told = new ToldLog(MarketVoice.class);

  private final HybridRig rig = new HybridRig(
      new ScriptedProvider("first", ScriptedProvider.everything(ScriptedProvider.ALL)),
      new ScriptedProvider("second", ScriptedProvider.everything(ScriptedProvider.ALL)));

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void shouldSayWhyTheFirstProviderHasItsPlaceAgain() {
    rig.hybrid.demand(QUOTES);
    rig.first.connect(STOCKS);
    rig.advance(10);
    rig.first.lose(STOCKS, FeedStatus.State.DISCONNECTED);
    rig.advance(11);
    rig.second.connect(STOCKS);
    rig.advance(1);
    rig.first.connect(STOCKS);
    rig.advance(25);
    assertThat(told.events())
        .extracting(ILoggingEvent::getFormattedMessage)
        .hasSize(2)
        .last()
        .asString()
        .contains("from: second, to: first, reason: first comes first");
  }
}
