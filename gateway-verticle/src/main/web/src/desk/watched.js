import { parseSymbol } from '../route.js';

/** Most tickers; the server's own limit is higher. */
const MOST = 50;
const DEFAULT = ['SPY', 'QQQ', 'AAPL', 'NVDA'];

/** The tickers of the watchlist, in the reader's order, kept between visits. */
export class Watched {
  #keep;

  /**
   * @param kept what was kept, or undefined
   * @param keep `(text) => void`
   */
  constructor(kept, keep) {
    this.#keep = keep;
    const symbols = kept === undefined ? DEFAULT : kept.split(' ').map(parseSymbol);
    /** Symbols. */
    this.list = [...new Set(symbols.filter(Boolean))].slice(0, MOST);
  }

  /** Adds what was typed; answers why not, or an empty text. */
  add(text) {
    const symbol = parseSymbol(text);
    if (!symbol) {
      return 'That is not a symbol.';
    }
    if (this.list.includes(symbol)) {
      return `${symbol} is in the list.`;
    }
    if (this.list.length >= MOST) {
      return `The list is full (${MOST}).`;
    }
    this.#set([...this.list, symbol]);
    return '';
  }

  remove(symbol) {
    this.#set(this.list.filter((other) => other !== symbol));
  }

  #set(list) {
    this.list = list;
    this.#keep(list.join(' '));
  }
}
