import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeHub, MINUTE, bar, snapshot, update } from './fake-hub.js';

const OPEN = Date.UTC(2013, 9, 7, 13, 30);
const DAY = 86_400_000;
const live = { mode: 'LIVE' };

/** A client with one chart, connected, its focus taken. */
async function start(bars) {
  const hub = new FakeHub();
  const heard = [];
  const chart = hub.client.chart(
    { symbol: 'SPY', timeframe: '1m' },
    {
      snapshot: () => heard.push('snapshot'),
      update: (it, { changed, reshaped }) => heard.push(['update', changed.map(({ t }) => t), reshaped]),
      error: (error) => heard.push(['error', error.code, error.retryable]),
    },
  );
  await hub.accept();
  const [focus] = hub.take();
  if (bars) {
    hub.emit('chart:snapshot', snapshot('c1', bars));
    hub.acknowledge(focus);
  }
  return { hub, chart, heard, focus };
}

const focuses = (hub) => hub.take().filter(({ event }) => event === 'chart:focus').map(({ body }) => body.since);

test('should focus once connected and hold what comes', async () => {
  const { hub, chart, heard, focus } = await start([bar(0)]);
  assert.deepEqual(focus.body, { symbol: 'SPY', timeframe: '1m', sessionMode: 'extended', chartId: 'c1' });
  hub.emit('chart:update', update('c1', [bar(60)], 5, 7));
  hub.emit('chart:update', update('c9', [bar(120)], 7, 8));
  assert.deepEqual(chart.bars.map(({ t }) => t), [0, 60]);
  assert.deepEqual(heard, ['snapshot', ['update', [60], false]]);
  assert.equal(chart.health.mode, 'LIVE');
  assert.deepEqual([chart.ready, chart.snapshots, chart.updates], [true, 1, 1]);
});

test('should resume from where it stands after a break, without a snapshot', async () => {
  const { hub, chart } = await start([bar(0)]);
  hub.emit('chart:update', update('c1', [bar(60)], 5, 7));
  hub.cut();
  await hub.timers.pass(500);
  await hub.accept();
  assert.deepEqual(focuses(hub), [{ epoch: 'e1', seq: 7 }]);
  hub.emit('chart:update', update('c1', [bar(120)], 7, 30));
  assert.deepEqual(chart.bars.map(({ t }) => t), [0, 60, 120]);
  assert.equal(chart.snapshots, 1);
});

test('should ask by its position when updates are missing, once for all that are under way', async () => {
  const { hub, chart, heard } = await start([bar(0)]);
  hub.emit('chart:update', update('c1', [bar(120)], 8, 9));
  hub.emit('chart:update', update('c1', [bar(180)], 9, 10));
  const [again] = hub.take();
  assert.deepEqual(again.body.since, { epoch: 'e1', seq: 5 });
  hub.emit('chart:update', update('c1', [bar(60), bar(120), bar(180)], 5, 10));
  hub.acknowledge(again);
  assert.deepEqual(hub.take(), []);
  assert.deepEqual(chart.bars.map(({ t }) => t), [0, 60, 120, 180]);
  assert.equal(heard.length, 2);
});

test('should want a snapshot when its position does not help', async () => {
  const { hub, chart } = await start([bar(0)]);
  hub.emit('chart:update', update('c1', [], 8, 9));
  hub.acknowledge(hub.take()[0]);
  hub.emit('chart:update', update('c1', [], 9, 10));
  assert.deepEqual(focuses(hub), [undefined]);
  hub.emit('chart:update', update('c1', [bar(60)], 10, 11));
  assert.equal(chart.bars.length, 1);
  hub.emit('chart:snapshot', snapshot('c1', [bar(60)], { seq: 20 }));
  assert.deepEqual(chart.position, { epoch: 'e1', seq: 20 });
});

test('should want a snapshot when the epoch is another', async () => {
  const { hub, chart } = await start([bar(0)]);
  hub.emit('chart:update', update('c1', [], 5, 6, { epoch: 'e2' }));
  assert.deepEqual(focuses(hub), [undefined]);
  hub.emit('chart:snapshot', snapshot('c1', [bar(0, 5)], { epoch: 'e2', seq: 6 }));
  assert.equal(chart.bars[0].c, 5);
});

