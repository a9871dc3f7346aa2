import { CandlehubError, retryDelay } from './failure.js';

/**
 * The symbols whose quotes are followed, each asked for once, whoever wants it. A new follower gets the last quote at
 * once.
 */
export class Quotes {
  #link;
  #timers;
  #known = new Map();

  constructor(link, timers) {
    this.#link = link;
    this.#timers = timers;
  }

  /**
   * Follows symbols.
   *
   * @param symbols a symbol or a list
   * @param handlers `{quote(quote), trades({symbol, trades, conflated}), error(error, symbol)}`
   * @returns `{close()}`
   */
  follow(symbols, handlers) {
    const wanted = [...new Set([symbols].flat())];
    const added = wanted.filter((symbol) => !this.#known.has(symbol));
    added.forEach((symbol) => this.#known.set(symbol, { followers: new Set() }));
    const entries = wanted.map((symbol) => this.#known.get(symbol));
    entries.forEach((entry) => entry.followers.add(handlers));
    this.#subscribe(added);
    entries.forEach(({ last }) => last && handlers.quote?.(last));
    return { close: () => this.#leave(wanted, handlers) };
  }

  /** Asks for all anew, after a break. */
  resume() {
    this.#subscribe([...this.#known.keys()]);
  }

  /** Takes a quote, trades or an error of the server. */
  take(event, body) {
    const { symbol } = body;
    if (event === 'live:trades') {
      [...(this.#known.get(symbol)?.followers ?? [])].forEach((handlers) => handlers.trades?.(body));
      return;
    }
    if (event === 'live:error') {
      this.#refused(symbol === undefined ? [] : [symbol], body.error);
      return;
    }
    const entry = this.#known.get(symbol);
    if (entry) {
      entry.last = body;
      entry.error = undefined;
      [...entry.followers].forEach((handlers) => handlers.quote?.(body));
    }
  }

  #subscribe(symbols) {
    if (symbols.length === 0) {
      return;
    }
    symbols.forEach((symbol) => {
      const entry = this.#known.get(symbol);
      this.#timers.clearTimeout(entry.retry);
      entry.error = undefined;
    });
    this.#link.ask('live:subscribe', { symbols }, (answer) => {
      if (!answer) {
        this.#subscribe(symbols.filter((symbol) => this.#known.has(symbol)));
      } else if (answer.ok === false) {
        this.#refused(symbols.filter((symbol) => !this.#known.get(symbol)?.error), answer.error);
      }
    });
  }

  #refused(symbols, reason) {
    for (const symbol of symbols) {
      const entry = this.#known.get(symbol);
      if (entry) {
        entry.error = new CandlehubError(reason);
        const delay = retryDelay(entry.error);
        if (delay !== undefined) {
          this.#timers.clearTimeout(entry.retry);
          entry.retry = this.#timers.setTimeout(() => this.#subscribe([symbol]), delay);
        }
        [...entry.followers].forEach((handlers) => handlers.error?.(entry.error, symbol));
      }
    }
  }

  #leave(symbols, handlers) {
    const left = symbols.filter((symbol) => {
      const entry = this.#known.get(symbol);
      return entry?.followers.delete(handlers) && entry.followers.size === 0;
    });
    left.forEach((symbol) => {
      this.#timers.clearTimeout(this.#known.get(symbol).retry);
      this.#known.delete(symbol);
    });
    if (left.length > 0) {
      this.#link.send('live:unsubscribe', { symbols: left });
    }
  }
}
