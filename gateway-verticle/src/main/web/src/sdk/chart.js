import { StreamStore } from './bars.js';
import { CandlehubError, retryDelay } from './failure.js';

/**
 * One stream of bars that keeps itself right: it resumes after a break, asks for what is missing when continuity is
 * lost, and takes a new snapshot only when the server has no other way.
 *
 * Handlers: `snapshot(chart)` when everything was replaced, `update(chart, {changed, reshaped})`, `error(error, chart)`
 * when the server refuses; what it calls retryable is asked for again.
 */
export class Chart {
  #id;
  #host;
  #handlers;
  #options;
  #store;
  #request = 0;
  #retry;
  #holes = 0;
  #isAsking = false;
  #isClosed = false;

  /**
   * @param id the client's name for the chart
   * @param key the stream
   * @param options `{maxPerSecond}`
   * @param handlers see the class
   * @param host `{link, timers, older(key, to, limit), gone(id)}`
   */
  constructor(id, key, options, handlers, host) {
    this.#id = id;
    this.#options = options;
    this.#handlers = handlers;
    this.#host = host;
    this.#store = new StreamStore(key);
    this.key = key;
    /** True once a first snapshot was taken. */
    this.ready = false;
    /** Counts of what was applied. */
    this.snapshots = 0;
    this.updates = 0;
  }

  /** The bars, oldest first; replaced ones are new objects. */
  get bars() {
    return this.#store.bars;
  }

  /** Time without bars, oldest first. */
  get intervals() {
    return this.#store.intervals;
  }

  /** `{health, session, barsOf, resultGranularity}` as last said. */
  get detail() {
    return this.#store.detail;
  }

  get health() {
    return this.detail.health;
  }

  get session() {
    return this.detail.session;
  }

  /** Where the stream stands, for diagnosis: `{epoch, seq}`, or undefined while a snapshot is awaited. */
  get position() {
    return this.#store.position;
  }

  /** Asks for the stream now, from where it stands. */
  focus() {
    const { link, timers } = this.#host;
    timers.clearTimeout(this.#retry);
    const request = ++this.#request;
    this.#isAsking = true;
    const since = this.#store.position;
    const command = { ...this.key, ...this.#options, chartId: this.#id, ...(since && { since }) };
    link.ask('chart:focus', command, (answer) => {
      if (request !== this.#request) {
        return;
      }
      this.#isAsking = false;
      if (!answer) {
        this.focus();
      } else if (answer.ok === false) {
        this.refused(answer.error);
      }
    });
  }

  /** Takes an event of this chart. */
  take(event, body) {
    if (event === 'chart:error') {
      this.refused(body.error);
    } else if (event === 'chart:snapshot') {
      this.#store.snapshot(body);
      this.ready = true;
      this.snapshots++;
      this.#holes = 0;
      this.#handlers.snapshot?.(this);
    } else {
      this.#update(body);
    }
  }

  #update(body) {
    const result = this.#store.update(body);
    if (result === 'gap') {
      if (this.#isAsking) {
        return; // sent before the server heard the question that is on its way
      }
      // Once the position is good enough to ask by; if that does not help, or the epoch is another, it is not.
      if (this.#holes++ > 0 || body.stream?.epoch !== this.position.epoch) {
        this.#store.forget();
      }
      this.focus();
    } else if (result) {
      this.#holes = 0;
      this.updates++;
      this.#handlers.update?.(this, result);
    }
  }

  /** Takes a refusal; answers of an earlier request are void from now on. */
  refused(reason) {
    const request = ++this.#request;
    this.#isAsking = false;
    const error = new CandlehubError(reason);
    const delay = retryDelay(error);
    if (delay !== undefined) {
      const { timers } = this.#host;
      timers.clearTimeout(this.#retry);
      this.#retry = timers.setTimeout(() => request === this.#request && this.focus(), delay);
    }
    this.#handlers.error?.(error, this);
  }

  /**
   * Loads bars from before the oldest one and puts them there, until the next snapshot.
   *
   * @param limit most bars to load
   * @returns how many were put, 0 when the server has none; undefined when other bars took their place meanwhile
   * @throws CandlehubError when it could not be found out
   */
  async older(limit = 2000) {
    const [oldest] = this.bars;
    const { snapshots } = this;
    if (!oldest) {
      return 0;
    }
    const payload = await this.#host.older(this.key, oldest.t - 1, limit);
    if (snapshots !== this.snapshots || this.bars[0].t !== oldest.t) {
      return undefined;
    }
    return payload ? this.#store.prepend(payload) : 0;
  }

  /** Ends the stream; the bars stay readable. */
  close() {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#request++;
      this.#host.timers.clearTimeout(this.#retry);
      this.#host.link.send('chart:unfocus', { chartId: this.#id });
      this.#host.gone(this.#id);
    }
  }
}
