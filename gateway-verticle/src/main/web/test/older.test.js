import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OlderBars } from '../src/older.js';
import { streamKey } from '../src/sdk/bars.js';

const OPEN = Date.UTC(2013, 9, 7, 13, 30);
const SPY = streamKey('SPY', '1m', 'extended');
const bar = (t) => ({ t, o: 1, h: 1, l: 1, c: 1, v: 1, state: 'final' });

/** A chart of one bar with a server and timers in the test's hands; answers are what the stage's `older` gives. */
function start(bars = [bar(OPEN)]) {
  const asked = [];
  const answers = [];
  const timers = [];
  const seen = { text: '', loaded: 0 };
  const stage = {
    bars,
    key: SPY,
    isLoading: false,
    loading: () => stage.isLoading,
    older: async (limit) => {
      asked.push(limit);
      const answer = answers.shift();
      if (answer instanceof Error) {
        throw answer;
      }
      return answer;
    },
  };
  const older = new OlderBars(
    stage,
    { said: (text) => (seen.text = text), loaded: () => seen.loaded++ },
    { setTimeout: (run, millis) => timers.push({ run, millis }), clearTimeout: () => {} },
  );
  return { stage, older, asked, answers, timers, seen };
}

test('should load bars before the oldest one when the view comes near', async () => {
  const { older, asked, answers, seen } = start();
  await older.look(false, false);
  assert.equal(asked.length, 0);
  answers.push(2);
  const done = older.look(true, true);
  assert.equal(seen.text, 'Loading older bars…');
  await done;
  assert.deepEqual(asked, [2000]);
  assert.equal(seen.loaded, 1);
  assert.equal(seen.text, '');
});

test('should say nothing while the oldest bar is out of view', async () => {
  const { older, answers, seen } = start();
  answers.push(0);
  await older.look(true, false);
  assert.equal(older.state, 'none');
  assert.equal(seen.text, '');
});

test('should say that there are no older bars and ask no more', async () => {
  const { older, asked, answers, seen } = start();
  answers.push(0);
  await older.look(true, true);
  assert.equal(seen.text, 'No bars before Mon 7 Oct 2013 09:30 EDT.');
  await older.look(true, true);
  assert.equal(asked.length, 1);
});

test('should not take a failure for the end, and try again', async () => {
  const { older, answers, timers, seen } = start();
  answers.push(new Error('no answer in time'));
  await older.look(true, true);
  assert.equal(older.state, 'failed');
  assert.equal(seen.text, 'Older bars could not be loaded: no answer in time. Trying again…');
  timers[0].run();
  answers.push(1);
  await older.check();
  assert.equal(seen.loaded, 1);
});

test('should wait as long as the server asks', async () => {
  const { older, answers, timers } = start();
  answers.push(Object.assign(new Error('limited'), { retryAfterMs: 20_000 }));
  await older.look(true, true);
  assert.equal(timers[0].millis, 20_000);
});

test('should drop what arrives after other bars were shown', async () => {
  const { older, answers, seen } = start();
  answers.push(1);
  const done = older.look(true, true);
  older.reset();
  await done;
  assert.equal(seen.loaded, 0);
  assert.equal(older.state, 'idle');
});

test('should stand ready again when other bars took the place of those asked for', async () => {
  const { older, answers, seen } = start();
  answers.push(undefined);
  await older.look(true, true);
  assert.equal(seen.loaded, 0);
  assert.equal(older.state, 'idle');
});

test('should not ask while another stream is awaited', async () => {
  const { stage, older, asked } = start();
  stage.isLoading = true;
  await older.look(true, true);
  assert.equal(asked.length, 0);
});

test('should stop at what a chart can hold', async () => {
  const many = Array.from({ length: 30_000 }, (_, i) => bar(OPEN + i * 60_000));
  const { older, asked, seen } = start(many);
  await older.look(true, true);
  assert.equal(asked.length, 0);
  assert.match(seen.text, /^30,000 bars shown/);
});
