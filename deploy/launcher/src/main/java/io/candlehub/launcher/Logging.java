package io.candlehub.launcher;

import io.candlehub.model.Setting;
import java.util.List;
import java.util.Map;

/** Chooses the log's form before the first logger exists. Logs go to standard error. */
final class Logging {
  static final Setting<String> FORMAT = Setting.oneOf(
      "log.format", "text", List.of("text", "json"), "Form of the log on standard error.");

  private static final String CHOSEN_BY_USER = "logback.configurationFile";

  private Logging() {}

  static void configure(Map<String, String> values) {
    if (System.getProperty(CHOSEN_BY_USER) == null) {
      System.setProperty(CHOSEN_BY_USER, "logback-" + FORMAT.from(values) + ".xml");
    }
  }
}
