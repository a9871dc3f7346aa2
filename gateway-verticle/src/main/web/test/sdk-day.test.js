import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CandlehubDatafeed, attach } from '../src/sdk/candlehub-datafeed.js';
import { FakeHub, MINUTE, settle } from './fake-hub.js';
import { FakeSeries } from './fake-series.js';
import { FakeLibrary } from './charting-library/fake-library.js';

const SEEDS = Number(process.env.DAY_SEEDS ?? 20);
const STEPS = 400;
const OPEN = Date.UTC(2013, 9, 7, 13, 30);
const HISTORY = 3000;
/** Minutes that the stream holds before the open; before them is REST alone. */
const ON_STREAM = 600;

function generator(seed) {
  let state = seed * 2_654_435_761 + 1;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

/** A market with thin minutes, late bars, revisions and splits, and a hub that streams it as the real one does. */
class Market {
  bars = new Map();
  seq = 10;
  epoch = 1;
  #changed = new Map();
  #charts = new Map();

  constructor(hub, below) {
    this.hub = hub;
    this.below = below;
    this.minute = 0;
    for (let minute = -HISTORY; minute <= 0; minute++) {
      if (below(10) > 0) {
        this.put(minute);
      }
    }
  }

  /** Trades in a minute: a new bar, or another state of a known one. */
  put(minute) {
    const t = OPEN + minute * MINUTE;
    const o = 100 + this.below(50);
    const bar = { t, o, h: o + this.below(9), l: o - this.below(9), c: o + 1, v: 1 + this.below(999), state: 'live' };
    this.bars.set(t, bar);
    this.#changed.set(t, ++this.seq);
  }

  split() {
    this.epoch++;
    for (const [t, bar] of this.bars) {
      this.bars.set(t, { ...bar, o: bar.o / 2, h: bar.h / 2, l: bar.l / 2, c: bar.c / 2 });
    }
    this.seq++;
  }

  /** Bars oldest first. */
  all() {
    return [...this.bars.values()].sort((a, b) => a.t - b.t);
  }

  /** Hears what clients ask for and sends every one what it lacks; `isLossy` loses one message. */
  serve(isLossy = false) {
    for (const { event, body, id } of this.hub.take()) {
      if (event === 'chart:focus') {
        const since = body.since?.epoch === `e${this.epoch}` ? body.since.seq : undefined;
        this.#charts.set(body.chartId, { epoch: this.epoch, seq: since });
        this.#tell(body.chartId);
        this.hub.socket.receive(`43${id}[{"ok":true,"state":"live"}]`);
      } else if (event === 'chart:unfocus') {
        this.#charts.delete(body.chartId);
      }
    }
    for (const [chartId, cursor] of this.#charts) {
      if (isLossy && cursor.seq !== undefined && cursor.epoch === this.epoch) {
        cursor.seq = this.seq;
      } else {
        this.#tell(chartId);
      }
    }
  }

  /** Forgets all clients, as their connection is gone. */
  drop() {
    this.#charts.clear();
  }

  #tell(chartId) {
    const cursor = this.#charts.get(chartId);
    const { seq, epoch } = this;
    const common = { chartId, health: { mode: 'LIVE' } };
    if (cursor.seq === undefined || cursor.epoch !== epoch) {
      const stream = { epoch: `e${epoch}`, seq };
      const bars = this.all().filter(({ t }) => t >= OPEN - ON_STREAM * MINUTE);
      this.hub.emit('chart:snapshot', { ...common, bars, intervals: [], stream });
    } else if (cursor.seq < seq) {
      const bars = this.all().filter(({ t }) => this.#changed.get(t) > cursor.seq);
      this.hub.emit('chart:update', { ...common, bars, stream: { epoch: `e${epoch}`, fromSeq: cursor.seq, seq } });
    }
    Object.assign(cursor, { seq, epoch });
  }
}

/** REST over a market. */
function answers(market) {
  return async (url) => {
    const query = new URL(url).searchParams;
    let body = { error: { code: 'NO_DATA', message: 'none' } };
    if (url.includes('/api/market/aggs')) {
      const bars = market.all().filter(({ t }) => query.get('timeframe') === '1m' && t <= Number(query.get('to')));
      body = { bars: bars.slice(-Number(query.get('limit'))), intervals: [], health: { mode: 'LIVE' } };
    } else if (url.includes('/api/market/symbols')) {
      body = { symbols: [{ symbol: 'SPY', name: 'S&P', type: 'ETF', exchange: 'ARCX' }] };
    }
    const status = body.error ? 404 : 200;
    return { ok: status === 200, status, json: async () => body };
  };
}

/** Lets the client find the hub again. */
async function reconnect(hub) {
  while (!hub.client.connected) {
    await hub.timers.pass(6000);
    await hub.accept();
  }
}

const values = ({ t, o, h, l, c }) => [t, o, h, l, c].join(' ');

async function day(seed) {
  const below = generator(seed);
  const hub = new FakeHub({ fetch: (url) => fetchOf(url) });
  const market = new Market(hub, below);
  const fetchOf = answers(market);
  await hub.accept();
  const now = () => OPEN + market.minute * MINUTE + 1000;
  let library;
  const feed = new CandlehubDatafeed(hub.client, {
    timers: hub.timers,
    now: () => hub.timers.millis,
    onReset: () => library.resetData(),
  });
  library = new FakeLibrary(feed, 'SPY', '1', now);
  const series = new FakeSeries();
  const attached = attach(hub.client, series, { symbol: 'SPY', timeframe: '1m' });
  for (let i = 0; i < 5; i++) {
    await settle();
    market.serve();
  }
  await library.ready;
  const done = { late: 0, revisions: 0, splits: 0, cuts: 0, losses: 0, scrolls: 0 };
  let isOnline = true;
  for (let step = 0; step < STEPS; step++) {
    const action = below(100);
    if (action < 40) {
      market.put(market.minute);
    } else if (action < 60) {
      market.minute += 1 + below(3);
      market.put(market.minute);
    } else if (action < 75) {
      const minute = market.minute - 1 - below(action < 65 ? market.minute + ON_STREAM : 20);
      done[market.bars.has(OPEN + minute * MINUTE) ? 'revisions' : 'late']++;
      market.put(minute);
    } else if (action < 77) {
      market.split();
      done.splits++;
    } else if (action < 80 && isOnline) {
      hub.cut();
      market.drop();
      isOnline = false;
      done.cuts++;
    } else if (action < 84) {
      done.scrolls++;
      library.scrollBack(200);
      attached.loadOlder();
    }
    if (isOnline) {
      const isLossy = below(20) === 0;
      done.losses += isLossy ? 1 : 0;
      market.serve(isLossy);
    } else if (below(4) === 0) {
      await reconnect(hub);
      isOnline = true;
    }
    await hub.timers.pass(below(3000));
    await settle();
  }
  await reconnect(hub);
  market.put(market.minute + 1);
  for (let i = 0; i < 5; i++) {
    market.serve();
    await settle();
  }
  await hub.timers.pass(20_000);
  market.serve();
  await settle();
  return { library, feed, series, attached, market, done };
}

test('should end as the server has it, whatever a day brings, and break no rule of any library', async (t) => {
  const sums = {};
  const add = (counts) => Object.entries(counts).forEach(([name, n]) => (sums[name] = (sums[name] ?? 0) + n));
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { library, feed, series, attached, market, done } = await day(seed);
    assert.deepEqual(library.errors, [], `seed ${seed}`);
    const shown = library.bars.map(({ time, open, high, low, close }) => [time, open, high, low, close].join(' '));
    const told = market.all().map(values);
    assert.ok(shown.length >= 300, `seed ${seed}: ${shown.length} bars`);
    assert.deepEqual(shown, told.slice(-shown.length), `seed ${seed}, TradingView`);
    const drawn = series.points.map(({ time, open, high, low, close }) => [time * 1000, open, high, low, close].join(' '));
    assert.deepEqual(drawn, told.slice(-drawn.length), `seed ${seed}, lightweight-charts`);
    assert.ok(library.counts.getBars <= 1 + done.scrolls + feed.stats.resets, `seed ${seed}: ${library.counts.getBars}`);
    assert.ok(feed.stats.requests <= 4 * library.counts.getBars);
    add({ ...done, ...feed.stats, setData: attached.stats.setData, updates: attached.stats.updates });
  }
  t.diagnostic(`${SEEDS} days: ${JSON.stringify(sums)}`);
});
