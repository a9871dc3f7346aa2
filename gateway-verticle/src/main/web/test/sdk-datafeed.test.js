import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CandlehubDatafeed } from '../src/sdk/candlehub-datafeed.js';
import { FakeHub, MINUTE, bar, settle, snapshot, update } from './fake-hub.js';

const OPEN = Date.UTC(2013, 9, 7, 13, 30);
const INFO = { ticker: 'SPY', subsession_id: 'extended' };
const at = (minute) => OPEN + minute * MINUTE;
const minutes = (from, to) => Array.from({ length: to - from }, (_, i) => bar(at(from + i)));
const seconds = (minute) => at(minute) / 1000;

/**
 * What TradingView's library does with a feed, as far as its documentation says it: it keeps what it is given, refuses a
 * tick before its newest bar, and loads anew after a reset.
 */
class Library {
  bars = [];
  errors = [];
  answers = [];

  constructor(feed) {
    this.feed = feed;
  }

  load(period) {
    return new Promise((resolve) => {
      const whole = { countBack: 1, firstDataRequest: true, from: seconds(0), to: seconds(1000), ...period };
      const end = (answer) => resolve(this.answers.push(answer) && answer);
      this.feed.getBars(
        INFO,
        '1',
        whole,
        (bars, meta) => {
          this.bars = whole.firstDataRequest ? bars : [...bars, ...this.bars];
          end({ times: bars.map(({ time }) => (time - OPEN) / MINUTE), ...meta });
        },
        (reason) => end({ reason }),
      );
    });
  }

  subscribe(uid = 'u') {
    this.feed.subscribeBars(INFO, '1', (tick) => this.#tick(tick), uid, () => (this.isStale = true));
  }

  #tick(tick) {
    const last = this.bars[this.bars.length - 1];
    if (last && tick.time < last.time) {
      this.errors.push(`time violation at ${(tick.time - OPEN) / MINUTE}`);
    } else if (last?.time === tick.time) {
      this.bars[this.bars.length - 1] = tick;
    } else {
      this.bars.push(tick);
    }
  }
}

/** A library on a connected hub; `loaded` has bars and a first answer. */
async function start(bars, options) {
  const hub = new FakeHub();
  await hub.accept();
  const resets = [];
  const feed = new CandlehubDatafeed(hub.client, {
    timers: hub.timers,
    now: () => hub.timers.millis,
    onReset: (key) => resets.push(key.symbol),
    ...options,
  });
  const library = new Library(feed);
  if (bars) {
    const first = library.load();
    await settle();
    hub.emit('chart:snapshot', snapshot('c1', bars));
    await first;
    library.subscribe();
    await settle();
  }
  return { hub, feed, library, resets };
}

test('should answer from the stream without a request', async () => {
  const { hub, feed, library } = await start(minutes(0, 60));
  assert.deepEqual(library.answers[0].times, Array.from({ length: 60 }, (_, i) => i));
  assert.deepEqual(await library.load({ firstDataRequest: false, countBack: 5, from: seconds(20), to: seconds(30) }), {
    times: [20, 21, 22, 23, 24, 25, 26, 27, 28, 29],
    noData: false,
  });
  assert.equal(hub.requests.length, 0);
  assert.deepEqual(feed.stats, { getBars: 2, requests: 0, ticks: 0, resets: 0 });
});

test('should load as many bars before the held ones as are wanted, then say that there are no more', async () => {
  const { hub, feed, library } = await start(minutes(0, 20));
  hub.answers.push({ bars: minutes(-30, 0), health: { mode: 'LIVE' } });
  const older = await library.load({ firstDataRequest: false, countBack: 25, from: seconds(-10), to: seconds(0) });
  assert.deepEqual([older.times[0], older.times.length, older.noData], [-25, 25, false]);
  const none = { bars: [], health: { mode: 'LIVE' } };
  hub.answers.push(none, none);
  const rest = await library.load({ firstDataRequest: false, countBack: 300, from: seconds(-400), to: seconds(-25) });
  assert.deepEqual([rest.times.length, rest.noData], [5, false]);
  const end = await library.load({ firstDataRequest: false, countBack: 300, from: seconds(-900), to: seconds(-30) });
  assert.deepEqual([end.times, end.noData], [[], true]);
  assert.equal(hub.requests.length, 3);
  assert.equal(feed.stats.requests, 2);
});

