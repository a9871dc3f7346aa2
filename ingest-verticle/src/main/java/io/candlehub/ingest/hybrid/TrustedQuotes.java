package io.candlehub.ingest.hybrid;

import io.candlehub.model.AssetClass;
import io.candlehub.model.feed.QuoteEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is thought of the quotes that one account streams, market by market. It tells the account, which counts and logs it,
 * and has the words for others. Confined to one event loop.
 */
final class TrustedQuotes {
  private final Map<AssetClass, QuoteTrust> trusts = new EnumMap<>(AssetClass.class);
  private Optional<Account> account = Optional.empty();

  TrustedQuotes(long now) {
    Stream.of(AssetClass.values()).forEach(each -> trusts.put(each, new QuoteTrust(now)));
  }

  /** Returns what statuses say while quotes of some accounts are not to be trusted. */
  static String words(Collection<String> ids) {
    return "the quotes of " + String.join(", ", ids) + " are not to be trusted";
  }

  /** Sets whose quotes they are; until then nothing is judged. */
  void open(Account opened) {
    account = Optional.of(opened);
  }

  /** Counts a quote. */
  void see(QuoteEvent quote) {
    trusts.get(quote.instrument().assetClass()).see(quote);
  }

  /** Judges what came, and returns the markets whose quotes are trusted no more, or again. */
  List<AssetClass> look(long now) {
    return account.map(judged -> look(judged, now)).orElse(List.of());
  }

  private List<AssetClass> look(Account judged, long now) {
    List<AssetClass> changed = new ArrayList<>();
    trusts.forEach((assetClass, trust) -> {
      if (trust.look(now)) {
        changed.add(assetClass);
        judged.judged(assetClass.market(), trust.isLost());
      }
    });
    return changed;
  }

  /** Returns true if the quotes of a kind of instrument are not to be trusted. */
  boolean isDistrusted(AssetClass assetClass) {
    return trusts.get(assetClass).isLost();
  }

  /** Returns true if the quotes of a market are not to be trusted. */
  boolean isDistrusted(String market) {
    return trusts.keySet().stream()
        .anyMatch(each -> each.market().equals(market) && isDistrusted(each));
  }

  /** Returns true if there is trust to regain, which may come of silence. */
  boolean isAnyDistrusted() {
    return trusts.values().stream().anyMatch(QuoteTrust::isLost);
  }
}
