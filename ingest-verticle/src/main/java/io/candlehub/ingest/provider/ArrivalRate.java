package io.candlehub.ingest.provider;

import java.time.Duration;

/**
 * Learns how long one topic is usually silent in the regular session and tells how improbable a longer silence is.
 *
 * <p>The measure is the scale of silence: each scale that passes makes the silence about e times less probable. It is
 * the distance between arrivals seen by somebody who looks at a random moment, less the plain distance: equal to it for
 * arrivals at random, a quarter of it for regular ones, and long for bursts, whose many short distances say nothing about
 * the silences between them. It is taken with a margin for few observations and never below what the time of observation can
 * carry; until there are enough, a guess is used that fits thin symbols. What happened is forgotten over two hours of
 * session. Confined to one event loop.
 */
final class ArrivalRate {
  private static final double MEMORY_MILLIS = Duration.ofHours(2).toMillis();
  private static final double GUESS_MILLIS = Duration.ofHours(1).toMillis();
  private static final double ENOUGH = 30;
  private static final double MARGIN = 3;
  private static final double MOST_REGULAR = 0.25;
  private static final double TRUST_SQUARE_MILLIS = 900e6;

  private final double grainMillis;
  private double count;
  private double sumMillis;
  private double squares;
  private double observedMillis;

  /**
   * Creates a rate of which nothing is known.
   *
   * @param grainMillis distance between the moments at which something can arrive
   */
  ArrivalRate(long grainMillis) {
    this.grainMillis = (double) grainMillis;
  }

  /** Takes a silence that ended with an arrival. */
  void learn(double gapMillis) {
    double kept = Math.exp(-gapMillis / MEMORY_MILLIS);
    count = count * kept + 1;
    sumMillis = sumMillis * kept + gapMillis;
    squares = squares * kept + gapMillis * gapMillis;
    observedMillis += gapMillis;
  }

  /** Returns by how much a silence must grow to become e times less probable. */
  double scaleMillis() {
    if (count == 0 || sumMillis == 0) {
      return GUESS_MILLIS;
    }
    double mean = sumMillis / count;
    double spread = Math.max(MOST_REGULAR * mean, squares / sumMillis - mean + grainMillis / 2);
    double careful = spread * (1 + MARGIN / Math.sqrt(count));
    double unknown = GUESS_MILLIS * Math.max(0, 1 - count / ENOUGH);
    return Math.max(Math.max(careful, unknown), TRUST_SQUARE_MILLIS / observedMillis);
  }
}