test('should bound the requests of one question, and of many while the server fails', async () => {
  const { hub, library } = await start(minutes(0, 20));
  hub.answers.push(...Array.from({ length: 9 }, (_, i) => ({ bars: [bar(at(-1 - i))], health: { mode: 'LIVE' } })));
  const few = await library.load({ firstDataRequest: false, countBack: 5000, from: seconds(-9000), to: seconds(0) });
  assert.equal(few.times.length, 4);
  assert.equal(hub.requests.length, 4);
  hub.answers.splice(0, 9, ...Array.from({ length: 9 }, () => new TypeError('no network')));
  const more = { firstDataRequest: false, countBack: 90, from: seconds(-90), to: seconds(-4) };
  for (let i = 0; i < 50; i++) {
    const { reason } = await library.load(more);
    assert.equal(reason, 'the server cannot be reached');
  }
  assert.equal(hub.requests.length, 5);
  await hub.timers.pass(5000);
  await library.load(more);
  assert.equal(hub.requests.length, 6);
});

test('should give what is there when older bars cannot be had, and say so when asked for them', async () => {
  const { hub, library } = await start(minutes(0, 3));
  hub.answers.push(new TypeError('no network'));
  const first = await library.load({ countBack: 300 });
  assert.deepEqual([first.times, first.noData], [[0, 1, 2], false]);
  const rest = await library.load({ firstDataRequest: false, countBack: 297, from: seconds(-300), to: seconds(0) });
  assert.equal(rest.reason, 'the server cannot be reached');
  assert.equal(hub.requests.length, 1);
});

test('should tick the newest bar and later ones in order', async () => {
  const { hub, feed, library, resets } = await start(minutes(0, 3));
  hub.emit('chart:update', update('c1', [bar(at(2), 11)], 5, 6));
  hub.emit('chart:update', update('c1', [bar(at(4)), bar(at(3))], 6, 7));
  assert.deepEqual(library.bars.map(({ time, close }) => [(time - OPEN) / MINUTE, close]).slice(2), [[2, 11], [3, 10], [4, 10]]);
  assert.deepEqual([library.errors, resets, feed.stats.ticks], [[], [], 3]);
});

test('should make the library load again for a revision, a late bar and a bar that is gone', async () => {
  for (const change of [bar(at(1), 11), bar(at(1.5))]) {
    const { hub, library, resets } = await start(minutes(0, 3));
    hub.emit('chart:update', update('c1', [change], 5, 6));
    assert.ok(library.isStale);
    assert.deepEqual(resets, ['SPY']);
    await library.load();
    assert.equal(library.bars.find(({ time }) => time === change.t).close, change.c);
    assert.deepEqual(library.errors, []);
    assert.equal(hub.requests.length, 0);
  }
  const { hub, resets } = await start(minutes(0, 3));
  hub.emit('chart:snapshot', snapshot('c1', [bar(at(0)), bar(at(2))], { seq: 9 }));
  assert.deepEqual(resets, ['SPY']);
});

test('should not trouble the library with changes that it does not show', async () => {
  const { hub, library, resets } = await start(minutes(0, 3));
  hub.emit('chart:update', update('c1', [bar(at(1), 10, { state: 'revised', revision: 1, n: 7 })], 5, 6));
  hub.emit('chart:update', update('c1', [bar(at(-5))], 6, 7));
  hub.emit('chart:snapshot', snapshot('c1', minutes(0, 4), { seq: 9 }));
  assert.deepEqual(resets, []);
  assert.equal(library.bars.length, 4);
});

