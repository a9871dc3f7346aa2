package io.candlehub.launcher;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges what a chart of minutes says against what truly happened, as far as the exchange had told it by then: a final
 * bar must be a form that the true bar had, a minute without a bar must be named by what is true of it, or as unknown.
 */
final class Oracle {
  private static final long MINUTE = 60_000;
  private static final List<String> FIELDS = List.of("o", "h", "l", "c", "v");

  /** Within this market time after its end a minute may still be on its way. */
  private static final long ON_ITS_WAY = 90_000;

  private final HubProcess hub;
  private final String symbol;
  private final boolean blind;
  private final Map<Long, List<JsonObject>> forms = new HashMap<>();
  private final TreeMap<Long, JsonObject> living = new TreeMap<>();
  private final List<String> wrongs = new ArrayList<>();
  private long knownToMillis;
  private long barsChecked;
  private long intervalsChecked;

  /**
   * Creates the judge of a symbol from an instant on.
   *
   * @param blind true if the exchange's word on pauses may be lost: then a pause may be called quiet, which is true of it
   */
  Oracle(HubProcess hub, String symbol, long fromMillis, boolean blind) {
    this.blind = blind;
    this.hub = hub;
    this.symbol = symbol;
    knownToMillis = fromMillis / MINUTE * MINUTE;
  }

  List<String> wrongs() {
    return wrongs;
  }

  long barsChecked() {
    return barsChecked;
  }

  long intervalsChecked() {
    return intervalsChecked;
  }

  /** What truly happened in a range, as known at an instant. */
  private JsonObject truth(long from, long to, long asOf) throws IOException, InterruptedException {
    String symbolQuery = "ticker=" + symbol + "&timespan=minute&multiplier=1";
    String range = "&from=" + from + "&to=" + to;
    String instant = asOf > 0 ? "&asOf=" + asOf : "";
    return hub.exchange("/sim/truth?" + symbolQuery + range + instant);
  }

  /** Learns the forms that the bars of the range had: at first and now. */
  JsonObject learn(long from, long now) throws IOException, InterruptedException {
    for (long minute = knownToMillis; minute + MINUTE <= now; minute += MINUTE) {
      note(truth(minute, minute + MINUTE - 1, minute + MINUTE));
      knownToMillis = minute + MINUTE;
    }
    JsonObject newest = truth(from, now, 0);
    note(newest);
    return newest;
  }

  private void note(JsonObject truth) {
    for (JsonObject bar : ClientProcess.list(truth.getJsonArray("bars"))) {
      List<JsonObject> known = forms.computeIfAbsent(bar.getLong("t"), start -> new ArrayList<>());
      if (known.stream().noneMatch(form -> same(form, bar))) {
        known.add(bar);
      }
    }
  }

  private static boolean same(JsonObject one, JsonObject other) {
    return FIELDS.stream().allMatch(field -> one.getDouble(field).equals(other.getDouble(field)));
  }

  /**
   * Judges a chart.
   *
   * @param who whose chart it is
   * @param chart its bars and intervals
   * @param from the first minute judged
   * @param heard market time before the chart was read
   * @param truth what is true now
   */
  void judge(String who, JsonObject chart, long from, long heard, JsonObject truth) {
    TreeMap<Long, JsonObject> held = new TreeMap<>();
    long last = Long.MIN_VALUE;
    for (JsonObject bar : ClientProcess.list(chart.getJsonArray("bars"))) {
      long start = bar.getLong("t");
      if (start <= last) {
        wrong(who, start, "is not after the bar before it");
      }
      last = start;
      held.put(start, bar);
      if (start >= from) {
        bar(who, bar);
      }
    }
    intervals(who, chart, from, truth);
    missing(who, chart, held, from, heard, truth);
  }

  private void bar(String who, JsonObject bar) {
    long start = bar.getLong("t");
    barsChecked++;
    if (!bar.getBoolean("isFinal")) {
      living.put(start, bar);
      return;
    }
    List<JsonObject> known = forms.getOrDefault(start, List.of());
    if (known.isEmpty() && start + MINUTE <= knownToMillis) {
      wrong(who, start, "is invented: " + bar.encode());
    } else if (known.stream().noneMatch(form -> same(form, bar)) && !known.isEmpty()) {
      wrong(who, start, "never was " + bar.encode() + " but " + known);
    }
  }

  /** Bars that were shown while their minute was in progress must lie inside what it came to. */
  void judgeLiving() {
    living.headMap(knownToMillis).forEach((start, bar) -> {
      List<JsonObject> known = forms.getOrDefault(start, List.of());
      boolean inside = known.stream()
          .anyMatch(form -> bar.getDouble("h") <= form.getDouble("h")
              && bar.getDouble("l") >= form.getDouble("l")
              && bar.getDouble("v") <= form.getDouble("v"));
      if (!inside) {
        wrong("live", start, "was shown as " + bar.encode() + " but came to " + known);
      }
    });
    living.headMap(knownToMillis).clear();
  }

