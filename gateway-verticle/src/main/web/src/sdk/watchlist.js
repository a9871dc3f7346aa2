import { CandlehubError, retryDelay } from './failure.js';

/** The tickers whose cards the server reads again and again; one list per connection. */
export class Watchlist {
  #link;
  #timers;
  #tickers = [];
  #handlers = {};
  #retry;

  constructor(link, timers) {
    this.#link = link;
    this.#timers = timers;
  }

  /**
   * Watches tickers in place of those before; none ends it.
   *
   * @param handlers `{cards(cards), error(error)}`
   */
  set(tickers, handlers = {}) {
    const isOver = tickers.length === 0 && this.#tickers.length === 0;
    this.#tickers = [...tickers];
    this.#handlers = handlers;
    if (!isOver) {
      this.#ask();
    }
  }

  /** Asks anew, after a break. */
  resume() {
    if (this.#tickers.length > 0) {
      this.#ask();
    }
  }

  take({ cards }) {
    this.#handlers.cards?.(cards);
  }

  #ask() {
    const asked = this.#tickers;
    this.#timers.clearTimeout(this.#retry);
    this.#link.ask('watchlist:set', { tickers: asked }, (answer) => {
      if (asked !== this.#tickers) {
        return;
      }
      if (!answer) {
        this.#ask();
      } else if (answer.ok === false) {
        this.#refused(new CandlehubError(answer.error));
      }
    });
  }

  #refused(error) {
    const delay = retryDelay(error);
    if (delay !== undefined) {
      this.#retry = this.#timers.setTimeout(() => this.#ask(), delay);
    }
    this.#handlers.error?.(error);
  }
}