test('should reset at most once per pause however often bars are revised', async () => {
  const { hub, feed, resets } = await start(minutes(0, 60));
  for (let i = 0; i < 50; i++) {
    hub.emit('chart:update', update('c1', [bar(at(i), 11)], 5 + i, 6 + i));
    await hub.timers.pass(500);
  }
  assert.equal(resets.length, 3);
  await hub.timers.pass(20_000);
  assert.equal(resets.length, 4);
  assert.equal(feed.stats.resets, 4);
});

test('should reset at once when another epoch brings other bars, and never tick back', async () => {
  const { hub, library, resets } = await start(minutes(0, 10));
  hub.emit('chart:update', update('c1', [bar(at(1), 11)], 5, 6));
  hub.emit('chart:update', update('c1', [], 6, 7, { epoch: 'e2' }));
  hub.emit('chart:snapshot', snapshot('c1', minutes(0, 8).map((it) => ({ ...it, o: 5, c: 5 })), { epoch: 'e2', seq: 7 }));
  assert.equal(resets.length, 2);
  hub.emit('chart:update', update('c1', [bar(at(8), 5)], 7, 8, { epoch: 'e2' }));
  assert.deepEqual(library.errors, []);
  await library.load();
  assert.deepEqual([library.bars.length, library.bars[3].close], [9, 5]);
  hub.emit('chart:update', update('c1', [bar(at(9), 5)], 8, 9, { epoch: 'e2' }));
  assert.deepEqual([library.bars.length, library.errors], [10, []]);
});

test('should reset for another epoch though the bars are the same', async () => {
  const { hub, resets } = await start(minutes(0, 3));
  hub.emit('chart:snapshot', snapshot('c1', minutes(0, 3), { epoch: 'e2', seq: 7 }));
  assert.deepEqual(resets, ['SPY']);
});

test('should not tick before what a follower shows when bars are gone', async () => {
  const { hub, library, resets } = await start(minutes(0, 10));
  hub.emit('chart:snapshot', snapshot('c1', minutes(0, 8), { epoch: 'e2', seq: 7 }));
  const shown = library.bars;
  await library.load();
  const loaded = library.bars;
  library.bars = shown; // an answer that the library has not drawn yet
  hub.emit('chart:update', update('c1', [bar(at(8))], 7, 8, { epoch: 'e2' }));
  assert.deepEqual(library.errors, []);
  assert.equal(loaded.length, 8);
  await hub.timers.pass(10_000);
  assert.equal(resets.length, 2);
});

test('should make a library load that subscribes with bars of its own', async () => {
  const { hub, library, resets } = await start();
  library.bars = [{ time: at(5) }];
  library.subscribe();
  await settle();
  hub.emit('chart:snapshot', snapshot('c1', minutes(0, 7)));
  hub.emit('chart:update', update('c1', [bar(at(2), 11)], 5, 6));
  assert.deepEqual([resets, library.errors], [['SPY'], []]);
});

test('should not say that there are no bars before it knows', async () => {
  const { hub, library } = await start(minutes(0, 20));
  hub.answers.push(...Array.from({ length: 4 }, (_, i) => ({ bars: [bar(at(-1 - i))], health: { mode: 'LIVE' } })));
  const far = await library.load({ firstDataRequest: false, countBack: 10, from: seconds(-900), to: seconds(-800) });
  assert.deepEqual(far, { reason: 'older bars are still being loaded' });
});

test('should make room when the server gives no more streams', async () => {
  const { hub, feed, library } = await start(minutes(0, 3));
  feed.unsubscribeBars('u');
  hub.take();
  library.load();
  feed.getBars(INFO, '5', { from: 0, to: 1, countBack: 1, firstDataRequest: true }, () => {}, () => {});
  await settle();
  const focus = hub.take().find(({ event }) => event === 'chart:focus');
  const error = { code: 'LIMIT_EXCEEDED', message: 'too many charts', retryable: true };
  hub.acknowledge(focus, { ok: false, error });
  assert.deepEqual(hub.take().map(({ event, body }) => [event, body.chartId]), [['chart:unfocus', 'c1']]);
  await hub.timers.pass(3000);
  assert.equal(hub.take().filter(({ event }) => event === 'chart:focus').length, 1);
});

