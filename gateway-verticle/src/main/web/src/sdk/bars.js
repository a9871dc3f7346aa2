import { cutBars, replaceOverlap } from './intervals.js';

const DAY_MILLIS = 86_400_000;

/** Bar lengths in milliseconds by their names on the wire. */
export const STEPS = {
  '1s': 1000,
  '5s': 5000,
  '15s': 15_000,
  '1m': 60_000,
  '5m': 300_000,
  '15m': 900_000,
  '30m': 1_800_000,
  '1h': 3_600_000,
  '4h': 14_400_000,
  '1d': DAY_MILLIS,
  '1w': 7 * DAY_MILLIS,
};

/** True for timeframes whose bars are days or longer. */
export function isDaily(timeframe) {
  return STEPS[timeframe] >= DAY_MILLIS;
}

/** A stream's name. Daily and weekly bars exist once, so they are always asked for as extended. */
export function streamKey(symbol, timeframe, sessionMode = 'extended') {
  return { symbol, timeframe, sessionMode: isDaily(timeframe) ? 'extended' : sessionMode };
}

/** True when two keys name one stream. */
export function sameKey(a, b) {
  return Boolean(a && b && a.symbol === b.symbol && a.timeframe === b.timeframe && a.sessionMode === b.sessionMode);
}

function isBar(bar) {
  return Boolean(bar) && [bar.t, bar.o, bar.h, bar.l, bar.c].every(Number.isFinite);
}

/** Bars oldest first, each start once; the last one of a start counts. */
function ordered(bars = []) {
  const byStart = new Map(bars.filter(isBar).map((bar) => [bar.t, bar]));
  return [...byStart.values()].sort((a, b) => a.t - b.t);
}

/** Where a bar of a start is, or would be put. */
export function indexAt(bars, t) {
  let low = 0;
  let high = bars.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (bars[middle].t < t) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/**
 * Bars of one stream, exactly as the server sent them: a snapshot replaces everything, an update replaces bars by `t`
 * and the intervals that its bars and intervals overlap, and only if it continues what is held. Nothing is computed
 * from bars here, and no bar is changed in place.
 */
export class StreamStore {
  constructor(key) {
    this.key = key;
    this.bars = [];
    this.intervals = [];
    /** What the server says about the stream: `{health, session, barsOf, resultGranularity}`. */
    this.detail = {};
    /** `{epoch, seq}` of what is held; undefined before the first snapshot and after {@link forget}. */
    this.position = undefined;
  }

  /** Forgets the position, so that only a snapshot is accepted next; the bars stay. */
  forget() {
    this.position = undefined;
  }

  /** Takes a snapshot. */
  snapshot({ stream, bars, intervals, ...detail }) {
    this.position = { epoch: stream?.epoch, seq: stream?.seq };
    this.bars = ordered(bars);
    this.intervals = replaceOverlap([], intervals ?? []);
    this.detail = {};
    this.#describe(detail);
  }

  /**
   * Takes an update.
   *
   * @returns `{changed, reshaped}`: the bars replaced or added, oldest first, and whether intervals changed; or
   *     `'gap'` when it does not continue what is held; or undefined when it is older than that or a snapshot is awaited
   */
  update({ stream, bars, intervals, ...detail }) {
    if (!this.position) {
      return undefined;
    }
    const { epoch, fromSeq, seq } = stream ?? {};
    if (epoch !== this.position.epoch || !(fromSeq <= this.position.seq)) {
      return 'gap';
    }
    if (seq < this.position.seq) {
      return undefined;
    }
    const changed = ordered(bars);
    changed.forEach((bar) => this.#put(bar));
    const next = replaceOverlap(this.#besideBars(changed), intervals ?? []);
    const reshaped = next !== this.intervals;
    this.intervals = next;
    this.position = { epoch, seq };
    this.#describe(detail);
    return { changed, reshaped };
  }

  /** Puts bars of the same stream before the oldest one, with their intervals; answers how many were put. */
  prepend({ bars, intervals }) {
    const first = this.bars[0]?.t ?? Infinity;
    const older = ordered(bars).filter(({ t }) => t < first);
    this.bars = [...older, ...this.bars];
    const before = (intervals ?? []).map((run) => ({ ...run, to: Math.min(run.to, first) }));
    this.intervals = replaceOverlap(replaceOverlap([], before), this.intervals);
    return older.length;
  }

  /** The intervals held, less what intraday bars overlap. */
  #besideBars(bars) {
    const { timeframe } = this.key;
    return isDaily(timeframe) ? this.intervals : cutBars(this.intervals, bars, STEPS[timeframe]);
  }

  #put(bar) {
    const index = indexAt(this.bars, bar.t);
    this.bars.splice(index, this.bars[index]?.t === bar.t ? 1 : 0, bar);
  }

  #describe({ health, session, barsOf, resultGranularity }) {
    for (const [name, value] of Object.entries({ health, session, barsOf, resultGranularity })) {
      if (value !== undefined) {
        this.detail[name] = value;
      }
    }
  }
}
