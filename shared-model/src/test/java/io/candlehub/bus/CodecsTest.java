package io.candlehub.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.model.BarBlock;
import io.candlehub.model.Instrument;
import io.candlehub.model.Origin;
import io.candlehub.model.feed.AggregateEvent;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.FeedBatch;
import io.candlehub.model.feed.FeedParcel;
import io.candlehub.model.feed.FeedStatus;
import io.candlehub.model.feed.HaltEvent;
import io.candlehub.model.feed.QuoteEvent;
import io.candlehub.model.feed.Topic;
import io.candlehub.model.feed.TopicStatus;
import io.candlehub.model.feed.TradeEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CodecsTest {
  private static final Instrument SPY = Instrument.of("SPY");

  @Test
  void shouldReadBackEveryFeedEvent() {
    FeedBatch batch = new FeedBatch(
        "massive",
        1_700_000_000_000L,
        63,
        41,
        1_700_000_000_123L,
        List.of(
            new AggregateEvent(
                AggregateEvent.Span.SECOND, SPY, 1_000, 2_000, 1, 2, 1, 2, 10.5, Double.NaN, 99),
            new AggregateEvent(
                AggregateEvent.Span.MINUTE, SPY, 60_000, 120_000, 1, 2, 1, 2, 10, 1.5, Double.NaN),
            new QuoteEvent(SPY, 1_234, 999_999, 88, 1.1, 3, Double.NaN, 0),
            new TradeEvent(SPY, 1_235, 250_001, 17, 11, 1.1, 0.5, List.of(14, 41), true),
            new TradeEvent(SPY, 1_236, 18, 11, 1.1, 0, List.of()),
            new TradeEvent(SPY, 1_236, 0, 19, 0, 1.1, 5, List.of(), false),
            new HaltEvent(SPY, 1_237, true),
            new FeedStatus(
                "massive",
                "stocks",
                FeedStatus.State.MUTE,
                "no data",
                900_000,
                Set.of("quotes"),
                5),
            new TopicStatus(
                new Topic(Channel.MINUTES, Instrument.of("BRK.B")), TopicStatus.State.READY),
            new TopicStatus(
                new Topic(Channel.QUOTES, SPY),
                TopicStatus.State.READY,
                new Origin("tradier", "unhealthy"))));
    FeedBatch position =
        new FeedBatch("massive", 7, FeedBatch.EVERY_SHARD, 9, 1_700_000_000_124L, List.of());
    FeedParcel parcel = new FeedParcel(List.of(batch, position));
    Buffer wire = Buffer.buffer("head");

    new FeedParcelCodec().encodeToWire(wire, parcel);

    assertThat(new FeedParcelCodec().decodeFromWire(4, wire)).isEqualTo(parcel);
  }

  @Test
  void shouldReadBackBarBlock() {
    BarBlock block = new BarBlock.Builder(1)
        .add(60_000, 1, 2, 0.5, 1.5, 100.25, Double.NaN, -1)
        .add(120_000, 1, 2, 0.5, 1.5, 100, 1.25, 7)
        .build();
    Buffer wire = Buffer.buffer();

    new BarBlockCodec().encodeToWire(wire, block);
    BarBlock read = new BarBlockCodec().decodeFromWire(0, wire);

    assertThat(read.size()).isEqualTo(2);
    assertThat(read.volume(0)).isEqualTo(100.25);
    assertThat(read.vwap(0)).isNaN();
    assertThat(read.trades(0)).isEqualTo(-1);
    assertThat(read.vwap(1)).isEqualTo(1.25);
  }

  @Test
  void shouldReadBackEncodedHistory() {
    EncodedHistory history = new EncodedHistory(
        Buffer.buffer("{\"bars\":["),
        List.of(Buffer.buffer("1,2"), Buffer.buffer("3")),
        List.of(),
        Buffer.buffer("\"a\":1"),
        OptionalLong.of(7));
    Buffer wire = Buffer.buffer("head");
    new EncodedHistoryCodec().encodeToWire(wire, history);
    EncodedHistory read = new EncodedHistoryCodec().decodeFromWire(4, wire);

    assertThat(read).isEqualTo(history);
    assertThat(read.toBuffer())
        .hasToString("{\"bars\":[1,2,3],\"intervals\":[],\"a\":1,\"nextFrom\":7}");
    assertThat(read.length()).isEqualTo(read.toBuffer().length());
  }

  @Test
  void shouldKeepFailureAcrossTheBus() {
    ReplyException wire =
        new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 429, "RATE_LIMITED|5000|slow | down");

    FailureException failure = FailureException.of(wire);

    assertThat(failure.code()).isEqualTo(Failure.RATE_LIMITED);
    assertThat(failure.retryAfterMillis()).isEqualTo(5_000);
    assertThat(failure.getMessage()).isEqualTo("slow | down");
    assertThat(failure.toJson().getBoolean("retryable")).isTrue();
  }

  @Test
  void shouldHideUnknownFailures() {
    assertThat(FailureException.of(new IllegalStateException("secret")).toJson().encode())
        .doesNotContain("secret")
        .contains("INTERNAL");
    assertThat(FailureException.of(new ReplyException(ReplyFailure.TIMEOUT)).code())
        .isEqualTo(Failure.UNAVAILABLE);
    assertThat(FailureException.of(new ReplyException(ReplyFailure.RECIPIENT_FAILURE, -1, "boom"))
            .code())
        .isEqualTo(Failure.INTERNAL);
  }
}
