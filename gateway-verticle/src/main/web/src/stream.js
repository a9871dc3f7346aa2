import { cutBars, replaceOverlap } from './intervals.js';
import { TIMEFRAMES, isDaily } from './times.js';

/** The only chart slot of the page. */
export const CHART_ID = 'main';

/**
 * A stream's name as the page asks for it. Daily and weekly bars exist once, so they are always asked for as extended.
 */
export function streamKey(symbol, timeframe, sessionMode) {
  return { symbol, timeframe, sessionMode: isDaily(timeframe) ? 'extended' : sessionMode };
}

/** True when two keys name one stream. */
export function sameKey(a, b) {
  return Boolean(a && b && a.symbol === b.symbol && a.timeframe === b.timeframe && a.sessionMode === b.sessionMode);
}

function concerns(payload, key) {
  return Boolean(
    payload &&
      key &&
      (payload.chartId ?? CHART_ID) === CHART_ID &&
      payload.symbol === key.symbol &&
      payload.timeframe === key.timeframe &&
      (isDaily(key.timeframe) || (payload.sessionMode ?? 'extended') === key.sessionMode),
  );
}

function isBar(bar) {
  return Boolean(bar) && [bar.t, bar.o, bar.h, bar.l, bar.c].every(Number.isFinite);
}

function byTime(a, b) {
  return a.t - b.t;
}

/**
 * Bars of the one stream on show, exactly as the server sent them: a snapshot replaces everything, an update replaces
 * bars by `t` and the intervals that its bars and intervals overlap, and only if it continues what is held. Nothing is
 * computed from bars here.
 *
 * The stream on show (`key`) and the one asked for (`wanted`) differ between a switch and its snapshot; whatever
 * arrives for any other stream is ignored.
 */
export class StreamStore {
  constructor() {
    /** Stream asked for. */
    this.wanted = undefined;
    /** Stream whose bars are held; stays the former one until the wanted one's snapshot is there. */
    this.key = undefined;
    this.epoch = undefined;
    this.seq = undefined;
    this.intervals = [];
    this.detail = {};
    this.bars = [];
  }

  /** Names the stream to accept from now on. */
  want(key) {
    this.wanted = key;
  }

  /** True while the bars held are not those asked for. */
  loading() {
    return !sameKey(this.key, this.wanted);
  }

  /** Position to resume from, or undefined when a snapshot is needed. */
  resumePoint() {
    return this.loading() || this.epoch === undefined ? undefined : { epoch: this.epoch, seq: this.seq };
  }

  /** Forgets the position, so that only a snapshot is accepted next; the bars stay. */
  awaitSnapshot() {
    this.epoch = undefined;
    this.seq = undefined;
  }

  /** Takes a snapshot; answers whether it was the wanted stream's. */
  applySnapshot(payload) {
    if (!concerns(payload, this.wanted)) {
      return false;
    }
    this.key = this.wanted;
    this.epoch = payload.stream?.epoch;
    this.seq = payload.stream?.seq;
    const byStart = new Map((payload.bars ?? []).filter(isBar).map((bar) => [bar.t, bar]));
    this.bars = [...byStart.values()].sort(byTime);
    this.intervals = replaceOverlap([], payload.intervals ?? []);
    this.detail = {};
    this.#describe(payload);
    return true;
  }

  /**
   * Takes an update.
   *
   * @returns `{outcome, changed, reshaped}`: outcome `applied`, `ignored` (another stream, or older than what is held)
   *     or `gap` (not continuous: ask for a snapshot); `changed` the bars replaced or added, oldest first; `reshaped`
   *     whether intervals changed
   */
  applyUpdate(payload) {
    const ignored = { outcome: 'ignored', changed: [], reshaped: false };
    if (!concerns(payload, this.wanted) || this.loading() || this.epoch === undefined) {
      return ignored;
    }
    const { epoch, fromSeq, seq } = payload.stream ?? {};
    if (epoch !== this.epoch || !(fromSeq <= this.seq)) {
      return { ...ignored, outcome: 'gap' };
    }
    if (seq < this.seq) {
      return ignored;
    }
    const changed = (payload.bars ?? []).filter(isBar).sort(byTime);
    changed.forEach((bar) => this.#put(bar));
    const intervals = replaceOverlap(this.#besideBars(changed), payload.intervals ?? []);
    const reshaped = intervals !== this.intervals;
    this.intervals = intervals;
    this.seq = seq;
    this.#describe(payload);
    return { outcome: 'applied', changed, reshaped };
  }

  /**
   * Puts bars before the oldest one, with what is said about the time between them.
   *
   * @param payload bars and intervals of the same stream, from any other way than the stream itself
   * @param key the stream they are of
   * @returns how many were put
   */
  prepend(payload, key) {
    if (!sameKey(key, this.key) || this.bars.length === 0) {
      return 0;
    }
    const first = this.bars[0].t;
    const byStart = new Map((payload.bars ?? []).filter((bar) => isBar(bar) && bar.t < first).map((bar) => [bar.t, bar]));
    const older = [...byStart.values()].sort(byTime);
    this.bars = [...older, ...this.bars];
    const before = (payload.intervals ?? []).map((run) => ({ ...run, to: Math.min(run.to, first) }));
    this.intervals = replaceOverlap(replaceOverlap([], before), this.intervals);
    return older.length;
  }

  /** The intervals held, less what intraday bars overlap. */
  #besideBars(bars) {
    const { timeframe } = this.key;
    return isDaily(timeframe) ? this.intervals : cutBars(this.intervals, bars, TIMEFRAMES.get(timeframe));
  }

  #put(bar) {
    let low = 0;
    let high = this.bars.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.bars[middle].t < bar.t) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    this.bars.splice(low, this.bars[low]?.t === bar.t ? 1 : 0, bar);
  }

  #describe({ health, session, barsOf, resultGranularity }) {
    for (const [name, value] of Object.entries({ health, session, barsOf, resultGranularity })) {
      if (value !== undefined) {
        this.detail[name] = value;
      }
    }
  }
}

/** True when an error event speaks of the stream asked for; fields it does not carry match anything. */
export function errorConcerns(payload, key) {
  return Boolean(
    payload &&
      key &&
      (payload.chartId ?? CHART_ID) === CHART_ID &&
      (payload.symbol ?? key.symbol) === key.symbol &&
      (payload.timeframe ?? key.timeframe) === key.timeframe,
  );
}
