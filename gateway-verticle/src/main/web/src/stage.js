import { sameKey } from './sdk/bars.js';

/**
 * What the page shows: one stream of bars, and the quotes and trades of a symbol. The former stream stays on show, and alive, until the wanted
 * one's snapshot is there.
 *
 * Listener calls: `snapshot()`, `update({changed, reshaped})`, `quote(quote)`, `trades(trades)`, `quoteError(error)`,
 * `refused(error, key, willRetry)`.
 */
export class Stage {
  #hub;
  #listener;
  #shown;
  #wanted;
  #quotes;
  #quoted;

  /**
   * @param hub the `Candlehub`
   * @param listener what to call; see the class
   */
  constructor(hub, listener) {
    this.#hub = hub;
    this.#listener = listener;
    /** Diagnostic counts of what was applied. */
    this.snapshots = 0;
    this.updates = 0;
  }

  /** Stream asked for. */
  get wanted() {
    return this.#wanted?.key;
  }

  /** Stream on show. */
  get key() {
    return this.#shown?.key;
  }

  get bars() {
    return this.#shown?.bars ?? [];
  }

  get intervals() {
    return this.#shown?.intervals ?? [];
  }

  get detail() {
    return this.#shown?.detail ?? {};
  }

  /** Where the stream on show stands, for diagnosis. */
  get position() {
    return this.#shown?.position;
  }

  /** True while the bars on show are not those asked for. */
  loading() {
    return this.#shown === undefined || this.#shown !== this.#wanted;
  }

  /** Wants another stream, and the quotes of its symbol. */
  select(key) {
    const former = this.#wanted;
    if (this.#quoted !== key.symbol) {
      this.#follow(key.symbol);
    }
    if (sameKey(key, former?.key)) {
      return;
    }
    this.#wanted = sameKey(key, this.#shown?.key) ? this.#shown : this.#open(key);
    if (former !== this.#shown) {
      former?.close();
    }
  }

  /** Asks for the wanted stream again, after a refusal. */
  retry() {
    this.#wanted?.focus();
  }

  /** Loads bars before the oldest one on show; see the SDK's `older`. */
  older(limit) {
    return this.#shown.older(limit);
  }

  #open(key) {
    return this.#hub.chart(key, {
      snapshot: (chart) => this.#onSnapshot(chart),
      update: (chart, change) => {
        this.updates++;
        if (chart === this.#shown) {
          this.#listener.update(change);
        }
      },
      error: (error, chart) => this.#listener.refused(error, chart.key, error.retryable),
    });
  }

  #onSnapshot(chart) {
    this.snapshots++;
    if (chart !== this.#shown) {
      this.#shown?.close();
      this.#shown = chart;
    }
    this.#listener.snapshot();
  }

  #follow(symbol) {
    const former = this.#quotes;
    this.#quoted = symbol;
    this.#quotes = this.#hub.quotes(symbol, {
      quote: (quote) => this.#listener.quote(quote),
      trades: (trades) => this.#listener.trades(trades),
      error: (error) => this.#listener.quoteError(error),
    });
    former?.close();
  }
}
