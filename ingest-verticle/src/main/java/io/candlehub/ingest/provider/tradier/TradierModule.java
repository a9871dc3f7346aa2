package io.candlehub.ingest.provider.tradier;

import io.candlehub.ingest.ProviderConfig;
import io.candlehub.ingest.ProviderModule;
import io.candlehub.model.Setting;
import java.util.List;
import java.util.Map;

/** Offers this provider to ingest. */
public final class TradierModule implements ProviderModule {
  static final String ID = "tradier";

  /** Creates the module; called by {@link java.util.ServiceLoader}. */
  public TradierModule() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public List<Setting<?>> settings() {
    return TradierConfig.SETTINGS;
  }

  @Override
  public ProviderConfig configure(Map<String, String> values) {
    return TradierConfig.from(values);
  }
}
