package io.candlehub.gateway.stream;

import io.candlehub.model.Instrument;
import io.candlehub.model.OptionContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * The gateway's copy of one expiration of a chain: the newest form of every leg as the hub wrote it, with the position
 * of its last change, so that any reader can be continued from any position (architecture §6).
 *
 * <p>Pure; confined to the gateway's event loop.
 */
final class ChainReplica {
  private static final String LIVE = "live";
  private static final String EXPIRATIONS = "expirations";
  private static final String SPOT = "spot";
  private static final String WINDOW = "window";
  private static final String WINDOW_WANTED = "windowWanted";
  private static final String QUALITY = "quality";

  private final String underlying;
  private final LocalDate expiration;
  private final Map<String, Place> places = new HashMap<>();
  private final TreeMap<Place, Leg> legs = new TreeMap<>();
  private final Map<String, Long> removed = new HashMap<>();
  private JsonObject head = new JsonObject();
  private List<String> window = List.of();
  private OptionalInt windowWanted = OptionalInt.empty();
  private boolean windowTold;
  private long headSeq;
  private long seq;
  private int generation;

  /** Where a leg stands in its chain. */
  private record Place(String root, double strike, String right) implements Comparable<Place> {
    private static final Comparator<Place> ORDER = Comparator.comparing(Place::root)
        .thenComparingDouble(Place::strike)
        .thenComparing(Place::right);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** A leg and when it changed last. */
  private record Leg(String symbol, JsonObject json, long seq) {}

  ChainReplica(String underlying, LocalDate expiration) {
    this.underlying = underlying;
    this.expiration = expiration;
  }

  LocalDate expiration() {
    return expiration;
  }

  /**
   * Takes the hub's answer: legs that are as they were known stay unchanged; if one is gone, readers begin anew. An answer
   * without any leg does not blank what is known.
   *
   * @return true if anything is new
   */
  boolean merge(JsonObject chain) {
    long before = seq;
    seq++;
    Set<String> present = new HashSet<>();
    for (JsonObject leg : flat(chain)) {
      present.add(leg.getString("symbol"));
      put(leg);
    }
    if (!present.isEmpty() && !present.containsAll(places.keySet())) {
      Set<String> gone = new HashSet<>(places.keySet());
      gone.removeAll(present);
      drop(gone);
    }
    describe(chain);
    if (!windowTold) {
      window(live());
    }
    boolean changed = generation == 0 || isChangedSince(before);
    generation = Math.max(1, generation);
    if (!changed) {
      seq = before;
    }
    return changed;
  }

  /** Forgets legs; readers begin anew. */
  private void drop(Set<String> gone) {
    gone.forEach(symbol -> legs.remove(places.remove(symbol)));
    removed.keySet().removeAll(gone);
    generation++;
  }

  private boolean isChangedSince(long before) {
    return headSeq > before || legs.values().stream().anyMatch(leg -> leg.seq > before);
  }

  private static List<JsonObject> flat(JsonObject chain) {
    List<JsonObject> found = new ArrayList<>();
    for (JsonObject group : objects(chain, EXPIRATIONS)) {
      for (JsonObject strike : objects(group, "strikes")) {
        for (String right : List.of("call", "put")) {
          if (strike.getValue(right) instanceof JsonObject leg && isLeg(leg)) {
            found.add(leg);
          }
        }
      }
    }
    return found;
  }

  private static List<JsonObject> objects(JsonObject json, String name) {
    return json.getValue(name) instanceof JsonArray list
        ? list.stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .toList()
        : List.of();
  }

