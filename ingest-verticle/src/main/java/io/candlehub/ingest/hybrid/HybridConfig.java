package io.candlehub.ingest.hybrid;

import io.candlehub.ingest.MarketDataProvider;
import io.candlehub.ingest.ProviderConfig;
import io.candlehub.ingest.ProviderContext;
import java.util.List;

/**
 * Several accounts as one provider.
 *
 * @param accounts their configurations, the preferred first
 */
public record HybridConfig(List<ProviderConfig> accounts) implements ProviderConfig {
  /** Copies the list. */
  public HybridConfig {
    accounts = List.copyOf(accounts);
    if (accounts.size() < 2) {
      throw new IllegalArgumentException("an account alone needs no other to take its place");
    }
  }

  /** Returns the first account's id, so that another account beside it changes neither lease nor market. */
  @Override
  public String id() {
    return accounts.get(0).id();
  }

  @Override
  public MarketDataProvider open(ProviderContext context) {
    return HybridProvider.open(accounts, context);
  }
}
