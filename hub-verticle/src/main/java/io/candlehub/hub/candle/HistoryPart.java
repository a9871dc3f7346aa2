package io.candlehub.hub.candle;

import io.candlehub.model.BarBlock;
import io.candlehub.model.BarSource;
import java.util.Objects;

/**
 * The answer to a question for raw bars of a range.
 *
 * @param bars those whose starts lie in the range, raw
 * @param fromMillis first start asked for
 * @param toMillis last start asked for
 * @param askedAtMillis market time at which the provider was asked, less its delay; from the store the end of what it
 *     knows completely, or {@link Long#MIN_VALUE} if minutes without bars mean nothing
 * @param source {@link BarSource#BACKFILL} from the provider, {@link BarSource#CACHE} from the store
 * @param worth whether it is to be asked for again, and who answered what the first provider should have
 */
public record HistoryPart(
    BarBlock bars,
    long fromMillis,
    long toMillis,
    long askedAtMillis,
    BarSource source,
    AnswerWorth worth) {
  /** Checks presence. */
  public HistoryPart {
    Objects.requireNonNull(bars, "bars");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(worth, "worth");
  }

  /** Creates the answer of the first provider or of the store. */
  public HistoryPart(
      BarBlock bars, long fromMillis, long toMillis, long askedAtMillis, BarSource source) {
    this(bars, fromMillis, toMillis, askedAtMillis, source, AnswerWorth.WHOLE);
  }

  /** Returns true if another provider answered what the first one should have. */
  public boolean isFallback() {
    return worth.standIn().isKnown();
  }

  /** Returns true if the first provider is to be asked for the range again. */
  public boolean isOwed() {
    return worth.isOwed();
  }
}
