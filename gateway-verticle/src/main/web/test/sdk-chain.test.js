import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeHub } from './fake-hub.js';

const CALL = 'O:SPY261123C00640000';
const PUT = 'O:SPY261123P00640000';
const OTHER = 'O:SPY261123C00650000';
const SPY = { underlying: 'SPY', expiration: '2026-11-23' };
const leg = (symbol, live = true, extra = {}) => ({ symbol, live, bid: 1, ask: 2, last: 1.5, greeks: {}, ...extra });
const snapshot = (extra = {}) => ({
  ...SPY,
  expirations: [
    {
      expiration: SPY.expiration,
      root: 'SPY',
      strikes: [
        { strike: 640, call: leg(CALL), put: leg(PUT) },
        { strike: 650, call: leg(OTHER, false) },
      ],
    },
  ],
  spot: 641,
  quality: { source: 'massive' },
  window: [CALL, PUT],
  ...extra,
});
const update = (extra = {}) => ({ ...SPY, legs: [], window: [CALL, PUT], removed: [], ...extra });

async function start(options = SPY) {
  const hub = new FakeHub();
  const heard = [];
  const handlers = {
    snapshot: () => heard.push(['snapshot']),
    update: (chain, symbols) => heard.push(['update', ...symbols]),
    error: ({ code }) => heard.push(['error', code]),
  };
  const chain = hub.client.chain(options, handlers);
  await hub.accept();
  return { hub, chain, heard, handlers };
}

const sent = (hub) => hub.take().map(({ event, body }) => [event, body.contract ?? body.expiration]);

test('should hold the legs of a snapshot and what changes of them', async () => {
  const { hub, chain, heard } = await start();
  assert.deepEqual(sent(hub), [['chain:focus', '2026-11-23']]);
  hub.emit('chain:update', update({ legs: [leg(CALL)] }));
  assert.equal(chain.ready, false);
  hub.emit('chain:snapshot', snapshot());
  hub.emit('chain:update', update({ legs: [leg(CALL, true, { bid: 1.1 })], spot: 642 }));
  assert.deepEqual(chain.roots, [
    { root: 'SPY', strikes: [{ strike: 640, call: CALL, put: PUT }, { strike: 650, call: OTHER, put: undefined }] },
  ]);
  assert.deepEqual([chain.leg(CALL).bid, chain.leg(PUT).bid, chain.spot], [1.1, 1, 642]);
  assert.deepEqual(chain.quality, { source: 'massive' });
  assert.deepEqual(heard, [['snapshot'], ['update', CALL]]);
});

test('should show nothing live of a contract that left', async () => {
  const { hub, chain } = await start();
  hub.emit('chain:snapshot', snapshot());
  assert.equal(chain.windowWanted, undefined);
  hub.emit('chain:update', update({ window: [CALL], windowWanted: 2, removed: [PUT] }));
  assert.deepEqual([chain.window.size, chain.windowWanted], [1, 2]);
  const left = chain.leg(PUT);
  assert.deepEqual([left.live, left.bid, left.ask, left.last, left.reasons.bid], [false, undefined, undefined, 1.5, 'not-streamed']);
  hub.emit('chain:update', update({ window: [], removed: [CALL], legs: [leg(CALL, false, { bid: 0.9 })] }));
  assert.deepEqual([chain.leg(CALL).live, chain.leg(CALL).bid], [false, 0.9]);
});

test('should ask for a selected contract only if it is not streamed', async () => {
  const { hub, chain } = await start();
  hub.emit('chain:snapshot', snapshot());
  sent(hub);
  chain.select(CALL);
  assert.deepEqual(sent(hub), []);
  chain.select(OTHER);
  assert.deepEqual(sent(hub), [['chain:focus', OTHER]]);
  hub.emit('chain:snapshot', snapshot());
  assert.deepEqual(sent(hub), []);
});

test('should ask again after a break, and pass over other chains', async () => {
  const { hub, chain } = await start({ ...SPY, contract: OTHER });
  hub.emit('chain:snapshot', snapshot({ underlying: 'QQQ' }));
  assert.equal(chain.ready, false);
  hub.cut();
  await hub.timers.pass(1000);
  await hub.accept();
  assert.deepEqual(sent(hub), [['chain:focus', OTHER]]);
});

test('should let another one take its place', async () => {
  const { hub, chain, heard, handlers } = await start();
  sent(hub);
  const next = hub.client.chain({ ...SPY, expiration: '2026-12-18' }, handlers);
  chain.close();
  assert.deepEqual(sent(hub), [['chain:focus', '2026-12-18']]);
  hub.emit('chain:snapshot', snapshot());
  assert.deepEqual(heard, []);
  next.close();
  assert.deepEqual(sent(hub), [['chain:unfocus', undefined]]);
});

test('should tell a refusal and ask again for what may succeed', async () => {
  const { hub, heard, chain } = await start();
  const [first] = hub.take();
  hub.acknowledge(first, { ok: false, error: { code: 'UNAVAILABLE', retryable: true, retryAfterMs: 4000 } });
  assert.deepEqual(heard, [['error', 'UNAVAILABLE']]);
  await hub.timers.pass(4000);
  const [second] = hub.take();
  hub.acknowledge(second, { ok: true, state: 'closed' });
  assert.equal(chain.state, 'closed');
});

test('should take a refusal for the chain that it names, once and for no quotes', async () => {
  const { hub, heard } = await start();
  const quoteErrors = [];
  hub.client.quotes('SPY', { error: ({ code }) => quoteErrors.push(code) });
  const [focus] = hub.take();
  const error = { code: 'PROVIDER_ERROR', retryable: true };
  hub.emit('live:error', { ...SPY, expiration: '2026-12-18', error });
  hub.emit('live:error', { ...SPY, error });
  hub.acknowledge(focus, { ok: false, error });
  assert.deepEqual([heard, quoteErrors], [[['error', 'PROVIDER_ERROR']], []]);
  await hub.timers.pass(3000);
  assert.deepEqual(sent(hub), [['chain:focus', '2026-11-23']]);
});

test('should watch tickers, anew after a break', async () => {
  const hub = new FakeHub();
  const heard = [];
  hub.client.watch(['SPY', 'QQQ'], {
    cards: (cards) => heard.push(...cards.map(({ symbol }) => symbol)),
    error: ({ code }) => heard.push(code),
  });
  await hub.accept();
  const [asked] = hub.take();
  assert.deepEqual([asked.event, asked.body], ['watchlist:set', { tickers: ['SPY', 'QQQ'] }]);
  hub.acknowledge(asked, { ok: false, error: { code: 'LIMIT_EXCEEDED' } });
  hub.emit('watchlist:update', { cards: [{ symbol: 'SPY' }] });
  assert.deepEqual(heard, ['LIMIT_EXCEEDED', 'SPY']);
  hub.cut();
  await hub.timers.pass(1000);
  await hub.accept();
  assert.deepEqual(hub.take().map(({ event }) => event), ['watchlist:set']);
  hub.client.watch([]);
  hub.client.watch([]);
  assert.deepEqual(hub.take().map(({ body }) => body.tickers), [[]]);
});

test('should tell unusual trades', async () => {
  const hub = new FakeHub();
  const heard = [];
  hub.client.on('flow', ({ id }) => heard.push(id));
  await hub.accept();
  hub.emit('flow:update', { id: 'a' });
  assert.deepEqual(heard, ['a']);
});
