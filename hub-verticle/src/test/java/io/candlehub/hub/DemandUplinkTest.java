package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.IngestLink;
import io.candlehub.bus.VertxScheduler;
import io.candlehub.model.Instrument;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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

  private void want(String symbol) {
    Promise<Void> wanted = Promise.promise();
    context.runOnContext(ignored -> {
      uplink.want(Wanted.NOTHING, Set.of(Instrument.parse(symbol).orElseThrow()), List.of());
      wanted.complete();
    });
    wanted.future().await();
  }

  private static JsonArray topics(Message<JsonObject> message) {
    return message.body().getJsonArray("topics");
  }

  @Test
  void shouldNotTellAnOlderDemandAfterANewerOne() throws InterruptedException {
    serve();
    want("SPY");
    Message<JsonObject> first = told.take();
    want("QQQ");
    want("IWM");
    first.reply(new JsonObject());

    assertThat(topics(first)).containsExactly("trades:SPY");
    assertThat(topics(told.take())).containsExactly("trades:IWM");
    assertThat(told).isEmpty();
  }

  @Test
  void shouldTellAgainSoonWhatWasNotTaken() throws InterruptedException {
    want("SPY");
    want("QQQ");
    serve();

    assertThat(topics(told.take())).containsExactly("trades:QQQ");
  }

  @Test
  void shouldTellTheMostImportantFirstAndNoOptionThatIsNotLive() throws InterruptedException {
    serve();
    Instrument spy = Instrument.of("SPY");
    Instrument call = Instrument.of("O:SPY251219C00650000");
    Instrument put = Instrument.of("O:SPY251219P00650000");
    Instrument left = Instrument.of("O:SPY251219P00600000");
    Wanted wanted = new Wanted(Map.of(), Set.of(spy, call, left), Set.of(left), Set.of());
    Promise<Void> told = Promise.promise();
    context.runOnContext(ignored -> {
      uplink.want(wanted, Set.of(), List.of(put.symbol(), call.symbol()));
      told.complete();
    });
    told.future().await();

    assertThat(topics(this.told.take()))
        .containsExactly(
            "quotes:" + put,
            "trades:" + put,
            "quotes:" + call,
            "trades:" + call,
            "seconds:" + call,
            "quotes:SPY",
            "seconds:SPY");
  }
}
