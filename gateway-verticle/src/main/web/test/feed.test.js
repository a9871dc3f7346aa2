import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Feed } from '../src/feed.js';
import { StreamStore, streamKey } from '../src/stream.js';

const SPY = streamKey('SPY', '1m', 'extended');
const QQQ = streamKey('QQQ', '5m', 'extended');
const BAR = { t: 0, o: 1, h: 1, l: 1, c: 1, v: 1, state: 'final' };

/** A page with a socket and timers in the test's hands. */
function start() {
  const handlers = new Map();
  const sent = [];
  const heard = [];
  const timers = new Map();
  let nextTimer = 1;
  const socket = {
    connected: false,
    active: true,
    connects: 0,
    connect: () => socket.connects++,
    on: (event, handler) => handlers.set(event, handler),
    emit: (event, body, ack) => sent.push({ event, body, ack }),
    timeout: () => socket,
  };
  const clock = {
    setTimeout: (run) => {
      timers.set(nextTimer, run);
      return nextTimer++;
    },
    clearTimeout: (timer) => timers.delete(timer),
    random: () => 0.5,
  };
  const names = ['connection', 'snapshot', 'update', 'quote', 'quoteError', 'refused', 'status', 'alert'];
  const listener = Object.fromEntries(names.map((name) => [name, (...args) => heard.push([name, ...args])]));
  const store = new StreamStore();
  const feed = new Feed(socket, store, listener, clock);
  const receive = (event, payload) => handlers.get(event)(payload);
  return {
    feed,
    store,
    socket,
    receive,
    take: () => sent.splice(0),
    calls: (name) => heard.filter(([called]) => called === name),
    fire: () => [...timers].forEach(([timer, run]) => timers.delete(timer) && run()),
    online: () => {
      socket.connected = true;
      receive('connect');
    },
    offline: (reason = 'transport close') => {
      socket.connected = false;
      receive('disconnect', reason);
    },
  };
}

const snapshot = (key, seq) => ({ ...key, chartId: 'main', bars: [BAR], stream: { epoch: 'e', seq } });
const update = (key, fromSeq, seq) => ({ ...key, chartId: 'main', bars: [BAR], stream: { epoch: 'e', fromSeq, seq } });
const names = (sent) => sent.map(({ event }) => event);

test('should focus and subscribe once connected, without a position', () => {
  const page = start();
  page.feed.select(SPY);
  assert.deepEqual(page.take(), []);
  page.online();
  const sent = page.take();
  assert.deepEqual(names(sent), ['live:subscribe', 'chart:focus']);
  assert.deepEqual(sent[1].body, { ...SPY, chartId: 'main' });
});

test('should resume from its position after a break', () => {
  const page = start();
  page.feed.select(SPY);
  page.online();
  page.receive('chart:snapshot', snapshot(SPY, 5));
  page.receive('chart:update', update(SPY, 5, 7));
  page.offline();
  page.take();
  page.online();
  const focus = page.take().find(({ event }) => event === 'chart:focus');
  assert.deepEqual(focus.body.since, { epoch: 'e', seq: 7 });
  assert.deepEqual(page.calls('connection').map(([, { state }]) => state), ['online', 'reconnecting', 'online']);
  assert.deepEqual([page.feed.snapshots, page.feed.updates], [1, 1]);
});

test('should ask for one snapshot when continuity is lost', () => {
  const page = start();
  page.feed.select(SPY);
  page.online();
  page.receive('chart:snapshot', snapshot(SPY, 5));
  page.take();
  page.receive('chart:update', update(SPY, 9, 10));
  page.receive('chart:update', update(SPY, 10, 11));
  const sent = page.take();
  assert.deepEqual(names(sent), ['chart:focus']);
  assert.equal(sent[0].body.since, undefined);
  assert.equal(page.feed.updates, 0);
});

