import { barTime } from './times.js';

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
  #stage;
  #listener;
  #clock;
  #run = 0;
  #timer;
  #view = { isNear: false, isInView: false };
  #reason = '';

  /**
   * @param stage the {@link Stage}, whose `older(limit)` rejects with `{message, retryAfterMs}`
   * @param listener `{said(text), loaded()}`: told what there is to say, and when bars were put before the others
   * @param clock `{setTimeout, clearTimeout}`
   */
  constructor(stage, listener, clock) {
    this.#stage = stage;
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
    const { bars } = this.#stage;
    if (!this.#view.isNear || this.state !== 'idle' || bars.length === 0 || this.#stage.loading()) {
      return;
    }
    if (bars.length >= MOST_BARS) {
      this.#set('full');
      return;
    }
    const run = ++this.#run;
    this.#set('loading');
    try {
      const put = await this.#stage.older(AT_A_TIME);
      if (run === this.#run) {
        this.#took(put);
      }
    } catch (error) {
      if (run === this.#run) {
        this.#failed(error);
      }
    }
  }

  #took(put) {
    this.#set(put === 0 ? 'none' : 'idle');
    if (put > 0) {
      this.#listener.loaded();
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
    const { bars, key } = this.#stage;
    const isSeen = this.#view.isInView && bars.length > 0 && !this.#stage.loading();
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
}
