package io.candlehub.ingest;

import io.candlehub.model.AssetClass;
import io.candlehub.model.feed.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a provider has. What is not named here is answered with {@code UNSUPPORTED}, and is never made up.
 *
 * @param streams channels it streams, by asset class
 * @param history lengths of the bars it keeps, by asset class
 * @param snapshots asset classes of which it tells the present values of several instruments at once
 * @param questions what else it answers
 */
public record Capabilities(
    Map<AssetClass, Set<Channel>> streams,
    Map<AssetClass, Set<HistoryUnit>> history,
    Set<AssetClass> snapshots,
    Set<Feature> questions) {
  /** Something a provider may or may not answer. */
  public enum Feature {
    /** Search in reference data. */
    SEARCH,
    /** One listing of the reference data. */
    LISTING,
    /** Splits. */
    SPLITS,
    /** What the market does. */
    MARKET_STATUS,
    /** Expirations and option chains. */
    CHAINS,
    /** Greeks and implied volatilities within chains. */
    GREEKS,
    /** Single trades of options, of which unusual flow is found. */
    FLOW,
    /** Past trades of an instrument. */
    TRADES,
    /** Indicators over its own bars. */
    INDICATORS
  }

  /** Copies the collections. */
  public Capabilities {
    streams = Map.copyOf(streams);
    history = Map.copyOf(history);
    snapshots = Set.copyOf(snapshots);
    questions = Set.copyOf(questions);
  }

  /** Returns true if a channel of an asset class is streamed. */
  public boolean streams(AssetClass assetClass, Channel channel) {
    return streams.getOrDefault(assetClass, Set.of()).contains(channel);
  }

  /** Returns true if bars of a length are kept. */
  public boolean keeps(AssetClass assetClass, HistoryUnit unit) {
    return history.getOrDefault(assetClass, Set.of()).contains(unit);
  }

  /** Returns true if there is anything of an asset class. */
  public boolean covers(AssetClass assetClass) {
    return streams.containsKey(assetClass)
        || history.containsKey(assetClass)
        || snapshots.contains(assetClass);
  }

  /** Returns what several providers have together. */
  public static Capabilities union(List<Capabilities> all) {
    Map<AssetClass, Set<Channel>> streams = new EnumMap<>(AssetClass.class);
    Map<AssetClass, Set<HistoryUnit>> history = new EnumMap<>(AssetClass.class);
    Set<AssetClass> snapshots = EnumSet.noneOf(AssetClass.class);
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    for (Capabilities each : all) {
      each.streams.forEach((assetClass, channels) -> streams
          .computeIfAbsent(assetClass, none -> EnumSet.noneOf(Channel.class))
          .addAll(channels));
      each.history.forEach((assetClass, units) -> history
          .computeIfAbsent(assetClass, none -> EnumSet.noneOf(HistoryUnit.class))
          .addAll(units));
      snapshots.addAll(each.snapshots);
      features.addAll(each.questions);
    }
    return new Capabilities(streams, history, snapshots, features);
  }

  /** Returns the answer to {@code ingest.capabilities}: the lengths of bars that are kept, by market. */
  JsonObject toJson() {
    JsonObject bars = new JsonObject();
    for (AssetClass assetClass : AssetClass.values()) {
      if (covers(assetClass)) {
        JsonArray units = new JsonArray();
        history.getOrDefault(assetClass, Set.of()).stream()
            .sorted()
            .forEach(unit -> units.add(unit.wireName()));
        bars.put(assetClass.market(), units);
      }
    }
    return new JsonObject().put("bars", bars);
  }

  /** Returns true if it answers that kind of question. */
  public boolean has(Feature feature) {
    return questions.contains(feature);
  }
}
