import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attach } from '../src/sdk/candlehub-datafeed.js';
import { FakeHub, MINUTE, bar, settle, snapshot, update } from './fake-hub.js';
import { FakeSeries } from './fake-series.js';

const OPEN = Date.UTC(2013, 9, 7, 13, 30);
const at = (minute) => OPEN + minute * MINUTE;
const minutes = (from, to) => Array.from({ length: to - from }, (_, i) => bar(at(from + i)));

async function start(options) {
  const hub = new FakeHub();
  await hub.accept();
  const series = new FakeSeries();
  const volume = new FakeSeries();
  let look;
  const chart = {
    applyOptions: () => {},
    timeScale: () => ({
      subscribeVisibleLogicalRangeChange: (handler) => (look = handler),
      unsubscribeVisibleLogicalRangeChange: () => (look = undefined),
    }),
  };
  const changes = [];
  const attached = attach(hub.client, series, {
    symbol: 'SPY',
    timeframe: '1m',
    volume,
    chart,
    onChange: () => changes.push(series.points.length),
    onError: (error) => changes.push(error.code),
    ...options,
  });
  hub.emit('chart:snapshot', snapshot('c1', minutes(0, 100)));
  return { hub, series, volume, attached, changes, look: (from) => look({ from, to: from + 100 }), seen: () => look };
}

test('should draw a snapshot and update in place what is newest', async () => {
  const { hub, series, volume, attached, changes } = await start();
  assert.deepEqual(series.points[0], { time: OPEN / 1000, open: 10, high: 12, low: 9, close: 10 });
  hub.emit('chart:update', update('c1', [bar(at(99), 11), bar(at(100)), bar(at(103))], 5, 6));
  assert.deepEqual([series.points.length, volume.points.length, series.points[99].close], [102, 102, 11]);
  assert.deepEqual(attached.stats, { setData: 1, updates: 3, requests: 0 });
  assert.deepEqual(changes, [100, 102]);
});

test('should draw anew for a revision, a late bar and another epoch', async () => {
  const { hub, series, attached } = await start();
  hub.emit('chart:update', update('c1', [bar(at(50), 11), bar(at(100))], 5, 6));
  hub.emit('chart:update', update('c1', [bar(at(50.5))], 6, 7));
  assert.deepEqual([series.points.length, series.points[50].close, attached.stats.setData], [102, 11, 3]);
  hub.emit('chart:update', update('c1', [], 7, 8, { epoch: 'e2' }));
  hub.emit('chart:snapshot', snapshot('c1', minutes(0, 50), { epoch: 'e2' }));
  hub.emit('chart:update', update('c1', [bar(at(50))], 5, 6, { epoch: 'e2' }));
  assert.deepEqual([series.points.length, attached.stats.setData], [51, 4]);
});

test('should load older bars near the oldest one, one request at a time, until there are none', async () => {
  const { hub, series, attached, look } = await start();
  look(60);
  assert.equal(hub.requests.length, 0);
  hub.answers.push({ bars: minutes(-30, 0), health: { mode: 'LIVE' } });
  look(10);
  look(5);
  await settle();
  assert.equal(hub.requests.length, 1);
  assert.deepEqual([series.points.length, series.points[0].time], [130, at(-30) / 1000]);
  const none = { bars: [], health: { mode: 'LIVE' } };
  hub.answers.push(none, none);
  look(0);
  await settle();
  look(0);
  await settle();
  assert.equal(attached.stats.requests, 2);
});

test('should not hammer a server that fails', async () => {
  const { hub, attached, changes, look } = await start();
  hub.answers.push(new TypeError('no network'));
  for (let i = 0; i < 20; i++) {
    look(0);
    await settle();
  }
  assert.equal(attached.stats.requests, 1);
  assert.equal(changes[changes.length - 1], 'UNAVAILABLE');
});

test('should place days by their trade date and take other times and fields', async () => {
  const hub = new FakeHub();
  await hub.accept();
  const series = new FakeSeries();
  attach(hub.client, series, { symbol: 'SPY', timeframe: '1d', pointOf: ({ c }) => ({ value: c }) });
  hub.emit('chart:snapshot', snapshot('c1', [bar(Date.UTC(2013, 9, 7, 4))]));
  assert.deepEqual(series.points, [{ time: Date.UTC(2013, 9, 7) / 1000, value: 10 }]);
  attach(hub.client, series, { symbol: 'SPY', timeframe: '1m', timeOf: ({ t }) => t });
  hub.emit('chart:snapshot', snapshot('c2', [bar(OPEN)]));
  assert.equal(series.points[0].time, OPEN);
});

test('should let go', async () => {
  const { hub, attached, series, seen } = await start();
  attached.detach();
  assert.equal(seen(), undefined);
  hub.emit('chart:update', update('c1', [bar(at(100))], 5, 6));
  assert.equal(series.points.length, 100);
  assert.equal(await attached.loadOlder(), false);
});
