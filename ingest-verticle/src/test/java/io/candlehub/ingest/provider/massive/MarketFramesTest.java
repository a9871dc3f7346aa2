package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.ingest.FeedMeters;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.AggregateEvent.Span;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.TradeEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class MarketFramesTest {
  private static final Instrument CALL = Instrument.of("O:SPY251219C00650000");
  private static final Instrument SPX = Instrument.of("I:SPX");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FrameParser parser = new FrameParser(new FeedMeters(registry, "massive"));

  @Test
  void shouldReadWhatOptionsAndIndicesSend() {
    byte[] bytes = Payload.text("options.mixed").getBytes(StandardCharsets.UTF_8);

    assertThat(parser.parse(bytes, bytes.length).events())
        .containsExactly(
            new TradeEvent(CALL, 1764600605333L, 651921857, 302, 12.45, 3, List.of(227)),
            new QuoteEvent(CALL, 1764600605351L, 0, 844090872, 12.40, 17, 12.50, 24),
            new AggregateEvent(
                Span.MINUTE,
                CALL,
                1764600600000L,
                1764600660000L,
                12.4,
                12.45,
                12.4,
                12.45,
                12,
                12.43,
                5012),
            new QuoteEvent(
                Instrument.of("O:SPXW251219P06500000"),
                1764600605400L,
                0,
                0,
                Double.NaN,
                0,
                0.05,
                900),
            new AggregateEvent(
                Span.SECOND,
                SPX,
                1764600605000L,
                1764600606000L,
                6530.9,
                6532.0,
                6530.4,
                6531.2,
                0,
                Double.NaN,
                Double.NaN),
            new TradeEvent(SPX, 1764600605000L, 0, 0, 6531.27, 0, List.of()));
    assertThat(registry
            .get("candlehub.ingest.events")
            .tag("kind", "ignored")
            .counter()
            .count())
        .isEqualTo(1);
    assertThat(registry.get("candlehub.ingest.violations").counters())
        .allSatisfy(counter -> assertThat(counter.count()).isZero());
  }
}
