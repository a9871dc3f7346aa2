package io.candlehub.ingest;

/** A provider's checked configuration, from which its connections are opened. */
public interface ProviderConfig {
  /** Returns the provider's id. */
  String id();

  /** Creates the provider; it connects when something is demanded. */
  MarketDataProvider open(ProviderContext context);
}
