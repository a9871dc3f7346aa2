package io.candlehub.hub.option;

import java.util.Arrays;

/**
 * The strike around which a window of live contracts lies. It follows the spot with reluctance, so that a spot between
 * two strikes does not make the window jump to and fro.
 *
 * <p>Confined to one thread.
 */
final class StrikeWindow {
  /** How much of a strike gap the spot may be away; half would flap between two strikes. */
  private static final double RELUCTANCE = 0.6;

  private double centre = Double.NaN;

  /** Returns the centre, NaN if there is none yet. */
  double centre() {
    return centre;
  }

  /**
   * Moves the centre to the strike nearest to the spot if the spot is more than 0.6 of a strike gap away from it, or the
   * centre is no strike any more.
   *
   * @param strikes ascending, each once
   * @param spot price of the underlying; without one nothing moves
   * @return true if the centre moved
   */
  boolean follow(double[] strikes, double spot) {
    if (strikes.length == 0 || !(spot > 0)) {
      return false;
    }
    int at = Arrays.binarySearch(strikes, centre);
    if (at >= 0 && Math.abs(spot - centre) <= RELUCTANCE * gap(strikes, at, spot)) {
      return false;
    }
    double nearest = strikes[nearest(strikes, spot)];
    boolean moved = nearest != centre;
    centre = nearest;
    return moved;
  }

  /** Returns the distance to the next strike in the spot's direction; beyond the last one nothing is nearer. */
  private static double gap(double[] strikes, int at, double spot) {
    int next = spot > strikes[at] ? at + 1 : at - 1;
    return next < 0 || next >= strikes.length
        ? Double.POSITIVE_INFINITY
        : Math.abs(strikes[next] - strikes[at]);
  }

  /** Returns where the strike nearest to a price is; of two the lower. */
  static int nearest(double[] strikes, double price) {
    int best = 0;
    for (int i = 1; i < strikes.length; i++) {
      if (Math.abs(strikes[i] - price) < Math.abs(strikes[best] - price)) {
        best = i;
      }
    }
    return best;
  }
}
