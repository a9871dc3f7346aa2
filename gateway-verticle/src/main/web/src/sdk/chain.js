import { CandlehubError, retryDelay } from './failure.js';

/** What a leg shows of a stream; it goes when the stream does. */
const STREAMED = ['bid', 'ask', 'mid', 'bidSize', 'askSize'];

/**
 * One expiration of an option chain. A connection shows one at a time, so another one takes its place.
 *
 * Handlers: `snapshot(chain)` when everything was replaced, `update(chain, symbols)` with the contracts that changed,
 * `error(error, chain)` when the server refuses; what it calls retryable is asked for again.
 */
export class Chain {
  #host;
  #handlers;
  #selected;
  #legs = new Map();
  #request = 0;
  #retry;
  #asked;
  #isClosed = false;

  /**
   * @param options `{underlying, expiration, contract?}`; the contract is streamed besides those near the spot
   * @param handlers see the class
   * @param host `{link, timers, gone(chain)}`
   */
  constructor({ underlying, expiration, contract }, handlers, host) {
    this.#host = host;
    this.#handlers = handlers;
    this.#selected = contract;
    this.underlying = underlying;
    this.expiration = expiration;
    /** What the server answered to the focus: `live`, `quiet`, `closed` or `pending`. */
    this.state = 'pending';
    /** True once there was a snapshot. */
    this.ready = false;
    /** One entry for each root: `{root, strikes: [{strike, call?, put?}]}`; the legs are named by their symbols. */
    this.roots = [];
    this.spot = undefined;
    this.quality = undefined;
    /** Contracts that are streamed. */
    this.window = new Set();
  }

  /** The newest leg of a contract. */
  leg(symbol) {
    return this.#legs.get(symbol);
  }

  /** Wants a contract of this expiration streamed, or none besides those near the spot. */
  select(contract) {
    this.#selected = contract;
    this.#keepSelected();
  }

  /** Asks for the expiration anew. */
  focus() {
    if (this.#isClosed) {
      return;
    }
    const request = ++this.#request;
    this.#asked = this.#selected;
    const { link, timers } = this.#host;
    timers.clearTimeout(this.#retry);
    const { underlying, expiration } = this;
    const contract = this.#selected && { contract: this.#selected };
    link.ask('chain:focus', { underlying, expiration, ...contract }, (answer) => {
      if (request !== this.#request || this.#isClosed) {
        return;
      }
      if (!answer) {
        this.focus();
      } else if (answer.ok === false) {
        this.#refused(new CandlehubError(answer.error));
      } else {
        this.state = answer.state;
        this.#handlers.update?.(this, []);
      }
    });
  }

  /** Ends it; what is held stays readable. */
  close() {
    if (this.#end()) {
      this.#host.link.send('chain:unfocus', {});
    }
  }

  /** Ends it because another one takes its place. */
  replaced() {
    this.#end();
  }

  /** Takes a refusal of the server, which may come long after the focus; the acknowledgement says the same. */
  refused(body) {
    if (this.#isOther(body) || this.#isClosed) {
      return;
    }
    this.#request++;
    this.#refused(new CandlehubError(body.error));
  }

  /** Takes an event of the server. */
  take(event, body) {
    if (this.#isOther(body)) {
      return;
    }
    if (event === 'chain:snapshot') {
      this.#takeSnapshot(body);
    } else if (this.ready) {
      this.#takeUpdate(body);
    }
    this.#keepSelected();
  }

  #isOther({ underlying, expiration }) {
    return underlying !== this.underlying || expiration !== this.expiration;
  }

  #takeSnapshot({ expirations, spot, quality, window, windowWanted }) {
    this.#legs.clear();
    const keep = (leg) => leg && this.#legs.set(leg.symbol, leg) && leg.symbol;
    this.roots = expirations.map(({ root, strikes }) => ({
      root,
      strikes: strikes.map(({ strike, call, put }) => ({ strike, call: keep(call), put: keep(put) })),
    }));
    this.spot = spot;
    this.quality = quality;
    this.window = new Set(window);
    this.windowWanted = windowWanted;
    this.ready = true;
    this.#handlers.snapshot?.(this);
  }

  #takeUpdate({ legs, spot, quality, window, windowWanted, removed }) {
    removed.map((symbol) => this.#legs.get(symbol)).forEach((leg) => leg && this.#keep(withoutStream(leg)));
    legs.forEach((leg) => this.#keep(leg));
    this.spot = spot ?? this.spot;
    this.quality = quality ?? this.quality;
    this.window = new Set(window);
    this.windowWanted = windowWanted;
    this.#handlers.update?.(this, [...removed, ...legs.map(({ symbol }) => symbol)]);
  }

  /** Contracts that came after the snapshot have no strike here yet; the next snapshot has them. */
  #keep(leg) {
    if (this.#legs.has(leg.symbol)) {
      this.#legs.set(leg.symbol, leg);
    }
  }

  /** A selected contract that is not streamed is asked for once; one near the spot is streamed anyway. */
  #keepSelected() {
    const wanted = this.#selected;
    if (this.ready && this.#legs.has(wanted) && !this.window.has(wanted) && this.#asked !== wanted) {
      this.focus();
    }
  }

  #refused(error) {
    const delay = retryDelay(error);
    this.#host.timers.clearTimeout(this.#retry);
    if (delay !== undefined) {
      this.#retry = this.#host.timers.setTimeout(() => this.focus(), delay);
    }
    this.#handlers.error?.(error, this);
  }

  #end() {
    if (this.#isClosed) {
      return false;
    }
    this.#isClosed = true;
    this.#host.timers.clearTimeout(this.#retry);
    this.#host.gone(this);
    return true;
  }
}

function withoutStream(leg) {
  if (!leg.live) {
    return leg;
  }
  const rest = Object.fromEntries(Object.entries(leg).filter(([name]) => !STREAMED.includes(name)));
  const reasons = Object.fromEntries(STREAMED.map((name) => [name, 'not-streamed']));
  return { ...rest, live: false, reasons: { ...leg.reasons, ...reasons } };
}
