import assert from 'node:assert/strict';
import { test } from 'node:test';
import { streamKey } from '../src/sdk/bars.js';
import { Stage } from '../src/stage.js';
import { FakeHub, bar, snapshot, update } from './fake-hub.js';

const SPY = streamKey('SPY', '1m', 'extended');
const QQQ = streamKey('QQQ', '5m', 'extended');

async function start() {
  const hub = new FakeHub();
  const heard = [];
  const names = ['snapshot', 'update', 'quote', 'trades', 'quoteError', 'refused'];
  const listener = Object.fromEntries(names.map((name) => [name, (...args) => heard.push([name, ...args])]));
  const stage = new Stage(hub.client, listener);
  stage.select(SPY);
  await hub.accept();
  return { hub, stage, heard, calls: (name) => heard.filter(([called]) => called === name) };
}

const sent = (hub) => hub.take().map(({ event, body }) => `${event} ${body.chartId ?? body.symbols}`);

test('should focus and subscribe once connected', async () => {
  const { hub, stage } = await start();
  assert.deepEqual(sent(hub), ['live:subscribe SPY', 'chart:focus c1']);
  assert.ok(stage.loading());
  assert.equal(stage.key, undefined);
  hub.emit('chart:snapshot', snapshot('c1', [bar(0)]));
  assert.ok(!stage.loading());
  assert.deepEqual(stage.position, { epoch: 'e1', seq: 5 });
});

test('should keep the former stream until the wanted one is there', async () => {
  const { hub, stage, calls } = await start();
  hub.emit('chart:snapshot', snapshot('c1', [bar(0)]));
  hub.take();
  stage.select(QQQ);
  assert.deepEqual(sent(hub), ['live:subscribe QQQ', 'live:unsubscribe SPY', 'chart:focus c2']);
  hub.emit('chart:update', update('c1', [bar(60)], 5, 6));
  assert.deepEqual([stage.key, stage.wanted, stage.bars.length, stage.loading()], [SPY, QQQ, 2, true]);
  hub.emit('chart:snapshot', snapshot('c2', [bar(0)]));
  assert.deepEqual([stage.key, stage.bars.length, stage.loading()], [QQQ, 1, false]);
  assert.deepEqual(sent(hub), ['chart:unfocus c1']);
  assert.deepEqual([calls('snapshot').length, calls('update').length, stage.snapshots, stage.updates], [2, 1, 2, 1]);
});

test('should drop a stream that is no longer wanted', async () => {
  const { hub, stage } = await start();
  hub.emit('chart:snapshot', snapshot('c1', [bar(0)]));
  stage.select(QQQ);
  hub.take();
  stage.select({ ...QQQ, timeframe: '15m' });
  assert.deepEqual(sent(hub), ['chart:focus c3', 'chart:unfocus c2']);
  stage.select(SPY);
  assert.deepEqual(sent(hub), ['live:subscribe SPY', 'live:unsubscribe QQQ', 'chart:unfocus c3']);
  assert.ok(!stage.loading());
});

test('should tell quotes and trades of the symbol that is charted', async () => {
  const { hub, calls } = await start();
  hub.emit('live:trades', { symbol: 'SPY', trades: [{ p: 1 }] });
  hub.emit('live:quote', { symbol: 'QQQ', last: 1 });
  assert.deepEqual([calls('trades').length, calls('quote').length], [1, 0]);
});

test('should report quotes and refusals, and ask again when told to', async () => {
  const { hub, stage, calls } = await start();
  const [, focus] = hub.take();
  hub.emit('live:quote', { symbol: 'SPY', last: 1 });
  hub.emit('live:quote', { symbol: 'QQQ', last: 2 });
  hub.emit('live:error', { symbol: 'SPY', error: { code: 'NOT_ENTITLED' } });
  hub.acknowledge(focus, { ok: false, error: { code: 'UNKNOWN_INSTRUMENT', retryable: false } });
  assert.deepEqual(calls('quote').map(([, { last }]) => last), [1]);
  assert.deepEqual(calls('quoteError').map(([, { code }]) => code), ['NOT_ENTITLED']);
  assert.deepEqual(calls('refused').map(([, { code }, key, again]) => [code, key, again]), [
    ['UNKNOWN_INSTRUMENT', SPY, false],
  ]);
  stage.retry();
  assert.deepEqual(sent(hub), ['chart:focus c1']);
});