test('should tell a follower what changed between its history and its subscription', async () => {
  const { hub, feed, library, resets } = await start();
  const first = library.load();
  await settle();
  hub.emit('chart:snapshot', snapshot('c1', minutes(0, 3)));
  await first;
  hub.emit('chart:update', update('c1', [bar(at(1), 11), bar(at(2), 11), bar(at(3), 11)], 5, 6));
  library.subscribe();
  await settle();
  assert.deepEqual(library.bars.map(({ close }) => close), [10, 10, 11, 11]);
  assert.deepEqual(resets, ['SPY']);
  assert.equal(feed.stats.ticks, 2);
});

test('should share one stream between followers and keep few that nobody follows', async () => {
  const { hub, feed, library } = await start(minutes(0, 3));
  library.subscribe('v');
  assert.equal(hub.take().filter(({ event }) => event === 'chart:focus').length, 1);
  feed.unsubscribeBars('u');
  feed.unsubscribeBars('v');
  assert.deepEqual(hub.take(), []);
  for (const [index, resolution] of ['5', '15', '30', '60'].entries()) {
    feed.getBars(INFO, resolution, { from: 0, to: 1, countBack: 1, firstDataRequest: true }, () => {}, () => {});
    await settle();
    hub.emit('chart:snapshot', snapshot(`c${2 + index}`, minutes(0, 1)));
  }
  const closed = hub.take().filter(({ event }) => event === 'chart:unfocus');
  assert.deepEqual(closed.map(({ body }) => body.chartId), ['c1', 'c2']);
});

test('should pass a refusal on and ask anew the next time', async () => {
  const { hub, library } = await start();
  const first = library.load();
  await settle();
  const [focus] = hub.take();
  hub.acknowledge(focus, { ok: false, error: { code: 'UNKNOWN_INSTRUMENT', message: 'no such symbol', retryable: false } });
  assert.deepEqual(await first, { reason: 'no such symbol' });
  const second = library.load();
  await settle();
  hub.emit('chart:snapshot', snapshot('c2', minutes(0, 1)));
  assert.deepEqual((await second).times, [0]);
});

test('should not leave the library waiting when the hub is away', async () => {
  const { hub, library } = await start();
  const first = library.load();
  await settle();
  await hub.timers.pass(15_000);
  assert.deepEqual(await first, { reason: 'the server has not answered yet' });
});

test('should place days at 00:00 UTC of their trade date', async () => {
  const { hub, feed } = await start();
  const days = [Date.UTC(2013, 9, 4, 4), Date.UTC(2013, 9, 7, 4), Date.UTC(2013, 10, 4, 5)];
  const answer = new Promise((resolve) => {
    const period = { from: Date.UTC(2013, 9, 7) / 1000, to: Date.UTC(2013, 10, 4) / 1000, countBack: 1 };
    feed.getBars(INFO, '1D', period, (bars) => resolve(bars.map(({ time }) => time)), assert.fail);
  });
  await settle();
  hub.emit('chart:snapshot', snapshot('c1', days.map((t) => bar(t))));
  assert.deepEqual(await answer, [Date.UTC(2013, 9, 7)]);
});

test('should resolve symbols from what the server lists, and take only our prefixes', async () => {
  const { hub, feed } = await start();
  const resolve = (name, extension) =>
    new Promise((done) => feed.resolveSymbol(name, done, (reason) => done({ reason }), extension));
  const listed = [{ symbol: 'BRK.B', name: 'Berkshire', type: 'CS', exchange: 'XNYS' }];
  hub.answers.push({ status: 404, body: {} }, { symbols: listed });
  const info = await resolve('nyse:brk.b', { session: 'regular' });
  assert.deepEqual(
    [info.ticker, info.description, info.session, info.subsession_id, info.timezone, info.has_seconds],
    ['BRK.B', 'Berkshire', '0930-1600', 'regular', 'America/New_York', false],
  );
  assert.deepEqual(info.intraday_multipliers, ['1', '5', '15', '30', '60', '240']);
  hub.answers.push({ status: 404, body: {} }, { symbols: [] });
  assert.deepEqual(await resolve('NOPE'), { reason: 'unknown_symbol' });
  hub.answers.push({ name: 'I:SPX', 'has-daily': true, session: '0930-1615', pricescale: 1000 });
  const served = await resolve('I:SPX');
  assert.deepEqual([served.pricescale, served.visible_plots_set, served.ticker], [1000, 'ohlc', 'I:SPX']);
});

