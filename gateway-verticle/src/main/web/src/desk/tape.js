/** Most trades kept. */
const MOST = 200;

/** The last trades of one symbol, newest first. */
export class Tape {
  constructor() {
    this.symbol = undefined;
    /** Trades, and `{gap}` where that many were left out. */
    this.rows = [];
  }

  /** Starts over with another symbol. */
  show(symbol) {
    this.symbol = symbol;
    this.rows = [];
  }

  /** Takes what the server tells, oldest first; answers whether it was of this symbol. */
  add({ symbol, trades, conflated }) {
    if (symbol !== this.symbol) {
      return false;
    }
    const gap = conflated > 0 && this.rows.length > 0 ? [{ t: trades[0]?.t, gap: conflated }] : [];
    this.rows = [...[...trades].reverse(), ...gap, ...this.rows].slice(0, MOST);
    return true;
  }
}

/** Letter, direction and words of a trade's side. */
export function sideOf({ side, confidence }) {
  const sure = confidence > 0 ? ` Confidence ${confidence} of 100.` : '';
  switch (side) {
    case 'buy':
      return { letter: 'B', direction: 'up', text: `The buyer took the ask.${sure}` };
    case 'sell':
      return { letter: 'S', direction: 'down', text: `The seller took the bid.${sure}` };
    case 'none':
      return { letter: '·', direction: 'flat', text: 'By its conditions nobody took the other’s quote.' };
    default:
      return { letter: '?', direction: 'flat', text: 'The quote before this trade is not known.' };
  }
}
