package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.ChartJsonReader;
import io.candlehub.model.Bar;
import io.candlehub.model.ChartMessage;
import io.candlehub.model.ChartSnapshot;
import io.candlehub.model.ChartUpdate;
import io.candlehub.model.Interval;
import io.candlehub.model.StreamKey;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** A reader of one chart's stream that knows nothing but the contract, as a gateway is. Safe to use from any thread. */
final class BusClient {
  private final Vertx vertx;
  private final StreamKey key;
  private final TreeMap<Long, Bar> bars = new TreeMap<>();
  private final Set<String> epochs = new HashSet<>();
  private final List<ChartUpdate> held = new ArrayList<>();
  private String epoch = "";
  private long seq = -1;
  private long highestTerm;
  private boolean asking;
  private int snapshots;
  private int holes;
  private int updates;
  private int backward;
  private final List<String> shrunk = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();
  private final List<Interval> intervals = new ArrayList<>();

  BusClient(Vertx vertx, StreamKey key) {
    this.vertx = vertx;
    this.key = key;
    vertx.eventBus().<Buffer>consumer(Addresses.chart(key), this::heard);
    ask();
  }

  private synchronized void heard(Message<Buffer> message) {
    long term = Long.parseLong(message.headers().get("term"));
    backward += term < highestTerm ? 1 : 0;
    highestTerm = Math.max(highestTerm, term);
    ChartUpdate update = (ChartUpdate) ChartJsonReader.read(message.body());
    updates++;
    reasons.add(update.health().reason());
    if (asking) {
      held.add(update);
    } else {
      apply(update);
    }
  }

  private void apply(ChartUpdate update) {
    if (!update.epoch().equals(epoch) || update.fromSeq() > seq) {
      holes++;
      ask();
      return;
    }
    if (update.seq() >= seq) {
      put(update);
    }
  }

  private void put(ChartMessage message) {
    seq = message.seq();
    intervals.addAll(message.intervals());
    for (Bar bar : message.bars()) {
      Bar former = bars.put(bar.startMillis(), bar);
      if (former != null && bar.volume() < former.volume()) {
        shrunk.add("term " + highestTerm + ": " + former + " became " + bar);
      }
      if (former != null && former.isFinal()) {
        assertThat(bar.isFinal()).isTrue();
        assertThat(bar.revision()).isGreaterThanOrEqualTo(former.revision());
      }
    }
  }

  private void ask() {
    asking = true;
    JsonObject question = new JsonObject()
        .put("symbol", key.instrument().symbol())
        .put("timeframe", key.timeframe().wireName())
        .put("replica", true);
    if (seq >= 0) {
      question.put("since", new JsonObject().put("epoch", epoch).put("seq", seq));
    }
    vertx
        .eventBus()
        .<Buffer>request(Addresses.COMMAND_CHART, question)
        .onSuccess(this::answered)
        .onFailure(failure -> vertx.setTimer(100, timer -> ask()));
  }

  private synchronized void answered(Message<Buffer> answer) {
    ChartMessage message = ChartJsonReader.read(answer.body());
    asking = false;
    if (message instanceof ChartSnapshot) {
      snapshots++;
      bars.clear();
      epoch = message.epoch();
      epochs.add(epoch);
    }
    put(message);
    List<ChartUpdate> waiting = List.copyOf(held);
    held.clear();
    waiting.forEach(this::apply);
  }

  synchronized List<Bar> bars() {
    return List.copyOf(bars.values());
  }

  /** Returns all stretches without bars that were ever told. */
  synchronized List<Interval> intervals() {
    return List.copyOf(intervals);
  }

  /** Returns why each update was not all well, empty where it was. */
  synchronized List<String> reasons() {
    return List.copyOf(reasons);
  }

  synchronized int epochs() {
    return epochs.size();
  }

  synchronized int snapshots() {
    return snapshots;
  }

  synchronized int holes() {
    return holes;
  }

  synchronized int updates() {
    return updates;
  }

  /** Returns which bars got less volume than before, as if something was forgotten. */
  synchronized List<String> shrunk() {
    return List.copyOf(shrunk);
  }

  synchronized int backward() {
    return backward;
  }
}
