package io.candlehub.simulator.synthetic;

/**
 * How lively the minutes of a session are: high at the open and the close of the regular one, rising towards the open
 * before it, fading after it; nothing while halted.
 */
final class SessionActivity implements Activity {
  private static final double SHARES_PER_TRADE = 120;

  private final int session;
  private final int slots;
  private final double tradesPerSlot;
  private final boolean[] halted;

  SessionActivity(int session, int slots, long volume, boolean[] halted) {
    this.session = session;
    this.slots = slots;
    this.tradesPerSlot = volume / SHARES_PER_TRADE / slots;
    this.halted = halted;
  }

  @Override
  public double chance(int slot) {
    return halted[slot] ? 0 : 1 - Math.exp(-tradesPerSlot * weight(slot));
  }

  @Override
  public double weight(int slot) {
    double f = (slot + 0.5) / slots;
    return switch (session) {
      case 1 -> 0.15 + 1.7 * f * f;
      case 2 -> regular(slot, f);
      default -> 0.1 + 1.8 * (1 - f) * (1 - f) * (1 - f);
    };
  }

  private double regular(int slot, double f) {
    double curve = 0.55 + 1.3 * (2 * f - 1) * (2 * f - 1);
    if (slot == 0) {
      return curve * 4;
    }
    return slot == slots - 1 ? curve * 6 : curve;
  }
}
