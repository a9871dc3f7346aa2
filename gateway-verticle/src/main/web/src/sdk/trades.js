const KEPT = 256;

/**
 * The newest trades of a symbol. After a break the server tells the last ones again, of which those that were told
 * before are left out: by time and number, or without a number as often as the same trade is held.
 */
export class RecentTrades {
  #held = [];
  #isResumed = false;

  /** Takes note that the last trades are told again. */
  resume() {
    this.#isResumed = true;
  }

  /** Returns those of a message that are new. */
  take(trades) {
    const fresh = this.#isResumed ? this.#new(trades) : trades;
    this.#isResumed = false;
    this.#held.push(...fresh);
    this.#held.splice(0, this.#held.length - KEPT);
    return fresh;
  }

  #new(trades) {
    const held = new Map();
    this.#held.map(keyOf).forEach((key) => held.set(key, (held.get(key) ?? 0) + 1));
    return trades.filter((trade) => {
      const key = keyOf(trade);
      const count = held.get(key) ?? 0;
      held.set(key, count - 1);
      return count <= 0;
    });
  }
}

function keyOf({ t, p, s, x, c, q }) {
  return q === undefined ? `${t} ${p} ${s} ${x} ${c}` : `${t} #${q}`;
}
