import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeHub } from './fake-hub.js';

async function start() {
  const hub = new FakeHub();
  await hub.accept();
  const heard = [];
  const follower = (name) => ({
    quote: ({ symbol, last }) => heard.push([name, symbol, last]),
    error: (error, symbol) => heard.push([name, symbol, error.code]),
  });
  return { hub, heard, follower };
}

const sent = (hub) => hub.take().map(({ event, body }) => [event, ...body.symbols]);

test('should ask for each symbol once and end with its last follower', async () => {
  const { hub, heard, follower } = await start();
  const one = hub.client.quotes(['SPY', 'QQQ'], follower('a'));
  hub.emit('live:quote', { symbol: 'SPY', last: 1 });
  const other = hub.client.quotes('SPY', follower('b'));
  assert.deepEqual(sent(hub), [['live:subscribe', 'SPY', 'QQQ']]);
  assert.deepEqual(heard, [['a', 'SPY', 1], ['b', 'SPY', 1]]);
  one.close();
  one.close();
  assert.deepEqual(sent(hub), [['live:unsubscribe', 'QQQ']]);
  other.close();
  assert.deepEqual(sent(hub), [['live:unsubscribe', 'SPY']]);
  hub.emit('live:quote', { symbol: 'SPY', last: 2 });
  assert.equal(heard.length, 2);
});

test('should ask for all again after a break', async () => {
  const { hub, follower } = await start();
  hub.client.quotes(['SPY', 'QQQ'], follower('a'));
  hub.cut();
  await hub.timers.pass(500);
  await hub.accept();
  assert.deepEqual(sent(hub), [['live:subscribe', 'SPY', 'QQQ']]);
});

test('should tell each refusal once and retry what may succeed', async () => {
  const { hub, heard, follower } = await start();
  hub.client.quotes(['SPY', 'NOPE'], follower('a'));
  const [asked] = hub.take();
  hub.emit('live:error', { symbol: 'NOPE', error: { code: 'UNKNOWN_INSTRUMENT', retryable: false } });
  hub.acknowledge(asked, { ok: false, error: { code: 'UNAVAILABLE', retryable: true } });
  assert.deepEqual(heard, [['a', 'NOPE', 'UNKNOWN_INSTRUMENT'], ['a', 'SPY', 'UNAVAILABLE']]);
  await hub.timers.pass(3000);
  assert.deepEqual(sent(hub), [['live:subscribe', 'SPY']]);
});

test('should want trades of what somebody takes trades of, and only as long', async () => {
  const { hub, follower } = await start();
  const wishes = () => hub.take().map(({ event, body }) => [event, ...body.symbols, body.trades]);
  hub.client.quotes(['SPY', 'QQQ'], follower('a'));
  assert.deepEqual(wishes(), [['live:subscribe', 'SPY', 'QQQ', false]]);
  const tape = hub.client.quotes(['SPY', 'DIA'], { trades: () => {} });
  assert.deepEqual(wishes(), [['live:subscribe', 'SPY', 'DIA', undefined]]);
  hub.cut();
  await hub.timers.pass(500);
  await hub.accept();
  assert.deepEqual(wishes(), [['live:subscribe', 'SPY', 'DIA', undefined], ['live:subscribe', 'QQQ', false]]);
  tape.close();
  assert.deepEqual(wishes(), [['live:subscribe', 'SPY', false], ['live:unsubscribe', 'DIA', undefined]]);
});

test('should tell no trade twice after a break', async () => {
  const { hub } = await start();
  const told = [];
  hub.client.quotes('SPY', { trades: ({ trades }) => told.push(...trades.map(({ p, q }) => q ?? p)) });
  const numbered = (q) => ({ t: 5, p: 1, s: 1, x: 4, c: [], q });
  const plain = (p) => ({ t: 6, p, s: 1, x: 4, c: [] });
  hub.emit('live:trades', { symbol: 'SPY', trades: [numbered(1), numbered(2)] });
  hub.emit('live:trades', { symbol: 'SPY', trades: [plain(70), plain(70)] });
  hub.cut();
  await hub.timers.pass(500);
  await hub.accept();
  const again = [numbered(2), numbered(3), plain(70), plain(70), plain(70)];
  hub.emit('live:trades', { symbol: 'SPY', trades: again });
  hub.emit('live:trades', { symbol: 'SPY', trades: [plain(70)] });
  assert.deepEqual(told, [1, 2, 70, 70, 3, 70, 70]);
});

test('should tell trades to those who want them and quotes to all', async () => {
  const { hub, heard, follower } = await start();
  const trades = [];
  hub.client.quotes('SPY', { ...follower('a'), trades: (told) => trades.push(told) });
  hub.client.quotes('SPY', follower('b'));
  hub.emit('live:trades', { symbol: 'SPY', trades: [{ p: 1 }], conflated: 2 });
  hub.emit('live:trades', { symbol: 'QQQ', trades: [{ p: 1 }] });
  assert.deepEqual(trades, [{ symbol: 'SPY', trades: [{ p: 1 }], conflated: 2 }]);
  assert.deepEqual(heard, []);
});