  private static List<String> texts(JsonObject json, String name) {
    return json.getValue(name) instanceof JsonArray list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  private static boolean isLeg(JsonObject leg) {
    return leg.getValue("symbol") instanceof String;
  }

  /** Takes an update that the hub published; if the chain does not have a leg any more, readers begin anew. */
  void apply(JsonObject update) {
    seq++;
    objects(update, "legs").stream().filter(ChainReplica::isLeg).forEach(this::put);
    Set<String> told = new HashSet<>();
    objects(update, "legs").forEach(leg -> told.add(leg.getString("symbol")));
    for (String symbol : texts(update, "removed")) {
      removed.put(symbol, seq);
      if (!told.contains(symbol)) {
        withdraw(symbol);
      }
    }
    Set<String> unlisted = new HashSet<>(texts(update, "unlisted"));
    unlisted.retainAll(places.keySet());
    if (!unlisted.isEmpty()) {
      drop(unlisted);
    }
    windowTold = true;
    window(texts(update, WINDOW));
    windowWanted = update.getValue(WINDOW_WANTED) instanceof Number wanted
        ? OptionalInt.of(wanted.intValue())
        : OptionalInt.empty();
    describe(update);
  }

  private void window(List<String> newer) {
    if (!newer.equals(window)) {
      window = newer;
      headSeq = seq;
    }
    removed.keySet().removeAll(newer);
  }

  /** Takes what a message says of the whole. */
  private void describe(JsonObject message) {
    for (String name : List.of(SPOT, QUALITY)) {
      Object value = message.getValue(name);
      if (value != null && !value.equals(head.getValue(name))) {
        head.put(name, value);
        headSeq = seq;
      }
    }
  }

  private void put(JsonObject json) {
    String symbol = json.getString("symbol");
    Place place = places.get(symbol);
    if (place == null) {
      Optional<OptionContract> contract = Instrument.parse(symbol).flatMap(OptionContract::of);
      if (contract.isEmpty()) {
        return;
      }
      place = place(contract.get());
      places.put(symbol, place);
    }
    Leg known = legs.get(place);
    if (known == null || !known.json.equals(json)) {
      legs.put(place, new Leg(symbol, json, seq));
    }
  }

  private static Place place(OptionContract contract) {
    return new Place(contract.root(), contract.strike(), contract.right().wireName());
  }

  private List<String> live() {
    return legs.values().stream()
        .filter(leg -> leg.json.getBoolean(LIVE, false))
        .map(Leg::symbol)
        .toList();
  }

  /** Says of a leg that what is known of it is not live any more. */
  private void withdraw(String symbol) {
    Place place = places.get(symbol);
    if (place == null || !legs.get(place).json.getBoolean(LIVE, false)) {
      return;
    }
    JsonObject json = legs.get(place).json.copy().put(LIVE, false);
    if (json.getValue(QUALITY) instanceof JsonObject quality) {
      quality.put("isStale", true);
    }
    legs.put(place, new Leg(symbol, json, seq));
  }

  /** Says of all legs that they are not live any more; true if any was. */
  boolean suspend() {
    List<String> live = live();
    if (!live.isEmpty()) {
      seq++;
      live.forEach(this::withdraw);
    }
    return !live.isEmpty();
  }

  /** Returns true if the expiration has a contract. */
  boolean has(String symbol) {
    return places.containsKey(symbol);
  }

  boolean isLive() {
    return legs.values().stream().anyMatch(leg -> leg.json.getBoolean(LIVE, false));
  }

  Position head() {
    return new Position(Integer.toString(generation), seq);
  }

  boolean continues(Position position) {
    return position.epoch().equals(Integer.toString(generation)) && position.seq() <= seq;
  }

  /** Returns the whole: the chain's fields, its one date and the contracts that are live. */
  ChainMessage snapshot() {
    JsonArray groups = new JsonArray();
    String root = null;
    double strike = Double.NaN;
    JsonArray strikes = new JsonArray();
    for (Map.Entry<Place, Leg> entry : legs.entrySet()) {
      Place place = entry.getKey();
      if (!place.root.equals(root)) {
        strikes = new JsonArray();
        strike = Double.NaN;
        root = place.root;
        groups.add(new JsonObject()
            .put("expiration", expiration.toString())
            .put("root", root)
            .put("strikes", strikes));
      }
      if (Double.compare(place.strike, strike) != 0) {
        strike = place.strike;
        strikes.add(new JsonObject().put("strike", number(strike)));
      }
      strikes.getJsonObject(strikes.size() - 1).put(place.right, entry.getValue().json);
    }
    JsonObject body = withWindow(named().put(EXPIRATIONS, groups));
    head.forEach(field -> body.put(field.getKey(), field.getValue()));
    return new ChainMessage(true, body);
  }

  private static Number number(double value) {
    if (value == Math.rint(value)) {
      return (long) value;
    }
    return value;
  }

  private JsonObject named() {
    return new JsonObject().put("underlying", underlying).put("expiration", expiration.toString());
  }

  private JsonObject withWindow(JsonObject body) {
    body.put(WINDOW, new JsonArray(window));
    windowWanted.ifPresent(wanted -> body.put(WINDOW_WANTED, wanted));
    return body;
  }

  /** Returns the newest form of all that changed after a position of this generation. */
  ChainMessage after(long fromSeq) {
    JsonArray changed = new JsonArray();
    legs.values().stream().filter(leg -> leg.seq > fromSeq).forEach(leg -> changed.add(leg.json));
    JsonArray gone = new JsonArray();
    removed.entrySet().stream()
        .filter(entry -> entry.getValue() > fromSeq)
        .map(Map.Entry::getKey)
        .sorted()
        .forEach(gone::add);
    JsonObject body = withWindow(named().put("legs", changed)).put("removed", gone);
    if (headSeq > fromSeq) {
      head.forEach(field -> body.put(field.getKey(), field.getValue()));
    }
    return new ChainMessage(false, body);
  }
}
