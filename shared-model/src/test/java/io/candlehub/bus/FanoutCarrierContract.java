package io.candlehub.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link FanoutCarrier} promises. */
@Timeout(60)
public abstract class FanoutCarrierContract {
  private static final String CHART = "md.chart.1m.SPY";
  private static final String QUOTE = "md.quote.BRK.B";

  /** Returns the carrier of the node that publishes. */
  protected abstract FanoutCarrier publisher();

  /** Returns the carrier of a node that listens. */
  protected abstract FanoutCarrier listener();

  /** Returns the carrier of another node that listens. */
  protected abstract FanoutCarrier otherListener();

  /** Returns what runs the contexts of listeners. */
  protected abstract Vertx vertx();

  /** Listens, and waits until what is published is heard. */
  protected final Heard hear(FanoutCarrier carrier, String address) throws Exception {
    Heard heard = new Heard(carrier, address);
    heard.subscription().completion().await(10, TimeUnit.SECONDS);
    return heard;
  }

  /** Publishes {@code {"n": number}} with the number as header too. */
  protected static void publish(FanoutCarrier carrier, String address, int number) {
    carrier.publish(address, new JsonObject().put("n", number).toBuffer(), headers(number));
  }

  private static MultiMap headers(int number) {
    return MultiMap.caseInsensitiveMultiMap().add("seq", Integer.toString(number));
  }

  @Test
  void shouldKeepTheOrderOfAnAddress() throws Exception {
    List<String> addresses = List.of(CHART, "md.chart.1s.SPY", QUOTE);
    List<Heard> heard = new ArrayList<>();
    for (String address : addresses) {
      heard.add(hear(listener(), address));
    }

    for (int n = 0; n < 3_000; n++) {
      publish(publisher(), addresses.get(n % 3), n);
    }

    for (int at = 0; at < 3; at++) {
      for (int n = at; n < 3_000; n += 3) {
        assertThat(heard.get(at).next()).isEqualTo(n);
      }
    }
  }

  @Test
  void shouldDeliverOneCopyToEachHandler() throws Exception {
    List<Heard> heard = List.of(
        hear(listener(), CHART),
        hear(listener(), CHART),
        hear(otherListener(), CHART),
        hear(publisher(), CHART));

    publish(publisher(), CHART, 1);
    publish(publisher(), CHART, 2);

    for (Heard one : heard) {
      assertThat(one.next()).isEqualTo(1);
      assertThat(one.next()).isEqualTo(2);
      assertThat(one.waiting()).isZero();
    }
  }

  @Test
  void shouldDeliverNothingToOthers() throws Exception {
    Heard quotes = hear(listener(), QUOTE);
    Heard longer = hear(listener(), CHART + ".A");
    Heard charts = hear(listener(), CHART);

    publish(publisher(), CHART, 1);
    publish(publisher(), QUOTE, 2);
    publish(publisher(), CHART + ".A", 3);

    assertThat(charts.next()).isEqualTo(1);
    assertThat(quotes.next()).isEqualTo(2);
    assertThat(longer.next()).isEqualTo(3);
    assertThat(charts.waiting() + quotes.waiting() + longer.waiting()).isZero();
  }

  @Test
  void shouldDeliverNothingAfterUnregistering() throws Exception {
    Heard left = hear(listener(), CHART);
    Heard stays = hear(listener(), CHART);
    publish(publisher(), CHART, 1);
    assertThat(left.next()).isEqualTo(1);
    assertThat(stays.next()).isEqualTo(1);

    left.subscription().unregister().await(10, TimeUnit.SECONDS);
    publish(publisher(), CHART, 2);
    assertThat(stays.next()).isEqualTo(2);
    assertThat(left.waiting()).isZero();

    stays.subscription().unregister().await(10, TimeUnit.SECONDS);
    Heard again = hear(listener(), CHART);
    publish(publisher(), CHART, 3);
    assertThat(again.next()).isEqualTo(3);
    assertThat(left.waiting() + stays.waiting() + again.waiting()).isZero();
  }

