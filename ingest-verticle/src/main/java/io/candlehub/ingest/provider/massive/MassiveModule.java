package io.candlehub.ingest.provider.massive;

import io.candlehub.ingest.ProviderConfig;
import io.candlehub.ingest.ProviderModule;
import io.candlehub.model.Setting;
import java.util.List;
import java.util.Map;

/** Offers this provider to ingest. */
public final class MassiveModule implements ProviderModule {
  static final String ID = "massive";

  /** Creates the module; called by {@link java.util.ServiceLoader}. */
  public MassiveModule() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public List<Setting<?>> settings() {
    return MassiveConfig.SETTINGS;
  }

  @Override
  public ProviderConfig configure(Map<String, String> values) {
    return MassiveConfig.from(values);
  }
}
