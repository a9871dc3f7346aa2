package io.candlehub.examples;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChartJsonReader;
import io.candlehub.bus.FailureException;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.StreamKey;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes one stream without losing or doubling a change: asks for the chart, then takes updates that continue what it
 * has, and asks for what it missed where one does not. Hubs may come, go and be replaced meanwhile. Confined to its event
 * loop.
 */
final class StreamConsumer extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(StreamConsumer.class);
  private static final long LEASE_MILLIS = 15_000;
  private static final long RENEWAL_MILLIS = 5_000;
  private static final long TIMEOUT_MILLIS = 10_000;
  private static final long RETRY_MILLIS = 500;

  private final StreamKey stream;
  private final String owner;
  private final Consumer<ChartMessage> sink;
  private final List<ChartUpdate> waiting = new ArrayList<>();
  private String epoch = "";
  private long seq;
  private long term;
  private boolean asking;

  /**
   * Creates a consumer.
   *
   * @param owner in whose name the stream is demanded; unique in the cluster
   * @param sink takes the snapshot and every update that continues it
   */
  StreamConsumer(StreamKey stream, String owner, Consumer<ChartMessage> sink) {
    this.stream = stream;
    this.owner = owner;
    this.sink = sink;
  }

  @Override
  public Future<?> start() {
    // Listening comes first, so that nothing is missed between the chart and the first update.
    return Future.all(
            vertx.eventBus().consumer(Addresses.chart(stream), this::published).completion(),
            // A hub that takes over does not know yet who wants what.
            vertx
                .eventBus()
                .consumer(Addresses.HUB_OWNER, taken -> demand(true))
                .completion())
        .onSuccess(listening -> {
          ask();
          demand(true);
          vertx.setPeriodic(RENEWAL_MILLIS, timer -> demand(true));
        });
  }

  @Override
  public Future<?> stop() {
    return demand(false);
  }

  /** Says what is wanted: the complete set, for a while, which renewal prolongs. The empty set ends it. */
  private Future<Void> demand(boolean isWanted) {
    JsonArray topics = new JsonArray();
    if (isWanted) {
      topics.add(Addresses.chart(stream));
    }
    JsonObject question =
        new JsonObject().put("owner", owner).put("topics", topics).put("leaseMs", LEASE_MILLIS);
    return vertx
        .eventBus()
        .request(
            Addresses.COMMAND_DEMAND,
            question,
            new DeliveryOptions().setSendTimeout(RENEWAL_MILLIS))
        .<Void>mapEmpty()
        .onFailure(cause -> LOG.warn(
            "demand not accepted [cause: {}]", FailureException.of(cause).getMessage()));
  }

  /** Asks for the chart, or for what changed after the position held. */
  private void ask() {
    asking = true;
    JsonObject question = new JsonObject()
        .put("symbol", stream.instrument().symbol())
        .put("timeframe", stream.timeframe().wireName())
        .put("sessionMode", stream.sessionMode().wireName());
    if (!epoch.isEmpty()) {
      question.put("since", new JsonObject().put("epoch", epoch).put("seq", seq));
    }
    vertx
        .eventBus()
        .<Buffer>request(
            Addresses.COMMAND_CHART, question, new DeliveryOptions().setSendTimeout(TIMEOUT_MILLIS))
        .map(answer -> ChartJsonReader.read(answer.body()))
        .onSuccess(this::answered)
        .onFailure(cause -> {
          FailureException failure = FailureException.of(cause);
          LOG.warn("no chart yet [code: {}, cause: {}]", failure.code(), failure.getMessage());
          vertx.setTimer(Math.max(RETRY_MILLIS, failure.retryAfterMillis()), timer -> ask());
        });
  }

  private void answered(ChartMessage chart) {
    asking = false;
    if (chart instanceof ChartSnapshot) {
      LOG.info(
          "begins [bars: {}, epoch: {}, seq: {}]", chart.bars().size(), chart.epoch(), chart.seq());
    }
    take(chart);
    List<ChartUpdate> heard = List.copyOf(waiting);
    waiting.clear();
    heard.forEach(this::heard);
  }

  private void published(Message<Buffer> message) {
    long sentUnder = Long.parseLong(message.headers().get("term"));
    if (sentUnder < term) {
      // A hub that was replaced and does not know it yet.
      return;
    }
    term = sentUnder;
    if (ChartJsonReader.read(message.body()) instanceof ChartUpdate update) {
      heard(update);
    }
  }

  private void heard(ChartUpdate update) {
    if (asking) {
      waiting.add(update);
    } else if (!update.epoch().equals(epoch) || update.fromSeq() > seq) {
      LOG.info("missed something [seq: {}, fromSeq: {}]", seq, update.fromSeq());
      waiting.add(update);
      ask();
    } else if (update.seq() > seq) {
      take(update);
    }
  }

  private void take(ChartMessage message) {
    epoch = message.epoch();
    seq = message.seq();
    sink.accept(message);
  }
}
