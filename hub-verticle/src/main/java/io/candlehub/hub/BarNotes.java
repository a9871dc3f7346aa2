package io.candlehub.hub;

import io.candlehub.model.Health;
import io.candlehub.model.HealthMode;
import io.candlehub.model.Origin;
import java.util.Locale;

/** The sentence for readers of a degraded chart: who tells its bars, or what is wrong with them. Pure. */
final class BarNotes {
  private BarNotes() {}

  /**
   * Returns the sentence, empty if the health is not degraded.
   *
   * @param first id of the first provider
   * @param shown what the bars are, before the reason; empty if there is nothing to say of them
   */
  static String of(ChartHealth chart, String first, String shown) {
    Health health = chart.health();
    if (health.mode() != HealthMode.DEGRADED) {
      return "";
    }
    Origin standIn = chart.standIn();
    if (standIn.isKnown()) {
      return "Bars come from " + standIn.source() + ", because "
          + why(standIn.fallbackReason(), first) + ".";
    }
    String reason = health.reason();
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
