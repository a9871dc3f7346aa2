package io.candlehub.ingest;

import io.candlehub.model.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;

/**
 * Which provider feeds the hub, and its own configuration.
 *
 * @param provider the chosen provider's configuration
 * @param journal how much of the feed is kept for hubs that have to catch up
 */
public record IngestConfig(ProviderConfig provider, JournalLimits journal) {
  private static final List<ProviderModule> MODULES =
      ServiceLoader.load(ProviderModule.class, IngestConfig.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  /** The provider that feeds the hub. */
  public static final Setting<String> PROVIDER = Setting.oneOf(
      "ingest.provider",
      MODULES.get(0).id(),
      MODULES.stream().map(ProviderModule::id).toList(),
      "Provider of stock data.");

  /** Every setting of this module, those of all providers included. */
  public static final List<Setting<?>> SETTINGS = settings();

  /** Checks presence. */
  public IngestConfig {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(journal, "journal");
  }

  /**
   * Reads the configuration of the chosen provider.
   *
   * @param values the effective configuration by key
   * @throws io.candlehub.model.SettingException if a value is not allowed
   */
  public static IngestConfig from(Map<String, String> values) {
    String chosen = PROVIDER.from(values);
    ProviderConfig provider = MODULES.stream()
        .filter(module -> module.id().equals(chosen))
        .findFirst()
        .orElseThrow()
        .configure(values);
    return new IngestConfig(provider, JournalLimits.from(values));
  }

  private static List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(List.of(PROVIDER, ProviderLimits.TOPICS));
    all.addAll(JournalLimits.SETTINGS);
    MODULES.forEach(module -> all.addAll(module.settings()));
    return List.copyOf(all);
  }
}