test('should move its quotes with the symbol and leave them for another timeframe', () => {
  const page = start();
  page.feed.select(SPY);
  page.online();
  page.take();
  page.feed.select(streamKey('SPY', '5m', 'extended'));
  assert.deepEqual(names(page.take()), ['chart:focus']);
  page.feed.select(QQQ);
  const sent = page.take();
  assert.deepEqual(names(sent), ['live:unsubscribe', 'live:subscribe', 'chart:focus']);
  assert.deepEqual([sent[0].body.symbol, sent[1].body.symbol], ['SPY', 'QQQ']);
  page.receive('live:quote', { symbol: 'SPY', last: 1 });
  page.receive('live:quote', { symbol: 'QQQ', last: 2 });
  assert.deepEqual(page.calls('quote').map(([, { last }]) => last), [2]);
});

test('should drop a late answer for a former stream', () => {
  const page = start();
  page.feed.select(SPY);
  page.online();
  const [, former] = page.take();
  page.feed.select(QQQ);
  former.ack(null, { ok: false, error: { code: 'NO_DATA' } });
  page.receive('chart:snapshot', snapshot(SPY, 5));
  page.receive('chart:error', { symbol: 'SPY', error: { code: 'NO_DATA' } });
  assert.deepEqual(page.calls('refused'), []);
  assert.equal(page.feed.snapshots, 0);
});

test('should report a refusal and retry only what may succeed', () => {
  const page = start();
  page.feed.select(SPY);
  page.online();
  page.take()[1].ack(null, { ok: false, error: { code: 'UNKNOWN_INSTRUMENT', retryable: false } });
  page.fire();
  assert.deepEqual(page.take(), []);
  page.feed.retry();
  page.take()[0].ack(null, { ok: false, error: { code: 'RATE_LIMITED', retryable: true, retryAfterMs: 100 } });
  page.fire();
  assert.deepEqual(names(page.take()), ['chart:focus']);
  assert.deepEqual(page.calls('refused').map(([, error, key, again]) => [error.code, key, again]), [
    ['UNKNOWN_INSTRUMENT', SPY, false],
    ['RATE_LIMITED', SPY, true],
  ]);
});

test('should ask again when no acknowledgement comes, not across a break', () => {
  const page = start();
  page.feed.select(SPY);
  page.online();
  page.take()[1].ack(new Error('timeout'));
  const [again] = page.take();
  assert.equal(again.event, 'chart:focus');
  page.offline();
  again.ack(new Error('disconnected'));
  assert.deepEqual(page.take(), []);
});

test('should come back by itself when the server ends the connection', () => {
  const page = start();
  page.feed.select(SPY);
  page.online();
  page.offline('io server disconnect');
  assert.equal(page.socket.connects, 0);
  page.fire();
  assert.equal(page.socket.connects, 1);
  page.offline('transport close');
  page.fire();
  assert.equal(page.socket.connects, 1);
});

test('should say why the server refuses the connection and try again', () => {
  const page = start();
  page.socket.active = false;
  page.receive('connect_error', new Error('UNAUTHENTICATED'));
  page.fire();
  assert.deepEqual(page.calls('connection'), [
    ['connection', { state: 'connecting', failed: true, detail: 'UNAUTHENTICATED' }],
  ]);
  assert.equal(page.socket.connects, 1);
});

test('should report quote refusals for the symbol on show only', () => {
  const page = start();
  page.feed.select(SPY);
  page.online();
  page.take()[0].ack(null, { ok: false, error: { code: 'NOT_ENTITLED' } });
  page.receive('live:error', { symbol: 'QQQ', error: { code: 'X' } });
  assert.deepEqual(page.calls('quoteError'), [['quoteError', { code: 'NOT_ENTITLED' }]]);
});

test('should pass alerts on', () => {
  const page = start();
  page.online();
  page.receive('market:alert', { kind: 'throttled', message: 'requests are limited' });
  assert.deepEqual(page.calls('alert'), [['alert', { kind: 'throttled', message: 'requests are limited' }]]);
});
