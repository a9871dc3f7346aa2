package io.candlehub.ingest.hybrid;

import io.candlehub.model.AssetClass;
import io.candlehub.model.feed.QuoteEvent;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What is thought of the quotes that one account streams, market by market. Confined to one event loop. */
final class TrustedQuotes {
  private final Map<AssetClass, QuoteTrust> trusts = new EnumMap<>(AssetClass.class);

  TrustedQuotes(long now) {
    Stream.of(AssetClass.values()).forEach(each -> trusts.put(each, new QuoteTrust(now)));
  }

  /** Counts a quote. */
  void see(QuoteEvent quote) {
    trusts.get(quote.instrument().assetClass()).see(quote);
  }

  /**
   * Judges what came.
   *
   * @param changed is told each market whose quotes are trusted no more, or again
   */
  void look(long now, Consumer<AssetClass> changed) {
    trusts.forEach((assetClass, trust) -> {
      if (trust.look(now)) {
        changed.accept(assetClass);
      }
    });
  }

  /** Returns true if the quotes of a kind of instrument are not to be trusted. */
  boolean isDistrusted(AssetClass assetClass) {
    return trusts.get(assetClass).isLost();
  }
}
