import { indexAt, isDaily } from '../bars.js';
import { CandlehubError } from '../failure.js';
import { libraryTime } from './symbols.js';

/** Longest wait for a stream's first snapshot. */
const READY_MILLIS = 15_000;
/** Most requests for older bars that one question of the library may cause. */
const MOST_REQUESTS = 4;
const MOST_BARS = 50_000;
const LEAST_BARS = 1000;
/** How long the library is told of a failure without the server being asked again. */
const FAILED_MILLIS = 5000;

/** True when a chart must be drawn anew because of a bar. */
function differs(a, b) {
  return !a || !b || a.o !== b.o || a.h !== b.h || a.l !== b.l || a.c !== b.c || a.v !== b.v;
}

/**
 * One stream as TradingView's library takes it: questions for history are answered from the stream's bars, and by
 * REST before them; the newest bar goes out as ticks, never with a time before the last one; any other change makes
 * the library load again, at most once per pause.
 */
export class LibraryFeed {
  #chart;
  #timers;
  #now;
  #pauseMillis;
  #stats;
  #onReset;
  #onFull;
  #followers = new Map();
  #waiting = new Set();
  #refusal;
  #ended = false;
  #failure;
  #sent = new Map();
  #newest = -Infinity;
  #epoch;
  #resetAt = -Infinity;
  #resetTimer;

