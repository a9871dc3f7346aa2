package io.candlehub.ingest;

import io.candlehub.model.Setting;
import java.util.List;
import java.util.Map;

/** A vendor's entry point, found by {@link java.util.ServiceLoader}. */
public interface ProviderModule {
  /** Returns the provider's id, as shown in {@code health.provider}. */
  String id();

  /** Returns the settings the provider reads. */
  List<Setting<?>> settings();

  /**
   * Reads the provider's configuration.
   *
   * @param values the effective configuration by key
   * @throws io.candlehub.model.SettingException if a value is not allowed
   */
  ProviderConfig configure(Map<String, String> values);
}