test('should report a refusal once and retry only what may succeed', async () => {
  const { hub, heard, focus } = await start();
  hub.emit('chart:error', { chartId: 'c1', error: { code: 'RATE_LIMITED', retryable: true, retryAfterMs: 7000 } });
  hub.acknowledge(focus, { ok: false, error: { code: 'RATE_LIMITED', retryable: true } });
  assert.deepEqual(heard, [['error', 'RATE_LIMITED', true]]);
  await hub.timers.pass(6999);
  assert.deepEqual(hub.take(), []);
  await hub.timers.pass(1);
  const [again] = hub.take();
  hub.acknowledge(again, { ok: false, error: { code: 'UNKNOWN_INSTRUMENT', retryable: false } });
  await hub.timers.pass(20_000);
  assert.deepEqual(hub.take(), []);
  assert.deepEqual(heard[1], ['error', 'UNKNOWN_INSTRUMENT', false]);
});

test('should ask again when no acknowledgement comes, not across a break', async () => {
  const { hub } = await start();
  await hub.timers.pass(8000);
  assert.equal(focuses(hub).length, 1);
  hub.cut();
  await hub.timers.pass(500);
  await hub.accept();
  assert.equal(focuses(hub).length, 1);
  await hub.timers.pass(7999);
  assert.equal(focuses(hub).length, 0);
});

test('should leave a stream and hear no more of it', async () => {
  const { hub, chart, heard } = await start([bar(0)]);
  chart.close();
  chart.close();
  assert.deepEqual(hub.take().map(({ event, body }) => [event, body.chartId]), [['chart:unfocus', 'c1']]);
  hub.emit('chart:update', update('c1', [bar(60)], 5, 6));
  assert.deepEqual(heard, ['snapshot']);
  assert.equal(chart.bars.length, 1);
});

test('should load bars before the oldest one', async () => {
  const { hub, chart } = await start([bar(OPEN)]);
  hub.answers.push({ bars: [bar(OPEN - MINUTE), bar(OPEN)], health: live });
  assert.equal(await chart.older(500), 1);
  const query = new URL(hub.requests[0].url).searchParams;
  assert.deepEqual(Object.fromEntries(query), {
    ticker: 'SPY',
    timeframe: '1m',
    sessionMode: 'extended',
    to: String(OPEN - 1),
    limit: '500',
  });
  assert.deepEqual(chart.bars.map(({ t }) => t), [OPEN - MINUTE, OPEN]);
});

test('should reach over a long time without trades', async () => {
  const { hub, chart } = await start([bar(OPEN)]);
  const lastDay = OPEN - 40 * DAY;
  const found = bar(lastDay + MINUTE);
  hub.answers.push({ bars: [], health: live }, { bars: [bar(lastDay)], health: live }, { bars: [found], health: live });
  assert.equal(await chart.older(), 1);
  assert.equal(new URL(hub.requests[2].url).searchParams.get('to'), String(lastDay + DAY - 1));
  assert.equal(chart.bars[0].t, found.t);
});

test('should say that there are no older bars only when the server could look', async () => {
  const { hub, chart } = await start([bar(OPEN)]);
  hub.answers.push({ bars: [], health: live }, { bars: [], health: live });
  assert.equal(await chart.older(), 0);
  for (const blind of [
    { bars: [], health: { mode: 'DEGRADED', reason: 'provider throttled' } },
    { bars: [], health: live, intervals: [{ from: 0, to: 1, state: 'outage' }] },
    new TypeError('no network'),
  ]) {
    hub.answers.push(blind);
    await assert.rejects(chart.older(), { code: 'UNAVAILABLE', retryable: true });
  }
});

test('should not put older bars before what came meanwhile', async () => {
  const { hub, chart } = await start([bar(OPEN)]);
  hub.answers.push({ bars: [bar(OPEN - MINUTE)], health: live });
  const asked = chart.older();
  hub.emit('chart:snapshot', snapshot('c1', [bar(OPEN, 5)], { epoch: 'e2' }));
  assert.equal(await asked, undefined);
  assert.equal(chart.bars.length, 1);
});
