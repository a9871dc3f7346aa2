import { barTime, isDaily } from './times.js';

const DAY_MILLIS = 86_400_000;
/** Bars asked for at a time. */
const AT_A_TIME = 2000;
/** Most bars on one chart; a longer timeframe shows more time than that. */
const MOST_BARS = 30_000;
const RETRY_MILLIS = 5000;

/**
 * Loads bars from before the ones on show, a stretch at a time, while somebody looks there.
 *
 * The state is `idle`, `loading`, `failed` (asked again after a while), `none` (the server has no older bars) or `full`.
 */
export class OlderBars {
  #store;
  #get;
  #listener;
  #clock;
  #run = 0;
  #timer;
  #view = { isNear: false, isInView: false };
  #reason = '';

  /**
   * @param store the {@link StreamStore} to fill
   * @param get `(query) => Promise<payload>`: bars by REST; rejects with `{message, retryAfterMs}`
   * @param listener `{said(text), loaded()}`: told what there is to say, and when bars were put before the others
   * @param clock `{setTimeout, clearTimeout}`
   */
  constructor(store, get, listener, clock) {
    this.#store = store;
    this.#get = get;
    this.#listener = listener;
    this.#clock = clock;
    this.state = 'idle';
  }

  /** Starts over, for other bars. */
  reset() {
    this.#run++;
    this.#clock.clearTimeout(this.#timer);
    this.#view = { isNear: false, isInView: false };
    this.#set('idle');
  }

  /** Takes note of where the view is: near the oldest bar, or even at it. */
  look(isNear, isInView) {
    this.#view = { isNear, isInView };
    this.#say();
    return this.check();
  }

  /** Loads more if the view is near the oldest bar, unless that goes on or is known to be vain. */
  async check() {
    const { bars, key } = this.#store;
    if (!this.#view.isNear || this.state !== 'idle' || bars.length === 0 || this.#store.loading()) {
      return;
    }
    if (bars.length >= MOST_BARS) {
      this.#set('full');
      return;
    }
    const run = ++this.#run;
    this.#set('loading');
    try {
      const payload = await this.#before(key, bars[0].t - 1);
      if (run === this.#run) {
        this.#take(payload, key);
      }
    } catch (error) {
      if (run === this.#run) {
        this.#failed(error);
      }
    }
  }

  #take(payload, key) {
    if (payload && this.#store.prepend(payload, key) > 0) {
      this.#set('idle');
      this.#listener.loaded();
    } else {
      this.#set('none');
    }
  }

  #failed(error) {
    this.#set('failed', String(error?.message || 'the server did not answer').replace(/\.?$/, '.'));
    const wait = Math.max(error?.retryAfterMs ?? 0, RETRY_MILLIS);
    this.#timer = this.#clock.setTimeout(() => this.#set('idle'), wait);
  }

  #set(state, reason = '') {
    this.state = state;
    this.#reason = reason;
    this.#say();
  }

  #say() {
    const { bars, key } = this.#store;
    const isSeen = this.#view.isInView && bars.length > 0 && !this.#store.loading();
    this.#listener.said(isSeen ? this.#text(barTime(bars[0].t, key.timeframe)) : '');
  }

  #text(firstTime) {
    switch (this.state) {
      case 'loading':
        return 'Loading older bars…';
      case 'failed':
        return `Older bars could not be loaded: ${this.#reason} Trying again…`;
      case 'none':
        return `No bars before ${firstTime}.`;
      case 'full':
        return `${MOST_BARS.toLocaleString('en-US')} bars shown; a longer timeframe reaches further back.`;
      default:
        return '';
    }
  }

  /** The newest bars up to a time, or undefined if the server says that there are none. */
  async #before({ symbol, timeframe, sessionMode }, to) {
    const until = (last) => this.#ask({ ticker: symbol, timeframe, sessionMode, to: last, limit: AT_A_TIME });
    const payload = await until(to);
    if (payload || isDaily(timeframe)) {
      return payload;
    }
    // Nothing in the sessions just before: the day bars tell when it was traded last.
    const days = await this.#ask({ ticker: symbol, timeframe: '1d', to: to - DAY_MILLIS, limit: 1 });
    return days && until(days.bars[days.bars.length - 1].t + DAY_MILLIS - 1);
  }

  /** An answer with bars, or undefined; an answer that may lack bars counts as none only if it says why. */
  async #ask(query) {
    const payload = await this.#get(query);
    if (payload?.bars?.length > 0) {
      return payload;
    }
    const unseen = (payload?.intervals ?? []).some(({ state }) => state === 'outage' || state === 'suspected');
    if (unseen || payload?.health?.mode !== 'LIVE') {
      throw new Error(payload?.health?.reason || 'the server could not look them up');
    }
    return undefined;
  }
}

/** Asks the server for bars. */
export async function fetchBars(query) {
  const response = await fetch(`/api/market/aggs?${new URLSearchParams(query)}`);
  const body = await response.json().catch(() => undefined);
  if (!response.ok) {
    throw Object.assign(new Error(body?.error?.message ?? `status ${response.status}`), {
      retryAfterMs: body?.error?.retryAfterMs,
    });
  }
  return body;
}