  private void intervals(String who, JsonObject chart, long from, JsonObject truth) {
    long now = truth.getLong("marketMillis");
    for (JsonObject interval : ClientProcess.list(chart.getJsonArray("intervals"))) {
      String state = interval.getString("state");
      boolean settled = List.of("quiet", "halted", "closed").contains(state);
      long first = Math.max(from, interval.getLong("from"));
      for (long minute = first; minute < interval.getLong("to") && settled; minute += MINUTE) {
        if (minute + MINUTE > now) {
          break;
        }
        intervalsChecked++;
        String actual = stateOf(truth, minute);
        if (!isTrueOf(state, actual)) {
          wrong(who, minute, "is said to be " + state + " but was " + actual);
        }
      }
    }
  }

  private boolean isTrueOf(String state, String actual) {
    return state.equals(actual) || (blind && actual.equals("halted") && state.equals("quiet"));
  }

  private static String stateOf(JsonObject chart, long minute) {
    JsonArray intervals = chart.getJsonArray("intervals");
    for (int i = 0; i < intervals.size(); i++) {
      JsonObject interval = intervals.getJsonObject(i);
      if (interval.getLong("from") <= minute && interval.getLong("to") > minute) {
        return interval.getString("state");
      }
    }
    return "traded";
  }

  private void missing(
      String who,
      JsonObject chart,
      Map<Long, JsonObject> held,
      long from,
      long heard,
      JsonObject truth) {
    for (JsonObject bar : ClientProcess.list(truth.getJsonArray("bars"))) {
      long start = bar.getLong("t");
      boolean due = start >= from && start + MINUTE + ON_ITS_WAY <= heard;
      if (due && !held.containsKey(start)) {
        String state = stateOf(chart, start);
        if (!state.equals("suspected") && !state.equals("outage")) {
          wrong(who, start, "is missing and called " + state);
        }
      }
    }
  }

  /**
   * Says what differs between a chart and the truth once everything must be known.
   *
   * @param correctedTo what happened later may not be known to have been corrected yet
   */
  List<String> differences(
      JsonObject chart, long from, long to, JsonObject truth, long length, long correctedTo) {
    Map<Long, double[]> expected = rolledUp(truth, from, to, length);
    List<String> found = new ArrayList<>();
    TreeMap<Long, JsonObject> held = new TreeMap<>();
    ClientProcess.list(chart.getJsonArray("bars")).stream()
        .filter(bar -> bar.getLong("t") >= from && bar.getLong("t") + length <= to)
        .forEach(bar -> held.put(bar.getLong("t"), bar));
    expected.forEach((start, values) -> {
      JsonObject bar = held.remove(start);
      if (bar == null) {
        found.add(start + " is missing");
      } else if (!equal(bar, values) && !isBehind(start, start + length, correctedTo)) {
        found.add(start + " is " + bar.encode() + " instead of " + List.of(boxed(values)));
      } else if (!bar.getBoolean("isFinal")) {
        found.add(start + " is not final");
      }
    });
    held.keySet().forEach(start -> found.add(start + " is invented"));
    if (length == MINUTE) {
      for (long minute = from; minute < to; minute += MINUTE) {
        String actual = stateOf(truth, minute);
        boolean traded = actual.equals("traded");
        String said = traded ? "traded" : stateOf(chart, minute);
        if (!isTrueOf(said, actual)) {
          found.add(minute + " is called " + said + " instead of " + actual);
        }
      }
    }
    return found;
  }

  /** Returns true if a minute in [from, to) was corrected and nobody need have said so yet. */
  private boolean isBehind(long from, long to, long correctedTo) {
    return to > correctedTo
        && forms.entrySet().stream()
            .anyMatch(known -> known.getKey() >= from
                && known.getKey() < to
                && known.getValue().size() > 1);
  }

  private static boolean equal(JsonObject bar, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (bar.getDouble(FIELDS.get(i)) != values[i]) {
        return false;
      }
    }
    return true;
  }

  private static Double[] boxed(double[] values) {
    Double[] boxed = new Double[values.length];
    for (int i = 0; i < values.length; i++) {
      boxed[i] = values[i];
    }
    return boxed;
  }

  /** Bars up to an hour lie on the clock's multiples, which are those of the epoch in any zone of whole hours. */
  private static Map<Long, double[]> rolledUp(JsonObject truth, long from, long to, long length) {
    Map<Long, double[]> bars = new TreeMap<>();
    for (JsonObject bar : ClientProcess.list(truth.getJsonArray("bars"))) {
      long start = Math.floorDiv(bar.getLong("t"), length) * length;
      if (start >= from && start + length <= to) {
        bars.merge(
            start,
            new double[] {
              bar.getDouble("o"),
              bar.getDouble("h"),
              bar.getDouble("l"),
              bar.getDouble("c"),
              bar.getDouble("v")
            },
            (one, next) -> new double[] {
              one[0],
              Math.max(one[1], next[1]),
              Math.min(one[2], next[2]),
              next[3],
              one[4] + next[4]
            });
      }
    }
    return bars;
  }

  private void wrong(String who, long minute, String what) {
    wrongs.add(symbol + " " + who + ": " + minute + " " + what);
  }
}