test('should configure, search and tell the time, also without UDF', async () => {
  const { hub, feed } = await start();
  const configuration = await new Promise((done) => feed.onReady(done));
  assert.deepEqual(configuration.supported_resolutions, ['1', '5', '15', '30', '60', '240', '1D', '1W']);
  hub.answers.push([{ symbol: 'SPY', ticker: 'SPY' }]);
  const served = await new Promise((done) => feed.searchSymbols('sp', 'ARCX', '', done));
  assert.deepEqual(served, [{ symbol: 'SPY', ticker: 'SPY' }]);
  const { searchParams } = new URL(hub.requests[hub.requests.length - 1].url);
  assert.deepEqual([searchParams.get('query'), searchParams.get('exchange')], ['sp', 'ARCX']);
  hub.answers.push({ status: 404, body: {} }, { symbols: [{ symbol: 'SPY', name: 'S&P', type: 'ETF', exchange: 'ARCX' }, { symbol: 'X', type: 'CS' }] });
  const found = await new Promise((done) => feed.searchSymbols(' sp ', '', 'ETF', done));
  assert.deepEqual(found.map(({ ticker }) => ticker), ['SPY']);
  assert.deepEqual(await new Promise((done) => feed.searchSymbols('x', '', '', done)), []);
  hub.answers.push({ marketMillis: 1_381_152_600_500 });
  assert.equal(await new Promise((done) => feed.getServerTime(done)), 1_381_152_600);
});

test('should mark revisions and the first bar after an outage or halt', async () => {
  const { hub, feed } = await start(minutes(0, 3));
  const intervals = [{ from: at(3), to: at(5), state: 'outage' }, { from: at(6), to: at(7), state: 'quiet' }];
  hub.emit('chart:update', update('c1', [bar(at(1), 11, { state: 'revised' }), bar(at(5))], 5, 6, { intervals }));
  const marks = await new Promise((done) => feed.getMarks(INFO, seconds(0), seconds(9), done, '1'));
  assert.deepEqual(marks.map(({ time, label }) => [(time * 1000 - OPEN) / MINUTE, label]), [[1, 'R'], [5, 'O']]);
  assert.equal(new Set(marks.map(({ id }) => id)).size, 2);
  assert.deepEqual(await new Promise((done) => feed.getTimescaleMarks(INFO, 0, 1, done, '1')), []);
});

test('should give quotes in the names that were asked for', async () => {
  const { hub, feed } = await start();
  const asked = new Promise((done) => feed.getQuotes(['NYSE:SPY', 'NOPE', 'MUTE'], done));
  hub.emit('live:quote', { symbol: 'SPY', last: 101, bid: 100, prevClose: 100 });
  hub.emit('live:error', { symbol: 'NOPE', error: { code: 'UNKNOWN_INSTRUMENT' } });
  await hub.timers.pass(2000);
  const [spy, ...others] = await asked;
  assert.deepEqual([spy.n, spy.v.lp, spy.v.ch, spy.v.chp, 'ask' in spy.v], ['NYSE:SPY', 101, 1, 1, false]);
  assert.deepEqual(others, [{ s: 'error', n: 'NOPE', v: {} }, { s: 'error', n: 'MUTE', v: {} }]);
  const heard = [];
  feed.subscribeQuotes(['SPY'], ['QQQ'], (quotes) => heard.push(...quotes.map(({ n }) => n)), 'q');
  hub.emit('live:quote', { symbol: 'QQQ', last: 1 });
  feed.unsubscribeQuotes('q');
  hub.emit('live:quote', { symbol: 'QQQ', last: 2 });
  assert.deepEqual(heard, ['QQQ']);
});
