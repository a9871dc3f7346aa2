package io.candlehub.ingest;

import io.candlehub.ingest.hybrid.HybridConfig;
import io.candlehub.ingest.hybrid.SoleConfig;
import io.candlehub.model.ProviderLimits;
import io.candlehub.model.Setting;
import io.candlehub.model.SettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * Which provider accounts feed the hub, and ingest's own configuration. Each account whose credential is given is used,
 * several of them as one.
 *
 * @param provider the account's configuration, or that of several together
 * @param journal how much of the feed is kept for hubs that have to catch up
 */
public record IngestConfig(ProviderConfig provider, JournalLimits journal) {
  private static final List<ProviderModule> MODULES =
      ServiceLoader.load(ProviderModule.class, IngestConfig.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();
  private static final String KNOWN =
      MODULES.stream().map(ProviderModule::id).collect(Collectors.joining(","));

  /** Providers in the order in which they are asked. */
  public static final Setting<List<String>> ORDER = Setting.list(
      "providers.order",
      KNOWN,
      "Providers in the order in which they are asked, those whose credential is given. The next one is asked where one"
          + " before it cannot answer. The first one names the feed on all nodes of a cluster.");

  /** Every setting of this module, those of all providers included. */
  public static final List<Setting<?>> SETTINGS = settings();

  /** Checks presence. */
  public IngestConfig {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(journal, "journal");
  }

  /**
   * Reads the configuration of the accounts whose credential is given.
   *
   * @param values the effective configuration by key
   * @throws SettingException if a value is not allowed, or no credential is given
   */
  public static IngestConfig from(Map<String, String> values) {
    List<ProviderModule> order = order(values);
    List<ProviderModule> given =
        order.stream().filter(module -> isGiven(module, values)).toList();
    List<ProviderConfig> accounts = (given.isEmpty() ? order.subList(0, 1) : given)
        .stream().map(module -> module.configure(values)).toList();
    ProviderConfig provider =
        accounts.size() == 1 ? new SoleConfig(accounts.get(0)) : new HybridConfig(accounts);
    return new IngestConfig(provider, JournalLimits.from(values));
  }

  /** Returns true if the credential of a provider in the order is given. */
  public static boolean hasCredential(Map<String, String> values) {
    return order(values).stream().anyMatch(module -> isGiven(module, values));
  }

  /**
   * Returns the id of the provider that names the feed: the first whose credential is given, or the first of all where
   * none is, on a node that holds no provider.
   *
   * @throws SettingException if the order is not allowed
   */
  public static String feedName(Map<String, String> values) {
    List<ProviderModule> order = order(values);
    return order.stream()
        .filter(module -> isGiven(module, values))
        .findFirst()
        .orElse(order.get(0))
        .id();
  }

  private static List<ProviderModule> order(Map<String, String> values) {
    List<String> ids = ORDER.from(values);
    List<ProviderModule> order = ids.stream()
        .distinct()
        .flatMap(id -> MODULES.stream().filter(module -> module.id().equals(id)))
        .toList();
    if (order.isEmpty() || order.size() < ids.size()) {
      throw new SettingException(
          ORDER.key(), String.join(",", ids), "one or more of " + KNOWN + ", each once");
    }
    return order;
  }

  private static boolean isGiven(ProviderModule module, Map<String, String> values) {
    return module.settings().stream()
        .filter(Setting::isSecret)
        .anyMatch(setting -> !values.getOrDefault(setting.key(), "").isBlank());
  }

  private static List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(List.of(ORDER, ProviderLimits.TOPICS));
    all.addAll(JournalLimits.SETTINGS);
    MODULES.forEach(module -> all.addAll(module.settings()));
    return List.copyOf(all);
  }
}
