package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.IngestLink;
import io.candlehub.bus.VertxScheduler;
import io.candlehub.demand.DemandReport;
import io.candlehub.demand.TopicChange;
import io.candlehub.model.Instrument;
import io.candlehub.model.feed.Channel;
import io.candlehub.model.feed.Topic;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DemandUplinkTest {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final BlockingQueue<Message<JsonObject>> told = new LinkedBlockingQueue<>();
  private final DemandUplink uplink = new DemandUplink(
      "node",
      new IngestLink(
          vertx.eventBus(),
          HubVerticle.alone(InstantSource.system()),
          new VertxScheduler(vertx),
          "massive"),
      new VertxScheduler(vertx));

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void serve() {
    vertx
        .eventBus()
        .<JsonObject>consumer(Addresses.INGEST_DEMAND, told::add)
        .completion()
        .await();
  }

  private void run(Runnable task) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(ignored -> {
      task.run();
      uplink.tell();
      done.complete();
    });
    done.future().await();
  }

  private void want(String symbol, Channel... channels) {
    run(() -> uplink.put(Instrument.of(symbol), Set.of(channels)));
  }

  private static TopicChange others(Message<JsonObject> message) {
    return DemandReport.from(message.body()).sets().get(DemandReport.OTHERS);
  }

  @Test
  void shouldTellChangesTogetherAfterTheAnswerAndNotWhatIsKnown() throws InterruptedException {
    serve();
    want("SPY", Channel.TRADES);
    Message<JsonObject> first = told.take();
    want("QQQ", Channel.TRADES, Channel.QUOTES);
    want("QQQ", Channel.TRADES);
    want("SPY", Channel.MINUTES);
    first.reply(DemandReport.answer(true));

    assertThat(others(first).added()).containsExactly("trades:SPY");
    Message<JsonObject> second = told.take();
    second.reply(DemandReport.answer(true));
    assertThat(others(second).added()).containsExactlyInAnyOrder("trades:QQQ", "minutes:SPY");
    want("QQQ", Channel.TRADES);
    assertThat(told).isEmpty();
    want("QQQ");
    TopicChange third = others(told.take());
    assertThat(third.version()).isGreaterThan(third.from());
  }

  @Test
  void shouldTellAgainSoonWhatWasNotTaken() throws InterruptedException {
    want("SPY", Channel.TRADES);
    want("SPY");
    want("QQQ", Channel.TRADES);
    serve();

    assertThat(others(told.take()).added()).containsExactly("trades:QQQ");
  }

  @Test
  void shouldKeepTheOrderOfWhatIsRanked() throws InterruptedException {
    serve();
    List<Topic> ranked = List.of(
        new Topic(Channel.QUOTES, Instrument.of("O:SPY251219P00650000")),
        new Topic(Channel.QUOTES, Instrument.of("O:SPY251219C00650000")));
    run(() -> uplink.rank(ranked));

    TopicChange change = DemandReport.from(told.take().body()).sets().get(DemandReport.RANKED);
    assertThat(change.added())
        .containsExactly("quotes:O:SPY251219P00650000", "quotes:O:SPY251219C00650000");
  }
}