  /**
   * @param hub the {@link Candlehub}
   * @param key the stream
   * @param context `{timers, now(), resetMillis, stats, onReset(key), onFull()}`
   */
  constructor(hub, key, { timers, now, resetMillis, stats, onReset, onFull }) {
    this.#timers = timers;
    this.#now = now;
    this.#pauseMillis = resetMillis;
    this.#stats = stats;
    this.#onReset = onReset;
    this.#onFull = onFull;
    this.key = key;
    this.#chart = hub.chart(key, {
      snapshot: () => this.#onSnapshot(),
      update: (chart, { changed }) => this.#onUpdate(changed),
      error: (error) => this.#onError(error),
    });
  }

  /** True while the library follows it. */
  get isFollowed() {
    return this.#followers.size > 0 || this.#waiting.size > 0;
  }

  /** True when there will be no bars: the server refused the stream for good. */
  get isRefused() {
    return this.#refusal?.retryable === false && !this.#chart.ready;
  }

  /** The stream's bars and intervals, for marks. */
  get held() {
    return this.#chart;
  }

  close() {
    this.#timers.clearTimeout(this.#resetTimer);
    this.#chart.close();
    this.#settle(new CandlehubError({ message: 'the stream was closed', retryable: true }));
  }

  /**
   * Bars for one question of the library.
   *
   * @param question `{from, to, countBack, firstDataRequest}`, seconds, `to` excluded
   * @returns bars oldest first, fewer than asked for if more cannot be had now, none when there are none before `to`
   * @throws CandlehubError when it cannot be found out whether there are any
   */
  async history({ from, to, countBack, firstDataRequest }) {
    await this.#ready();
    const count = Math.max(1, countBack ?? 1);
    for (let asked = 0; ; asked++) {
      const end = firstDataRequest ? this.#chart.bars.length : this.#index(to * 1000);
      if (end >= count || this.#ended || asked === MOST_REQUESTS) {
        if (end === 0 && !this.#ended) {
          // Far before what is held: each question comes nearer.
          throw new CandlehubError({ message: 'older bars are still being loaded', retryable: true });
        }
        const start = Math.max(0, Math.min(this.#index(from * 1000), end - count));
        return this.#deliver(this.#chart.bars.slice(start, end), firstDataRequest);
      }
      try {
        await this.#loadOlder(count - end);
      } catch (error) {
        if (end === 0) {
          throw error;
        }
        // What is there is given; the library asks for the rest, and is told then.
        return this.#deliver(this.#chart.bars.slice(0, end), firstDataRequest);
      }
    }
  }

  /** Adds a follower `{tick(bar), reset()}` by its name; it first hears what changed since it was given history. */
  follow(name, { tick, reset }) {
    const follower = { tick, reset, newest: this.#newest };
    this.#followers.set(name, follower);
    // Not before the library has taken note of its subscription.
    Promise.resolve().then(() => this.#followers.get(name) === follower && this.#compare());
  }

  /** Ends a follower; answers whether there was one. */
  leave(name) {
    return this.#followers.delete(name);
  }

  #ready() {
    if (this.#chart.ready) {
      return Promise.resolve();
    }
    if (this.isRefused) {
      return Promise.reject(this.#refusal);
    }
    return new Promise((resolve, reject) => {
      const waiter = { done: (error) => (error ? reject(error) : resolve()) };
      waiter.timer = this.#timers.setTimeout(() => {
        this.#waiting.delete(waiter);
        reject(this.#refusal ?? new CandlehubError({ message: 'the server has not answered yet', retryable: true }));
      }, READY_MILLIS);
      this.#waiting.add(waiter);
    });
  }

  #settle(error) {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    waiting.forEach(({ timer, done }) => {
      this.#timers.clearTimeout(timer);
      done(error);
    });
  }

  #onError(error) {
    this.#refusal = error;
    if (error.code === 'LIMIT_EXCEEDED') {
      this.#onFull();
    }
    if (this.isRefused) {
      this.#settle(error);
    }
  }

  #onSnapshot() {
    this.#ended = false;
    this.#refusal = undefined;
    this.#failure = undefined;
    this.#settle();
    this.#compare();
  }

  #onUpdate(changed) {
    if (this.#followers.size === 0) {
      return;
    }
    let isOld = false;
    for (const bar of changed) {
      if (bar.t >= this.#newest) {
        this.#tick(bar);
      } else {
        isOld ||= this.#isWrong(bar);
      }
    }
    if (isOld) {
      this.#resetSoon();
    }
  }

  /** Tells the followers of everything in which the bars differ from what the library was given. */
  #compare() {
    if (this.#followers.size === 0 || !this.#chart.ready) {
      return;
    }
    const { bars, position } = this.#chart;
    if (position && position.epoch !== this.#epoch) {
      // Nothing that was given is sure to hold, not even what lies before the bars of the snapshot.
      this.#reset();
      return;
    }
    const newer = bars.slice(indexAt(bars, this.#newest));
    newer.forEach((bar) => differs(this.#sent.get(bar.t), bar) && this.#tick(bar));
    const held = new Map(bars.map((bar) => [bar.t, bar]));
    const first = bars[0]?.t ?? Infinity;
    const isWrong =
      bars.some((bar) => this.#isWrong(bar)) || [...this.#sent.keys()].some((t) => t >= first && !held.has(t));
    if (isWrong) {
      this.#resetSoon();
    }
  }

  /** True for a bar within what the library was given that it does not have so. */
  #isWrong(bar) {
    const [oldest] = this.#sent.keys();
    return bar.t >= oldest && bar.t < this.#newest && differs(this.#sent.get(bar.t), bar);
  }

  #tick(bar) {
    this.#sent.set(bar.t, bar);
    this.#newest = bar.t;
    this.#stats.ticks++;
    const given = this.#given(bar);
    for (const follower of [...this.#followers.values()]) {
      if (bar.t >= follower.newest) {
        follower.newest = bar.t;
        follower.tick(given);
      } else {
        // It still shows bars that are no more; a tick before them would be an error to it.
        this.#resetSoon();
      }
    }
  }

  #resetSoon() {
    const wait = this.#resetAt + this.#pauseMillis - this.#now();
    if (wait <= 0) {
      this.#reset();
    } else {
      this.#resetTimer ??= this.#timers.setTimeout(() => this.#reset(), wait);
    }
  }

  /** Makes the library load again; until it does, nothing before its newest bar is told. */
  #reset() {
    this.#timers.clearTimeout(this.#resetTimer);
    this.#resetTimer = undefined;
    this.#resetAt = this.#now();
    const [oldest] = this.#sent.keys();
    const { bars, position } = this.#chart;
    const last = bars[bars.length - 1]?.t ?? -Infinity;
    this.#newest = Math.max(this.#newest, last);
    this.#followers.forEach((follower) => (follower.newest = Math.max(follower.newest, last)));
    this.#epoch = position?.epoch;
    this.#remember(bars.slice(indexAt(bars, oldest ?? Infinity)));
    this.#stats.resets++;
    [...this.#followers.values()].forEach((follower) => follower.reset());
    this.#onReset(this.key);
  }

  #deliver(bars, isFirst) {
    const last = bars[bars.length - 1]?.t ?? -Infinity;
    if (isFirst && this.#followers.size === 0) {
      this.#sent.clear();
      this.#epoch = this.#chart.position?.epoch;
    }
    this.#newest = isFirst ? last : Math.max(this.#newest, last);
    const all = new Map([...this.#sent, ...bars.map((bar) => [bar.t, bar])]);
    this.#remember([...all.values()].sort((a, b) => a.t - b.t));
    return bars.map((bar) => this.#given(bar));
  }

  /** Takes note of what the library has, oldest first. */
  #remember(bars) {
    this.#sent = new Map(bars.map((bar) => [bar.t, bar]));
  }

  #given({ t, o, h, l, c, v }) {
    return { time: libraryTime(t, this.key.timeframe), open: o, high: h, low: l, close: c, volume: v };
  }

  /** Index of the first bar at or after a time of the library. */
  #index(time) {
    const { bars } = this.#chart;
    if (!isDaily(this.key.timeframe)) {
      return indexAt(bars, time);
    }
    const index = bars.findIndex(({ t }) => libraryTime(t, this.key.timeframe) >= time);
    return index < 0 ? bars.length : index;
  }

  async #loadOlder(missing) {
    if (this.#failure && this.#now() - this.#failure.at < FAILED_MILLIS) {
      throw this.#failure.error;
    }
    this.#stats.requests++;
    try {
      const put = await this.#chart.older(Math.min(MOST_BARS, Math.max(LEAST_BARS, missing)));
      this.#ended ||= put === 0;
    } catch (error) {
      this.#failure = { at: this.#now(), error };
      throw error;
    }
  }
}
