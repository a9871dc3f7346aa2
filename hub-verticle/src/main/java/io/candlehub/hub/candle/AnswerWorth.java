package io.candlehub.hub.candle;

import io.candlehub.model.Origin;
import java.util.Collection;
import java.util.Objects;

/**
 * What an answer of the history is worth: whole, told by another provider in place of the first one, or doubted, since there should
 * be bars, none were told, and a provider that could have told them failed.
 *
 * @param isOwed true if the first provider is to be asked again: it did not answer, or its answer is doubted
 * @param standIn who answered in place of the first provider, and why; unknown if nobody did
 */
public record AnswerWorth(boolean isOwed, Origin standIn) {
  /** The first provider told it. */
  public static final AnswerWorth WHOLE = new AnswerWorth(false, Origin.UNKNOWN);

  /** Nobody told it, though somebody should have. */
  public static final AnswerWorth DOUBTED = new AnswerWorth(true, Origin.UNKNOWN);

  /** Checks presence. */
  public AnswerWorth {
    Objects.requireNonNull(standIn, "standIn");
  }

  /** Returns the worth of what another provider told in place of the first one. */
  public static AnswerWorth toldBy(Origin standIn) {
    return new AnswerWorth(true, standIn);
  }

  /** Returns what several answers are worth together: the first one that another provider told counts most. */
  public static AnswerWorth of(Collection<HistoryPart> answers) {
    return answers.stream().map(HistoryPart::worth).reduce(WHOLE, AnswerWorth::with);
  }

  /** Returns what this and something else are worth together; what another provider told counts most. */
  public AnswerWorth with(AnswerWorth other) {
    return standIn.isKnown() || !other.isOwed ? this : other;
  }
}
