package io.candlehub.ingest.hybrid;

import io.candlehub.ingest.MarketDataProvider;
import io.candlehub.ingest.ProviderConfig;
import io.candlehub.ingest.ProviderContext;
import java.util.Objects;

/**
 * One account alone, whose health is watched as that of several is.
 *
 * @param account its configuration
 */
public record SoleConfig(ProviderConfig account) implements ProviderConfig {
  /** Checks presence. */
  public SoleConfig {
    Objects.requireNonNull(account, "account");
  }

  @Override
  public String id() {
    return account.id();
  }

  @Override
  public MarketDataProvider open(ProviderContext context) {
    return SoleProvider.open(account, context);
  }
}
