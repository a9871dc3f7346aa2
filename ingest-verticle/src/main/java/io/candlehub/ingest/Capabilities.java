package io.candlehub.ingest;

import io.candlehub.model.AssetClass;
import io.candlehub.model.feed.Channel;
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

  /** Returns true if it answers that kind of question. */
  public boolean has(Feature feature) {
    return questions.contains(feature);
  }
}
