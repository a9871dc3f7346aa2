import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overSocketIo } from '../src/sdk/transport.js';
import { FakeHub, settle } from './fake-hub.js';

function watched(options) {
  const hub = new FakeHub(options);
  const states = [];
  hub.client.on('connection', ({ state, detail }) => states.push(detail ? `${state}: ${detail}` : state));
  return { hub, states };
}

test('should connect over a WebSocket and answer pings', async () => {
  const { hub, states } = watched();
  await hub.accept();
  assert.equal(hub.socket.url, 'ws://hub.test/socket.io/?EIO=4&transport=websocket');
  assert.deepEqual(hub.socket.sent, ['40']);
  hub.socket.receive('2');
  assert.deepEqual(hub.socket.sent, ['40', '3']);
  assert.deepEqual(states, ['online']);
  assert.equal(hub.client.connected, true);
});

test('should send a fresh token at every connection and request', async () => {
  let count = 0;
  const { hub } = watched({ token: async () => `t${++count}` });
  await hub.accept();
  assert.deepEqual(hub.socket.sent, ['40{"token":"t1"}']);
  hub.cut();
  await hub.timers.pass(1000);
  await hub.accept();
  assert.deepEqual(hub.socket.sent, ['40{"token":"t2"}']);
  hub.answers.push({ marketMillis: 1 });
  await hub.client.status();
  assert.deepEqual(hub.requests[0].headers, { Authorization: 'Bearer t3' });
  assert.ok(!hub.requests[0].url.includes('t3') && !hub.socket.url.includes('t2'));
});

test('should come back with growing pauses, and at once slow down when it is refused', async () => {
  const { hub, states } = watched();
  await hub.accept();
  hub.cut();
  for (const pause of [500, 1000, 2000, 4000, 5000, 5000]) {
    const { length } = hub.sockets;
    await hub.timers.pass(pause - 1);
    assert.equal(hub.sockets.length, length);
    await hub.timers.pass(1);
    assert.equal(hub.sockets.length, length + 1);
    hub.cut();
  }
  await hub.timers.pass(5000);
  await settle();
  hub.socket.receive('0{"pingInterval":25000,"pingTimeout":20000}');
  hub.socket.receive('44{"message":"who are you","data":{"code":"UNAUTHENTICATED","message":"no such token"}}');
  const { length } = hub.sockets;
  await hub.timers.pass(14_000);
  assert.equal(hub.sockets.length, length);
  await hub.timers.pass(1000);
  assert.equal(hub.sockets.length, length + 1);
  assert.equal(states[states.length - 1], 'reconnecting: no such token');
});

test('should renew a token that ran out, but not ask again soon with one that is refused', async () => {
  let count = 0;
  const { hub } = watched({ token: () => `t${++count}` });
  const errors = [];
  hub.client.on('connection', ({ error }) => error && errors.push([error.code, error.message]));
  const expire = () => {
    hub.emit('chart:error', { error: { code: 'TOKEN_EXPIRED', message: 'the token has expired', retryable: false } });
    hub.socket.receive('41');
  };
  await hub.accept();
  expire();
  assert.deepEqual(errors, [['TOKEN_EXPIRED', 'the token has expired']]);
  await hub.timers.pass(500);
  await hub.accept();
  assert.deepEqual(hub.socket.sent, ['40{"token":"t2"}']);
  expire();
  await hub.timers.pass(14_999);
  assert.equal(hub.sockets.length, 2);
  await hub.timers.pass(1);
  await hub.accept();
  await hub.timers.pass(15_000);
  expire();
  await hub.timers.pass(500);
  assert.equal(hub.sockets.length, 4);
  assert.equal(errors.length, 3);
});

test('should tell the reason of the server for ending the connection', async () => {
  const { hub } = watched();
  await hub.accept();
  hub.socket.onclose({ code: 1001, reason: 'SHUTTING_DOWN' });
  const { state, error } = hub.client.connection;
  assert.deepEqual([state, error.code, error.retryable], ['reconnecting', 'SHUTTING_DOWN', true]);
});

test('should give a silent connection up', async () => {
  const { hub, states } = watched();
  await hub.accept();
  await hub.timers.pass(44_000);
  hub.socket.receive('2');
  await hub.timers.pass(44_999);
  assert.deepEqual(states, ['online']);
  await hub.timers.pass(1);
  assert.deepEqual(states, ['online', 'reconnecting']);
  assert.ok(hub.sockets[0].isClosed);
});

