import { CandlehubError, retryDelay } from './failure.js';
import { RecentTrades } from './trades.js';

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
   * Follows symbols. Trades come to those who take them, and are wanted of the server for those only.
   *
   * @param symbols a symbol or a list
   * @param handlers `{quote(quote), trades({symbol, trades, conflated}), error(error, symbol)}`
   * @returns `{close()}`
   */
  follow(symbols, handlers) {
    const wanted = [...new Set([symbols].flat())];
    const added = wanted.filter((symbol) => !this.#known.has(symbol));
    added.forEach((symbol) => this.#known.set(symbol, { followers: new Set(), recent: new RecentTrades() }));
    const entries = wanted.map((symbol) => this.#known.get(symbol));
    entries.forEach((entry) => entry.followers.add(handlers));
    this.#subscribe(wanted.filter((symbol) => added.includes(symbol) || this.#isOther(symbol)));
    entries.forEach(({ last }) => last && handlers.quote?.(last));
    return { close: () => this.#leave(wanted, handlers) };
  }

  /** Asks for all anew, after a break. */
  resume() {
    this.#known.forEach(({ recent }) => recent.resume());
    this.#subscribe([...this.#known.keys()]);
  }

  /** Takes a quote, trades or an error of the server. */
  take(event, body) {
    const { symbol } = body;
    if (event === 'live:trades') {
      this.#traded(this.#known.get(symbol), body);
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

  #traded(entry, body) {
    const trades = entry?.recent.take(body.trades) ?? [];
    if (trades.length > 0 || body.conflated > 0) {
      [...entry.followers].forEach((handlers) => handlers.trades?.({ ...body, trades }));
    }
  }

  #wantsTrades(symbol) {
    return [...this.#known.get(symbol).followers].some((handlers) => handlers.trades);
  }

  /** Whether trades are wanted of a symbol now and were not when it was asked for, or the other way round. */
  #isOther(symbol) {
    return this.#known.get(symbol).trades !== this.#wantsTrades(symbol);
  }

  #subscribe(symbols) {
    const withTrades = symbols.filter((symbol) => this.#wantsTrades(symbol));
    this.#ask(withTrades, {});
    this.#ask(symbols.filter((symbol) => !withTrades.includes(symbol)), { trades: false });
  }

  #ask(symbols, wish) {
    if (symbols.length === 0) {
      return;
    }
    symbols.forEach((symbol) => {
      const entry = this.#known.get(symbol);
      this.#timers.clearTimeout(entry.retry);
      entry.error = undefined;
      if (entry.trades === false) {
        entry.recent.resume();
      }
      entry.trades = wish.trades ?? true;
    });
    this.#link.ask('live:subscribe', { symbols, ...wish }, (answer) => {
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
    const without = symbols.filter((symbol) => this.#known.get(symbol)?.followers.delete(handlers));
    const left = without.filter((symbol) => this.#known.get(symbol).followers.size === 0);
    this.#subscribe(without.filter((symbol) => !left.includes(symbol) && this.#isOther(symbol)));
    left.forEach((symbol) => {
      this.#timers.clearTimeout(this.#known.get(symbol).retry);
      this.#known.delete(symbol);
    });
    if (left.length > 0) {
      this.#link.send('live:unsubscribe', { symbols: left });
    }
  }
}
