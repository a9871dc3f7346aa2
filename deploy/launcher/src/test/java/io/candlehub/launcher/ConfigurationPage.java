package io.candlehub.launcher;

import io.candlehub.model.Setting;
import java.util.Comparator;
import java.util.stream.Collectors;

/** Writes the table of docs/configuration.md from the settings' own declarations. */
final class ConfigurationPage {
  private ConfigurationPage() {}

  /** Returns the table with a line for each setting, sorted by key. */
  static String table() {
    return Catalogue.settings().stream()
        .sorted(Comparator.comparing(Setting::key))
        .map(ConfigurationPage::line)
        .collect(Collectors.joining(
            "\n", "| key | default | allowed | meaning |\n|---|---|---|---|\n", "\n"));
  }

  private static String line(Setting<?> setting) {
    String value = setting.defaultText().isEmpty() ? "–" : "`" + setting.defaultText() + "`";
    return "| `" + setting.key() + "` | " + value + " | " + setting.allowed() + " | "
        + setting.description() + " |";
  }
}
