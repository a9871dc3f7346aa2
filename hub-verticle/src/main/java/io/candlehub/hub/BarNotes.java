package io.candlehub.hub;

import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentence for readers of a degraded chart: who tells its bars, or what is wrong with them. Pure. */
final class BarNotes {
  private static final Pattern STAND_IN = Pattern.compile("bars come from (\\S+) \\((\\S+)\\)");

  private BarNotes() {}

  /** Returns the reason of a health whose bars another provider than the first one told; empty if nobody did. */
  static String standIn(String who) {
    return who.isEmpty() ? "" : "bars come from " + who;
  }

  /**
   * Returns the sentence, empty if the health is not degraded.
   *
   * @param first id of the first provider
   * @param shown what the bars are, before the reason; empty if there is nothing to say of them
   */
  static String of(Health health, String first, String shown) {
    if (health.mode() != HealthMode.DEGRADED) {
      return "";
    }
    String reason = health.reason();
    Matcher standIn = STAND_IN.matcher(reason);
    if (standIn.matches()) {
      return "Bars come from " + standIn.group(1) + ", because " + why(standIn.group(2), first)
          + ".";
    }
    return shown.isEmpty()
        ? reason.substring(0, 1).toUpperCase(Locale.ROOT) + reason.substring(1) + "."
        : shown + ": " + reason + ".";
  }

  private static String why(String word, String first) {
    return switch (word) {
      case "error" -> first + " failed";
      case "empty" -> first + " had none";
      case "over-budget" -> "our requests to " + first + " are used up for now";
      case "unhealthy" -> first + " failed too often lately and was not asked";
      case "not-entitled" -> "the plan of " + first + " does not include them";
      case "low-confidence" -> "those of " + first + " are not to be trusted";
      default -> first + " did not tell them (" + word + ")";
    };
  }
}