test('should give up what cannot be read and what the server ends', async () => {
  for (const text of ['42["x"', '1', '41']) {
    const { hub, states } = watched();
    await hub.accept();
    hub.socket.receive(text);
    assert.deepEqual(states, ['online', 'reconnecting'], text);
    hub.sockets[0].onclose({});
    assert.equal(states.length, 2);
  }
});

test('should try again when the token cannot be had', async () => {
  let isFailing = true;
  const { hub, states } = watched({
    token: () => (isFailing ? Promise.reject(new Error('sign in')) : 'good'),
  });
  await settle();
  assert.deepEqual(states, ['connecting: no token: sign in']);
  assert.equal(hub.sockets.length, 0);
  await assert.rejects(hub.client.status(), { code: 'UNAVAILABLE', message: 'no token: sign in', retryable: true });
  isFailing = false;
  await hub.timers.pass(500);
  await hub.accept();
  assert.deepEqual(hub.socket.sent, ['40{"token":"good"}']);
});

test('should stay away once closed', async () => {
  const { hub, states } = watched();
  await hub.accept();
  hub.client.close();
  assert.ok(hub.socket.isClosed);
  hub.cut();
  await hub.timers.pass(60_000);
  assert.equal(hub.sockets.length, 1);
  assert.deepEqual(states, ['online', 'closed']);
});

test('should pass status and alerts on until nobody listens', async () => {
  const { hub } = watched();
  const heard = [];
  const end = hub.client.on('status', (status) => heard.push(status));
  hub.client.on('alert', (alert) => heard.push(alert));
  await hub.accept();
  hub.emit('market:status', { market: 'open' });
  hub.emit('market:alert', { kind: 'throttled' });
  end();
  hub.emit('market:status', { market: 'closed' });
  assert.deepEqual(heard, [{ market: 'open' }, { kind: 'throttled' }]);
});

test('should say what REST refuses in the words of the server', async () => {
  const { hub } = watched();
  hub.answers.push({ status: 429, body: { error: { code: 'RATE_LIMITED', message: 'slow', retryable: true, retryAfterMs: 9 } } });
  await assert.rejects(hub.client.bars({ ticker: 'BRK.B', timeframe: '1m', from: undefined }), {
    name: 'CandlehubError',
    code: 'RATE_LIMITED',
    message: 'slow',
    retryable: true,
    retryAfterMs: 9,
    status: 429,
  });
  assert.equal(hub.requests[0].url, 'http://hub.test/api/market/aggs?ticker=BRK.B&timeframe=1m');
  hub.answers.push(new TypeError('failed to fetch'));
  await assert.rejects(hub.client.status(), { code: 'UNAVAILABLE', retryable: true });
});

test('should need a place to connect to', () => {
  assert.throws(() => new FakeHub({ url: undefined }), /url is needed/);
});

test('should go through the official client', () => {
  const handlers = new Map();
  const calls = [];
  const socket = {
    on: (event, handler) => handlers.set(event, handler),
    onAny: (handler) => handlers.set('*', handler),
    emit: (...args) => calls.push(['emit', ...args]),
    disconnect: () => calls.push(['disconnect']),
  };
  const heard = [];
  const wire = overSocketIo((...args) => calls.push(['io', ...args]) && socket)(
    'http://hub.test',
    { token: 't' },
    { up: () => heard.push('up'), event: (...args) => heard.push(args), down: (error) => heard.push(error) },
  );
  const answered = () => {};
  handlers.get('connect')();
  handlers.get('*')('live:quote', { last: 1 });
  wire.emit('a', 1);
  wire.emit('b', 2, answered);
  handlers.get('connect_error')(Object.assign(new Error('no'), { data: { code: 'FORBIDDEN' } }));
  handlers.get('disconnect')('io client disconnect');
  handlers.get('*')('live:quote', { last: 2 });
  assert.deepEqual(calls, [
    ['io', 'http://hub.test', { path: '/socket.io/', auth: { token: 't' }, reconnection: false, forceNew: true }],
    ['emit', 'a', 1],
    ['emit', 'b', 2, answered],
    ['disconnect'],
  ]);
  assert.deepEqual(heard, ['up', ['live:quote', { last: 1 }], { message: 'no', code: 'FORBIDDEN' }]);
});
