import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OlderBars } from '../src/older.js';
import { StreamStore, streamKey } from '../src/stream.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
const OPEN = Date.UTC(2013, 9, 7, 13, 30);
const SPY = streamKey('SPY', '1m', 'extended');
const bar = (t) => ({ t, o: 1, h: 1, l: 1, c: 1, v: 1, state: 'final' });
const live = { mode: 'LIVE' };

/** A chart of one bar with a server and timers in the test's hands. */
function start(key = SPY, bars = [bar(OPEN)]) {
  const asked = [];
  const answers = [];
  const timers = [];
  const seen = { text: '', loaded: 0 };
  const store = new StreamStore();
  store.want(key);
  store.applySnapshot({ ...key, bars, stream: { epoch: 'e', seq: 1 } });
  const older = new OlderBars(
    store,
    async (query) => {
      asked.push(query);
      const answer = answers.shift();
      if (answer instanceof Error) {
        throw answer;
      }
      return answer;
    },
    { said: (text) => (seen.text = text), loaded: () => seen.loaded++ },
    { setTimeout: (run, millis) => timers.push({ run, millis }), clearTimeout: () => {} },
  );
  return { store, older, asked, answers, timers, seen };
}

test('should load bars before the oldest one when the view comes near', async () => {
  const { store, older, asked, answers, seen } = start();
  await older.look(false, false);
  assert.equal(asked.length, 0);
  answers.push({ bars: [bar(OPEN - 2 * MINUTE), bar(OPEN - MINUTE)], health: live });
  const done = older.look(true, true);
  assert.equal(seen.text, 'Loading older bars…');
  await done;
  assert.deepEqual(asked, [{ ticker: 'SPY', timeframe: '1m', sessionMode: 'extended', to: OPEN - 1, limit: 2000 }]);
  assert.deepEqual(store.bars.map(({ t }) => t), [OPEN - 2 * MINUTE, OPEN - MINUTE, OPEN]);
  assert.equal(seen.loaded, 1);
  assert.equal(seen.text, '');
});

test('should say nothing while the oldest bar is out of view', async () => {
  const { older, answers, seen } = start();
  answers.push({ bars: [], health: live }, { bars: [], health: live });
  await older.look(true, false);
  assert.equal(older.state, 'none');
  assert.equal(seen.text, '');
});

test('should say that there are no older bars once the server has none on any day', async () => {
  const { older, asked, answers, seen } = start();
  answers.push({ bars: [], health: live }, { bars: [], health: live });
  await older.look(true, true);
  assert.deepEqual(asked[1], { ticker: 'SPY', timeframe: '1d', to: OPEN - 1 - DAY, limit: 1 });
  assert.equal(seen.text, 'No bars before Mon 7 Oct 2013 09:30 EDT.');
  await older.look(true, true);
  assert.equal(asked.length, 2);
});

test('should reach over a long time without trades', async () => {
  const { store, older, asked, answers } = start();
  const lastDay = OPEN - 40 * DAY;
  const found = bar(lastDay + MINUTE);
  answers.push({ bars: [], health: live }, { bars: [bar(lastDay)], health: live }, { bars: [found], health: live });
  await older.look(true, true);
  assert.equal(asked[2].to, lastDay + DAY - 1);
  assert.equal(store.bars[0].t, found.t);
});

test('should ask once for daily bars', async () => {
  const { older, asked, answers } = start(streamKey('SPY', '1d', 'extended'));
  answers.push({ bars: [], health: live });
  await older.look(true, true);
  assert.equal(asked.length, 1);
  assert.equal(older.state, 'none');
});

test('should not take an answer without sight for the end, and try again', async () => {
  const blind = [
    new Error('no answer in time'),
    { bars: [], health: { mode: 'DEGRADED', reason: 'provider throttled' } },
    { bars: [], health: live, intervals: [{ from: 0, to: 1, state: 'outage' }] },
    undefined,
  ];
  for (const answer of blind) {
    const { store, older, answers, timers, seen } = start();
    answers.push(answer);
    await older.look(true, true);
    assert.equal(older.state, 'failed');
    assert.match(seen.text, /^Older bars could not be loaded: .*\. Trying again…$/);
    timers[0].run();
    answers.push({ bars: [bar(OPEN - MINUTE)], health: live });
    await older.check();
    assert.equal(store.bars.length, 2);
  }
});

test('should wait as long as the server asks', async () => {
  const { older, answers, timers } = start();
  answers.push(Object.assign(new Error('limited'), { retryAfterMs: 20_000 }));
  await older.look(true, true);
  assert.equal(timers[0].millis, 20_000);
});

test('should drop what arrives after other bars were shown', async () => {
  const { store, older, answers, seen } = start();
  answers.push({ bars: [bar(OPEN - MINUTE)], health: live });
  const done = older.look(true, true);
  older.reset();
  await done;
  assert.equal(store.bars.length, 1);
  assert.equal(seen.loaded, 0);
  assert.equal(older.state, 'idle');
});

test('should not ask while another stream is awaited', async () => {
  const { store, older, asked } = start();
  store.want(streamKey('QQQ', '1m', 'extended'));
  await older.look(true, true);
  assert.equal(asked.length, 0);
});

test('should stop at what a chart can hold', async () => {
  const many = Array.from({ length: 30_000 }, (_, i) => bar(OPEN + i * MINUTE));
  const { older, asked, seen } = start(SPY, many);
  await older.look(true, true);
  assert.equal(asked.length, 0);
  assert.match(seen.text, /^30,000 bars shown/);
});
