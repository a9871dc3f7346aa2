// Keeps what a stream says, by the contract's rules and nothing more: bars replaced by their start, continuity by
// (epoch, seq). Shared by the test clients of every protocol.

import { createInterface } from 'node:readline';

/** The charts of one client by their id. */
export class ChartBook {
  constructor() {
    this.charts = {};
    this.counters = { snapshots: 0, updates: 0, holes: 0, duplicates: 0 };
    this.acks = {};
    this.errors = [];
    this.quotes = 0;
  }

  /** Applies a snapshot: what was there before is replaced. */
  snapshot(id, body) {
    this.counters.snapshots++;
    const chart = { bars: new Map(), intervals: [...(body.intervals ?? [])], health: body.health, session: body.session, stream: body.stream, changes: 0 };
    for (const bar of body.bars) {
      if (chart.bars.has(bar.t)) this.counters.duplicates++;
      chart.bars.set(bar.t, bar);
    }
    this.charts[id] = chart;
  }

  /** Applies an update; false if it does not continue what is held. */
  update(id, body) {
    this.counters.updates++;
    const chart = this.charts[id];
    if (!chart || chart.stream.epoch !== body.stream.epoch || body.stream.fromSeq > chart.stream.seq) {
      this.counters.holes++;
      return false;
    }
    if (body.stream.fromSeq < chart.stream.seq && body.bars.length > 0) this.counters.duplicates++;
    for (const bar of body.bars) chart.bars.set(bar.t, bar);
    for (const interval of body.intervals ?? []) chart.intervals = replaced(chart.intervals, interval);
    if (body.bars.length > 0) chart.changes++;
    chart.stream = { epoch: body.stream.epoch, seq: body.stream.seq };
    chart.health = body.health;
    chart.session = body.session;
    return true;
  }

  /** All that is held, as one JSON line for the test that reads it. */
  dump() {
    const charts = {};
    for (const [id, chart] of Object.entries(this.charts)) {
      const bars = [...chart.bars.values()].sort((a, b) => a.t - b.t);
      charts[id] = { ...chart, bars };
    }
    const { counters, acks, errors, quotes } = this;
    return JSON.stringify({ charts, counters, acks, errors, quotes });
  }
}

/** Intervals with a changed one in them: it replaces what it overlaps. */
function replaced(intervals, changed) {
  const rest = intervals.flatMap((one) => {
    if (one.to <= changed.from || one.from >= changed.to) return [one];
    const left = one.from < changed.from ? [{ ...one, to: changed.from }] : [];
    const right = one.to > changed.to ? [{ ...one, from: changed.to }] : [];
    return [...left, ...right];
  });
  return [...rest, changed].sort((a, b) => a.from - b.from);
}

/** Answers each line `dump` on standard input with the book; ends with the input. */
export function serve(book, close) {
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    if (line === 'dump') process.stdout.write(`${book.dump()}\n`);
  });
  lines.on('close', () => {
    close();
    process.exit(0);
  });
}
