import { FakeLibrary } from './fake-library.js';

/** Stands where TradingView's library would: a widget with one chart, which tells what it holds instead of drawing. */
export class widget {
  #library;

  constructor({ container, datafeed, symbol, interval }) {
    this.#library = new FakeLibrary(datafeed, symbol, interval);
    const element = document.getElementById(container);
    const show = () => {
      const { bars, counts, errors } = this.#library;
      const last = bars[bars.length - 1];
      const newest = last ? `${new Date(last.time).toISOString()} ${last.close}` : 'none';
      element.innerText = [
        `${symbol} ${interval}, ${bars.length} bars, the newest ${newest}`,
        Object.entries(counts).map((entry) => entry.join(' ')).join(', '),
        ...errors,
      ].join('\n');
    };
    setInterval(show, 250);
  }

  /** The library itself, for tests. */
  get library() {
    return this.#library;
  }

  chartsCount() {
    return 1;
  }

  chart() {
    return this.#library;
  }
}