  @Test
  void shouldSurviveQuickChanges() throws Exception {
    for (int n = 0; n < 50; n++) {
      Heard heard = new Heard(listener(), CHART);
      heard.subscription().unregister();
    }
    Heard last = hear(listener(), CHART);

    publish(publisher(), CHART, 1);

    assertThat(last.next()).isEqualTo(1);
    assertThat(last.waiting()).isZero();
  }

  @Test
  void shouldCarryBigBodies() throws Exception {
    Heard heard = hear(listener(), CHART);
    String text = "candle \u20ac \ud83d\udd6f \"\\\n".repeat(200_000);
    Buffer body = new JsonObject().put("text", text).toBuffer();

    publisher().publish(CHART, body, headers(1));
    publish(publisher(), CHART, 2);

    assertThat(heard.message().body().getBytes()).isEqualTo(body.getBytes());
    assertThat(heard.next()).isEqualTo(2);
  }

  @Test
  void shouldCarryManyAddresses() throws Exception {
    Map<String, Heard> heard = new HashMap<>();
    for (int n = 0; n < 1_000; n++) {
      heard.put("md.quote.S" + n, new Heard(listener(), "md.quote.S" + n));
    }
    for (Heard one : heard.values()) {
      one.subscription().completion().await(10, TimeUnit.SECONDS);
    }

    for (int n = 0; n < 1_000; n++) {
      publish(publisher(), "md.quote.S" + n, n);
    }

    for (int n = 0; n < 1_000; n++) {
      Heard one = heard.get("md.quote.S" + n);
      assertThat(one.next()).isEqualTo(n);
      assertThat(one.waiting()).isZero();
    }
  }

  @Test
  void shouldCarryHeaders() throws Exception {
    Heard heard = hear(listener(), CHART);
    Map<String, String> headers = Map.of(
        "kind",
        "update",
        "epoch",
        "7-a",
        "fromSeq",
        "41",
        "seq",
        "9007199254740991",
        "term",
        "",
        "odd",
        "a\"b\\c\n,}{:\u20ac\ud83d\udd6f");
    Buffer body = Buffer.buffer("{}");

    publisher().publish(CHART, body, MultiMap.caseInsensitiveMultiMap().addAll(headers));

    FanoutMessage message = heard.message();
    assertThat(message.address()).isEqualTo(CHART);
    assertThat(message.body().toString()).isEqualTo("{}");
    assertThat(message.headers().size()).isEqualTo(headers.size());
    headers.forEach((name, value) -> assertThat(message.headers().get(name)).isEqualTo(value));
    assertThat(message.headers().get("FROMSEQ")).isEqualTo("41");
  }

  @Test
  void shouldCarryNoHeaders() throws Exception {
    Heard heard = hear(listener(), CHART);

    publisher().publish(CHART, Buffer.buffer("{\"a\":1}"), MultiMap.caseInsensitiveMultiMap());

    FanoutMessage message = heard.message();
    assertThat(message.headers().isEmpty()).isTrue();
    assertThat(message.body().toString()).isEqualTo("{\"a\":1}");
  }

  @Test
  void shouldCallBackOnTheEventLoopOfTheCaller() throws Exception {
    Promise<Boolean> subscribed = Promise.promise();
    Promise<Boolean> handled = Promise.promise();
    vertx().getOrCreateContext().runOnContext(ignored -> {
      Thread caller = Thread.currentThread();
      FanoutSubscription subscription = listener()
          .subscribe(CHART, message -> handled.tryComplete(Thread.currentThread() == caller));
      subscription
          .completion()
          .onSuccess(done -> subscribed.complete(Thread.currentThread() == caller))
          .onFailure(subscribed::fail);
    });

    assertThat(subscribed.future().await(10, TimeUnit.SECONDS)).isTrue();
    publish(publisher(), CHART, 1);
    assertThat(handled.future().await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void shouldSayThatItIsConnected() {
    assertThat(listener().state().connected()).isTrue();
    assertThat(listener().state().reason()).isEmpty();
    assertThat(listener().state().toJson().getString("state")).isEqualTo("ok");
  }
}
