package io.candlehub.simulator.rest;

import io.candlehub.simulator.fault.Fault;
import io.candlehub.simulator.fault.FaultBoard;
import io.candlehub.simulator.fault.FaultKind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Commits the faults that hit the contents of documents: empties them, or makes them poor. Confined to one event loop. */
public final class Damage {
  private static final List<String> COUNTS = List.of("resultsCount", "queryCount", "count");
  private static final String[][] SIDES = {{"bid", "ask"}, {"p", "P"}, {"bid_price", "ask_price"}};

  private final FaultBoard faults;
  private long dice = 7;

  /** Creates it over the faults in force. */
  public Damage(FaultBoard faults) {
    this.faults = faults;
  }

  /** Returns an answer to a path as the faults in force leave it. */
  public Answer of(Answer answer, String path) {
    if (faults.isEmpty() || answer.status() != 200 || !answer.body().startsWith("{")) {
      return answer;
    }
    if (faults.strike(FaultKind.EMPTY, fault -> fault.concernsPath(path)).isPresent()) {
      JsonObject body = new JsonObject(answer.body());
      empty(body, path.startsWith("/v1/markets/"));
      return Answer.json(body);
    }
    Optional<Fault> poor = faults.strike(FaultKind.POOR, fault -> fault.concernsPath(path));
    if (poor.isEmpty()) {
      return answer;
    }
    JsonObject body = new JsonObject(answer.body());
    impoverish(body, poor.get().percent());
    return Answer.json(body);
  }

  private static void empty(JsonObject body, boolean wrapped) {
    if (wrapped) {
      List.copyOf(body.fieldNames()).forEach(body::putNull);
      return;
    }
    body.remove("next_url");
    for (String count : COUNTS) {
      if (body.containsKey(count)) {
        body.put(count, 0);
      }
    }
    for (String name : List.of("results", "tickers")) {
      if (body.getValue(name) instanceof JsonArray) {
        body.put(name, new JsonArray());
      } else if (body.containsKey(name)) {
        body.put(name, new JsonObject());
      }
    }
  }

  private void impoverish(Object value, double percent) {
    if (value instanceof JsonArray list) {
      for (int i = 0; i < list.size(); i++) {
        impoverish(list.getValue(i), percent);
      }
    } else if (value instanceof JsonObject object) {
      object.fieldNames().forEach(name -> impoverish(object.getValue(name), percent));
      if (roll() * 100 < percent) {
        spoil(object);
      }
    }
  }

  private static void spoil(JsonObject object) {
    object.remove("implied_volatility");
    if (object.containsKey("greeks")) {
      object.putNull("greeks");
    }
    for (String[] side : SIDES) {
      Object low = object.getValue(side[0]);
      Object high = object.getValue(side[1]);
      if (low instanceof Number && high instanceof Number) {
        object.put(side[0], high).put(side[1], low);
      }
    }
  }

  private double roll() {
    dice = dice * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
    return (dice >>> 11) * 0x1.0p-53;
  }
}
