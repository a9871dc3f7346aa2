import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeHealth, describeSession, marketMillis } from '../src/health.js';

const LIVE = { mode: 'LIVE', state: 'open', lastUpdateMsAgo: 500, delayMs: 0, missing: [] };
const texts = (view) => describeSession(view).map(({ text }) => text);

test('should label the mode, frozen when nothing trades', () => {
  assert.equal(describeHealth(LIVE, 0, true).label, 'LIVE');
  assert.equal(describeHealth({ ...LIVE, state: 'closed' }, 0, true).label, 'FROZEN');
  assert.equal(describeHealth({ ...LIVE, state: 'halted' }, 0, true).label, 'FROZEN');
  assert.equal(describeHealth({ ...LIVE, mode: 'DEGRADED', state: 'closed' }, 0, true).label, 'DEGRADED');
  assert.equal(describeHealth({ ...LIVE, mode: 'BACKFILLING' }, 0, true).label, 'BACKFILLING');
  assert.equal(describeHealth({ ...LIVE, mode: 'NEW' }, 0, true).label, 'DEGRADED');
  assert.equal(describeHealth(LIVE, 0, false).label, 'OFFLINE');
  assert.equal(describeHealth(undefined, 0, true).label, 'WAITING');
});

test('should count the age up and stay silent when it is unknown', () => {
  assert.equal(describeHealth(LIVE, 2600, true).age, '3s');
  assert.equal(describeHealth({ ...LIVE, lastUpdateMsAgo: null }, 2600, true).age, '');
  assert.equal(describeHealth({ ...LIVE, lastUpdateMsAgo: -1 }, 0, true).age, '');
});

test('should give reason, throttling, missing channels and delay', () => {
  const view = describeHealth(
    {
      ...LIVE,
      mode: 'DEGRADED',
      reason: 'FEED_MUTE',
      providerThrottled: true,
      cooldownMs: 12_000,
      missing: ['T', 'Q'],
      delayMs: 900_000,
    },
    0,
    true,
  );
  assert.equal(view.reason, 'Feed mute · Provider throttled, pause 12s · Not available: T, Q');
  assert.equal(view.delay, '15m');
});

test('should say where prices come from', () => {
  assert.deepEqual(texts({ status: { simulated: true, mode: 'synthetic', speed: 1 } }), [
    'Simulated market: prices are generated, not real',
  ]);
  const replay = { simulated: true, mode: 'replay', speed: 60, marketTime: '2013-10-07T13:30:00Z' };
  assert.deepEqual(texts({ status: replay }), ['Replay of Mon 7 Oct 2013 at 60×: past market data']);
  assert.deepEqual(texts({ status: { mode: 'live', simulated: false } }), []);
  assert.deepEqual(texts({}), []);
});

test('should say what the session is, once', () => {
  assert.deepEqual(texts({ health: { ...LIVE, state: 'pre' } }), ['Pre-market']);
  assert.deepEqual(texts({ health: LIVE, session: { afterHours: true } }), ['After hours']);
  assert.deepEqual(texts({ session: { marketClosed: true, usingLastSession: true, note: 'market closed' } }), [
    'Market closed',
    'Showing the last session',
  ]);
  assert.deepEqual(texts({ health: { ...LIVE, state: 'halted' } }), ['Trading halted']);
});

test('should say when other bars are shown than asked for', () => {
  const key = { symbol: 'O:SPY251219C00650000', timeframe: '1m' };
  const note = 'Intraday bars are those of SPY, the underlying.';
  const view = { key, session: { note }, resultGranularity: '5m' };
  assert.deepEqual(texts(view), ['Only 5m bars are available', note]);
});

test('should put trouble first', () => {
  const health = { ...LIVE, mode: 'DEGRADED', reason: 'feed down', delayMs: 900_000 };
  assert.deepEqual(texts({ connection: { state: 'reconnecting' }, health, status: { simulated: true } }).slice(0, 3), [
    'Reconnecting…',
    'Feed down',
    'Data delayed by 15m',
  ]);
  assert.deepEqual(texts({ connection: { state: 'connecting', failed: true, detail: 'UNAUTHENTICATED' } }), [
    'The server cannot be reached; trying again… (UNAUTHENTICATED)',
  ]);
});

test('should read market time as number or text', () => {
  assert.equal(marketMillis({ marketTime: 5 }), 5);
  assert.equal(marketMillis({ marketTime: '1970-01-01T00:00:01Z' }), 1000);
  assert.equal(marketMillis({ marketTime: 'soon' }), undefined);
  assert.equal(marketMillis(undefined), undefined);
});
